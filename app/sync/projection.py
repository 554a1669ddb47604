"""From documents to rows: the columns that lists, search and figures need, derived from each record's values.

Pure derivation, run in the transaction that changed the records. The result depends on the set of records
alone, never on the order in which they came (a service may arrive before its person): a test holds that.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.models import (
    Activity,
    Answer,
    Appointment,
    Attachment,
    AttachmentContent,
    Base,
    Case,
    Consent,
    Decision,
    Grant,
    Identity,
    Meeting,
    Need,
    OfPerson,
    Person,
    Record,
    Referral,
    Service,
    Transfer,
)
from app.sync import bulk, columns
from app.sync.canonical import decode_object
from app.sync.columns import Bearer, Document, as_uid, uid_bytes
from app.sync.search_index import forget_all, index_persons, persons_named

__all__ = ["NOUNS", "Changed", "as_uid", "project", "rebuild"]

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
    "answer": Answer,
    "transfer": Transfer,
    "activity": Activity,
    "meeting": Meeting,
    "decision": Decision,
}
_OF_PERSON: Final = ("rid", "person_uid", "person_rid")
INSERTS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("rid", *columns.PERSON),
    "service": (*_OF_PERSON, *columns.SERVICE),
    **{kind: (*_OF_PERSON, *names) for kind, (names, _fill) in columns.OF_PERSON.items()},
    **{kind: ("rid", *names) for kind, (names, _fill) in columns.OF_NOBODY.items()},
}
"""By kind: all columns of its table, in the order in which they are filled."""
_INSERT: Final = {kind: bulk.insert_text(NOUNS[kind], names) for kind, names in INSERTS.items()}
_REMOVE: Final = {kind: bulk.delete_text(model, "rid") for kind, model in NOUNS.items()}
_ERASE: Final = bulk.delete_text(AttachmentContent, "uid")

_BEARERS: Final = """
    SELECT record.uid, record.rid, person.sex, person.birth_year
    FROM record LEFT JOIN person ON person.rid = record.rid WHERE record.uid IN ({}) AND record.kind = 'person'
"""
_CENTRES: Final = """
    SELECT installation.rid, centre.uid FROM installation JOIN centre ON centre.rid = installation.centre_rid
    WHERE installation.rid IN ({})
"""
_GROUPS: Final = "SELECT person_uid, group_uid FROM same_person WHERE person_uid IN ({})"
_WAITERS: Final = tuple(model.__tablename__ for model in NOUNS.values() if issubclass(model, OfPerson))
_WAITS: Final = "EXISTS (SELECT 1 FROM {table} WHERE person_rid IS NULL)"
_WHERE_SOME_WAIT: Final = f"SELECT {', '.join(_WAITS.format(table=table) for table in _WAITERS)}"
_WAITING: Final = """
    SELECT DISTINCT person_uid FROM {table} INDEXED BY ix_{table}_waiting
    WHERE person_rid IS NULL AND person_uid IN ({{}})
"""
_ADOPT: Final = """
    UPDATE {table} INDEXED BY ix_{table}_waiting SET person_rid = ? WHERE person_rid IS NULL AND person_uid = ?
