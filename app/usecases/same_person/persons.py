"""Who is the same person: the coordinator decides about pairs; groups and figures follow at once.

The program never decides. Nothing is merged: records stay as their owners wrote them, a decision is a link between
two ids, and undoing it leaves no trace but the history of decisions.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_, translate
from app.matching.namesake import is_namesake
from app.matching.portrait import unpack
from app.matching.score import Comparison
from app.matching.weights import POSSIBLE, VERSION
from app.models import PersonDecision, Record
from app.sync import same
from app.sync.canonical import encode
from app.sync.ledger import Author
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.candidates import Register
from app.usecases.desk import Desk
from app.usecases.renewing import renew_index
from app.usecases.same_person import beside, fitting, lists, looking, whole
from app.usecases.same_person.people import compared_of, one_of
from app.usecases.same_person.shapes import Contradiction, Counts, Decision, Finding, Member, Pair, PairView

_NOT_HERE: Final = N_("Only the coordinator decides who is the same person.")
_ONE_RECORD: Final = N_("These are not two persons but one record.")
_NO_DECISION: Final = N_("This decision is no longer here.")
_WEAKEST: Final = 0.0
"""On demand also those below ``POSSIBLE`` are shown, down to this; and everybody of the same name."""

Progress = Callable[[int, int], object]


class SamePersons:
    """The use cases about the same person. Each public method is one transaction; looking goes in small ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def waiting(self, most: int = 200) -> list[Pair]:
        """The undecided candidates, likeliest first; those that were put off stand last and are marked."""
        with self._desk.store.reading() as session:
            return lists.waiting(session, most)

    def counts(self) -> Counts:
        """How much there is to do."""
        with self._desk.store.reading() as session:
            return lists.counts(session)

    def pair(self, one: uuid.UUID, other: uuid.UUID) -> PairView:
        """Two persons side by side, with the evidence. Raises UserError where one of them is not here any more."""
        with self._desk.store.reading() as session:
            left, right = one_of(session, one), one_of(session, other)
            found = _compared(session, left.rid, right.rid)
            decided = same.standing(session, one, other)
            return PairView(
                one=beside.side(session, left),
                other=beside.side(session, right),
                lines=beside.lines(session, left, right),
                findings=tuple(Finding(translate(each.text), each.weight) for each in found.addends),
                score=found.total,
                standing=lists.in_words(session, [decided])[0] if decided else None,
                same_group=other in same.group_uids(session, one),
            )

    def like(self, person: uuid.UUID, most: int = 20) -> list[Pair]:
        """Who may be this person, likeliest first, weaker ones too; without those about whom it is decided."""
        with self._desk.store.reading() as session:
            asked = one_of(session, person)
            register = Register(session)
            data = register.portraits([asked.rid]).get(asked.rid)
            found = list(register.who_may_be(unpack(data), but=asked.rid)) if data else []
            near = {one.rid: one for one in found if one.compared.total >= _WEAKEST or is_namesake(one.compared)}
            uids = dict(session.execute(select(Record.uid, Record.rid).where(Record.rid.in_(near))).all())
            verdicts = looking.verdicts_about(session, person)
            others = set(uids) - set(same.group_uids(session, person))
            open_ones = [uid for uid in others if verdicts.get(uid, same.LATER) == same.LATER]
            likeliest = sorted(open_ones, key=lambda uid: (-near[uids[uid]].compared.total, uid))[:most]
            rows = [(person, uid, near[uids[uid]].compared.total, uid in verdicts) for uid in likeliest]
            return lists.pairs(session, rows)

    def decide(self, one: uuid.UUID, other: uuid.UUID, verdict: str) -> uuid.UUID:
        """Decide ``same``, ``different`` or ``later`` about two persons; returns the id of the decision.

        An earlier decision about the pair is revoked by it; deciding the same again changes nothing. Raises UserError
        where a person is not here any more, or where this is not the coordinator's laptop.
        """
        if verdict not in same.VERDICTS:
            raise ValueError(verdict)
        author = self._author()
        if one == other:
            raise UserError(_ONE_RECORD)
        pair = same.ordered(one, other)
        with self._desk.store.transaction() as session:
            people = [one_of(session, uid) for uid in pair]
            standing = same.standing(session, *pair)
            if standing is not None and standing.verdict == verdict:
                return standing.uid
            found = _compared(session, people[0].rid, people[1].rid)
            score = found.total if found.addends else None
            uid = self._desk.clock.new_id()
            same.write(session, author, uid, pair, verdict, score, _evidence(found))
            looking.forget(session, pair)
            if verdict == same.LATER:
                looking.add(session, {pair: score or 0.0}, author.stamp)
            note(session, author, f"person_{verdict}", uid)
        return uid

    def undo(self, decision: uuid.UUID) -> None:
        """Take a decision back; the pair waits again where enough speaks for it. Twice is as once."""
        author = self._author()
        with self._desk.store.transaction() as session:
            found = session.scalars(select(PersonDecision).where(PersonDecision.uid == decision)).one_or_none()
            if found is None:
                raise UserError(_NO_DECISION)
            if found.revoked_at is not None:
                return
            same.revoke(session, author, found)
            pair = (found.one_uid, found.other_uid)
            score = looking.score_of(session, *pair)
            looking.forget(session, pair)
            if score is not None and score >= POSSIBLE:
                looking.add(session, {pair: score}, author.stamp)
            note(session, author, "person_undone", decision)

    def decisions(self, person: uuid.UUID | None = None, most: int = 500) -> list[Decision]:
        """What was decided about one person or about all, newest first; the revoked ones are among them."""
        with self._desk.store.reading() as session:
            return lists.decisions(session, person, most)

    def look_for(self, progress: Progress, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Look for candidates of all who came or changed since the last time; to be called after each import.

        In small transactions; ``progress`` gets how many persons of how many. Returns how many candidates were found.
        Where most of the register is new, all of it is compared: that is quicker then. An index that an earlier
        program made is made anew first.
        """
        renew_index(self._desk, cancelled)
        if whole.is_quicker(self._desk):
            return whole.look_through_all(self._desk, progress, cancelled)
        return looking.look_for(self._desk, progress, cancelled)

    def look_through_all(self, progress: Progress, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Compare the whole register anew; returns how many candidates there are. Cancelled, nothing changes."""
        renew_index(self._desk, cancelled)
        return whole.look_through_all(self._desk, progress, cancelled)

    def group_of(self, person: uuid.UUID) -> list[Member]:
        """Everyone who is one with this person, herself first; herself alone where nobody is."""
        with self._desk.store.reading() as session:
            return lists.members(session, person)

    def contradictions(self) -> list[Contradiction]:
        """Two persons of one group who were declared different, or whose certain facts contradict each other."""
        with self._desk.store.reading() as session:
            return fitting.contradictions(session)

    def _author(self) -> Author:
        if self._desk.me.role != Role.COORDINATOR:
            raise UserError(_NOT_HERE)
        return self._desk.author()


def _compared(session: Session, one: int, other: int) -> Comparison:
    """The evidence; empty where nothing is kept to compare."""
    known = compared_of(session, (one, other))
    return Register(session).compare(known[one], known[other]) if len(known) == 2 else Comparison(())


def _evidence(found: Comparison) -> str:
    """Which weights and which findings it was decided on; never a value."""
    return encode({"findings": sorted(each.code for each in found.addends), "weights": VERSION}).decode()
