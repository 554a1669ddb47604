"""From documents to rows: the columns that lists, search and figures need, derived from each record's values.

Pure derivation, run in the transaction that changed the records. The result depends on the set of records
alone, never on the order in which they came (a service may arrive before its person): a test holds that.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from app.codelists import AgeGroup, RecordState, service_group, service_tile
from app.forms.age import age_group
from app.forms.names import display_name, search_key
from app.models import (
    Appointment,
    Attachment,
    AttachmentContent,
    Base,
    Case,
    Centre,
    Consent,
    Grant,
    Identity,
    Installation,
    Need,
    Person,
    Record,
    Referral,
    Service,
)
from app.sync.canonical import decode_object
from app.sync.search_index import forget_all, index_persons, persons_named

CHUNK = 500  # SQLite's bound on variables in one statement is far above; this keeps statements small

# An imported date may be any text (it is flagged then): no month is read into it.
_MONTH = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?![0-9]))?(?![0-9])")

Document = dict[str, Any]
NOUNS: dict[str, type[Base]] = {
    "person": Person,
    "identity": Identity,
    "consent": Consent,
    "case": Case,
    "need": Need,
    "grant": Grant,
    "service": Service,
    "referral": Referral,
    "appointment": Appointment,
    "attachment": Attachment,
}
_OF_PERSON = tuple(model for kind, model in NOUNS.items() if kind != "person")
# The days that a service may name for what comes next, whatever its form.
_NEXT = ("next_on", "next_visit", "next_session_on", "next_hearing_on")


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that was just written: its key, kind, state, document and owner."""

    rid: int
    uid: uuid.UUID
    kind: str
    state: str
    document: Document
    owner_rid: int


@dataclass(frozen=True, slots=True)
class _Bearer:
    """What a service row takes from its person."""

    rid: int
    sex: str
    birth_year: int | None


def project(session: Session, changes: Sequence[Changed]) -> None:
    """Bring the noun tables in line with ``changes`` (each record at most once)."""
    by_kind: dict[str, list[Changed]] = defaultdict(list)
    for change in changes:
        by_kind[change.kind].append(change)
    identities = [change.rid for change in by_kind["identity"]]
    sought = persons_named(session, identities) | {change.rid for change in by_kind["person"]}
    for kind, model in NOUNS.items():
        _remove(session, model, [change.rid for change in by_kind[kind]])
    _erase_contents(session, by_kind["attachment"])
    live = {kind: [c for c in rows if c.state == RecordState.LIVE] for kind, rows in by_kind.items()}
    if live.get("person"):
        session.execute(insert(_table(Person)), [_person(change) for change in live["person"]])
    persons = [change.uid for change in by_kind["person"]]
    bearers = _bearers(session, [*_named_persons(changes), *persons])
    centres = _centres(session)
    for kind, model in NOUNS.items():
        if kind != "person" and live.get(kind):
            session.execute(insert(_table(model)), [_row(c, bearers, centres) for c in live[kind]])
    if persons:
        _adopt(session, {uid: bearers[uid] for uid in persons})
    index_persons(session, sought | persons_named(session, identities))


def rebuild(session: Session) -> None:
    """Make every noun table anew from the records."""
    for model in reversed(NOUNS.values()):
        session.execute(delete(model))
    forget_all(session)
    changes = [
        Changed(
            rid=record.rid,
            uid=record.uid,
            kind=record.kind,
            state=record.state,
            document=decode_object(record.data.encode(), sort_keys=True),
            owner_rid=record.owner_rid,
        )
        for record in session.scalars(select(Record))
    ]
    project(session, changes)


def _chunks(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]


