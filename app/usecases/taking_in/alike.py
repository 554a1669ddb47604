"""People of a sheet who may be one person, or one who is recorded here already. It warns and merges nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Final

from sqlalchemy import select

from app.matching.keys import keys
from app.matching.names import Features, features
from app.matching.score import compare, may_be_one
from app.matching.weights import WARN_AT_DESK, Frequencies
from app.models import MatchKey
from app.sheets.records import Entry
from app.usecases.desk import Desk
from app.usecases.likely import Likely, LikelyMatch
from app.usecases.taking_in.comparing import chunks

_MOST_WITH_ONE_KEY: Final = 20
"""A key that more people share says little, and comparing all of them with all takes long."""

Progress = Callable[[int, int], object]


def features_of(entry: Entry) -> Features:
    """What is compared of a person of the sheet."""
    return features(entry.person.values, [entry.identity.values] if entry.identity else [])


def alike_in_sheet(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """By key: who else in the sheet may be the same person."""
    known = [features_of(entry) for entry in entries]
    sharing: dict[int, list[int]] = defaultdict(list)
    for at, features_ in enumerate(known):
        for key in keys(features_):
            sharing[key].append(at)
    pairs = {
        pair for places in sharing.values() if len(places) <= _MOST_WITH_ONE_KEY for pair in combinations(places, 2)
    }
    frequencies = Frequencies(len(entries))
    found: dict[str, list[Entry]] = defaultdict(list)
    for one, other in sorted(pairs):
        if not may_be_one(known[one], known[other]):
            continue
        if compare(known[one], known[other], frequencies).total >= WARN_AT_DESK:
            found[entries[one].key].append(entries[other])
            found[entries[other].key].append(entries[one])
    return found


def known_here(desk: Desk, entries: Sequence[Entry], progress: Progress) -> dict[str, tuple[LikelyMatch, ...]]:
    """By key: who of those recorded here may be the same person. Only the likely ones."""
    made = {entry.key: keys(features_of(entry)) for entry in entries}
    every = sorted({key for of_one in made.values() for key in of_one})
    shared: set[int] = set()
    with desk.store.reading() as session:
        for some in chunks(every):
            shared.update(session.scalars(select(MatchKey.key).where(MatchKey.key.in_(some)).distinct()))
    asked = [entry for entry in entries if not shared.isdisjoint(made[entry.key])]
    likely, found = Likely(desk), {}
    for number, entry in enumerate(asked, 1):
        identity = entry.identity.values if entry.identity else {}
        matches = tuple(one for one in likely.of(entry.person.values, identity) if not one.weak)
        if matches:
            found[entry.key] = matches
        progress(number, len(asked))
    return found