"""
_SERVICES: Final = "SELECT rid, person_rid, month, sex, age_group FROM service WHERE person_rid IN ({})"
_GROWN: Final = bulk.update_text(Service, ("sex", "age_group"), "rid")


class Changed(NamedTuple):
    """A record that was just written: its key, kind, state, document and owner. ``fresh``: nobody knew it before."""

    rid: int
    uid: uuid.UUID
    kind: str
    state: str
    document: Document
    owner_rid: int
    fresh: bool = False


def project(session: Session, changes: Sequence[Changed]) -> set[int]:
    """Bring the noun tables in line with ``changes`` (each record at most once).

    Returns the keys of the persons whose index was made anew: they may now be like somebody else.
    """
    by_kind: dict[str, list[Changed]] = defaultdict(list)
    for change in changes:
        by_kind[change.kind].append(change)
    known = [change.rid for change in by_kind["identity"] if not change.fresh]
    sought = persons_named(session, known) | {change.rid for change in by_kind["person"]}
    for kind, rows in by_kind.items():
        bulk.run(session, _REMOVE[kind], [(change.rid,) for change in rows if not change.fresh])
    _erase_contents(session, by_kind["attachment"])
    live = {kind: [c for c in rows if c.state == RecordState.LIVE] for kind, rows in by_kind.items()}
    persons = {change.uid.bytes: _bearer(change) for change in by_kind["person"]}
    rows_of_persons = [(change.rid, *columns.person(change.document)) for change in live["person"]]
    bulk.run(session, _INSERT["person"], rows_of_persons)
    _insert_of_persons(session, live, persons)
    _insert_of_nobody(session, live)
    grown = {change.rid for change in by_kind["person"] if not change.fresh} | _adopt(session, persons)
    _grow(session, [one for one in persons.values() if one.rid in grown])
    sought |= persons_named(session, [change.rid for change in by_kind["identity"]])
    documents = {change.rid: change.document for change in (*live["person"], *live.get("identity", ()))}
    index_persons(session, sought, documents)
    return sought


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


def _erase_contents(session: Session, attachments: Sequence[Changed]) -> None:
    """The bytes of an attachment go when its record is deleted or withheld: erasure must mean erasure."""
    bulk.run(session, _ERASE, [(one.uid.bytes,) for one in attachments if one.state != RecordState.LIVE])


def _bearer(change: Changed) -> Bearer:
    return columns.bearer_of(change.rid, change.document if change.state == RecordState.LIVE else None)


def _insert_of_persons(session: Session, live: Mapping[str, Sequence[Changed]], persons: dict[bytes, Bearer]) -> None:
    """The rows that belong to persons: to those of the same changes, to those known here, or to nobody yet."""
    of_person = {change.rid: uid_bytes(change.document.get("person")) for rows in live.values() for change in rows}
    named = {uid for uid in of_person.values() if uid is not None}
    bearers = persons | {
        uid: Bearer(rid, sex or "unknown", birth_year)
        for uid, rid, sex, birth_year in bulk.look_up(session, _BEARERS, named - persons.keys())
    }
    for kind, (_names, fill) in columns.OF_PERSON.items():
        rows = [(*_whose(change, of_person, bearers), *fill(change.document)) for change in live.get(kind, ())]
        bulk.run(session, _INSERT[kind], rows)
    services = live.get("service", ())
    centres = dict(bulk.look_up(session, _CENTRES, {change.owner_rid for change in services}))
    groups = dict(bulk.look_up(session, _GROUPS, named if services else ()))
    rows = []
    for change in services:
        whose, centre = _whose(change, of_person, bearers), centres.get(change.owner_rid)
        uid = whose[1]
        bearer = bearers.get(uid) if uid else None
        rows.append((*whose, *columns.service(change.document, groups.get(uid, uid), bearer, centre)))
    bulk.run(session, _INSERT["service"], rows)


def _insert_of_nobody(session: Session, live: Mapping[str, Sequence[Changed]]) -> None:
    """The rows that are about no single person."""
    changes = [change for kind in columns.OF_NOBODY for change in live.get(kind, ())]
    centres = dict(bulk.look_up(session, _CENTRES, {change.owner_rid for change in changes}))
    for kind, (_names, fill) in columns.OF_NOBODY.items():
        rows = [(c.rid, *fill(c.document, centres.get(c.owner_rid))) for c in live.get(kind, ())]
        bulk.run(session, _INSERT[kind], rows)


def _whose(
    change: Changed, of_person: Mapping[int, bytes | None], bearers: Mapping[bytes, Bearer]
) -> tuple[int, bytes | None, int | None]:
    uid = of_person[change.rid]
    bearer = bearers.get(uid) if uid else None
    return change.rid, uid, bearer.rid if bearer else None


def _adopt(session: Session, bearers: Mapping[bytes, Bearer]) -> set[int]:
    """Rows that came before their person take its key. Returns the keys of the persons whose rows they were."""
    adopted: set[int] = set()
    waits = session.connection().exec_driver_sql(_WHERE_SOME_WAIT).one() if bearers else ()
    for table in (table for table, some in zip(_WAITERS, waits, strict=False) if some):
        waiting = [uid for (uid,) in bulk.look_up(session, _WAITING.format(table=table), bearers)]
        bulk.run(session, _ADOPT.format(table=table), [(bearers[uid].rid, uid) for uid in waiting])
        adopted |= {bearers[uid].rid for uid in waiting}
    return adopted


def _grow(session: Session, bearers: Iterable[Bearer]) -> None:
    """Services written before what is now known of their person take her sex and age."""
    by_rid = {bearer.rid: bearer for bearer in bearers}
    changes: list[tuple[Any, ...]] = []
    for rid, person_rid, month, sex, group in bulk.look_up(session, _SERVICES, by_rid):
        bearer = by_rid[person_rid]
        now = (bearer.sex, columns.age_at(bearer, month))
        if now != (sex, group):
            changes.append((*now, rid))
    bulk.run(session, _GROWN, changes)
