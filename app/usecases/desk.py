"""What every use case needs: the open store, the clock, who works here, and which installation this is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from app.clock import Clock
from app.errors import UserError
from app.i18n import N_
from app.models import Centre, Installation, Staff
from app.store.engine import Store
from app.store.key import Unlocked
from app.store.keyslots import KeyFile
from app.sync import partners
from app.sync.ledger import SELF_RID, Author


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


def desk_of(store: Store, keys: KeyFile, unlocked: Unlocked, clock: Clock, staff: uuid.UUID | None) -> Desk:
    """The desk of the member of staff ``staff``; None: of the first active one, while nobody has said who she is.

    (None only while a backup is restored by its sheet: who holds that says so when the store is in its place.)
    Raises UserError for a slot whose owner no longer works here.
    """
    with store.reading() as session:
        row = session.get_one(Installation, SELF_RID)
        centre = session.get_one(Centre, row.centre_rid)
        people = [one for one in session.query(Staff).order_by(Staff.rid) if one.active]
        found = [one for one in people if staff in (None, one.uid)]
        if not found:
            raise UserError(N_("This passphrase belongs to somebody who no longer works here."))
        person = found[0]
        partners.show(session)
    me = Me(
        uid=row.uid,
        centre=centre.uid,
        centre_name=centre.name,
        role=row.role,
        practice=row.practice,
        oblast=centre.oblast or "",
        raion=centre.raion or "",
    )
    return Desk(store, keys, unlocked, clock, me, person.uid, person.name)
