"""A register small enough to count by hand: five persons helped in the first quarter of 2026, and two before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import codelists
from app.forms.age import age_group
from app.reports.facts import Facts
from app.reports.facts.documents import CaseDocument, ServiceDocument
from app.reports.facts.people import Act, CaseFacts, NeedFacts, PeopleFacts, ReferralFacts, Rows, Someone, Who
from app.reports.facts.work import WorkFacts
from app.reports.table import Scope

QUARTER = Scope("2026-01", "2026-03")
ONE, TWO = "centre-1", "centre-2"
ANNA, BORIS, CHILD, DARIA, EGOR, EARLY, OLD = (bytes([number]) * 16 for number in range(1, 8))
CENTRES = {ONE: "Витебск", TWO: "Минск"}
PLACES = {ONE: "BY-VI", TWO: "BY-MI"}

_SEX = {ANNA: "female", BORIS: "male", CHILD: "female", DARIA: "female", EGOR: "male"}
_BORN = {ANNA: 1990, BORIS: 1980, CHILD: 2012, EGOR: 1970}
_CITIZEN = {ANNA: ("BY",), BORIS: ("BY", "RU")}
_WORD = {ANNA: "agrees", BORIS: "does_not_agree", CHILD: "agrees", EGOR: "agrees"}


def act(number: int, who: Who, code: str, day: str, centre: str, outcome: str = "provided", donor: str = "") -> Act:
    """A service as the store gives it."""
    sex, born = _SEX.get(who, ""), _BORN.get(who)
    age = age_group(born, int(day[:4])).value if day else "unknown"
    return Act(
        who, number, number, code, codelists.service_group(code).value, day, day[:7], centre, PLACES[centre], sex,
        "" if age == "unknown" else age, outcome, donor, "", "", None, None, "",
    )  # fmt: skip


def case(number: int, who: Who, centre: str, **answers: Any) -> CaseFacts:
    """A case with its answers."""
    opened, closed, status = (answers.pop(name, "") for name in ("opened_on", "closed_on", "status"))
    return CaseFacts(who, number, centre, PLACES[centre], opened, closed, status, CaseDocument(**answers))


ACTS = (
    act(1, ANNA, "medical_examination", "2026-01-15", ONE, donor="iom"),
    act(2, EGOR, "return_assisted", "2026-01-20", ONE),
    act(3, EGOR, "psych_group", "2026-01-21", ONE, "unavailable"),
    act(4, ANNA, "psych_counselling", "2026-02-01", ONE, ""),
    act(5, BORIS, "legal_civil", "2026-02-10", TWO, "declined"),
    act(6, CHILD, "education_support", "2026-03-06", TWO),
    act(7, DARIA, "grant_vocational", "2026-03-20", ONE),
    act(8, DARIA, "job_search_training", "2026-03-25", TWO),
)
CASES = (
    case(
        11, ANNA, ONE, opened_on="2026-01-10", status="Active", referral_source="police", referring_agency="iom",
        exploitation=["sex_prostitution"], means_of_control=["debt_bondage"], recruitment=["online_social"],
        recruiter=["partner"], border="cross_border", exploitation_countries=["PL"], age_at_start=17,
        formal_status="actual", decided_by="police", witness="yes",
    ),
    case(
        12, ANNA, ONE, opened_on="2025-12-01", status="ClosedReferred", closed_on="2026-01-10",
        closure_reason="transferred", formal_status="possible", witness="no",
    ),
    case(
        13, BORIS, TWO, opened_on="2025-06-01", status="Closed", closed_on="2026-02-01", closure_reason="needs_met",
        exploitation=["forced_labour"], labour_sectors=["F"], border="internal", exploitation_countries=["BY"],
        means_of_control=["threats_to_person", "debt_bondage"], recruiter=["employer", "unknown"],
        recruitment=["newspaper"], formal_status="possible", decided_by="police", witness="no", age_at_start=30,
    ),
    case(
        14, CHILD, TWO, opened_on="2026-03-05", status="FollowUp", referral_source="red_cross", border="both",
        exploitation=["forced_begging"], identified_year=2026, age_at_start=12,
    ),
    case(
        15, EGOR, ONE, opened_on="2025-11", status="Closed", closed_on="2026-05-01", border="declined",
        exploitation=["unknown"], age_at_start="forty", means_of_control="debt_bondage", formal_status=7,
        recruiter=["declined"],
    ),
)  # fmt: skip
REFERRALS = (
    ReferralFacts(ANNA, "legal_civil", "iom", "waiting", "2026-02", ONE, "BY-VI"),
    ReferralFacts(BORIS, "food_meals", "undp", "done", "2026-03", TWO, "BY-MI"),
    ReferralFacts(BORIS, "food_meals", "undp", "done", "2026-04", TWO, "BY-MI"),
    ReferralFacts(CHILD, "food_meals", "undp", "done", "", TWO, "BY-MI"),
)
NEEDS = (
    NeedFacts(ANNA, "medical", "met", "2026-01", ONE, "BY-VI"),
    NeedFacts(BORIS, "legal", "in_progress", "2026-02", TWO, "BY-MI"),
    NeedFacts(BORIS, "medical", "in_progress", "2026-02", TWO, "BY-MI"),
    NeedFacts(CHILD, "education", "not_applicable", "2026-03", TWO, "BY-MI"),
    NeedFacts(DARIA, "education", "met", "", ONE, "BY-VI"),
)
DETAILS = {2: ServiceDocument(from_country="RU"), 8: ServiceDocument(course_completed="yes", job_found="yes")}
DELAYS = {11: {"medical": "2026-01-15", "psychological": "2026-02-01"}, 14: {"education": "2026-03-06"}}
EVER = {
    ANNA: "2026-01", BORIS: "2024-02", CHILD: "2026-03", DARIA: "2026-03", EGOR: "2025-11", EARLY: "2024-05",
    OLD: "2016-01",
}  # fmt: skip


def someone(who: Who, acts: Sequence[Act], cases: Sequence[CaseFacts]) -> Someone:
    """A person of the register with her services and cases."""
    hers = tuple(one for one in acts if one.who == who)
    return Someone(
        who, _SEX.get(who, ""), _BORN.get(who), hers[0].age, _CITIZEN.get(who, ()),
        tuple(one for one in cases if one.who == who), hers, _WORD.get(who, ""),
    )  # fmt: skip


def rows_of(acts: Sequence[Act] = ACTS, cases: Sequence[CaseFacts] = CASES) -> Rows:
    """The rows of the register."""
    persons = {one.who: someone(one.who, acts, cases) for one in acts if one.who is not None}
    return Rows(
        acts=tuple(acts),
        persons=persons,
        new=frozenset({ANNA, CHILD, DARIA} & persons.keys()),
        ever=EVER,
        cases=tuple(cases),
        cases_of={who: [one for one in cases if one.who == who] for who in EVER},
        referrals=REFERRALS,
        needs=NEEDS,
        delays=DELAYS,
        details=DETAILS,
        doubtful=3,
    )


def facts(rows: Rows | None = None, silent: Rows | None = None, work: WorkFacts | None = None) -> Facts:
    """The register as the indicators get it."""
    people = PeopleFacts(rows_of() if rows is None else rows, silent or Rows(), CENTRES, "2026-06-15")
    return Facts(QUARTER, people, work or WorkFacts(scope=QUARTER))
