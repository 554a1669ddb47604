"""Who is one person with whom: decisions written down, and the groups that follow from those that stand.

A decision about a pair is added and later revoked, never changed or deleted. Groups are the classes of the standing
decisions "same" and of nothing else: not of the order in which they were made, nor of what came in between. Whether
a person's record is here, deleted or not yet come makes no difference to them, for they are about ids. Only the
component that a decision touches is made anew.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from app.models import Installation, PersonDecision, Record, SamePerson, Service
from app.sync.ledger import SELF_RID, Author

SAME: Final = "same"
DIFFERENT: Final = "different"
LATER: Final = "later"
VERDICTS: Final = (SAME, DIFFERENT, LATER)

_CHUNK: Final = 500

Pair = tuple[uuid.UUID, uuid.UUID]


def ordered(one: uuid.UUID, other: uuid.UUID) -> Pair:
    """Two ids in the order in which a pair is kept: the smaller one first."""
    return (one, other) if one < other else (other, one)


def standing(session: Session, one: uuid.UUID, other: uuid.UUID) -> PersonDecision | None:
    """The decision that stands about these two, if any does."""
    low, high = ordered(one, other)
    query = select(PersonDecision).where(
        PersonDecision.one_uid == low, PersonDecision.other_uid == high, PersonDecision.revoked_at.is_(None)
    )
    return session.scalars(query).one_or_none()


def write(
    session: Session, author: Author, uid: uuid.UUID, pair: Pair, verdict: str, score: float | None, evidence: str
) -> None:
    """Write down what was decided about ``pair`` under the id ``uid``; an earlier decision about it is revoked."""
    low, high = ordered(*pair)
    earlier = standing(session, low, high)
    if earlier is not None:
        _revoke(session, author, earlier)
    decision = PersonDecision(
        uid=uid,
        one_uid=low,
        other_uid=high,
        verdict=verdict,
        score=score,
        evidence=evidence,
        decided_by=author.staff,
        decided_at=author.stamp,
    )
    session.add(decision)
    session.flush()
    if SAME in (verdict, earlier.verdict if earlier else ""):
        regroup(session, (low, high))


def revoke(session: Session, author: Author, decision: PersonDecision) -> None:
    """Undo a decision that stands: it stays as history, and the groups are as if it had never been."""
    _revoke(session, author, decision)
    if decision.verdict == SAME:
        regroup(session, (decision.one_uid, decision.other_uid))


def regroup(session: Session, touched: Collection[uuid.UUID]) -> None:
    """Make the groups of ``touched``, and of all who are or were one with them, anew; and who is counted."""
    before = _groups_around(session, touched)
    after = _classes(session, {*touched, *before})
    gone = [uid for uid in before if after.get(uid) != before[uid]]
    new = {uid: group for uid, group in after.items() if before.get(uid) != group}
    for chunk in _chunks(gone):
        session.execute(delete(SamePerson).where(SamePerson.person_uid.in_(chunk)))
    if new:
        session.execute(insert(SamePerson), [{"person_uid": uid, "group_uid": new[uid]} for uid in sorted(new)])
    moved = {uid: after.get(uid, uid) for uid in {*gone, *new}}
    _count_anew(session, moved)
    _tell_owners(session, moved)


def group_uids(session: Session, person: uuid.UUID) -> list[uuid.UUID]:
    """All who are one with this person, herself among them, in the order of their ids."""
    hers = select(SamePerson.group_uid).where(SamePerson.person_uid == person).scalar_subquery()
    found = session.scalars(select(SamePerson.person_uid).where(SamePerson.group_uid == hers))
    return sorted(found) or [person]


def _revoke(session: Session, author: Author, decision: PersonDecision) -> None:
    decision.revoked_by, decision.revoked_at = author.staff, author.stamp
    session.flush()


def _groups_around(session: Session, touched: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The group, as it is kept now, of everybody who shares one with any of ``touched``."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    for chunk in _chunks(sorted(touched)):
        theirs = select(SamePerson.group_uid).where(SamePerson.person_uid.in_(chunk))
        query = select(SamePerson.person_uid, SamePerson.group_uid).where(SamePerson.group_uid.in_(theirs))
        found.update(session.execute(query).all())
    return found


def _classes(session: Session, among: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The group of each who is linked with another, for all who can be reached from ``among``."""
    linked = _links(session, among)
    found: dict[uuid.UUID, uuid.UUID] = {}
    for start in sorted(linked):
        if start in found:
            continue
        members = _reached(start, linked)
        found.update(dict.fromkeys(members, min(members)))
    return found


def _links(session: Session, among: Collection[uuid.UUID]) -> Mapping[uuid.UUID, set[uuid.UUID]]:
    """The standing links of ``among``, of their neighbours, and so on."""
    links: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    seen: set[uuid.UUID] = set()
    edge = set(among)
    while edge:
        seen |= edge
        for one, other in _links_at(session, edge):
            links[one].add(other)
            links[other].add(one)
        edge = links.keys() - seen
    return links


def _links_at(session: Session, persons: Collection[uuid.UUID]) -> Iterator[Pair]:
    for chunk in _chunks(sorted(persons)):
        query = select(PersonDecision.one_uid, PersonDecision.other_uid).where(
            PersonDecision.verdict == SAME,
            PersonDecision.revoked_at.is_(None),
            or_(PersonDecision.one_uid.in_(chunk), PersonDecision.other_uid.in_(chunk)),
        )
        yield from ((one, other) for one, other in session.execute(query))


def _reached(start: uuid.UUID, links: Mapping[uuid.UUID, set[uuid.UUID]]) -> set[uuid.UUID]:
    members, edge = {start}, {start}
    while edge:
        edge = {next_one for one in edge for next_one in links[one]} - members
        members |= edge
    return members


def _count_anew(session: Session, counted: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """Services of these persons count for another from now on. (Of whom no record came, no service is bound.)"""
    for chunk in _chunks(sorted(counted)):
        query = select(Record.rid, Record.uid).where(Record.uid.in_(chunk), Record.kind == "person")
        for rid, uid in session.execute(query).all():
            moved = update(Service).where(Service.person_rid == rid).values(counted_uid=counted[uid])
            session.execute(moved, execution_options={"synchronize_session": False})


def _tell_owners(session: Session, persons: Collection[uuid.UUID]) -> None:
    """Whose persons are concerned is told with the next receipt, also where no bundle waits for one."""
    for chunk in _chunks(sorted(persons)):
        owners = select(Record.owner_rid).where(Record.uid.in_(chunk), Record.owner_rid != SELF_RID)
        told = update(Installation).where(Installation.rid.in_(owners)).values(news=Installation.news + 1)
        session.execute(told, execution_options={"synchronize_session": False})


def _chunks(uids: Iterable[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    listed = list(uids)
    return (listed[start : start + _CHUNK] for start in range(0, len(listed), _CHUNK))
