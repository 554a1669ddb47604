"""Who in the register may be somebody: found by shared keys, weighed with the register's own frequencies.

Only people with a key in common are compared (``app.matching.keys``), those with most keys first, and of a common
name the newest: so the answer takes milliseconds at any size of the register. Used while a person is typed
(``likely``) and when the coordinator looks for persons who were recorded twice (``same_person``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.matching.find_words import raion_word
from app.matching.keys import keys, name_keys
from app.matching.names import Features
from app.matching.portrait import unpack
from app.matching.score import Comparison, compare, may_be_one
from app.matching.weights import Frequencies
from app.models import MatchKey, Person, Portrait, SearchWord

_MOST_COMPARED: Final = 100
_MOST_NAMESAKES: Final = 400


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may be the one asked for, and what the comparison says."""

    rid: int
    compared: Comparison


class Register:
    """What comparisons ask of the register, within one session: each count is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._counts: dict[str, int] = {}
        self._persons: int | None = None

    def who_may_be(self, asked: Features, but: int | None = None) -> Iterator[Found]:
        """Everybody who shares a key with ``asked`` and whose birth does not exclude it, compared; not ``but``."""
        frequencies = self.frequencies(asked)
        for rid, other in self._near(asked):
            if rid != but and may_be_one(asked, other):
                yield Found(rid, compare(asked, other, frequencies))

    def compare(self, one: Features, other: Features) -> Comparison:
        """Two persons weighed with the frequencies of both their names: the same whichever is asked for."""
        return compare(one, other, self.frequencies(one, other))

    def frequencies(self, *of: Features) -> Frequencies:
        """How often the very names of these people occur here, and how many live in their raions."""
        surnames = {mark: f"s{mark}" for each in of for one in each.surnames for mark in one.skeletons}
        givens = {
            mark: f"{'g' if one.identities else 's'}{mark}"
            for each in of
            for one in each.givens
            for mark in one.marks
        }
        fathers = {mark: f"d{mark}" for each in of for one in each.fathers for mark in one.identities}
        raions = {each.raion: raion_word(each.raion) for each in of if each.raion}
        self._read_counts({*surnames.values(), *givens.values(), *fathers.values(), *raions.values()})

        def counted(words: Mapping[str, str]) -> dict[str, int]:
            return {mark: self._counts[word] for mark, word in words.items()}

        if self._persons is None:
            self._persons = self._session.scalar(select(func.count()).select_from(Person)) or 0
        return Frequencies(self._persons, counted(surnames), counted(givens), counted(fathers), counted(raions))

    def portraits(self, rids: Iterable[int]) -> dict[int, str]:
        """What is compared of these people, as it is kept; whoever is no longer live has none."""
        query = select(Portrait.person_rid, Portrait.data).where(Portrait.person_rid.in_(list(rids)))
        return dict(self._session.execute(query).all())

    def _read_counts(self, words: Iterable[str]) -> None:
        missing = {word for word in words if word not in self._counts}
        if missing:
            query = (
                select(SearchWord.word, func.count()).where(SearchWord.word.in_(missing)).group_by(SearchWord.word)
            )
            self._counts |= dict.fromkeys(missing, 0) | dict(self._session.execute(query).all())

    def _near(self, asked: Features) -> Iterator[tuple[int, Features]]:
        shared = func.count().label("shared")
        nearest = (
            select(MatchKey.person_rid)
            .where(MatchKey.key.in_(sorted(keys(asked))))
            .group_by(MatchKey.person_rid)
            .order_by(shared.desc(), MatchKey.person_rid)
            .limit(_MOST_COMPARED)
        )
        # Of a common name there are more than those: what else fits is seen only in a comparison.
        namesakes = (
            select(MatchKey.person_rid)
            .where(MatchKey.key.in_(sorted(name_keys(asked))))
            .order_by(MatchKey.person_rid.desc())
            .limit(_MOST_NAMESAKES)
        )
        rids = {*self._session.scalars(nearest), *self._session.scalars(namesakes)}
        return ((rid, unpack(data)) for rid, data in self.portraits(rids).items())
