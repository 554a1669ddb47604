"""The summary of one person's data: all that is recorded of her, for herself (her right: law 99-Z, art. 11).

Everything in it, the notes of staff too, question and answer as the forms put them; internal ids and checksums
left out, for they tell her nothing. What was passed on to whom stands in a part of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.forms.catalogue import form_for_kind, form_for_record
from app.forms.identity import IDENTITY
from app.forms.person import PERSON
from app.forms.spec import Values
from app.i18n import N_
from app.reports.paper.blocks import Block, Heading, Paper, PaperKind, Rows, Signatures, Text
from app.reports.paper.head import Issuer, Title, captions, paper
from app.reports.paper.tongue import Pairs, Tongue


@dataclass(frozen=True, slots=True)
class Sent:
    """A day on which records of the person, as they are now, went to the coordinator, and how many."""

    on: str
    records: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """All live records of a person, by kind with their ids as text, and where they went."""

    person: Values
    identity: Values
    records: Mapping[str, Sequence[tuple[str, Values]]]
    sent: Sequence[Sent]
    unsent: int
    named: bool
    """Has she agreed that her records go with her name?"""


@dataclass(frozen=True, slots=True)
class _Part:
    heading: str
    title: Callable[[Tongue, Values], str]
    told: frozenset[str]  # the fields that stand in the title, or tell her nothing
    newest_first: str = ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _case(say: Tongue, one: Values) -> str:
    return say(N_("Opened on {date}"), date=say.date(one["opened_on"])) if one.get("opened_on") else ""


def _need(say: Tongue, one: Values) -> str:
    return say.code("service_groups", one.get("category"))


def _service(say: Tongue, one: Values) -> str:
    return _joined(say.date(one.get("on")), say.code("services", one.get("service")))


def _grant(say: Tongue, one: Values) -> str:
    return _joined(say.date(one.get("approved_on")), say.code("grant_kinds", one.get("grant_kind")))


def _referral(say: Tongue, one: Values) -> str:
    return _joined(say.date(one.get("sent_on")), say.organisation(one, "agency"))


def _appointment(say: Tongue, one: Values) -> str:
    return say.date(one.get("at"))


def _attachment(say: Tongue, one: Values) -> str:
    return str(one.get("name", ""))


_PARTS: Final[Mapping[str, _Part]] = {
    "case": _Part(N_("The work with you, and what you told"), _case, frozenset({"opened_on"})),
    "need": _Part(N_("What you need, and what was agreed"), _need, frozenset({"category"})),
    "service": _Part(N_("Help you were given"), _service, frozenset({"service", "on"}), "on"),
    "grant": _Part(N_("Grants"), _grant, frozenset({"grant_kind", "approved_on"})),
    "referral": _Part(
        N_("Organisations that were told about you"),
        _referral,
        frozenset({"agency", "agency_other", "sent_on"}),
        "sent_on",
    ),
    "appointment": _Part(N_("Appointments"), _appointment, frozenset({"at"}), "at"),
    "attachment": _Part(
        N_("Files kept with your records"), _attachment, frozenset({"name", "type", "size", "sha256"})
    ),
}
_APART: Final = frozenset({"person", "identity", "consent"})


def person_summary(say: Tongue, issuer: Issuer, recorded: Recorded) -> Paper:
    """The summary, newest first where days matter."""
    refs = _names(say, recorded)
    blocks: list[Block] = [
        Heading(say(N_("About you"))),
        Rows(_about(say, recorded, refs)),
        *_consents(say, recorded),
    ]
    for kind in (*_PARTS, *(kind for kind in recorded.records if kind not in _PARTS)):
        if kind not in _APART and (records := recorded.records.get(kind)):
            blocks += _part(say, kind, records, refs)
    blocks += _passed_on(say, recorded)
    blocks.append(Signatures(captions(say), ((say(N_("Received by")), ""), (say(N_("Given by")), issuer.staff))))
    title = Title(
        say(N_("What is recorded about you")),
        say(
            N_(
                "You have the right to know this, to have mistakes corrected, and to take back your consent. "
                "Ask any member of staff. Keep this paper where nobody else reads it, or leave it with us."
            )
        ),
        str(recorded.person.get("code", "")),
    )
    return paper(say, issuer, PaperKind.SUMMARY, title, tuple(blocks))


def _about(say: Tongue, recorded: Recorded, refs: Mapping[str, str]) -> Pairs:
    code = ((say(N_("Code of your records")), str(recorded.person.get("code", ""))),)
    identity = say.pairs(IDENTITY.sections, recorded.identity, refs)
    return (*code, *identity, *say.pairs(PERSON.sections, recorded.person, refs))


def _consents(say: Tongue, recorded: Recorded) -> list[Block]:
    pairs = tuple((_purpose(say, one), _answer(say, one)) for _uid, one in recorded.records.get("consent", ()))
    head = Heading(say(N_("What you agreed to, and what not")))
    return [head, Rows(pairs) if pairs else Text(say(N_("Nothing is recorded.")))]


def _purpose(say: Tongue, one: Values) -> str:
    return _joined(say.code("consent_scopes", one.get("scope")), say.organisation(one, "organisation"))


def _answer(say: Tongue, one: Values) -> str:
    form = form_for_kind("consent")
    told = {"scope", "organisation", "organisation_other", "state", "on"}
    first = _joined(say.code("consent_states", one.get("state")), say.date(one.get("on")))
    more = [f"{question}: {answer}" for question, answer in say.pairs(form.sections, one, {}, told)]
    return "\n".join([first, "; ".join(more)] if more else [first])


def _part(say: Tongue, kind: str, records: Sequence[tuple[str, Values]], refs: Mapping[str, str]) -> list[Block]:
    form = form_for_kind(kind)
    part = _PARTS.get(kind, _Part(form.title, lambda _say, _one: "", frozenset()))
    found = [one for _uid, one in records]
    if part.newest_first:
        found.sort(key=lambda one: str(one.get(part.newest_first, "")), reverse=True)
    blocks: list[Block] = [Heading(say(part.heading))]
    for one in found:
        pairs = say.pairs(form_for_record(kind, one).sections, one, refs, part.told)
        blocks.append(Heading(part.title(say, one) or say(form.title), 2))
        if pairs:
            blocks.append(Rows(pairs))
    return blocks


def _names(say: Tongue, recorded: Recorded) -> Mapping[str, str]:
    """What records may point to, by the id they point with: a payment names its grant."""
    return {uid: _grant(say, one) for uid, one in recorded.records.get("grant", ())}


def _passed_on(say: Tongue, recorded: Recorded) -> list[Block]:
    """Nothing where all of her records came here from another centre: what that one sent, it knows itself."""
    if not recorded.sent and not recorded.unsent:
        return []
    named = N_("Your records go to the national coordinator with your name: you have agreed to it.")
    coded = N_("Your records go to the national coordinator without your name, under a code.")
    pairs = [
        (say.date(sent.on), say.ngettext("{count} record", "{count} records", sent.records)) for sent in recorded.sent
    ]
    if recorded.unsent:
        kept = say.ngettext("{count} record", "{count} records", recorded.unsent)
        pairs.append((say(N_("Not sent yet, only at this centre")), kept))
    return [
        Heading(say(N_("Sent to the national coordinator"))),
        Text(say(named if recorded.named else coded)),
        Rows(tuple(pairs)),
    ]