def _table(model: type[Base]) -> Table:
    """For statements on many rows: past the ORM, which keeps state for each."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _remove(session: Session, model: type[Base], rids: Sequence[int]) -> None:
    table = _table(model)
    if rids:
        session.execute(delete(table).where(table.c.rid == bindparam("one")), [{"one": rid} for rid in rids])


def _erase_contents(session: Session, attachments: Sequence[Changed]) -> None:
    """The bytes of an attachment go when its record is deleted or withheld: erasure must mean erasure."""
    gone = [change.uid for change in attachments if change.state != RecordState.LIVE]
    if gone:
        session.execute(delete(AttachmentContent).where(AttachmentContent.uid.in_(gone)))


def as_uid(value: object) -> uuid.UUID | None:
    """A UUID from a document's text, or None where it is absent or not one (such a row is flagged)."""
    return _uid_of_text(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _uid_of_text(text: str) -> uuid.UUID | None:
    """Kept for a while: many records name the same person, case and centre."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _text(document: Document, key: str) -> str | None:
    value = document.get(key)
    return value if isinstance(value, str) else None


def _number(document: Document, key: str) -> int | None:
    value = document.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _named_persons(changes: Sequence[Changed]) -> list[uuid.UUID]:
    named = (as_uid(change.document.get("person")) for change in changes)
    return [uid for uid in dict.fromkeys(named) if uid is not None]


def _bearers(session: Session, persons: Sequence[uuid.UUID]) -> dict[uuid.UUID, _Bearer]:
    """What is known of these persons; one that is deleted here keeps its key but tells neither sex nor age."""
    found: dict[uuid.UUID, _Bearer] = {}
    for chunk in _chunks(persons):
        query = (
            select(Record.uid, Record.rid, Person.sex, Person.birth_year)
            .outerjoin(Person, Person.rid == Record.rid)
            .where(Record.uid.in_(chunk), Record.kind == "person")
        )
        for uid, rid, sex, birth_year in session.execute(query):
            found[uid] = _Bearer(rid, sex or "unknown", birth_year)
    return found


def _centres(session: Session) -> dict[int, uuid.UUID]:
    query = select(Installation.rid, Centre.uid).join(Centre, Centre.rid == Installation.centre_rid)
    return dict(session.execute(query).all())


def _person(change: Changed) -> Document:
    document = change.document
    return {
        "rid": change.rid,
        "code": _text(document, "code") or "",
        "sex": _text(document, "sex"),
        "birth_year": _number(document, "birth_year"),
        "oblast": _text(document, "oblast"),
        "raion": _text(document, "raion"),
    }


def _row(change: Changed, bearers: dict[uuid.UUID, _Bearer], centres: dict[int, uuid.UUID]) -> Document:
    document = change.document
    person = as_uid(document.get("person"))
    bearer = bearers.get(person) if person else None
    row: Document = {
        "rid": change.rid,
        "person_uid": person,
        "person_rid": bearer.rid if bearer else None,
    }
    match change.kind:
        case "identity":
            named = document if isinstance(document.get("names"), list) else {}
            row |= {"display_name": display_name(named), "search_key": search_key(named)}
        case "consent":
            row |= {key: _text(document, key) or "" for key in ("scope", "state")}
            row["organisation"] = _text(document, "organisation") or ""
        case "case":
            row |= {"opened_on": _text(document, "opened_on"), "status": _text(document, "status")}
        case "grant":
            row |= {"kind": _text(document, "grant_kind"), "currency": _text(document, "currency")}
            row |= {"approved_minor": _number(document, "approved"), "approved_on": _text(document, "approved_on")}
            row["instalments"] = _number(document, "instalments")
        case "need":
            row |= {"category": _text(document, "category") or "", "due": _text(document, "due")}
            row["progress"] = _text(document, "progress") or "in_progress"
        case "referral":
            row |= {"code": _text(document, "service") or "", "agency": _text(document, "agency") or ""}
            row |= {key: _text(document, key) for key in ("status", "sent_on")}
            row["consent_uid"] = as_uid(document.get("consent"))
        case "appointment":
            row |= {"at": _text(document, "at") or "", "code": _text(document, "service") or ""}
            row["state"] = _text(document, "state") or "planned"
        case "attachment":
            row |= {"size": _number(document, "size") or 0, "sha256": _text(document, "sha256") or ""}
        case "service":
            row |= _service(document, bearer, centres.get(change.owner_rid))
    return row


def _service(document: Document, bearer: _Bearer | None, owner_centre: uuid.UUID | None) -> Document:
    code = _text(document, "service") or ""
    on_date = _text(document, "on") or ""
    found = _MONTH.match(on_date)
    month = found[0] if found else ""
    return {
        "code": code,
        "service_group": service_group(code),
        "tile": service_tile(code),
        "on_date": on_date or None,
        "month": month,
        "centre_uid": as_uid(document.get("centre")) or owner_centre,
        "oblast": _text(document, "oblast"),
        "sex": bearer.sex if bearer else "unknown",
        "age_group": _age_group(bearer, month),
        "outcome": _text(document, "outcome"),
        "grant_uid": as_uid(document.get("grant")),
        "amount_minor": _number(document, "amount"),
        "currency": _text(document, "currency"),
        "next_on": min((day for key in _NEXT if (day := _text(document, key))), default=None),
    }


def _age_group(bearer: _Bearer | None, month: str) -> str:
    year = int(month[:4]) if month else None
    if bearer is None or bearer.birth_year is None or year is None:
        return AgeGroup.UNKNOWN
    return age_group(bearer.birth_year, year)


def _adopt(session: Session, bearers: dict[uuid.UUID, _Bearer]) -> None:
    """Rows that came before their person, or whose person was corrected, take its key, sex and age."""
    for model in _OF_PERSON:
        table = _table(model)
        statement = (
            update(table)
            .where(table.c.person_rid.is_(None), table.c.person_uid == bindparam("of"))
            .values(person_rid=bindparam("to"))
        )
        waiting = select(table.c.person_uid).where(table.c.person_rid.is_(None)).distinct()
        adopted = [uid for (uid,) in session.execute(waiting) if uid in bearers]
        if adopted:
            session.execute(statement, [{"of": uid, "to": bearers[uid].rid} for uid in adopted])
    by_rid = {bearer.rid: bearer for bearer in bearers.values()}
    changes: list[Document] = []
    for chunk in _chunks(list(by_rid)):
        query = select(Service.rid, Service.person_rid, Service.month, Service.sex, Service.age_group).where(
            Service.person_rid.in_(chunk)
        )
        for rid, person_rid, month, sex, group in session.execute(query):
            assert person_rid is not None
            bearer = by_rid[person_rid]
            now = (bearer.sex, _age_group(bearer, month))
            if now != (sex, group):
                changes.append({"one": rid, "new_sex": now[0], "new_group": now[1]})
    if changes:
        table = _table(Service)
        statement = (
            update(table)
            .where(table.c.rid == bindparam("one"))
            .values(sex=bindparam("new_sex"), age_group=bindparam("new_group"))
        )
        session.execute(statement, changes)
