"""A person and a case as the fields of HTCDS 2.0, with no more than may be told. Pure.

What is told depends on ``Detail``: a named organisation learns who a person is only where she agreed to that; else
it gets what cannot name her. In doubt a field is left empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from app import codelists
from app.codelists import ConsentState
from app.forms import partial
from app.sheets.htcds import SEVEN
from app.sheets.htcds_values import SEX_SCHEME, TRUE, joined, values_of

Values = Mapping[str, Any]
_LISTS: Final[Mapping[str, tuple[str, str]]] = {
    "vic_TraffickingStatus": ("formal_status", "formal_status"),
    "vic_TraffickingStatusDecisionMakingOrg": ("decided_by", "decided_by"),
    "vic_MethodOfRecruitment": ("recruitment", "recruitment_methods"),
    "vic_MethodsOfControl": ("means_of_control", "means_of_control"),
    "vic_ForcedLabourIndustry": ("labour_sectors", "labour_sectors"),
    "vic_RelationshipToTrafficker": ("recruiter", "recruiter_relations"),
    "vic_RecruitmentWebsitesAndApps": ("platforms", "platforms"),
    "cas_Status": ("status", "case_status"),
}
"""Fields of a case: the field of ours, and its list."""
_EXPLOITATION: Final = "exploitation_types"
_COUNTRY_CODE: Final = 2


class Detail(StrEnum):
    """How much of a person a file tells."""

    OWN = "own"  # for our own use: the case code, no names
    BARE = "bare"  # for a named organisation, without a release to it
    NAMED = "named"  # for a named organisation to which she gave a release


@dataclass(frozen=True, slots=True)
class Someone:
    """What one row is made of. ``case`` is empty for a person without one; ``given`` the scopes she agreed to."""

    code: str
    person: Values
    identity: Values
    case: Values
    detail: Detail
    given: Collection[str] = field(default_factory=frozenset)


def fields_of(one: Someone) -> dict[str, str | int | dt.date]:
    """The fields of the standard that are told, by their names there."""
    found: dict[str, str | int | dt.date | None] = {
        "con_Consent": TRUE if {scope.value for scope in SEVEN} <= set(one.given) else "FALSE",
        "prs_Gender": joined(values_of("sex", _codes(one.person.get("sex")))),
        "prs_Citizenship": _countries(one.person.get("citizenships")),
        "prs_MaritalStatus": joined(values_of("marital_status", _codes(one.person.get("marital_status")))),
        "prs_HighestLevelOfEducation": joined(values_of("education", _codes(one.person.get("education")))),
        "prs_NumberOfChildren": _number(one.person.get("children")),
        **_of_case(one.case),
        **(_named(one) if one.detail is Detail.NAMED else {}),
    }
    if one.detail is Detail.OWN:
        found["prs_Birthdate"] = str(one.person.get("birth_year") or "")
    return {name: value for name, value in found.items() if value not in (None, "")}


def given_scopes(consents: Collection[Values], today: dt.date) -> set[str]:
    """The purposes that a person agrees to today: given, and not run out."""
    return {str(one.get("scope")) for one in consents if stands(one, today)}


def stands(consent: Values, today: dt.date) -> bool:
    """Is this consent given, and has it not run out?"""
    ends = partial.bounds(consent.get("expires_on"))
    return consent.get("state") == ConsentState.GIVEN and not (ends and ends[1] < today)


def _of_case(case: Values) -> dict[str, str | int | dt.date | None]:
    types = codelists.get(_EXPLOITATION).with_parents(_codes(case.get("exploitation")))
    countries = _countries(case.get("exploitation_countries"))
    found: dict[str, str | int | dt.date | None] = {
        name: joined(values_of(codes, _codes(case.get(ours)))) for name, (ours, codes) in _LISTS.items()
    }
    agency = str(case.get("referring_agency") or "")
    return found | {
        "vic_TypeOfExploitation": joined(values_of(_EXPLOITATION, types)),
        "vic_TypeOfSexExploitation": joined(values_of(_EXPLOITATION, types, SEX_SCHEME)),
        "vic_AgeWhenTrafficked": _number(case.get("age_at_start")),
        "hte_Type": "Exploitation" if countries else "",
        "hte_Country": countries,
        "cas_ReferringOrganisation": codelists.get("agencies").label(agency, "en") if agency else "",
        # The standard has no day on which a case is opened; the day of the referral is the nearest that it has.
        "cas_IncomingReferralDate": _date(case.get("referred_on") or case.get("opened_on")),
        "cas_ReasonForCaseClosure": codelists.get("closure_reasons").label(str(case["closure_reason"]), "en")
        if case.get("closure_reason")
        else "",
    }


def _named(one: Someone) -> dict[str, str | int | dt.date | None]:
    """Who she is and how she is reached. Notes in free words never leave: they may name others."""
    forms = [form for form in one.identity.get("names", []) if isinstance(form, Mapping)]
    latin = [form for form in forms if form.get("language") == "latin"]
    current = [form for form in forms if form.get("kind") == "current"]
    name: Values = next(iter(latin or current or forms), {})
    oblast = str(one.person.get("oblast") or "")
    return {
        "prs_SecondName": str(name.get("surname", "")),  # "second name" is the surname in the standard
        "prs_FirstName": str(name.get("given", "")),
        "prs_MiddleName": str(name.get("patronymic", "")),
        "prs_Birthdate": _date(one.person.get("birth")),
        "prs_IdentityNumber": str(one.identity.get("personal_number", "")),
        "prs_Email": str(one.identity.get("email", "")),
        "prs_MobilePhone": str(one.identity.get("phone", "")),
        "prs_MailingStreet": str(one.identity.get("address", "")),
        "prs_MailingState": codelists.get("oblasts").label(oblast, "en") if oblast else "",
        "prs_MailingCountry": "BY" if oblast else "",
        "cas_CaseOwner": str(one.case.get("case_worker", "")),
    }


def _codes(value: object) -> list[str]:
    """One code or several."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(value)] if value else []


def _countries(value: object) -> str:
    return joined(code for code in _codes(value) if len(code) == _COUNTRY_CODE and code.isupper())


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _date(value: object) -> dt.date | str:
    """A whole day as a day; a month, a year or an age as it is known, never with a made-up day."""
    text = partial.display(value, "en") if isinstance(value, Mapping) else str(value or "")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text
