"""What every use case needs: the open store, the clock, who works here, and which installation this is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from app.clock import Clock
from app.store.engine import Store
from app.store.key import Unlocked
from app.store.keyslots import KeyFile
from app.sync.ledger import Author


@dataclass(frozen=True, slots=True)
class Me:
    """This installation, as it was set up."""

    uid: uuid.UUID
    centre: uuid.UUID
    centre_name: str
    role: str
    practice: bool
    oblast: str
    raion: str


@dataclass(frozen=True, slots=True)
class Desk:
    """An unlocked store with the member of staff who unlocked it. Before unlock none exists; lock drops it."""

    store: Store
    keys: KeyFile
    unlocked: Unlocked
    clock: Clock
    me: Me
    staff: uuid.UUID
    staff_name: str

    def author(self) -> Author:
        """Who writes now."""
        return Author(self.staff, self.clock.now())
