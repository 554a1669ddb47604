"""What of the store a question needs: reading takes most of the time of a figure, so what nobody asks is not read.

What was not read is ``UNREAD``: whoever counts it all the same gets an error, never a zero.
"""

from __future__ import annotations

from enum import Flag, auto
from typing import Any, Final, NoReturn


class Wanted(Flag):
    """Parts of the facts about people, and of the register itself. (All other work is read always: it is little.)"""

    NOTHING = 0
    ACTS = auto()  # services of the period, and who stands behind them
    NEW = auto()  # which of them were never helped before
    EVER = auto()  # everybody who was ever helped
    CASES = auto()
    CITIZENSHIPS = auto()
    REFERRALS = auto()
    NEEDS = auto()
    DELAYS = auto()  # the first help after a case was opened
    WORDS = auto()  # who agrees to be counted for others
    DETAILS = auto()  # what came of courses, where journeys began
    QUALITY = auto()  # what is known of the data themselves
    PEOPLE = ACTS | NEW | EVER | CASES | CITIZENSHIPS | REFERRALS | NEEDS | DELAYS | WORDS | DETAILS


class _Unread:
    """Stands where nothing was read: any look at it is a defect of the program."""

    def _look(self, *_what: object) -> NoReturn:
        raise RuntimeError("this was not read: the indicator does not say that it needs it")

    __getattr__ = __getitem__ = __iter__ = __len__ = __contains__ = __bool__ = _look


UNREAD: Final[Any] = _Unread()
