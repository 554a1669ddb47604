"""What a form needs from outside: code lists, records to refer to, today, and how dates and sums are written.

All of it comes as callables, so that a form on screen knows neither use cases nor files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.forms import typed_dates
from app.forms.spec import Problem, Values

_RELEASED: Final = dt.date(2025, 1, 1)
"""No clock that is right shows an earlier day (``usecases.clock_check``, which a form must not load, warns of it)."""
_APART: Final = 3  # years: what means the same day in both does not depend on today


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list: ``key`` is kept, ``text`` is shown in the language chosen now.

    ``parent`` is the code it belongs to (a raion's oblast), ``note`` a quiet addition to the text, ``also`` words by
    which it is found as well (its names in the other languages, what people call it, a short code). A ``retired`` one
    is shown where a record holds it, and is not offered.
    """

    key: str
    text: str
    parent: str = ""
    note: str = ""
    also: str = ""
    retired: bool = False


Check = Callable[[Values], tuple[Mapping[str, object], Sequence[Problem]]]


def _no_refs(kind: str, typed: str) -> Sequence[Choice]:
    return ()


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


@dataclass(frozen=True, slots=True)
class FormContext:
    """``choices(list name)`` gives all entries; ``refs(kind, typed)`` the records whose title holds ``typed``.

    ``refs`` is also asked with ``typed`` = ``"=" + key`` for the title of a record that is already chosen.
    """

    choices: Callable[[str], Sequence[Choice]]
    refs: Callable[[str, str], Sequence[Choice]] = field(default=_no_refs)
    today: Callable[[], dt.date] = field(default=_today)

    def parse_date(self, typed: str, *, birth: bool = False) -> str | None:
        """The partial date that a person typed, or None.

        Where the clock fell back (to 1970), "09.03.26" is read as in the years in which this program is used; only
        what needs today ("0903", "yesterday") is read by the clock, and the words beside the field tell its year.
        """
        today = self.today()
        if today < _RELEASED:
            later = _RELEASED.replace(year=_RELEASED.year + _APART)
            sure = {typed_dates.parse(typed, day, birth=birth) for day in (_RELEASED, later)}
            if len(sure) == 1:
                return sure.pop()
        return typed_dates.parse(typed, today, birth=birth)
