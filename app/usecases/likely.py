"""Already known? Whom a new entry may be, asked while it is typed. It warns and never blocks, and merges nothing.

Only people with a key in common are compared (``app.matching.keys``), those with most keys first, so the answer
takes milliseconds at any size of the register.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.i18n import N_, _, translate
from app.matching.keys import keys
from app.matching.names import Features, features
from app.matching.number import contradicts_birth
from app.matching.portrait import unpack
from app.matching.score import Comparison, compare, may_be_one
from app.matching.weights import WARN_AT_DESK, Frequencies
from app.models import Identity, MatchKey, Person, Portrait, Record, SearchWord
from app.sync.canonical import decode_object
from app.sync.ledger import SELF_RID
from app.usecases.desk import Desk

MOST_SHOWN: Final = 5
_MOST_COMPARED: Final = 100
_TELLING: Final = 0.5
_BUT: Final = N_("but: {finding}")

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


class Likely:
    """``Likely(desk).of(person, identity)``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, person: Values, identity: Values, *, but: uuid.UUID | None = None) -> list[LikelyMatch]:
        """The people who may be the one with these values, likeliest first, at most five. ``but`` is left out."""
        typed = features(person, [identity])
        wanted = keys(typed)
        if not wanted:
            return []
        with self._desk.store.reading() as session:
            frequencies = _frequencies(session, typed)
            found: list[tuple[Comparison, int]] = []
            for rid, other in _candidates(session, sorted(wanted)):
                if may_be_one(typed, other):
                    compared = compare(typed, other, frequencies)
                    if compared.total >= WARN_AT_DESK:
                        found.append((compared, rid))
            found.sort(key=lambda one: (-one[0].total, one[1]))
            shown = _shown(session, found[: MOST_SHOWN + 1])
        return [one for one in shown if one.uid != but][:MOST_SHOWN]


def number_contradicts_birth(person: Values, identity: Values) -> bool:
    """Do the personal number and the date of birth contradict each other? Shown, never refused."""
    return contradicts_birth(identity.get("personal_number"), person.get("birth"))


def _candidates(session: Session, wanted: Sequence[int]) -> Iterable[tuple[int, Features]]:
    shared = func.count().label("shared")
    nearest = (
        select(MatchKey.person_rid)
        .where(MatchKey.key.in_(wanted))
        .group_by(MatchKey.person_rid)
        .order_by(shared.desc(), MatchKey.person_rid)
        .limit(_MOST_COMPARED)
    )
    rids = list(session.scalars(nearest))
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


def _shown(session: Session, found: Sequence[tuple[Comparison, int]]) -> list[LikelyMatch]:
    query = (
        select(Person.rid, Person.code, Record.uid, Record.owner_rid, Record.data, func.max(Identity.display_name))
        .join(Record, Record.rid == Person.rid)
        .outerjoin(Identity, Identity.person_rid == Person.rid)
        .where(Person.rid.in_([rid for _compared, rid in found]))
        .group_by(Person.rid)
    )
    rows = {row[0]: row for row in session.execute(query)}
    return [_match(compared, *rows[rid][1:]) for compared, rid in found if rid in rows]


def _match(
    compared: Comparison, code: str, uid: uuid.UUID, owner_rid: int, data: str, name: str | None
) -> LikelyMatch:
    values = decode_object(data.encode(), sort_keys=True)
    return LikelyMatch(
        uid=uid,
        code=code,
        name=name or "",
        birth=values.get("birth") or values.get("birth_year"),
        score=compared.total,
        reasons=reasons(compared),
        mine=owner_rid == SELF_RID,
    )


def reasons(compared: Comparison) -> tuple[str, ...]:
    """What speaks for one person, and then what speaks against it, each by weight; chance is not told."""
    told = [one for one in compared.addends if abs(one.weight) >= _TELLING and one.code != "chance"]
    told.sort(key=lambda one: (one.weight < 0, -abs(one.weight)))
    return tuple(
        translate(one.text) if one.weight > 0 else _(_BUT).format(finding=translate(one.text)) for one in told
    )
