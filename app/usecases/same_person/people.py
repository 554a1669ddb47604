"""The persons of pairs and groups: who each is, in a few words, and what is compared of her."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.forms import partial
from app.forms.names import display_name
from app.i18n import N_, _, language
from app.matching.names import Features
from app.matching.portrait import unpack
from app.models import Centre, Identity, Installation, Person, Portrait, Record
from app.sync.ledger import values_of

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Someone:
    """A live person of the register."""

    rid: int
    uid: uuid.UUID
    code: str
    name: str
    birth: object
    centre_rid: int
    centre: str
    installation: str
    values: Mapping[str, Any]
    changed_at: str

    @property
    def words(self) -> str:
        """Name or code, birth, centre."""
        born = partial.display(self.birth, language()) if self.birth else ""
        return " · ".join(part for part in (self.name or self.code, born, self.centre) if part)


def live(session: Session, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Someone]:
    """Those of ``uids`` who are live persons here."""
    found: dict[uuid.UUID, Someone] = {}
    for chunk in _chunks(set(uids)):
        query = (
            select(
                Person.rid,
                Record.uid,
                Person.code,
                func.max(Identity.display_name),
                Record.data,
                Record.changed_at,
                Centre.rid,
                Centre.name,
                Installation.name,
            )
            .join(Record, Record.rid == Person.rid)
            .join(Installation, Installation.rid == Record.owner_rid)
            .join(Centre, Centre.rid == Installation.centre_rid)
            .outerjoin(Identity, Identity.person_rid == Person.rid)
            .where(Record.uid.in_(chunk))
            .group_by(Person.rid)
        )
        for rid, uid, code, name, data, changed_at, centre_rid, centre, inst in session.execute(query):
            values = values_of(data)
            birth = values.get("birth") or (str(values["birth_year"]) if values.get("birth_year") else None)
            found[uid] = Someone(rid, uid, code, name or "", birth, centre_rid, centre, inst, values, changed_at)
    return found


def one_of(session: Session, uid: uuid.UUID) -> Someone:
    """A live person; raises UserError where she is not here (any more)."""
    found = live(session, [uid]).get(uid)
    if found is None:
        raise UserError(N_("This person is no longer here."))
    return found


def words_of(known: Mapping[uuid.UUID, Someone], uid: uuid.UUID) -> str:
    """Her words, or that she is gone: a decision outlives the records it is about."""
    return known[uid].words if uid in known else _("a person who is no longer here")


def compared_of(session: Session, rids: Collection[int]) -> dict[int, Features]:
    """What is compared of these persons."""
    found: dict[int, Features] = {}
    for chunk in _chunks(rids):
        query = select(Portrait.person_rid, Portrait.data).where(Portrait.person_rid.in_(chunk))
        found.update((rid, unpack(data)) for rid, data in session.execute(query))
    return found


def identity_of(session: Session, someone: Someone) -> dict[str, Any]:
    """Her identity record's values, as far as consent let them come; empty without."""
    query = select(Record.data).join(Identity, Identity.rid == Record.rid).where(Identity.person_rid == someone.rid)
    documents = [values_of(data) for data in session.scalars(query.order_by(Record.uid))]
    return next((one for one in documents if display_name(one)), documents[0] if documents else {})


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(items)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
