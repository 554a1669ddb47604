"""Real desks for whole journeys: SQLCipher stores made through ``Access``, with Argon2 at a cost for tests only.

``canonical_dump`` is the register as it must be equal byte for byte on any two laptops that were told the same;
``content_digest`` is all that a refused bundle must leave as it was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.clock import SteadyClock
from app.models import (
    AttachmentContent,
    Base,
    Centre,
    Installation,
    OfPerson,
    OwnKeys,
    Record,
    SetAside,
    Trust,
)
from app.store.keyformat import KdfParams
from app.sync.age import Identity
from app.sync.canonical import decode_object, encode
from app.sync.card import Card, DigitParams, digits, encode_card
from app.sync.exporter import collect
from app.sync.ledger import SELF_RID
from app.sync.projection import NOUNS
from app.usecases.access import Access, SetUp, lock
from app.usecases.agenda import Agenda
from app.usecases.assistance import Assistance
from app.usecases.attachments import Attachments
from app.usecases.cases import Cases
from app.usecases.delivery import Deliveries
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.people import People
from app.usecases.planning import Planning
from app.usecases.receiving import Receiving, Verdict
from app.usecases.referrals import Referrals
from app.usecases.sending import Sending
from tests.sync.crafting import RECOVERY, Party

QUICK = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=8)
QUICK_DIGITS = DigitParams(memory_kib=64, iterations=1)
PHRASE = "абзац яхта снег атомный бедный ячейка"
TODAY = dt.datetime(2026, 6, 15, 9, 0, tzinfo=dt.UTC)


@dataclass
class Office:
    """A laptop: its folder, its open desk, and its use cases at hand."""

    folder: Path
    desk: Desk

    @property
    def people(self) -> People:
        return People(self.desk)

    @property
    def cases(self) -> Cases:
        return Cases(self.desk)

    @property
    def assistance(self) -> Assistance:
        return Assistance(self.desk)

    @property
    def planning(self) -> Planning:
        return Planning(self.desk)

    @property
    def referrals(self) -> Referrals:
        return Referrals(self.desk)

    @property
    def attachments(self) -> Attachments:
        return Attachments(self.desk)

    @property
    def agenda(self) -> Agenda:
        return Agenda(self.desk)

    @property
    def enrolment(self) -> Enrolment:
        return Enrolment(self.desk, QUICK_DIGITS)

    @property
    def sending(self) -> Sending:
        return Sending(self.desk)

    @property
    def receiving(self) -> Receiving:
        return Receiving(self.desk)

    @property
    def deliveries(self) -> Deliveries:
        return Deliveries(self.desk)

    def send(self, stick: Path) -> Path:
        """The next bundle, on ``stick``."""
        stick.mkdir(exist_ok=True)
        return self.sending.send(stick, silent).file

    def receipts(self, stick: Path) -> list[Path]:
        """What the coordinator has to say, on ``stick``."""
        stick.mkdir(exist_ok=True)
        return self.receiving.write_receipts(stick)

    def take(self, *files: Path) -> list[Verdict]:
        return [self.receiving.take(file) for file in files]

    def take_bytes(self, data: bytes) -> Verdict:
        """Take a crafted bundle that lies on a stick."""
        file = self.folder.parent / f"{self.folder.name}-crafted.age"
        file.write_bytes(data)
        return self.receiving.take(file)

    def help(self, person: uuid.UUID, code: str = "psych_counselling", **values: Any) -> uuid.UUID:
        """Record a service, as the form begins it."""
        service = self.assistance.new_service()
        whole = {**self.assistance.defaults(person, code), **values}
        return self.assistance.record_service(person, whole, service=service, sure=True)

    def lock(self) -> None:
        lock(self.desk)


def silent(*_progress: object) -> None:
    """For those who need no progress."""


def new_office(folder: Path, role: str, name: str, *, practice: bool = False, seed: int = 0) -> Office:
    """A first start, gone through to the end."""
    access = Access(folder, SteadyClock(TODAY, seed), QUICK)
    setup = SetUp(role, practice, name, "BY-VI", "", "Тамара", "nurse")
    made = access.create(setup, PHRASE, silent)
    access.prove_recovery(made.recovery_groups)
    if made.coordinator_recovery:
        access.prove_coordinator_recovery(made.coordinator_recovery)
    return Office(folder, access.unlock(PHRASE))


def reopened(folder: Path, seed: int) -> Office:
    """The laptop unlocked again. Another ``seed``, or its chance would repeat the ids that it gave before."""
    return Office(folder, Access(folder, SteadyClock(TODAY, seed), QUICK).unlock(PHRASE))


def copied(folder: Path, to: Path, seed: int) -> Office:
    """A copy of a locked laptop: a clone to whoever gets its bundles."""
    shutil.copytree(folder, to)
    return reopened(to, seed)


def enrol(one: Office, other: Office) -> None:
    """Cards exchanged, digits read out and typed, on both sides."""
    for here, there in ((one, other), (other, one)):
        here.enrolment.receive(there.enrolment.my_card())
        here.enrolment.confirm(there.desk.me.uid, there.enrolment.my_digits())


def card_of(party: Party, name: str = "Филиал") -> bytes:
    """The card of a party of the workshop."""
    coordinator = party.role.value == "coordinator"
    card = Card(
        practice=party.practice,
        role=party.role,
        inst=party.inst,
        centre=party.centre,
        name=name,
        sign=party.sign,
        recv=party.identity.recipient,
        recovery=RECOVERY.recipient if coordinator else None,
        created="2026-01-02T03:04:05Z",
    )
    return encode_card(card, party.sign_seed)


def enrol_party(office: Office, party: Party) -> None:
    """A party of the workshop becomes known here, by card and digits like anybody."""
    card = card_of(party)
    office.enrolment.receive(card)
    data = card.partition(b"\n")[0]
    office.enrolment.confirm(party.inst, digits(data, QUICK_DIGITS).split())


def become(office: Office, party: Party, seed: int) -> Office:
    """A real store with the keys of a party of the workshop, so that bundles can be crafted for it."""
    with office.desk.store.transaction() as session:
        row = session.get_one(Installation, SELF_RID)
        row.uid, row.practice, row.role = party.inst, party.practice, party.role.value
        row.sign_key, row.receive_key = party.sign, party.identity.recipient.raw
        row.recovery_key = RECOVERY.recipient.raw if party.role.value == "coordinator" else None
        row.card = card_of(party)
        session.get_one(Centre, row.centre_rid).uid = party.centre
        keys = session.scalars(select(OwnKeys)).one()
        # Seeds are what the store keeps; the workshop derives its own the same way.
        keys.sign_seed, keys.receive_seed = party.sign_seed, hashlib.sha256(b"recv" + party.name.encode()).digest()
        assert Identity(keys.receive_seed).recipient == party.identity.recipient
    office.lock()
    return reopened(office.folder, seed)


def content_digest(desk: Desk, but: Collection[str] = ()) -> str:
    """A hash over every value of every table, except the tables and ``table.column`` named in ``but``.

    The list of files set aside is left out: a refused file stands there, and takes part in nothing else.
    """
    running = hashlib.sha256()
    with desk.store.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in (*but, SetAside.__tablename__):
                continue
            columns = [column for column in table.columns if f"{table.name}.{column.name}" not in but]
            running.update(table.name.encode())
            for values in session.execute(select(*columns).order_by(*table.primary_key.columns)):
                running.update(repr(tuple(values)).encode())
    return running.hexdigest()


def everything(desk: Desk) -> str:
    """Every value of the store as text, to search it for what must not be there."""
    found: list[str] = []
    with desk.store.reading() as session:
        for table in Base.metadata.sorted_tables:
            for values in session.execute(select(table)):
                found += [
                    value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in values
                ]
    return "\n".join(found)


def canonical_dump(desk: Desk) -> bytes:
    """The register without a key of this store: records by uid, then the noun rows by uid, as canonical JSON."""
    with desk.store.reading() as session:
        owners = dict(session.execute(select(Installation.rid, Installation.uid)).all())
        uids = dict(session.execute(select(Record.rid, Record.uid)).all())
        records: dict[str, object] = {}
        for record in session.scalars(select(Record)):
            records[str(record.uid)] = {
                "kind": record.kind,
                "owner": str(owners[record.owner_rid]),
                "epoch": record.epoch,
                "revision": record.revision,
                "changed_seq": record.changed_seq,
                "changed_at": record.changed_at,
                "changed_by": str(record.changed_by),
                "state": record.state,
                "data": record.data,
                "problems": record.problems,
                "digest": record.digest.hex(),
            }
        nouns: dict[str, object] = {}
        for kind, model in NOUNS.items():
            for row in session.scalars(select(model)):
                values = {c.name: getattr(row, c.name) for c in model.__table__.columns if c.name != "rid"}
                if issubclass(model, OfPerson):
                    values["person_rid"] = uids.get(values["person_rid"], "nobody")
                rid = row.rid  # type: ignore[attr-defined]  # every noun has it
                nouns[f"{kind}/{uids[rid]}"] = {
                    name: str(value) if isinstance(value, uuid.UUID) else value for name, value in values.items()
                }
        contents = dict(session.execute(select(AttachmentContent.uid, AttachmentContent.sha256)).all())
    files = {str(uid): digest for uid, digest in contents.items()}
    return encode({"records": records, "nouns": nouns, "files": files}, sort_keys=True)


def outgoing_rows(desk: Desk) -> dict[uuid.UUID, bytes]:
    """What the centre's own records say to the coordinator, all of them, each as its canonical row."""
    with desk.store.reading() as session:
        uids = list(
            session.scalars(select(Record.uid).where(Record.owner_rid == SELF_RID).order_by(Record.changed_seq))
        )
        return dict(zip(uids, collect(session, desk.me.uid, 0).lines, strict=True))


def digests_at(desk: Desk, owner: uuid.UUID) -> dict[uuid.UUID, bytes]:
    """What the register holds of an installation: the SHA-256 of the row taken, by record."""
    with desk.store.reading() as session:
        query = select(Record.uid, Record.digest).join(Installation, Installation.rid == Record.owner_rid)
        return dict(session.execute(query.where(Installation.uid == owner)).all())


def document_at(desk: Desk, uid: uuid.UUID) -> tuple[str, Mapping[str, Any]]:
    """State and values of a record."""
    with desk.store.reading() as session:
        record = session.scalars(select(Record).where(Record.uid == uid)).one()
        return record.state, decode_object(record.data.encode(), sort_keys=True)


def trust_of(desk: Desk, inst: uuid.UUID) -> Trust:
    with desk.store.reading() as session:
        return Trust(session.scalars(select(Installation.trust).where(Installation.uid == inst)).one())


def count_of(desk: Desk, model: type[Base]) -> int:
    with desk.store.reading() as session:
        return len(session.scalars(select(model)).all())
