"""What the coordinator asks about: records with a finding, and records of which another version came late.

A finding speaks of a record as it was sent; a later change answers it. A question is answered by a change made
after it was read here, or by saying that the record is right as it is.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.i18n import N_, _
from app.models import Flag, Question, Record
from app.sync.ledger import SELF_RID, document
from app.sync.projection import as_uid
from app.usecases.audit import note
from app.usecases.desk import Desk

_OPEN, _SETTLED = "received", "settled"
LATE = "late_row"
_REASONS = {
    "required": N_("something is missing"),
    "unknown_code": N_("an answer that is not in the list"),
    "out_of_range": N_("a number out of range"),
    "not_a_date": N_("a date that cannot be"),
    "future": N_("a date in the future"),
    "before_birth": N_("a date before the birth"),
    "before_case": N_("a date before the case was opened"),
    LATE: N_("the centre that kept it before wrote something else"),
}
_ASKED = N_("the coordinator asks to look at it")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field and its two values, plain as in the record; None where there is none."""

    field: str
    held: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that the coordinator asks to look at: whose it is, which, where in it, and why.

    ``fields`` names what is asked about, the first first; ``differences`` holds both values where both are known.
    """

    person: uuid.UUID
    code: str
    record: uuid.UUID
    kind: str
    reason: str
    fields: tuple[str, ...]
    differences: tuple[Difference, ...] = ()
    about: str = ""
    """What it is about: the code of a service, the purpose of a consent."""

    @property
    def field(self) -> str:
        """Where to look first; empty where the whole record is meant."""
        return self.fields[0] if self.fields else ""

    @property
    def why(self) -> str:
        """Why, in the language chosen now."""
        return why(self.reason)


def why(reason: str) -> str:
    """A finding's code in words."""
    return _(_REASONS.get(reason, _ASKED))


def flags(session: Session) -> dict[uuid.UUID, list[tuple[str, str]]]:
    """(reason, field) by record, where the record is still as the coordinator saw it; the newest record first."""
    query = (
        select(Flag.record_uid, Flag.reason, Flag.field)
        .join(Record, Record.uid == Flag.record_uid)
        .where(Record.revision == Flag.revision, Record.state == RecordState.LIVE)
        .order_by(Flag.rid.desc())
    )
    found: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for uid, reason, field in session.execute(query):
        found.setdefault(uid, []).insert(0, (reason, field))
    return found


def questions(session: Session) -> dict[uuid.UUID, tuple[str, str, str]]:
    """(reason, field, document) by own record, where nothing was changed since the question was read."""
    query = (
        select(Question.record_uid, Question.reason, Question.field, Question.document)
        .join(Record, Record.uid == Question.record_uid)
        .where(Question.to_rid == SELF_RID, Question.state == _OPEN, Record.owner_rid == SELF_RID)
        .where(Record.state == RecordState.LIVE)
        .where(or_(Record.changed_at <= Question.asked_at, Question.asked_at == ""))
        .order_by(Question.rid)
    )
    return {uid: (reason, field, text) for uid, reason, field, text in session.execute(query)}


def attention(session: Session) -> dict[uuid.UUID, str]:
    """Why, by record that needs a look."""
    found = {uid: reason for uid, (reason, _field, _text) in questions(session).items()}
    return found | {uid: named[0][0] for uid, named in flags(session).items()}


def doubts(session: Session, among: Collection[uuid.UUID] | None = None, most: int | None = None) -> list[Doubt]:
    """The records that need a look, the newest finding first; only those ``among``, and no more than ``most``."""
    flagged, asked = flags(session), questions(session)
    uids = [*flagged, *(uid for uid in reversed(asked) if uid not in flagged)]
    wanted = [uid for uid in uids if among is None or uid in among][:most]
    return [
        _flagged(session, uid, flagged[uid]) if uid in flagged else _asked(session, uid, *asked[uid])
        for uid in wanted
    ]


def settle(session: Session, desk: Desk, record: uuid.UUID) -> None:
    """She has looked, and the record is right as it is. Nothing of it changes; that she looked is noted."""
    session.execute(delete(Flag).where(Flag.record_uid == record))
    asked = update(Question).where(Question.record_uid == record, Question.to_rid == SELF_RID)
    session.execute(asked.values(state=_SETTLED))
    note(session, desk.author(), "looked_at", record)


def _flagged(session: Session, uid: uuid.UUID, named: Iterable[tuple[str, str]]) -> Doubt:
    listed = list(named)
    return _doubt(session, uid, listed[0][0], tuple(dict.fromkeys(field for _reason, field in listed if field)))


def _asked(session: Session, uid: uuid.UUID, reason: str, field: str, text: str) -> Doubt:
    held, other = document(session, uid) or {}, _read(text)
    differing = tuple(
        Difference(name, held.get(name), other.get(name))
        for name in dict.fromkeys((*held, *other))
        if other and held.get(name) != other.get(name)
    )
    fields = (field,) if field else tuple(one.field for one in differing)
    return _doubt(session, uid, reason, fields, differing)


def _doubt(
    session: Session,
    uid: uuid.UUID,
    reason: str,
    fields: tuple[str, ...],
    differences: tuple[Difference, ...] = (),
) -> Doubt:
    values = document(session, uid) or {}
    person = as_uid(values.get("person")) or uid
    code = str((document(session, person) or {}).get("code", ""))
    kind = session.scalar(select(Record.kind).where(Record.uid == uid)) or ""
    about = str(values.get({"service": "service", "consent": "scope"}.get(kind, ""), ""))
    return Doubt(person, code, uid, kind, reason, fields, differences, about)


def _read(text: str) -> Mapping[str, Any]:
    """What the question quotes; nothing where it is no record (it came from outside)."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
