"""The consent form: what is asked, what the person answered, what she may do. One or two pages.

Law 99-Z of Belarus (art. 5) wants on it who asks, why, which data, what is done with them and for how long, and
the name, birth date and personal number (or document) of who consents. Under 16 a legal representative answers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from app import codelists
from app.codelists import ConsentScope, ConsentState
from app.forms import partial
from app.forms.spec import Values
from app.i18n import N_
from app.reports.paper.blocks import (
    Blanks,
    Block,
    Choice,
    Choices,
    Heading,
    Paper,
    PaperKind,
    Points,
    Signatures,
    Text,
)
from app.reports.paper.head import Issuer, Title, captions, paper
from app.reports.paper.tongue import Tongue

AGE_OF_CONSENT: Final = 16

# Each purpose as the person would say it. The short labels of the list are for staff.
SENTENCES: Final[Mapping[ConsentScope, str]] = {
    ConsentScope.INTERVIEW: N_("I agree to talk with a member of staff about my situation."),
    ConsentScope.PURPOSE_INFORMED: N_("what the talk is for"),
    ConsentScope.USE_INFORMED: N_("how my data are used"),
    ConsentScope.ACCESS_RIGHT_INFORMED: N_("that I may ask at any time what is recorded about me"),
    ConsentScope.STORAGE_TIME_INFORMED: N_("how long my data are kept"),
    ConsentScope.WITHDRAWAL_INFORMED: N_("how I can take back what I have agreed to"),
    ConsentScope.RESEARCH_INFORMED: N_("that data from which nobody can know me may be used for research"),
    ConsentScope.SERVICES: N_("I agree to receive help from this centre."),
    ConsentScope.REPORTING: N_("I agree that data from which nobody can know me are counted in figures."),
    ConsentScope.COORDINATOR_IDENTIFIABLE: N_(
        "I agree that my records go to the national coordinator with my name. Otherwise they go under a code."
    ),
    ConsentScope.RELEASE_SECURITY: N_("the police or another security service"),
    ConsentScope.RELEASE_PSYCHOSOCIAL: N_("a psychologist or a psychosocial service"),
    ConsentScope.RELEASE_HEALTH: N_("a medical organisation"),
    ConsentScope.RELEASE_SAFEHOUSE: N_("a place where I can stay for a time"),
    ConsentScope.RELEASE_LEGAL: N_("a lawyer or legal aid"),
    ConsentScope.RELEASE_PROTECTION: N_("a protection service, also one for children"),
    ConsentScope.RELEASE_LIVELIHOODS: N_("a service for work and income"),
    ConsentScope.RELEASE_OTHER: N_("another organisation, named here"),
    ConsentScope.WRITTEN: N_("I give my consent in writing, by signing this form."),
    ConsentScope.CONTACT: N_("I agree to be contacted, in the way written below."),
}
_TOLD: Final = tuple(scope for scope in ConsentScope if scope.endswith("_informed"))
_RELEASES: Final = tuple(scope for scope in ConsentScope if scope.startswith("release_"))
_MINE: Final = tuple(scope for scope in ConsentScope if scope not in (*_TOLD, *_RELEASES))


def consent_form(say: Tongue, issuer: Issuer, person: Values, identity: Values, consents: Sequence[Values]) -> Paper:
    """The form with the recorded answers filled in; what was not asked, or is no longer valid, stays blank."""
    groups = (
        (N_("I was told, in words that I understand:"), _TOLD),
        (N_("My agreement"), _MINE),
        (N_("What is needed to help me may be passed to (write the name of the organisation):"), _RELEASES),
    )
    blocks: list[Block] = [_who(say, person, identity), Heading(say(N_("Before you answer"))), _explained(say)]
    for head, scopes in groups:
        rows = tuple(row for scope in scopes for row in _rows(say, scope, consents))
        blocks.append(Choices(say(head), say(N_("Yes")), say(N_("No")), rows))
    child = _may_be_a_child(person, issuer.today)
    blocks.append(_contact_and_term(say, identity, consents))
    if child:
        blocks += _representative(say, consents)
    blocks.append(Text(say(N_("I have read this form, or it was read to me. I have a copy if I want one."))))
    blocks.append(_signed(say, issuer, say.name(identity), child=child))
    version = codelists.get("consent_scopes").version
    foot = " · ".join(
        part for part in (str(person.get("code", "")), say(N_("Form {version}"), version=version)) if part
    )
    title = Title(
        say(N_("Consent to help and to keeping my data")),
        say(N_("You decide on each line by itself. Whatever you answer, you are not refused help because of it.")),
        foot,
    )
    return paper(say, issuer, PaperKind.CONSENT, title, tuple(blocks))


def _who(say: Tongue, person: Values, identity: Values) -> Block:
    number = str(identity.get("personal_number") or identity.get("passport") or "")
    return Blanks(
        (
            (say(N_("Surname, given name, patronymic")), say.name(identity)),
            (say(N_("Date of birth")), say.date(person.get("birth"))),
            (say(N_("Personal number (or number of a document)")), number),
        )
    )


def _explained(say: Tongue) -> Block:
    return Points(
        (
            say(
                N_(
                    "Why: to help you, to spare you the same questions again, and to account for the help given. "
                    "We write down your name and contacts, your documents, what happened, your health and the help."
                )
            ),
            say(
                N_(
                    "Who reads it: the staff of this centre who help you. It is kept encrypted. The national "
                    "coordinator gets it under a code, unless you allow your name to go too. Others get only what "
                    "you allow below, and only what they need to help you."
                )
            ),
            say(
                N_(
                    "You may change your mind at any time, in words or in writing, without giving a reason. From "
                    "then on nothing more is passed on. What was passed on before stays with those who received it."
                )
            ),
            say(N_("You may see at any time what is recorded about you, have it corrected, and get it on paper.")),
            say(
                N_(
                    "Without your consent something is told only where life or health is in danger or the law "
                    "demands it. Wherever possible, you are told first."
                )
            ),
        )
    )


def _rows(say: Tongue, scope: ConsentScope, consents: Sequence[Values]) -> list[Choice]:
    """A release has one row for each organisation that was asked about, and an empty one if there is none."""
    recorded = [one for one in consents if one.get("scope") == scope]
    release = scope in _RELEASES
    if not recorded:
        fill = say(N_("Organisation")) if release else ""
        return [Choice(say(SENTENCES[scope]), fill=fill)]
    return [_answered(say, scope, one, release=release) for one in recorded]


def _answered(say: Tongue, scope: ConsentScope, one: Values, *, release: bool) -> Choice:
    organisation = say.organisation(one, "organisation") if release else ""
    notes = [organisation]
    answer: bool | None = None
    match one.get("state"):
        case ConsentState.GIVEN.value:
            answer = True
        case ConsentState.REFUSED.value:
            answer = False
        case ConsentState.WITHDRAWN.value:
            answer = False
            day = say.date(one.get("withdrawn_on"))
            notes.append(say(N_("taken back on {date}"), date=day) if day else say(N_("taken back")))
        case ConsentState.EXPIRED.value:
            notes.append(say(N_("the earlier answer is no longer valid")))
    if answer is not None and one.get("on"):
        notes.append(say(N_("answered on {date}"), date=say.date(one["on"])))
    note = " · ".join(part for part in notes if part)
    return Choice(
        say(SENTENCES[scope]), answer, note, say(N_("Organisation")) if release and not organisation else ""
    )


def _contact_and_term(say: Tongue, identity: Values, consents: Sequence[Values]) -> Block:
    safe = " · ".join(
        part
        for part in (say.codes("contact_ways", identity.get("contact_way")), str(identity.get("contact_time", "")))
        if part
    )
    forbidden = " · ".join(
        part
        for part in (
            say.codes("contact_ways", identity.get("contact_forbidden")),
            str(identity.get("contact_forbidden_note", "")),
        )
        if part
    )
    until = {str(one["expires_on"]) for one in consents if one.get("expires_on")}
    term = say.date(until.pop()) if len(until) == 1 else ""
    return Blanks(
        (
            (say(N_("How and when to contact me safely")), safe),
            (say(N_("How I must not be contacted")), forbidden),
            (say(N_("Valid until (a date, or until I take it back)")), term),
        )
    )


def _signed(say: Tongue, issuer: Issuer, name: str, *, child: bool) -> Block:
    representative = ((say(N_("Legal representative, if under 16")), ""),) if child else ()
    return Signatures(
        captions(say),
        (
            (say(N_("The person")), name),
            *representative,
            (say(N_("Member of staff")), issuer.staff),
            (say(N_("Interpreter, if there was one; language")), ""),
        ),
    )


def _may_be_a_child(person: Values, today: str) -> bool:
    """Under 16, or the age is not known well enough to say no."""
    birth = person.get("birth") or (str(person["birth_year"]) if person.get("birth_year") else None)
    ages = partial.ages(birth, dt.date.fromisoformat(today)) if birth is not None else None
    return ages is None or ages[0] < AGE_OF_CONSENT


def _representative(say: Tongue, consents: Sequence[Values]) -> list[Block]:
    """What was recorded of the representative who answered last, or lines to write it on."""
    named = [one for one in consents if "representative" in one]
    last = max(named, key=lambda one: str(one.get("on", "")), default={})
    relation = say.code("representative_relations", last.get("representative_relation"))
    known = ", ".join(part for part in (str(last.get("representative", "")), relation) if part)
    return [
        Heading(say(N_("If the person is under 16"))),
        Text(say(N_("The legal representative answers for the child, and the child is asked too."))),
        Blanks(((say(N_("Representative: name, who to the child, by which document")), known),)),
        Choices("", say(N_("Yes")), say(N_("No")), (Choice(say(N_("The child agrees.")), _assent(consents)),)),
    ]


def _assent(consents: Sequence[Values]) -> bool | None:
    """What the child said, where it said the same each time."""
    said = {one["child_assent"] for one in consents if "child_assent" in one}
    return {frozenset({"yes"}): True, frozenset({"no"}): False}.get(frozenset(said))
