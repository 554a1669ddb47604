"""Exceptions whose text is meant for people, and the root of those that are not.

Why: a nurse must read what happened and what to do, in her language, and no message may ever carry the
contents of a record. A ``UserError`` is marked text (``N_``) plus plain, non-personal arguments; it is
translated when shown, never when raised.
"""

from __future__ import annotations

from app.i18n import translate


class AppError(Exception):
    """Root of all errors this program raises on purpose."""


class UserError(AppError):
    """A sentence for a person: what happened and what to do next.

    ``message`` is the English text marked with ``N_``; ``args`` are values for its ``{named}`` places.
    Arguments must not be contents of records: numbers, versions, file kinds and group numbers only.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def sentence(self) -> str:
        """The text in the language that is chosen now."""
        return translate(self.message).format(**self.values)

    def __str__(self) -> str:
        return self.sentence()
