"""The use cases that a referral needs, and the day."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.usecases.letter import told_in_letter
from app.usecases.people import People
from app.usecases.referrals import Referrals


@dataclass(frozen=True, slots=True)
class Sources:
    """Use cases, and the day."""

    people: People
    referrals: Referrals
    today: Callable[[], dt.date]

    def teller(self, person: uuid.UUID) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
        """What the letter will say of ``person`` for the referral's values as they are typed: the letter's own rule.

        Read once: nothing of the person changes while the form is open.
        """
        about, identity = self.people.person(person), self.people.identity(person)
        consents = [one for _uid, one in self.people.consents(person)]
        return lambda values: told_in_letter(values, about, identity, consents)
