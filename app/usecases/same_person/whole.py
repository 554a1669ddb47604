"""The whole register compared with itself: for the first time, or because the weights have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.matching import register
from app.matching.names import Features
from app.matching.portrait import unpack
from app.matching.weights import POSSIBLE, Frequencies
from app.models import Candidate, Person, PersonDecision, Portrait, Record, SearchWord, Setting, Unmatched
from app.sync.same import LATER, Pair, ordered
from app.usecases.desk import Desk
from app.usecases.same_person.looking import Progress, Scores, add, unmatched

_AT_ONCE: Final = 1_000
"""Rows written in one transaction."""

FEW: Final = 500
_AS_LONG_AS: Final = 50
"""Looking for one person takes as long as comparing so many in the whole register (8 ms and 0.13 ms, measured)."""

_PASSED_OVER: Final = "same_person_passed_over"

T = TypeVar("T")


def is_quicker(desk: Desk) -> bool:
    """Are there so many persons to look at that the whole register is compared sooner? So after a first import."""
    with desk.store.reading() as session:
        waiting = unmatched(session)
        persons = session.scalar(select(func.count()).select_from(Person)) or 0
    return waiting > FEW and waiting * _AS_LONG_AS > persons


def look_through_all(desk: Desk, progress: Progress, cancelled: Callable[[], bool]) -> int:
    """Compare everybody with everybody; returns how many candidates there are. Cut short, nothing changes."""
    with desk.store.reading() as session:
        frequencies = _frequencies(session)
        looked_at = _unmatched(session)

    passed = 0

    def told(step: register.Progress) -> None:
        nonlocal passed
        passed = step.blocks_passed_over
        progress(step.done, step.of)

    found = list(register.pairs(_portraits(desk), frequencies, POSSIBLE, told, cancelled))
    if cancelled():
        return 0
    scores = _by_uid(desk, found)
    _forget_others(desk, scores)
    for some in _batches(scores):
        with desk.store.transaction() as session:
            add(session, {pair: scores[pair] for pair in some}, desk.author().stamp)
    _mark(desk, looked_at)
    with desk.store.transaction() as session:
        session.merge(Setting(name=_PASSED_OVER, value=str(passed)))
        return session.scalar(select(func.count()).select_from(Candidate)) or 0


def passed_over(session: Session) -> int:
    """How many keys the last look at the whole register passed over, for too many people share them.

    Two persons who have no other key in common were not compared then.
    """
    setting = session.get(Setting, _PASSED_OVER)
    return int(setting.value) if setting else 0


def _portraits(desk: Desk) -> Iterator[tuple[int, Features]]:
    """What is compared of everybody. The store is free again when the last of them is given out."""
    query = select(Portrait.person_rid, Portrait.data).order_by(Portrait.person_rid)
    with desk.store.reading() as session:
        for rid, data in session.execute(query.execution_options(yield_per=_AT_ONCE)):
            yield rid, unpack(data)


def _by_uid(desk: Desk, found: Sequence[tuple[int, int, float]]) -> Scores:
    """The pairs by the ids of their records. (A record keeps its key and its id for ever.)"""
    with desk.store.reading() as session:
        uids = dict(session.execute(select(Record.rid, Record.uid).where(Record.kind == "person")).all())
    return {ordered(uids[one], uids[other]): score for one, other, score in found}


def _frequencies(session: Session) -> Frequencies:
    """How often every name occurs, and how many live in each raion; the words of the index count them."""
    query = select(SearchWord.word, func.count()).where(SearchWord.word >= "d", SearchWord.word < "t")
    kinds: dict[str, dict[str, int]] = {"s": {}, "g": {}, "d": {}, "r": {}}
    for word, count in session.execute(query.group_by(SearchWord.word)):
        if word[0] in kinds:
            kinds[word[0]][word[1:]] = count
    persons = session.scalar(select(func.count()).select_from(Person)) or 0
    # A given name that the list does not know is counted by its skeleton, as a surname is.
    return Frequencies(persons, kinds["s"], kinds["s"] | kinds["g"], kinds["d"], kinds["r"])


def _unmatched(session: Session) -> dict[int, str | None]:
    """Whom this looks at for the first time, and what is compared of them."""
    query = select(Unmatched.person_rid, Portrait.data)
    query = query.outerjoin(Portrait, Portrait.person_rid == Unmatched.person_rid)
    return dict(session.execute(query).all())


def _forget_others(desk: Desk, scores: Mapping[Pair, float]) -> None:
    """Candidates that are none any more, but for those that she put off."""
    with desk.store.reading() as session:
        held = {(one, other) for one, other in session.execute(select(Candidate.one_uid, Candidate.other_uid))}
        query = select(PersonDecision.one_uid, PersonDecision.other_uid)
        query = query.where(PersonDecision.verdict == LATER, PersonDecision.revoked_at.is_(None))
        put_off = {(one, other) for one, other in session.execute(query)}
    table = Candidate.__table__
    for some in _batches(sorted(held - scores.keys() - put_off)):
        with desk.store.transaction() as session:
            for one, other in some:
                session.execute(delete(Candidate).where(table.c.one_uid == one, table.c.other_uid == other))


def _mark(desk: Desk, looked_at: Mapping[int, str | None]) -> None:
    """They were looked at, but for those who have changed meanwhile."""
    for some in _batches(looked_at):
        with desk.store.transaction() as session:
            query = select(Portrait.person_rid, Portrait.data).where(Portrait.person_rid.in_(some))
            now = dict(session.execute(query).all())
            same = [rid for rid in some if now.get(rid) == looked_at[rid]]
            session.execute(delete(Unmatched).where(Unmatched.person_rid.in_(same)))


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(items)
    while batch := list(islice(stream, _AT_ONCE)):
        yield batch
