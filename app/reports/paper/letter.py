"""The referral letter: exactly the fields that were chosen to be shared, and nothing more of the person.

The words around them say nothing of why the person is assisted: a letter lies open on desks. That the person
agreed is said only where a consent stands behind the referral.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.forms.identity import IDENTITY
from app.forms.spec import Values
from app.i18n import N_
from app.reports.paper.blocks import Blanks, Block, Choice, Choices, Cut, Paper, PaperKind, Rows, Signatures, Text
from app.reports.paper.head import Issuer, Title, captions, paper
from app.reports.paper.tongue import Tongue

_CODED: Final[Mapping[str, str]] = {"sex": "sex", "help_wanted": "services"}
_LISTED: Final[Mapping[str, str]] = {"citizenships": "countries", "languages": "languages"}


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the letter goes to, and how pressing it is (words in the paper's language)."""

    agency: str
    person: str
    urgency: str
    agreed: bool


def referral_letter(say: Tongue, issuer: Issuer, to: Addressee, shared: Values) -> Paper:
    """``shared`` maps codes of ``shared_fields`` to values as records hold them (``usecases.letter``)."""
    rows = [(say.code("shared_fields", code), _in_words(say, code, value)) for code, value in shared.items()]
    agreed = N_("The person has agreed that you receive the data below, for this purpose.")
    needed = N_("You receive the data below for this purpose.")
    blocks: list[Block] = [
        Rows(_pairs(say, to)),
        Text(say(N_("We ask you to help a person who has turned to us. Please answer, also if you cannot help."))),
        Text(say(agreed if to.agreed else needed)),
        Rows(tuple(row for row in rows if row[1])),
        Text(
            say(
                N_(
                    "Please let only those read this letter who need it to help, do not pass it on, and keep it "
                    "locked. Contact the person only as it is written here, or through us."
                )
            )
        ),
        Blanks(((say(N_("How to reach us")), ""),)),
        Signatures(captions(say), ((say(N_("For the centre")), issuer.staff),)),
        Cut(
            say(
                N_("Answer to the letter of {date}. Please send this part back to: {centre}"),
                date=say.date(issuer.today),
                centre=issuer.centre,
            )
        ),
        Choices(
            "",
            say(N_("Yes")),
            say(N_("No")),
            (Choice(say(N_("We can help.")), fill=say(N_("From when, or why not"))),),
        ),
        Signatures(captions(say), ((say(N_("For the organisation")), ""),)),
    ]
    return paper(
        say, issuer, PaperKind.REFERRAL, Title(say(N_("Referral")), "", say(N_("Confidential"))), tuple(blocks)
    )


def _pairs(say: Tongue, to: Addressee) -> tuple[tuple[str, str], ...]:
    pairs = (
        (say(N_("Addressed to")), to.agency),
        (say(N_("For the attention of")), to.person),
        (say(N_("Urgency")), to.urgency),
    )
    return tuple(pair for pair in pairs if pair[1])


def _in_words(say: Tongue, code: str, value: Any) -> str:  # Any: a plain JSON value, as the record holds it
    if code in _CODED:
        return say.code(_CODED[code], value)
    if code in _LISTED:
        return say.codes(_LISTED[code], value)
    if code == "birth":
        return say.date(value)
    if code == "representative" and isinstance(value, Mapping):
        relation = say.code("representative_relations", value.get("representative_relation"))
        return ", ".join(part for part in (str(value.get("representative", "")), relation) if part)
    if isinstance(value, Mapping):  # several answers of the identity: its documents, the safe contact
        pairs = say.pairs(IDENTITY.sections, value, {})
        return "\n".join(f"{question}: {answer}" for question, answer in pairs)
    return str(value)
