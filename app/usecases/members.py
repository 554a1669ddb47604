"""Members of staff: who works here, and whose passphrase opens the store.

Each has a slot of her own in the key file. A forgotten passphrase is no misfortune: a colleague unlocks, and she
chooses a new one at the keyboard. Who leaves loses her slot at once; a copy of the key file from before (a backup)
still opens to her passphrase, with what was in the store then.
"""

from __future__ import annotations

import contextlib
import unicodedata
import uuid
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import get
from app.errors import UserError
from app.i18n import N_
from app.models import Staff
from app.store.keyslots import WrongPassphrase
from app.store.words import check_own_phrase, generate_phrase
from app.sync.card import is_safe_name
from app.usecases.audit import note
from app.usecases.desk import Desk

LONGEST_NAME: Final = 120

BAD_NAME: Final = N_("The name is empty, too long, or has signs that cannot be shown.")
UNKNOWN_ROLE: Final = N_("Choose what she or he does here.")
GONE: Final = N_("This person is no longer in the list of staff.")
NOT_MINE: Final = N_("This is not your present passphrase. Check the keyboard language and each word.")
LAST_ONE: Final = N_("Somebody must be able to open the store: add another member of staff first.")
MYSELF: Final = N_("You cannot take yourself out. Ask a colleague to do it.")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. ``can_open``: she has a passphrase."""

    uid: uuid.UUID
    name: str
    role: str
    active: bool
    is_me: bool
    can_open: bool


class Members:
    """The use cases about staff. Deriving a key takes one to two seconds: call these from a thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[Member]:
        """All who work or worked here, the active ones first, in the order in which they came."""
        slots = set(self._desk.keys.slot_ids)
        with self._desk.store.reading() as session:
            query = select(Staff).order_by(Staff.active.desc(), Staff.rid)
            return [
                Member(one.uid, one.name, one.role, one.active, one.uid == self._desk.staff, one.uid in slots)
                for one in session.scalars(query)
            ]

    def new_passphrase(self) -> str:
        """Six words by chance (66 bits)."""
        return generate_phrase()

    def add(self, name: str, role: str, passphrase: str) -> uuid.UUID:
        """A new member of staff with a passphrase that she has chosen at the keyboard.

        First the list, then the slot: a slot without its owner would open the store to nobody known.
        """
        name = unicodedata.normalize("NFC", " ".join(name.split()))
        if not is_safe_name(name) or len(name) > LONGEST_NAME:
            raise UserError(BAD_NAME)
        if role not in get("roles").codes:
            raise UserError(UNKNOWN_ROLE)
        phrase, uid = check_own_phrase(passphrase), self._desk.clock.new_id()
        with self._desk.store.transaction() as session:
            session.add(Staff(uid=uid, name=name, role=role, active=True))
            note(session, self._desk.author(), "staff_added", uid)
        try:
            self._desk.keys.add_passphrase(self._desk.unlocked, uid, phrase)
        except BaseException:
            self._forget(uid)
            raise
        return uid

    def set_passphrase(self, member: uuid.UUID, passphrase: str) -> None:
        """Give a colleague the passphrase that she has chosen at the keyboard; also to one who comes back."""
        phrase = check_own_phrase(passphrase)
        with self._desk.store.reading() as session:
            _of(session, member)
        self._desk.keys.add_passphrase(self._desk.unlocked, member, phrase)
        with self._desk.store.transaction() as session:
            _of(session, member).active = True
            note(session, self._desk.author(), "passphrase_set", member)

    def change_mine(self, present: str, new: str) -> None:
        """Change my own passphrase; the present one is asked, for a desk may be left open for a moment."""
        phrase = check_own_phrase(new)
        try:
            found = self._desk.keys.unlock(present)
        except WrongPassphrase as error:
            raise UserError(NOT_MINE) from error
        found.wipe()
        if found.slot_id != self._desk.staff:
            raise UserError(NOT_MINE)
        self.set_passphrase(self._desk.staff, phrase)

    def deactivate(self, member: uuid.UUID) -> None:
        """Take the slot of who leaves; her name stays with what she has recorded.

        First the slot, then the list: cut short in between, she stands in the list and opens nothing.
        """
        if member == self._desk.staff:
            raise UserError(MYSELF)
        if not set(self._desk.keys.slot_ids) - {member}:
            raise UserError(LAST_ONE)
        self._desk.keys.remove_passphrase(self._desk.unlocked, member)
        with self._desk.store.transaction() as session:
            _of(session, member).active = False
            note(session, self._desk.author(), "staff_deactivated", member)

    def _forget(self, uid: uuid.UUID) -> None:
        """She has no passphrase after all: take her out of the list, so that she can be added again."""
        with contextlib.suppress(UserError), self._desk.store.transaction() as session:
            session.delete(_of(session, uid))
            note(session, self._desk.author(), "staff_not_added", uid)


def _of(session: Session, uid: uuid.UUID) -> Staff:
    found = session.scalars(select(Staff).where(Staff.uid == uid)).one_or_none()
    if found is None:
        raise UserError(GONE)
    return found
