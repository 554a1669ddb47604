"""A practice country: stores of centres and a coordinator that know each other, set up as people would do it.

For practising, for the demonstration and for the self-test. Every step is the ordinary one: the recovery sheet is
proved, cards go as bytes from one to the other, the digits are typed. Only nobody stands at the telephone.
"""

from __future__ import annotations

import dataclasses
from typing import Final

from app.sync.card import DigitParams
from app.usecases.access import Access, SetUp
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment

# In the order of ``plan.OBLASTS``: a centre's people mostly live around it.
_TOWNS: Final = (
    ("Брест", "BY-BR", "BY-BR-g-brest"),
    ("Витебск", "BY-VI", "BY-VI-g-viciebsk"),
    ("Гомель", "BY-HO", "BY-HO-g-homiel"),
    ("Гродно", "BY-HR", "BY-HR-g-hrodna"),
    ("Жодино", "BY-MI", "BY-MI-g-zodzina"),
    ("Могилёв", "BY-MA", "BY-MA-g-mahiliou"),
    ("Минск", "BY-HM", "BY-HM-centralny"),
)
_STAFF: Final = ("Анна Ковальчук", "Ирина Савицкая", "Ольга Жук", "Наталья Мороз", "Елена Климович")


def centre_set_up(number: int) -> SetUp:
    """The first start of practice centre ``number`` (from 0)."""
    town, oblast, raion = _TOWNS[number % len(_TOWNS)]
    more = f" {number // len(_TOWNS) + 1}" if number >= len(_TOWNS) else ""
    return SetUp(
        role="centre",
        practice=True,
        centre_name=f"Учебный центр, {town}{more}",
        oblast=oblast,
        raion=raion,
        staff_name=_STAFF[number % len(_STAFF)],
        staff_role="nurse",
    )


def coordinator_set_up() -> SetUp:
    """The first start of the practice coordinator."""
    return SetUp(
        role="coordinator",
        practice=True,
        centre_name="Учебный координатор, Минск",
        oblast="BY-HM",
        raion="BY-HM-centralny",
        staff_name="Мария Станкевич",
        staff_role="coordinator",
    )


def found(access: Access, setup: SetUp, passphrase: str) -> Desk:
    """Make a practice store and open it; its recovery sheet is proved and thrown away, for nothing real is in it."""
    created = access.create(dataclasses.replace(setup, practice=True), passphrase, lambda _step: None)
    access.prove_recovery(created.recovery_groups)
    if created.coordinator_recovery is not None:
        access.prove_coordinator_recovery(created.coordinator_recovery)
    return access.unlock(passphrase)


def introduce(one: Desk, other: Desk, digits: DigitParams | None = None) -> None:
    """Let two installations trust each other: each takes the other's card and types the digits read out to it."""
    sides = Enrolment(one, digits), Enrolment(other, digits)
    for mine, theirs in (sides, sides[::-1]):
        mine.confirm(mine.receive(theirs.my_card()).inst, theirs.my_digits())
