"""Looking for candidates: persons who came or changed are compared with the register, in small steps.

What is found is kept (``Candidate``) until somebody decides. Comparing goes on outside of any write, so that a save
made meanwhile waits for the writing of a few rows alone; who changed while she was compared is looked at again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.matching.names import Features
from app.matching.portrait import unpack
from app.matching.weights import POSSIBLE
from app.models import Candidate, PersonDecision, Portrait, Record, Unmatched
from app.sync.same import LATER, Pair, ordered
from app.usecases.candidates import Register
from app.usecases.desk import Desk

_AT_ONCE: Final = 50
"""Persons compared, and then written, at a time: their rows are written in some milliseconds."""

Scores = dict[Pair, float]
Progress = Callable[[int, int], object]


def look_for(desk: Desk, progress: Progress, cancelled: Callable[[], bool]) -> int:
    """Compare everybody in ``Unmatched``; returns how many candidates were found. Cut short, the rest stays in it."""
    with desk.store.reading() as session:
        waiting = list(session.scalars(select(Unmatched.person_rid).order_by(Unmatched.person_rid)))
    found = 0
    for start in range(0, len(waiting), _AT_ONCE):
        if cancelled():
            break
        some = waiting[start : start + _AT_ONCE]
        with desk.store.reading() as session:
            portraits, scores = compare_all(session, some)
        with desk.store.transaction() as session:
            found += keep(session, scores, some, portraits, desk.author().stamp)
        progress(min(start + _AT_ONCE, len(waiting)), len(waiting))
    return found


def compare_all(session: Session, rids: Sequence[int]) -> tuple[dict[int, str], Scores]:
    """What is compared of these persons, and every pair of one of them that is possible or was put off."""
    register = Register(session)
    portraits = register.portraits(rids)
    uids = dict(session.execute(select(Record.rid, Record.uid).where(Record.rid.in_(rids))).all())
    scores: Scores = {}
    for rid, data in portraits.items():
        asked = unpack(data)
        near = [one.rid for one in register.who_may_be(asked, but=rid) if one.compared.total >= POSSIBLE]
        scores |= _exactly(session, register, (uids[rid], asked), near)
    scores |= _put_off(session, register, [uid for rid, uid in uids.items() if rid in portraits])
    return portraits, scores


def keep(
    session: Session, scores: Mapping[Pair, float], rids: Sequence[int], compared: Mapping[int, str], now: str
) -> int:
    """Replace the candidates of the persons ``rids`` by ``scores``; they have been looked at. Returns how many.

    ``compared``: what was compared of them. Who has another portrait by now keeps her place in ``Unmatched``.
    """
    now_held = Register(session).portraits(rids)
    looked_at = [rid for rid in rids if now_held.get(rid) == compared.get(rid)]
    uids = list(session.scalars(select(Record.uid).where(Record.rid.in_(rids))))
    session.execute(delete(Candidate).where(or_(Candidate.one_uid.in_(uids), Candidate.other_uid.in_(uids))))
    written = add(session, scores, now)
    session.execute(delete(Unmatched).where(Unmatched.person_rid.in_(looked_at)))
    return written


def add(session: Session, scores: Mapping[Pair, float], now: str) -> int:
    """Keep these pairs as candidates, but for those about which something else than "later" is decided."""
    decided = _decided(session, scores)
    rows = [
        {"one_uid": one, "other_uid": other, "score": score, "found_at": now}
        for (one, other), score in sorted(scores.items())
        if decided.get((one, other)) is None or (decided[one, other] == LATER)
    ]
    if rows:
        statement = insert(Candidate)
        put = statement.on_conflict_do_update(set_={"score": statement.excluded.score})
        session.execute(put, rows)
    return len(rows)


def forget(session: Session, pair: Pair) -> None:
    """A pair about which something is decided is no candidate any more."""
    session.execute(delete(Candidate).where(Candidate.one_uid == pair[0], Candidate.other_uid == pair[1]))


def score_of(session: Session, one: uuid.UUID, other: uuid.UUID) -> float | None:
    """The weight of two persons now; None where one of them is not here."""
    known = _features(session, (one, other))
    if len(known) < 2:
        return None
    return Register(session).compare(known[one], known[other]).total


def _exactly(
    session: Session, register: Register, asked: tuple[uuid.UUID, Features], rids: Collection[int]
) -> Iterator[tuple[Pair, float]]:
    """Weighed once more with the frequencies of both names, so that it is one score whoever was asked for."""
    query = select(Record.uid, Portrait.data).join(Portrait, Portrait.person_rid == Record.rid)
    for uid, data in session.execute(query.where(Record.rid.in_(rids))):
        score = register.compare(asked[1], unpack(data)).total
        if score >= POSSIBLE:
            yield ordered(asked[0], uid), score


def _put_off(session: Session, register: Register, uids: Collection[uuid.UUID]) -> Iterator[tuple[Pair, float]]:
    """Pairs that she put off stay, however little speaks for them now."""
    query = select(PersonDecision.one_uid, PersonDecision.other_uid).where(
        PersonDecision.verdict == LATER,
        PersonDecision.revoked_at.is_(None),
        or_(PersonDecision.one_uid.in_(uids), PersonDecision.other_uid.in_(uids)),
    )
    pairs = [(one, other) for one, other in session.execute(query)]
    known = _features(session, {uid for pair in pairs for uid in pair})
    for one, other in pairs:
        if one in known and other in known:
            yield (one, other), register.compare(known[one], known[other]).total


def _features(session: Session, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Features]:
    query = select(Record.uid, Portrait.data).join(Portrait, Portrait.person_rid == Record.rid)
    return {uid: unpack(data) for uid, data in session.execute(query.where(Record.uid.in_(list(uids))))}


def _decided(session: Session, pairs: Iterable[Pair]) -> dict[Pair, str]:
    """The standing verdicts about these pairs."""
    ones = sorted({one for one, _other in pairs})
    query = select(PersonDecision.one_uid, PersonDecision.other_uid, PersonDecision.verdict)
    found: dict[Pair, str] = {}
    for start in range(0, len(ones), 500):
        some = query.where(PersonDecision.one_uid.in_(ones[start : start + 500]), PersonDecision.revoked_at.is_(None))
        found.update(((one, other), verdict) for one, other, verdict in session.execute(some))
    return found


def verdicts_about(session: Session, person: uuid.UUID) -> dict[uuid.UUID, str]:
    """The standing verdicts about a person, by the other one."""
    query = select(PersonDecision.one_uid, PersonDecision.other_uid, PersonDecision.verdict).where(
        PersonDecision.revoked_at.is_(None),
        or_(PersonDecision.one_uid == person, PersonDecision.other_uid == person),
    )
    return {other if one == person else one: verdict for one, other, verdict in session.execute(query)}


def unmatched(session: Session) -> int:
    """How many persons have not been looked at since they came or changed."""
    return session.scalar(select(func.count()).select_from(Unmatched)) or 0
