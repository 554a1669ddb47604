"""Three centres and a coordinator who knows of them all, and a person to be passed on."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.models import AwaitedHandover, Installation, Question, Record
from app.sync.canonical import decode_object
from app.sync.rows import digest
from app.usecases.transfer_desk import TransferDesk
from app.usecases.transfer_state import State
from app.usecases.transfers import Transfers
from tests.e2e.desks import Office, digests_at, outgoing_rows, silent

RELEASE = {"scope": "release_other", "state": "given", "on": "2026-06-10", "organisation": "other"}


@dataclass
class Move:
    """From ``one`` to ``next``, by ``boss``; ``third`` looks on."""

    one: Office
    next: Office
    third: Office
    boss: Office
    post: Path

    @property
    def wishing(self) -> Transfers:
        return Transfers(self.one.desk)

    @property
    def deciding(self) -> TransferDesk:
        return TransferDesk(self.boss.desk)

    def lists(self) -> None:
        """The coordinator's list of centres reaches all three."""
        files = self.boss.receipts(self.post)
        for office in (self.one, self.next, self.third):
            office.take(*files)

    def agree(self, person: uuid.UUID, centre: str = "Гродно", **values: object) -> uuid.UUID:
        return self.one.people.set_consent(person, {**RELEASE, "organisation_other": centre, **values}, sure=True)

    def wish(self, person: uuid.UUID, to: Office | None = None, files: tuple[uuid.UUID, ...] = ()) -> uuid.UUID:
        heir = to or self.next
        return self.wishing.save(person, heir.desk.me.uid, self.wishing.defaults(), files, sure=True)

    def write(self, wish: uuid.UUID) -> Path:
        """The file for the next centre."""
        self.post.mkdir(exist_ok=True)
        return self.wishing.write(wish, self.post, silent).file

    def words(self) -> dict[str, Path]:
        """The coordinator's handovers, by who can read them."""
        self.post.mkdir(exist_ok=True)
        found: dict[str, Path] = {}
        for file in self.deciding.write_words(self.post):
            for name in ("one", "next", "third"):
                if getattr(self, name).receiving.inspect(file).ok:
                    found[name] = file
        return found

    def state(self, office: Office, person: uuid.UUID) -> State | None:
        return Transfers(office.desk).of_person(person)


def heads(office: Office, uids: set[uuid.UUID]) -> dict[uuid.UUID, tuple[uuid.UUID, int]]:
    """Owner and epoch of these records, as this laptop knows them."""
    with office.desk.store.reading() as session:
        query = select(Record.uid, Installation.uid, Record.epoch).join(
            Installation, Installation.rid == Record.owner_rid
        )
        return {uid: (owner, epoch) for uid, owner, epoch in session.execute(query) if uid in uids}


def agreed(boss: Office, owner: Office) -> bool:
    """Whether the coordinator holds of the owner's records exactly what the owner's next bundle would say."""
    held, said = digests_at(boss.desk, owner.desk.me.uid), outgoing_rows(owner.desk)
    return {uid: one.hex() for uid, one in held.items()} == {uid: digest(line) for uid, line in said.items()}


def asked(office: Office) -> list[dict[str, Any]]:
    """The late rows that this laptop is asked about."""
    with office.desk.store.reading() as session:
        texts = session.scalars(select(Question.document).where(Question.reason == "late_row"))
        return [decode_object(text.encode(), sort_keys=True) for text in texts if text]


def awaited(office: Office) -> int:
    with office.desk.store.reading() as session:
        return len(session.scalars(select(AwaitedHandover)).all())
