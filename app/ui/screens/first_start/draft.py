"""What has been answered so far on the journey, and which steps the answers make necessary."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.usecases.access import SetUp


class Stop(StrEnum):
    """The steps, in their order."""

    LANGUAGE = "language"
    ROLE = "role"
    PURPOSE = "purpose"
    CENTRE = "centre"
    STAFF = "staff"
    PHRASE = "phrase"
    TYPED_BACK = "typed_back"
    WORKING = "working"
    SHEET = "sheet"
    PROVE_SHEET = "prove_sheet"
    KEY = "key"
    PROVE_KEY = "prove_key"
    DONE = "done"


@dataclass
class Draft:
    """The answers. Nothing of it is written anywhere; it ends with the window."""

    role: str = ""
    practice: bool | None = None
    centre_name: str = ""
    oblast: str = ""
    raion: str = ""
    centre_card: bytes | None = None
    card_name: str = ""
    staff_name: str = ""
    staff_role: str = ""
    passphrase: str = field(default="", repr=False)
    recovery_groups: tuple[str, ...] = field(default=(), repr=False)
    coordinator_recovery: str = field(default="", repr=False)
    typed_phrase: str = field(default="", repr=False)
    typed_groups: str = field(default="", repr=False)
    """What is typed back so far, for a window that is built anew in between."""

    def stops(self) -> list[Stop]:
        """The steps of this journey."""
        key = (Stop.KEY, Stop.PROVE_KEY)
        return [stop for stop in Stop if self.role == "coordinator" or stop not in key]

    def after(self, stop: Stop) -> Stop:
        """The step that follows ``stop``."""
        stops = self.stops()
        return stops[stops.index(stop) + 1]

    def before(self, stop: Stop) -> Stop | None:
        """The step to go back to; None where there is no way back."""
        if stop in (Stop.LANGUAGE, Stop.WORKING, Stop.SHEET, Stop.KEY, Stop.DONE):
            return None
        return self.stops()[self.stops().index(stop) - 1]

    def setup(self) -> SetUp:
        """The answers as the use case takes them."""
        # Imported late: the use case brings in the database, and this window must not wait for it.
        from app.usecases.access import SetUp  # noqa: PLC0415 - see above

        return SetUp(
            role=self.role,
            practice=bool(self.practice),
            # With a card the centre's name is the card's; the use case still wants a name that can be shown.
            centre_name=self.centre_name,
            oblast=self.oblast,
            raion=self.raion,
            staff_name=self.staff_name,
            staff_role=self.staff_role,
            centre_card=self.centre_card,
        )
