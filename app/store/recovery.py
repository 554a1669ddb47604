"""The recovery sheet: 128 bits as 8 groups of 6 digits, each divisible by 11.

Divisibility by 11 catches every slip of a single digit and every swap of two neighbours, and it does so group by
group, so that the person is told *which* group to look at again (the scheme that BitLocker prints, too).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.errors import UserError
from app.i18n import N_

GROUPS: Final = 8
_LARGEST: Final = 0xFFFF * 11


class RecoverySlip(UserError):
    """Some groups cannot be right; ``groups`` are their numbers, counted from 1."""

    def __init__(self, message: str, groups: tuple[int, ...]) -> None:
        super().__init__(message, groups=", ".join(map(str, groups)))
        self.groups = groups


@dataclass(frozen=True)
class RecoveryCode:
    """The 16 secret bytes of a recovery sheet."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 2 * GROUPS:
            raise ValueError("a recovery code has 128 bits")

    @classmethod
    def generate(cls, random: Callable[[int], bytes] = secrets.token_bytes) -> RecoveryCode:
        """A fresh code. It is printed and proved by typing it back *before* it goes into the key file."""
        return cls(random(2 * GROUPS))

    @property
    def groups(self) -> tuple[str, ...]:
        """Eight groups of six digits, to be printed."""
        words = (int.from_bytes(self.secret[i : i + 2], "big") for i in range(0, 2 * GROUPS, 2))
        return tuple(f"{word * 11:06d}" for word in words)

    @classmethod
    def parse(cls, typed: str | Sequence[str]) -> RecoveryCode:
        """From what was typed: eight fields, or one text with any signs between the digits.

        Raises RecoverySlip naming the groups that cannot be right, or UserError when there are not 48 digits.
        """
        groups = _split(typed) if isinstance(typed, str) else [re.sub(r"\D", "", one) for one in typed]
        if len(groups) != GROUPS:
            raise UserError(N_("A recovery sheet has 8 groups of 6 digits. Type all of them."))
        wrong = tuple(number for number, group in enumerate(groups, 1) if not group_is_sound(group))
        if wrong:
            raise RecoverySlip(N_("Mistyped: group {groups}. Look at the sheet and type it again."), wrong)
        return cls(b"".join((int(group) // 11).to_bytes(2, "big") for group in groups))


def group_is_sound(group: str) -> bool:
    """Whether ``group`` can stand on a recovery sheet; for marking a field while it is being typed."""
    if not re.fullmatch(r"[0-9]{6}", group):
        return False
    return int(group) % 11 == 0 and int(group) <= _LARGEST


def _split(text: str) -> list[str]:
    digits = re.sub(r"\D", "", text)
    return [digits[i : i + 6] for i in range(0, len(digits), 6)]
