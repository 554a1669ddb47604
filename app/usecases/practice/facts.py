"""Consents and cases of invented people: what they agreed to, and what had happened to them."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any, Final

from app.usecases.practice.events import chance, pick
from app.usecases.practice.humans import Human

# Always asked, and how often the answer is yes. The rest of the purposes comes up as it is needed.
_SCOPES: Final = {
    "interview": 0.98,
    "services": 0.97,
    "purpose_informed": 1.0,
    "withdrawal_informed": 1.0,
    "reporting": 0.93,
    "coordinator_identifiable": 0.72,
}
GATE: Final = "coordinator_identifiable"
"""The purpose that decides whether names go to the coordinator."""
_SOURCES: Final = {
    "self": 14.0,
    "police": 20.0,
    "iom": 18.0,
    "ngo": 14.0,
    "hotline": 12.0,
    "red_cross": 8.0,
    "family_friend": 8.0,
    "social_service": 6.0,
}
_DETECTED: Final = {
    "police": 22.0,
    "red_cross": 22.0,
    "ngo": 16.0,
    "iom": 14.0,
    "hotline": 10.0,
    "self": 10.0,
    "border": 6.0,
}
_EXPLOITATION: Final = {
    "forced_labour": 44.0,
    "sexual_exploitation": 20.0,
    "sex_prostitution": 14.0,
    "forced_begging": 6.0,
    "servitude": 5.0,
    "forced_criminality": 4.0,
    "sex_remote_interactive": 4.0,
    "unknown": 3.0,
}
_CONTROL: Final = (
    "debt_bondage",
    "takes_earnings",
    "threats_to_person",
    "psychological_abuse",
    "false_promises",
    "restricts_movement",
    "withholds_documents",
    "excessive_hours",
)
_RECRUITED: Final = {
    "friends": 28.0,
    "online_social": 26.0,
    "online_advert": 20.0,
    "family": 10.0,
    "agency": 8.0,
    "unknown": 8.0,
}
_RECRUITER: Final = {
    "acquaintance": 30.0,
    "stranger": 26.0,
    "friend": 14.0,
    "employer": 14.0,
    "partner": 10.0,
    "relative": 6.0,
}
_COUNTRIES: Final = {"RU": 52.0, "PL": 18.0, "TR": 8.0, "DE": 6.0, "LT": 6.0, "CZ": 5.0, "AE": 5.0}
_SECTORS: Final = {"F": 38.0, "A": 24.0, "C": 14.0, "I": 12.0, "T": 12.0}
_LABOUR: Final = frozenset({"forced_labour", "servitude"})
_CLOSURES: Final = {"needs_met": 50.0, "no_contact_30_days": 22.0, "left_area": 14.0, "person_request": 14.0}


def consents(random: Random, human: Human, on: dt.date) -> list[dict[str, Any]]:
    """The answers of the first day. A child's representative answers for her, and she is asked too."""
    answers = []
    for scope, share in _SCOPES.items():
        state = "given" if chance(random, share) else "refused"
        if scope == GATE and chance(random, 0.06):
            state = "not_asked"
        answers.append(consent(random, human, on, scope, state))
    return answers


def consent(random: Random, human: Human, on: dt.date, scope: str, state: str) -> dict[str, Any]:
    """One answer to one purpose."""
    child = human.age(on) < 16
    values: dict[str, Any] = {"scope": scope, "state": state, "on": on.isoformat()}
    if state == "not_asked":
        return values
    values |= {"given_by": "caregiver" if child else "individual", "language": "ru"}
    values |= {"evidence": "paper" if chance(random, 0.7) else "none"}
    if child:
        values |= {"child_assent": "yes", "representative_relation": random.choice(("mother", "guardian"))}
    if state in {"refused", "withdrawn"} and chance(random, 0.6):
        values["withheld_reason"] = pick(
            random, {"fear_of_harm": 60.0, "wants_to_tell_personally": 25.0, "other": 15.0}
        )
    if state == "withdrawn":
        values["withdrawn_on"] = on.isoformat()
    return values


def case(random: Random, human: Human, on: dt.date) -> dict[str, Any]:
    """A case as it is opened, with the facts as far as they were told."""
    values: dict[str, Any] = {
        "opened_on": on.isoformat(),
        "referral_source": pick(random, _SOURCES),
        "detected_by": pick(random, _DETECTED),
        "risk": pick(random, {"low": 40.0, "medium": 38.0, "high": 14.0, "unknown": 8.0}),
        "status": "Active",
        "exploitation": [pick(random, _EXPLOITATION)],
        "means_of_control": [code for code in _CONTROL if chance(random, 0.3)] or ["false_promises"],
        "recruitment": [pick(random, _RECRUITED)],
        "recruiter": [pick(random, _RECRUITER)],
        "identified_year": on.year,
        "border": "cross_border" if human.abroad else "internal",
        "exploitation_countries": [pick(random, _COUNTRIES)] if human.abroad else ["BY"],
        "duration_months": random.choices((1, 2, 3, 6, 12, 24), (10, 15, 20, 25, 20, 10))[0],
    }
    if _LABOUR.intersection(values["exploitation"]):
        values["labour_sectors"] = [pick(random, _SECTORS)]
    if human.abroad:
        values["returned_on"] = (on - dt.timedelta(days=random.randint(1, 60))).isoformat()
    if chance(random, 0.5):
        values["formal_status"] = pick(random, {"possible": 55.0, "actual": 40.0, "not": 5.0})
        values |= {"decided_by": "police", "decided_on": on.isoformat()}
    told = ("means_of_control", "recruiter", "duration_months", "risk")
    return {key: value for key, value in values.items() if key not in told or chance(random, 0.85)}


def closed(random: Random, opened: dict[str, Any], on: dt.date) -> dict[str, Any]:
    """The same case when the work is done."""
    return {**opened, "status": "Closed", "closure_reason": pick(random, _CLOSURES), "closed_on": on.isoformat()}
