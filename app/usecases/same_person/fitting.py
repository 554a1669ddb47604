"""What does not fit inside a group: two who were declared different, or whose certain facts contradict.

Certain is what is one for a lifetime and was not estimated: sex, the birth as far as both know it, a personal number
that checks. Nothing is undone because of it: a person looks, and one of the facts or of the decisions is wrong.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.forms import personal_number
from app.i18n import N_, _
from app.matching.names import Born, Features
from app.models import Person, PersonDecision, Record, SamePerson
from app.sync.same import DIFFERENT, Pair, ordered
from app.usecases.same_person.people import compared_of, live, words_of
from app.usecases.same_person.shapes import Contradiction

_DECLARED: Final = N_("They were declared to be two persons.")
_SEX: Final = N_("The sex differs.")
_BIRTH: Final = N_("The dates of birth differ.")
_NUMBER: Final = N_("The personal numbers differ, and both are well formed.")
_TOLD: Final = frozenset({"female", "male"})


@dataclass(frozen=True, slots=True)
class Misfit:
    """Two of a group, and why they do not fit: texts marked for translation."""

    one: uuid.UUID
    other: uuid.UUID
    reasons: tuple[str, ...]


def groups(session: Session) -> dict[uuid.UUID, dict[uuid.UUID, int]]:
    """The live persons (with their keys) of each group in which there are at least two."""
    query = (
        select(SamePerson.group_uid, SamePerson.person_uid, Person.rid)
        .join(Record, Record.uid == SamePerson.person_uid)
        .join(Person, Person.rid == Record.rid)
        .order_by(SamePerson.group_uid, SamePerson.person_uid)
    )
    found: dict[uuid.UUID, dict[uuid.UUID, int]] = defaultdict(dict)
    for group, person, rid in session.execute(query):
        found[group][person] = rid
    return {group: members for group, members in found.items() if len(members) > 1}


def misfits(session: Session, among: Mapping[uuid.UUID, Mapping[uuid.UUID, int]]) -> Iterator[Misfit]:
    """The pairs inside of these groups that do not fit."""
    known = compared_of(session, [rid for members in among.values() for rid in members.values()])
    declared = _declared_different(session)
    for members in among.values():
        for one, other in combinations(members, 2):
            reasons = [_DECLARED] if ordered(one, other) in declared else []
            facts = (known.get(members[one]), known.get(members[other]))
            if facts[0] is not None and facts[1] is not None:
                reasons += _against(facts[0], facts[1])
            if reasons:
                yield Misfit(one, other, tuple(reasons))


def contradictions(session: Session) -> list[Contradiction]:
    """All of them, in words."""
    found = list(misfits(session, groups(session)))
    known = live(session, {uid for one in found for uid in (one.one, one.other)})
    return [
        Contradiction(
            one=misfit.one,
            other=misfit.other,
            one_words=words_of(known, misfit.one),
            other_words=words_of(known, misfit.other),
            words=" ".join(_(reason) for reason in misfit.reasons),
        )
        for misfit in found
    ]


def _declared_different(session: Session) -> set[Pair]:
    """The standing "different" of which both are in one group."""
    mine = select(SamePerson.group_uid).where(SamePerson.person_uid == PersonDecision.one_uid).scalar_subquery()
    theirs = select(SamePerson.group_uid).where(SamePerson.person_uid == PersonDecision.other_uid).scalar_subquery()
    query = select(PersonDecision.one_uid, PersonDecision.other_uid).where(
        PersonDecision.verdict == DIFFERENT, PersonDecision.revoked_at.is_(None), mine == theirs
    )
    return {(one, other) for one, other in session.execute(query)}


def _against(one: Features, other: Features) -> Iterator[str]:
    if one.sex != other.sex and {one.sex, other.sex} <= _TOLD:
        yield _SEX
    if _born_apart(one.born, other.born):
        yield _BIRTH
    numbers = (one.number, other.number)
    if one.number != other.number and all(map(personal_number.is_valid, numbers)):
        yield _NUMBER


def _born_apart(one: Born, other: Born) -> bool:
    """Do the parts that both know differ? An estimated age proves nothing."""
    if one.about or other.about:
        return False
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return any(mine and theirs and mine != theirs for mine, theirs in parts)
