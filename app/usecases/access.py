"""Access: the first start, unlocking, recovery. All that exists before a store is open.

Set-up is prepared in memory, the recovery sheet is proved by typing it back, and only then is anything written:
a set-up that is broken off leaves nothing behind.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app import __version__, codelists, defects
from app.clock import Clock
from app.errors import UserError
from app.i18n import N_
from app.models import SCHEMA_VERSION, Centre, Installation, OwnKeys, Staff, Trust
from app.store import restore
from app.store.connection import Journal
from app.store.engine import Store, create_store, open_store, store_exists
from app.store.files import KEY_NAME, STORE_NAME
from app.store.key import Unlocked
from app.store.keyformat import STANDARD, KdfParams
from app.store.keyslots import KeyFile
from app.store.recovery import RecoveryCode
from app.store.words import check_own_phrase, generate_phrase
from app.sync import sshsig
from app.sync.age import Identity, Recipient
from app.sync.card import Card, decode_card, encode_card, is_safe_name
from app.sync.ledger import SELF_RID, Author, stamp
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.by_sheet import OpenedBySheet
from app.usecases.desk import Desk, desk_of
from app.usecases.inbox.aside import Aside
from app.usecases.inbox.large import finish_cut_short
from app.usecases.restoring import Restoring


@dataclass(frozen=True, slots=True)
class SetUp:
    """The answers of the first start. ``centre_card``: the card of another laptop of the same centre."""

    role: str
    practice: bool
    centre_name: str
    oblast: str
    raion: str
    staff_name: str
    staff_role: str
    centre_card: bytes | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """What must be put on paper: the recovery sheet, and the coordinator's offline recovery key."""

    recovery_groups: tuple[str, ...]
    coordinator_recovery: str | None


@dataclass(slots=True)
class _Prepared:
    """A set-up in memory that waits for its proofs."""

    setup: SetUp
    passphrase: str
    recovery: RecoveryCode
    offline: Identity | None
    sheet_proved: bool = False
    offline_proved: bool = False


class Access:
    """The use cases before unlock. Knows the folder, not the store."""

    def __init__(self, folder: Path, clock: Clock, kdf: KdfParams | None = None) -> None:
        self._folder = folder
        self._clock = clock
        self._kdf = kdf or STANDARD
        self._prepared: _Prepared | None = None

    def exists(self) -> bool:
        """Whether a store was ever made here, be it damaged. A store is never made anew over another."""
        return store_exists(self._folder) or restore.is_pending(self._folder)

    def restoring(self) -> Restoring:
        """The use cases that put a backup in the store's place."""
        return Restoring(self._folder, self._clock, self._kdf)

    def new_passphrase(self) -> str:
        """Six words by chance (66 bits). She may roll again, not edit."""
        return generate_phrase()

    def create(self, setup: SetUp, passphrase: str, progress: Callable[[str], None]) -> Created:
        """Prepare a store in memory; it is written at the first unlock after the sheets were proved.

        Raises UserError where a name cannot be used, or a passphrase of one's own is too short.
        """
        if self.exists():
            raise UserError(N_("A store lies here already. It is never made anew over another."))
        if setup.centre_card is None and not is_safe_name(setup.centre_name):
            raise UserError(N_("The name of the centre is empty, too long, or has signs that cannot be shown."))
        if setup.centre_card is not None:
            decode_card(setup.centre_card)
        progress("keys")
        offline = Identity(secrets.token_bytes(32)) if setup.role == Role.COORDINATOR else None
        self._prepared = _Prepared(
            setup=setup,
            passphrase=check_own_phrase(passphrase),
            recovery=RecoveryCode.generate(),
            offline=offline,
            offline_proved=offline is None,
        )
        return Created(self._prepared.recovery.groups, offline.to_text() if offline else None)

    def prove_recovery(self, typed_groups: Sequence[str]) -> None:
        """The recovery sheet, typed back. Raises RecoverySlip, which names the wrong groups, or UserError."""
        prepared = self._require()
        if RecoveryCode.parse(typed_groups).secret != prepared.recovery.secret:
            raise UserError(N_("This is another recovery sheet. Type the groups of the sheet you have just made."))
        prepared.sheet_proved = True

    def prove_coordinator_recovery(self, typed: str) -> None:
        """The coordinator's offline recovery key, typed or read back."""
        prepared = self._require()
        expected = prepared.offline.to_text() if prepared.offline else ""
        if "".join(typed.split()).upper() != expected:
            raise UserError(N_("This is not the recovery key that was written down. Check each group of letters."))
        prepared.offline_proved = True

    def discard(self) -> None:
        """Forget a set-up that was not finished. Nothing of it was written."""
        self._prepared = None

    def unlock(self, passphrase: str) -> Desk:
        """Open the store (Argon2id: 0.7 to 2 s). After a proved set-up, this writes it first."""
        if self._prepared is not None:
            return self._carry_out(passphrase)
        restore.finish(self._folder)
        keys = KeyFile.open(self._folder / KEY_NAME, self._kdf)
        return self._open(keys, keys.unlock(passphrase))

    def open_by_sheet(self, groups: Sequence[str]) -> OpenedBySheet:
        """Open the store by the recovery sheet; who holds it then says who she is. Raises RecoverySlip, UserError."""
        code = RecoveryCode.parse(groups)
        restore.finish(self._folder)
        keys = KeyFile.open(self._folder / KEY_NAME, self._kdf)
        unlocked = keys.unlock_recovery(code)
        store = self._store(unlocked)
        try:
            return OpenedBySheet(store, keys, unlocked, self._clock)
        except BaseException:
            store.close()
            raise

    def _require(self) -> _Prepared:
        if self._prepared is None:
            raise UserError(N_("Nothing is being set up. Start again."))
        return self._prepared

    def _carry_out(self, passphrase: str) -> Desk:
        prepared = self._require()
        if not (prepared.sheet_proved and prepared.offline_proved):
            raise UserError(N_("The recovery sheet has not been typed back yet. Without that proof nothing is made."))
        if check_own_phrase(passphrase) != prepared.passphrase:
            raise UserError(N_("This is not the passphrase you were given. Check each word."))
        staff = self._clock.new_id()
        keys, unlocked = KeyFile.make(
            self._folder / KEY_NAME, {staff: prepared.passphrase}, prepared.recovery, self._kdf
        )
        store = create_store(self._folder, keys, unlocked.key)
        try:
            with store.transaction() as session:
                _fill(session, self._clock, prepared, staff)
        except BaseException:
            self._drop_unfinished(store)  # nothing is in it: one may try again
            raise
        self._prepared = None
        store.work_in(_journal(prepared.setup.role))
        return desk_of(store, keys, unlocked, self._clock, staff)

    def _open(self, keys: KeyFile, unlocked: Unlocked) -> Desk:
        store = self._store(unlocked)
        try:
            desk = desk_of(store, keys, unlocked, self._clock, unlocked.slot_id)
            _finish(desk)
            Aside(desk).sweep()
        except BaseException:
            store.close()
            raise
        return desk

    def _store(self, unlocked: Unlocked) -> Store:
        store = open_store(self._folder, unlocked.key)
        try:
            store.work_in(_journal(self._role(store)))
        except BaseException:
            store.close()  # closing twice does nothing
            raise
        return store

    def _role(self, store: Store) -> str:
        """Whose store it is. A power cut in the very first save leaves one without its first rows: nothing in it."""
        with store.reading() as session:
            if (mine := session.get(Installation, SELF_RID)) is not None:
                return mine.role
        self._drop_unfinished(store)
        raise UserError(N_("The first set-up was cut short; nothing was recorded yet. Start the program again."))

    def _drop_unfinished(self, store: Store) -> None:
        store.close()
        for name in (STORE_NAME, KEY_NAME):
            (self._folder / name).unlink(missing_ok=True)


