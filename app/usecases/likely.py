"""Already known? Whom a new entry may be, asked while it is typed. It warns and never blocks, and merges nothing.

Only people with a key in common are compared (``app.matching.keys``), those with most keys first, so the answer
takes milliseconds at any size of the register. Below the likely ones stand those who are called the same and of whom
nothing says that they are others (``app.matching.namesake``), marked as weak.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.i18n import N_, _, translate
from app.matching.keys import keys, name_keys
from app.matching.names import Features, features
from app.matching.namesake import beside_the_name, is_namesake
from app.matching.number import contradicts_birth
from app.matching.portrait import unpack
from app.matching.score import Addend, Comparison, compare, may_be_one
from app.matching.weights import WARN_AT_DESK, Frequencies
from app.models import Identity, MatchKey, Person, Portrait, Record, SearchWord
from app.sync.canonical import decode_object
from app.sync.ledger import SELF_RID
from app.usecases.desk import Desk

MOST_SHOWN: Final = 5
_MOST_COMPARED: Final = 100
_MOST_NAMESAKES: Final = 400
_TELLING: Final = 0.5
_BUT: Final = N_("but: {finding}")
_NAME_ALONE: Final = N_("the same name; nothing else is known to compare")
_NAME_AND: Final = N_("the same name, and little else to compare")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LikelyMatch:
    """Somebody who is recorded already and may be the one who is typed now."""

    uid: uuid.UUID
    code: str
    name: str
    birth: object
    """As it is recorded: a partial date, an estimate, a year, or None."""
    score: float
    reasons: tuple[str, ...]
    """Sentences in the language chosen now, the weightiest first; what speaks against it stands last."""
    mine: bool
    weak: bool = False
    """Little more than the name is the same: a hint, and no warning."""


class Likely:
    """``Likely(desk).of(person, identity)``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, person: Values, identity: Values) -> list[LikelyMatch]:
        """The people who may be the one with these values, at most five: the likeliest first, the weak ones last."""
        typed = features(person, [identity])
        if not keys(typed):
            return []
        with self._desk.store.reading() as session:
            return _shown(session, _ranked(session, typed)[:MOST_SHOWN])


@dataclass(frozen=True, slots=True)
class _Found:
    compared: Comparison
    rid: int

    @property
    def weak(self) -> bool:
        return self.compared.total < WARN_AT_DESK

    @property
    def place(self) -> tuple[bool, float, int]:
        """By weight; among equals the one who came last, for she is the likelier to come again."""
        return self.weak, -self.compared.total, -self.rid


def _ranked(session: Session, typed: Features) -> list[_Found]:
    frequencies = _frequencies(session, typed)
    found = (
        _Found(compare(typed, other, frequencies), rid)
        for rid, other in _candidates(session, typed)
        if may_be_one(typed, other)
    )
    return sorted((one for one in found if not one.weak or is_namesake(one.compared)), key=lambda one: one.place)


def number_contradicts_birth(person: Values, identity: Values) -> bool:
    """Do the personal number and the date of birth contradict each other? Shown, never refused."""
    return contradicts_birth(identity.get("personal_number"), person.get("birth"))


def _candidates(session: Session, typed: Features) -> Iterable[tuple[int, Features]]:
    shared = func.count().label("shared")
    nearest = (
        select(MatchKey.person_rid)
        .where(MatchKey.key.in_(sorted(keys(typed))))
        .group_by(MatchKey.person_rid)
        .order_by(shared.desc(), MatchKey.person_rid)
        .limit(_MOST_COMPARED)
    )
    # Of a common name there are more than those: what else fits is seen only in a comparison.
    namesakes = (
        select(MatchKey.person_rid)
        .where(MatchKey.key.in_(sorted(name_keys(typed))))
        .order_by(MatchKey.person_rid.desc())
        .limit(_MOST_NAMESAKES)
    )
    rids = {*session.scalars(nearest), *session.scalars(namesakes)}
    query = select(Portrait.person_rid, Portrait.data).where(Portrait.person_rid.in_(rids))
    return ((rid, unpack(data)) for rid, data in session.execute(query))


def _frequencies(session: Session, typed: Features) -> Frequencies:
    """How often the very names that were typed occur here."""
    surnames = {mark: f"s{mark}" for one in typed.surnames for mark in one.skeletons}
    givens = {mark: f"{'g' if one.identities else 's'}{mark}" for one in typed.givens for mark in one.marks}
    fathers = {mark: f"d{mark}" for one in typed.fathers for mark in one.identities}
    asked = {*surnames.values(), *givens.values(), *fathers.values()}
    query = select(SearchWord.word, func.count()).where(SearchWord.word.in_(asked)).group_by(SearchWord.word)
    counts = dict(session.execute(query).all())

    def counted(words: Mapping[str, str]) -> dict[str, int]:
        return {mark: counts.get(word, 0) for mark, word in words.items()}

    persons = session.scalar(select(func.count()).select_from(Person)) or 0
    return Frequencies(persons, counted(surnames), counted(givens), counted(fathers))


def _shown(session: Session, found: Sequence[_Found]) -> list[LikelyMatch]:
    query = (
        select(Person.rid, Person.code, Record.uid, Record.owner_rid, Record.data, func.max(Identity.display_name))
        .join(Record, Record.rid == Person.rid)
        .outerjoin(Identity, Identity.person_rid == Person.rid)
        .where(Person.rid.in_([one.rid for one in found]))
        .group_by(Person.rid)
    )
    rows = {row[0]: row for row in session.execute(query)}
    return [_match(one, *rows[one.rid][1:]) for one in found if one.rid in rows]


def _match(found: _Found, code: str, uid: uuid.UUID, owner_rid: int, data: str, name: str | None) -> LikelyMatch:
    values = decode_object(data.encode(), sort_keys=True)
    compared = found.compared
    return LikelyMatch(
        uid=uid,
        code=code,
        name=name or "",
        birth=values.get("birth") or values.get("birth_year"),
        score=compared.total,
        reasons=_weak_reasons(compared) if found.weak else reasons(compared),
        mine=owner_rid == SELF_RID,
        weak=found.weak,
    )


def reasons(compared: Comparison) -> tuple[str, ...]:
    """What speaks for one person, and then what speaks against it, each by weight; chance is not told."""
    return _told(one for one in compared.addends if one.code != "chance")


def _weak_reasons(compared: Comparison) -> tuple[str, ...]:
    others = _told(beside_the_name(compared))
    return (_(_NAME_AND), *others) if others else (_(_NAME_ALONE),)


def _told(found: Iterable[Addend]) -> tuple[str, ...]:
    told = sorted(
        (one for one in found if abs(one.weight) >= _TELLING), key=lambda one: (one.weight < 0, -abs(one.weight))
    )
    return tuple(
        translate(one.text) if one.weight > 0 else _(_BUT).format(finding=translate(one.text)) for one in told
    )
