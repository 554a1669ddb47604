"""The store opened by the recovery sheet, before anybody works at it.

The sheet proves authority over the store, not who holds it: nobody may be taken over in silence. So the names of the
staff are told only now, when the sheet is proved (the window of a seized laptop tells none), who holds it says who
she is, and that member's passphrase alone is set anew. The others' stay as they are.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from app.clock import Clock
from app.errors import UserError
from app.i18n import N_
from app.models import Staff
from app.store.engine import Store
from app.store.key import Unlocked
from app.store.keyslots import KeyFile
from app.store.words import check_own_phrase
from app.usecases.audit import note
from app.usecases.desk import Desk, desk_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """An active member of staff: who the holder of the sheet may be."""

    uid: uuid.UUID
    name: str


class OpenedBySheet:
    """An open store without a desk. It ends by ``enter`` or by ``close``."""

    def __init__(self, store: Store, keys: KeyFile, unlocked: Unlocked, clock: Clock) -> None:
        self._store = store
        self._keys = keys
        self._unlocked = unlocked
        self._clock = clock
        with store.reading() as session:
            active = session.query(Staff).where(Staff.active).order_by(Staff.rid)
            self.candidates = tuple(Candidate(one.uid, one.name) for one in active)

    def enter(self, member: uuid.UUID, new_passphrase: str) -> Desk:
        """Set the passphrase of ``member`` anew and work as her. After a UserError one may try again."""
        if member not in [one.uid for one in self.candidates]:
            raise UserError(N_("Say who you are."))
        phrase = check_own_phrase(new_passphrase)
        desk = desk_of(self._store, self._keys, self._unlocked, self._clock, member)
        self._keys.add_passphrase(self._unlocked, member, phrase)
        with self._store.transaction() as session:
            note(session, desk.author(), "opened_by_sheet", member)
        return desk

    def close(self) -> None:
        """Nobody entered: close the store and wipe its key."""
        self._store.close()
