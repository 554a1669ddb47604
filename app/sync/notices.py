"""What a receipt tells a centre beyond its bundles: who is one person, and which names were erased. Both sides.

Each receipt holds the whole present state and replaces what was told before, so that an undone decision needs no word
of its own. Nothing of another centre is in it: that one of its persons is one with somebody *elsewhere* is said, and
neither who nor where.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session, aliased

from app.models import Erasure, Installation, Notice, Person, Record, SamePerson
from app.sync.canonical import Json, encode
from app.sync.errors import Answer, BundleRefused

SAME_PERSON: Final = "same_person"
ERASED: Final = "erased"

ROOM: Final = 1 << 19
"""Bytes of notices in a receipt; its part holds 4 MiB, the most of it for questions and findings."""
_ROOM_FOR_ERASED: Final = 1 << 17
_MOST: Final = 20_000
_STAMP: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def compose(session: Session, to: Installation) -> list[Json]:
    """Everything that is to be told to ``to`` now. What there is no room for is left out, the oldest first."""
    erased = list(_within(_ROOM_FOR_ERASED, _erased(session, to)))
    return [*erased, *_within(ROOM - _ROOM_FOR_ERASED, _same_persons(session, to))]


def take(session: Session, coordinator: Installation, content: Json, now: str) -> None:
    """Keep at the centre what ``coordinator`` told, in place of what was told before.

    A kind that a newer program tells is passed over. Raises BundleRefused (MANIFEST) for what is not well formed.
    """
    if not isinstance(content, list) or len(content) > _MOST:
        raise _refuse()
    rows = [row for row in map(_read, content) if row is not None]
    session.execute(delete(Notice).where(Notice.inst_rid == coordinator.rid))
    if rows:
        told = {"inst_rid": coordinator.rid, "told_at": now}
        session.execute(insert(Notice), [told | row for row in rows])


@dataclass(frozen=True, slots=True)
class _Member:
    person: uuid.UUID
    owner_rid: int
    centre_rid: int


def _same_persons(session: Session, to: Installation) -> Iterator[Json]:
    """A notice for each person of ``to`` who is one with another; the groups in the order of their ids."""
    hers = aliased(SamePerson)
    theirs = (
        select(hers.group_uid)
        .join(Record, Record.uid == hers.person_uid)
        .where(Record.owner_rid == to.rid)
        .scalar_subquery()
    )
    query = (
        select(SamePerson.group_uid, SamePerson.person_uid, Record.owner_rid, Installation.centre_rid)
        .join(Record, Record.uid == SamePerson.person_uid)
        .join(Person, Person.rid == Record.rid)
        .join(Installation, Installation.rid == Record.owner_rid)
        .where(SamePerson.group_uid.in_(theirs))
        .order_by(SamePerson.group_uid, SamePerson.person_uid)
    )
    groups: dict[uuid.UUID, list[_Member]] = {}
    for group, person, owner, centre in session.execute(query):
        groups.setdefault(group, []).append(_Member(person, owner, centre))
    for members in groups.values():
        for member in members:
            if member.owner_rid == to.rid and len(members) > 1:
                yield _same_person(member, members)


def _same_person(subject: _Member, members: list[_Member]) -> Json:
    others = [one for one in members if one.person != subject.person]
    return {
        "kind": SAME_PERSON,
        "subject": str(subject.person),
        "with": [str(one.person) for one in others if one.centre_rid == subject.centre_rid],
        "elsewhere": any(one.centre_rid != subject.centre_rid for one in others),
    }


def _erased(session: Session, to: Installation) -> Iterator[Json]:
    """The newest first."""
    query = select(Erasure).where(Erasure.owner_rid == to.rid).order_by(Erasure.erased_at.desc(), Erasure.record_uid)
    for erasure in session.scalars(query):
        yield {"kind": ERASED, "subject": str(erasure.record_uid), "at": erasure.erased_at}


def _within(room: int, notices: Iterator[Json]) -> Iterator[Json]:
    for notice in notices:
        room -= len(encode(notice, sort_keys=True)) + 1
        if room < 0:
            return
        yield notice


def _read(notice: Json) -> dict[str, object] | None:
    """One notice as the columns of its row; None for a kind not known here."""
    if not isinstance(notice, dict) or not isinstance(notice.get("kind"), str):
        raise _refuse()
    if notice["kind"] == SAME_PERSON:
        others, elsewhere = notice.get("with"), notice.get("elsewhere")
        if not isinstance(others, list) or not isinstance(elsewhere, bool):
            raise _refuse()
        rest: dict[str, Json] = {"elsewhere": elsewhere, "with": [str(_uid(one)) for one in others]}
    elif notice["kind"] == ERASED:
        at = notice.get("at")
        if not isinstance(at, str) or not _STAMP.fullmatch(at):
            raise _refuse()
        rest = {"at": at}
    else:
        return None
    document = encode(rest, sort_keys=True).decode()
    return {"kind": notice["kind"], "subject_uid": _uid(notice.get("subject")), "document": document}


def _uid(value: Json) -> uuid.UUID:
    try:
        if isinstance(value, str):
            return uuid.UUID(value)
    except ValueError:
        pass
    raise _refuse() from None


def _refuse() -> BundleRefused:
    return BundleRefused(Answer.MANIFEST, "not a receipt")
