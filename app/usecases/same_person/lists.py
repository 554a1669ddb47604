"""What is read for the screen: the pairs that wait, decisions, the members of a group, and how many there are."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.matching.weights import LIKELY
from app.models import Candidate, Person, PersonDecision, Record, SamePerson, Staff
from app.sync.same import LATER, SAME, group_uids
from app.usecases.same_person.fitting import groups, misfits
from app.usecases.same_person.looking import unmatched
from app.usecases.same_person.people import live, words_of
from app.usecases.same_person.shapes import Counts, Decision, Member, Pair
from app.usecases.same_person.whole import passed_over


def waiting(session: Session, most: int) -> list[Pair]:
    """The undecided candidates, likeliest first, then those that were put off."""
    query = select(Candidate.one_uid, Candidate.other_uid, Candidate.score).limit(most)
    query = query.order_by(Candidate.score.desc(), Candidate.one_uid, Candidate.other_uid)
    found = [(one, other, score, False) for one, other, score in session.execute(query.where(*_open()))]
    put_off = session.execute(query.join(PersonDecision, _put_off()).where(*_two_to_ask_about()))
    found += [(one, other, score, True) for one, other, score in put_off]
    return pairs(session, found[:most])


def pairs(session: Session, found: Sequence[tuple[uuid.UUID, uuid.UUID, float, bool]]) -> list[Pair]:
    """(one, other, score, put off) in words."""
    known = live(session, {uid for one, other, *_rest in found for uid in (one, other)})
    return [
        Pair(
            one=one,
            other=other,
            one_words=words_of(known, one),
            other_words=words_of(known, other),
            score=score,
            likely=score >= LIKELY,
            later=later,
        )
        for one, other, score, later in found
    ]


def counts(session: Session) -> Counts:
    """How much there is to do."""
    found = groups(session)
    candidates = select(func.count()).select_from(Candidate)
    return Counts(
        waiting=session.scalar(candidates.where(*_open())) or 0,
        later=session.scalar(candidates.join(PersonDecision, _put_off()).where(*_two_to_ask_about())) or 0,
        unmatched=unmatched(session),
        groups=len(found),
        contradictions=sum(1 for _each in misfits(session, found)),
        passed_over=passed_over(session),
    )


def decisions(session: Session, person: uuid.UUID | None, most: int) -> list[Decision]:
    """What was decided, newest first; about one person, or about all."""
    query = select(PersonDecision).order_by(PersonDecision.rid.desc()).limit(most)
    if person is not None:
        query = query.where(or_(PersonDecision.one_uid == person, PersonDecision.other_uid == person))
    return in_words(session, session.scalars(query).all())


def in_words(session: Session, found: Sequence[PersonDecision]) -> list[Decision]:
    """Decisions with who decided and about whom."""
    known = live(session, {uid for one in found for uid in (one.one_uid, one.other_uid)})
    staff = dict(session.execute(select(Staff.uid, Staff.name)).all())
    return [
        Decision(
            uid=one.uid,
            one=one.one_uid,
            other=one.other_uid,
            verdict=one.verdict,
            decided_at=one.decided_at,
            by=staff.get(one.decided_by, ""),
            revoked=one.revoked_at is not None,
            one_words=words_of(known, one.one_uid),
            other_words=words_of(known, one.other_uid),
        )
        for one in found
    ]


def members(session: Session, person: uuid.UUID) -> list[Member]:
    """Everybody live who is one with her, herself first."""
    uids = group_uids(session, person)
    known = live(session, uids)
    since = _linked_since(session, uids) if len(uids) > 1 else {}
    order = sorted(known, key=lambda uid: (uid != person, uid))
    return [Member(uid, known[uid].code, known[uid].name, known[uid].centre, since.get(uid, "")) for uid in order]


def _linked_since(session: Session, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    query = select(PersonDecision.one_uid, PersonDecision.other_uid, PersonDecision.decided_at).where(
        PersonDecision.verdict == SAME,
        PersonDecision.revoked_at.is_(None),
        or_(PersonDecision.one_uid.in_(uids), PersonDecision.other_uid.in_(uids)),
    )
    found: dict[uuid.UUID, str] = {}
    for one, other, at in session.execute(query):
        for uid in (one, other):
            found[uid] = min(at, found.get(uid, at))
    return found


def _open() -> list[ColumnElement[bool]]:
    """Nothing is decided about the candidate: two live persons who are not yet one."""
    standing = select(PersonDecision.rid).where(_about_the_pair(), PersonDecision.revoked_at.is_(None))
    return [~standing.correlate(Candidate).exists(), *_two_to_ask_about()]


def _put_off() -> ColumnElement[bool]:
    """The decision by which she put the candidate off."""
    return and_(_about_the_pair(), PersonDecision.verdict == LATER, PersonDecision.revoked_at.is_(None))


def _about_the_pair() -> ColumnElement[bool]:
    return and_(
        PersonDecision.one_uid == Candidate.one_uid.expression,
        PersonDecision.other_uid == Candidate.other_uid.expression,
    )


def _two_to_ask_about() -> list[ColumnElement[bool]]:
    """Both are live, and no other decisions make them one."""

    def is_live(column: Any) -> ColumnElement[bool]:  # Any: a mapped column of Candidate
        found = select(Person.rid).join(Record, Record.rid == Person.rid).where(Record.uid == column)
        return found.correlate(Candidate).exists()

    mine, theirs = aliased(SamePerson), aliased(SamePerson)
    one_group = (
        select(mine.person_uid)
        .join(theirs, theirs.group_uid == mine.group_uid)
        .where(mine.person_uid == Candidate.one_uid, theirs.person_uid == Candidate.other_uid)
        .correlate(Candidate)
        .exists()
    )
    return [is_live(Candidate.one_uid), is_live(Candidate.other_uid), ~one_group]
