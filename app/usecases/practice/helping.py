"""What help an invented person gets: which services, how often, and how each one is written down.

The weights follow what centres do: much talk, visits and food; few courses; a grant here and there. The group of
each service is told here once more, so that the truth does not lean on the code lists it is to judge.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from types import MappingProxyType
from typing import Any, Final

from app.usecases.practice import details
from app.usecases.practice.events import chance, pick


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the services: how often it is given at first and later, how much of it at a time."""

    code: str
    group: str
    first: float
    """Weight in the first weeks."""
    later: float
    most: int = 0
    """The largest quantity; 0 where nobody counts."""


_KINDS: Final = (
    Kind("return_assisted", "return", 4, 0.2),
    Kind("return_airport_reception", "return", 3, 0.1),
    Kind("return_escort", "return", 2, 0.3),
    Kind("return_travel_domestic", "return", 4, 0.6, 2),
    Kind("legal_civil", "legal", 2, 5),
    Kind("legal_witness_criminal", "legal", 2, 4),
    Kind("legal_documents", "legal", 5, 3, 2),
    Kind("medical_examination", "medical", 12, 5),
    Kind("medical_treatment", "medical", 5, 7),
    Kind("medical_nursing_care", "medical", 6, 6),
    Kind("medical_medicines", "medical", 4, 6, 3),
    Kind("psych_counselling", "psychological", 14, 22),
    Kind("psych_group", "psychological", 2, 8),
    Kind("rehab_centre_stay", "shelter", 4, 2, 30),
    Kind("shelter_crisis_room", "shelter", 8, 2, 14),
    Kind("food_meals", "shelter", 10, 6, 5),
    Kind("nfi_clothes_hygiene", "material", 9, 5, 4),
    Kind("employment_counselling", "employment", 1, 4),
    Kind("job_skills_training", "employment", 0.3, 2),
    Kind("job_search_training", "employment", 0.3, 2),
    Kind("internship", "employment", 0, 1),
    Kind("entrepreneurship_training", "employment", 0, 1),
    Kind("education_support", "education", 0.6, 3),
    Kind("family_tracing", "family", 2, 1),
    Kind("social_support", "social", 4, 7),
    Kind("hotline_consultation", "information", 3, 2),
    Kind("safety_planning", "protection", 6, 1.5),
    Kind("referral_police", "protection", 1.5, 0.5),
    Kind("other", "other", 1, 1.5),
)
# Payments come from grants, not by the way: ``plan`` makes them.
_PAYMENTS: Final = {
    "grant_reintegration": "grant",
    "grant_vocational": "employment",
    "grant_microenterprise": "employment",
}
GROUPS: Final = MappingProxyType({kind.code: kind.group for kind in _KINDS} | _PAYMENTS)
"""The group in which each service is counted."""

_BY_CODE: Final = MappingProxyType({kind.code: kind for kind in _KINDS})
_OUTCOMES: Final = {
    "provided": 86.0,
    "referred": 4.0,
    "already_received": 1.5,
    "not_applicable": 1.0,
    "declined": 5.0,
    "unavailable": 2.5,
}
_DONORS: Final = {"red_cross": 30.0, "iom": 25.0, "local_budget": 20.0, "eu": 10.0, "state_budget": 10.0, "own": 5.0}
_NOTES: Final = (
    "Пришла вовремя, разговор спокойный.",
    "Договорились созвониться на следующей неделе.",
    "Просит помочь с устройством ребёнка в сад.",
    "Нужна ещё одна встреча.",
    "Документы поданы, ждём ответа.",
    "Размова па-беларуску, усё зразумела.",
)
_DETAILS: Final = MappingProxyType(
    {
        "medical": details.medical,
        "psychological": details.psychological,
        "legal": details.legal,
        "return": details.journey,
        "employment": details.course,
        "education": details.course,
        "shelter": details.material,
        "material": details.material,
    }
)


def draw_code(random: Random, *, early: bool, abroad: bool) -> str:
    """Which help comes next for someone who came lately (``early``) or is known for some weeks."""
    weights = {kind.code: kind.first if early else kind.later for kind in _KINDS if abroad or kind.group != "return"}
    return pick(random, weights)


def other_code(random: Random, code: str) -> str:
    """Another service, for a slip that is put right later: mostly of the same group."""
    group = GROUPS[code]
    near = [kind.code for kind in _KINDS if kind.group == group and kind.code != code]
    if near and chance(random, 0.6):
        return random.choice(near)
    return random.choice([kind.code for kind in _KINDS if kind.group != group])


def service_values(random: Random, code: str, on: dt.date, session: int) -> dict[str, Any]:
    """The form of one service as it was filled in on its day. ``session``: the how manyth of its kind it is."""
    kind, group = _BY_CODE[code], GROUPS[code]
    values: dict[str, Any] = {"service": code, "on": on.isoformat(), "outcome": pick(random, _OUTCOMES)}
    if chance(random, 0.02):
        values["on"] = values["on"][:7]  # nobody remembers the day
    if chance(random, 0.8):
        values["donor"] = pick(random, _DONORS)
    if chance(random, 0.15):
        values["note"] = random.choice(_NOTES)
    if values["outcome"] != "provided":
        # Nurses are asked for allergies whatever comes of the visit.
        return values | ({"allergies_known": "unknown"} if group == "medical" else {})
    if kind.most:
        values["quantity"] = str(random.randint(1, kind.most))
    values["place"] = random.choices(("centre", "partner", "home", "clinic", "remote"), (70, 10, 8, 6, 6))[0]
    if group in _DETAILS:
        values |= _DETAILS[group](random, code, on, session)
    return values