def lock(desk: Desk) -> None:
    """Close the store and wipe its key. What remains in memory goes with the process (bootstrap replaces it)."""
    desk.store.close()
    codelists.drop_overlays()


def _journal(role: str) -> Journal:
    """The coordinator's register takes thousands of bundles in, and is read meanwhile; a centre's store is copied."""
    return Journal.WAL if role == Role.COORDINATOR else Journal.TRUNCATE


def _fill(session: Session, clock: Clock, prepared: _Prepared, staff: uuid.UUID) -> None:
    """The first rows of a new store: centre, this installation with its keys and card, first member of staff."""
    setup = prepared.setup
    now = stamp(clock.now())
    sign_seed, receive_seed = secrets.token_bytes(32), secrets.token_bytes(32)
    other = decode_card(setup.centre_card).card if setup.centre_card else None
    centre = Centre(
        uid=other.centre if other else clock.new_id(),
        name=other.name if other else setup.centre_name,
        oblast=setup.oblast,
        raion=setup.raion,
    )
    session.add(centre)
    session.flush()
    card = Card(
        practice=setup.practice,
        role=Role(setup.role),
        inst=clock.new_id(),
        centre=centre.uid,
        name=centre.name,
        sign=sshsig.public_key(sign_seed),
        recv=Identity(receive_seed).recipient,
        recovery=_recovery(prepared),
        created=now,
    )
    session.add(_self_row(card, encode_card(card, sign_seed), centre.rid))
    session.add(OwnKeys(sign_seed=sign_seed, receive_seed=receive_seed, created_at=now))
    session.add(Staff(uid=staff, name=setup.staff_name, role=setup.staff_role, active=True))
    session.flush()
    note(session, Author(staff, clock.now()), "set_up", card.inst)


def _recovery(prepared: _Prepared) -> Recipient | None:
    return prepared.offline.recipient if prepared.offline else None


def _self_row(card: Card, file: bytes, centre_rid: int) -> Installation:
    return Installation(
        rid=SELF_RID,
        uid=card.inst,
        centre_rid=centre_rid,
        role=card.role.value,
        name=card.name,
        practice=card.practice,
        trust=Trust.SELF,
        card=file,
        sign_key=card.sign,
        receive_key=card.recv.raw,
        recovery_key=card.recovery.raw if card.recovery else None,
        accepts_schema=SCHEMA_VERSION,
        app_version=__version__,
        enrolled_at=card.created,
    )


def _finish(desk: Desk) -> None:
    """Finish what a cut has left of a bundle. Where that fails the store opens all the same: nothing is lost, and
    the next heap begins with it and says what is wrong.
    """
    try:
        finish_cut_short(desk)
    except UserError:
        return
    except Exception as error:
        defects.number_of(error)
