"""Who is the same person: candidates, decisions, groups, and what contradicts inside a group."""

from app.usecases.same_person.persons import SamePersons
from app.usecases.same_person.shapes import (
    Contradiction,
    Counts,
    Decision,
    Finding,
    Line,
    Member,
    Pair,
    PairView,
    Side,
)

__all__ = [
    "Contradiction",
    "Counts",
    "Decision",
    "Finding",
    "Line",
    "Member",
    "Pair",
    "PairView",
    "SamePersons",
    "Side",
]
