"""What the coordinator told about a person of this centre: who is one with her, and that her name was erased."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.forms import partial
from app.i18n import _, language
from app.models import Identity, Notice, Person, Record
from app.sync.notices import ERASED, SAME_PERSON
from app.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the coordinator told: in words, and with which persons of ours it has to do."""

    kind: str
    """``same_person`` or ``erased``."""
    words: str
    told_at: str
    """When the receipt was read here."""
    persons: tuple[uuid.UUID, ...] = ()
    """Other persons of ours whose pages may be opened."""


class Notices:
    """``Notices(desk).of_person(person)``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_person(self, person: uuid.UUID) -> list[Told]:
        """What the newest receipt says of this person; as a rule nothing."""
        with self._desk.store.reading() as session:
            rid = select(Record.rid).where(Record.uid == person).scalar_subquery()
            names = select(Record.uid).join(Identity, Identity.rid == Record.rid).where(Identity.person_rid == rid)
            query = select(Notice).where(Notice.subject_uid.in_([person, *session.scalars(names)]))
            return [one for row in session.scalars(query.order_by(Notice.rid)) for one in _told(session, row)]


def _told(session: Session, row: Notice) -> Iterator[Told]:
    content: Mapping[str, Any] = json.loads(row.document)
    if row.kind == SAME_PERSON:
        yield from _same_person(session, row, content)
    elif row.kind == ERASED:
        day = partial.display(content["at"][:10], language())
        words = _("The coordinator erased the name of this person on {date}.").format(date=day)
        yield Told(row.kind, words, row.told_at)


def _same_person(session: Session, row: Notice, content: Mapping[str, Any]) -> Iterator[Told]:
    codes = _codes(session, [uuid.UUID(one) for one in content["with"]])
    if content["elsewhere"]:
        words = _(
            "The coordinator holds this person to be the same as one who was helped at another centre. "
            "Ask the coordinator."
        )
        yield Told(row.kind, words, row.told_at)
    if codes:
        words = _("The coordinator holds this person to be the same as {codes}, also recorded at your centre.")
        yield Told(row.kind, words.format(codes=", ".join(codes.values())), row.told_at, tuple(codes))
    if len(codes) < len(content["with"]):
        words = _(
            "The coordinator holds this person to be the same as one who is recorded on another laptop "
            "of your centre."
        )
        yield Told(row.kind, words, row.told_at)


def _codes(session: Session, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Those who are here, with their case codes."""
    query = select(Record.uid, Person.code).join(Person, Person.rid == Record.rid).where(Record.uid.in_(uids))
    return dict(session.execute(query.order_by(Person.code)).all())
