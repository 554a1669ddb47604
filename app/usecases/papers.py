"""Papers: what a person or an agency takes in hand, composed from the records, and who printed what.

Composing reads and changes nothing. That a paper left the program (printed, or saved as a file) stands in the
audit log: the kind and the record, never a word of it.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.codelists import ConsentScope, ConsentState
from app.errors import UserError
from app.forms.catalogue import form_for_service
from app.forms.grant_payment import GRANT_PAYMENT
from app.i18n import LANGUAGES, N_, language
from app.models import OfPerson
from app.reports.paper import consent, letter, receipt, summary
from app.reports.paper.blocks import Paper, PaperKind
from app.reports.paper.head import Issuer
from app.reports.paper.tongue import Tongue
from app.sync.ledger import document
from app.sync.projection import NOUNS, as_uid
from app.usecases.audit import note
from app.usecases.delivery import Deliveries, DeliveryState
from app.usecases.desk import Desk
from app.usecases.letter import told_in_letter
from app.usecases.people import documents_of
from app.usecases.referrals import Referrals

Values = Mapping[str, Any]


class Papers:
    """The use cases about papers. Each public method is one transaction, or reads alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def compose(self, kind: PaperKind, record: uuid.UUID, language: str) -> Paper:
        """The paper of ``kind`` about ``record``: a person, a referral or a service, as the kind wants."""
        makers = {
            PaperKind.CONSENT: self.consent_form,
            PaperKind.REFERRAL: self.referral_letter,
            PaperKind.SUMMARY: self.summary,
            PaperKind.RECEIPT: self.grant_receipt,
        }
        return makers[kind](record, language)

    def language_for(self, kind: PaperKind, record: uuid.UUID) -> str:
        """The language to begin with: the letter's own, else the first of the person's that we write, else ours."""
        with self._desk.store.reading() as session:
            values = document(session, record) or {}
            person = document(session, as_uid(values.get("person")) or record) or {}
        wanted = [values.get("letter_language")] if kind is PaperKind.REFERRAL else list(person.get("languages", []))
        return next((one for one in wanted if one in LANGUAGES), language())

    def consent_form(self, person: uuid.UUID, language: str) -> Paper:
        """The form with her recorded answers, the rest to be ticked by hand."""
        with self._desk.store.reading() as session:
            consents = [values for _uid, values in documents_of(session, person, "consent")]
            values, identity = _known(session, person), _identity(session, person)
        return consent.consent_form(Tongue(language), self._issuer(), values, identity, consents)

    def referral_letter(self, referral: uuid.UUID, language: str) -> Paper:
        """The letter of a referral: exactly its shared fields. Refused once the consent no longer stands."""
        self._hold_to_consent(referral)
        with self._desk.store.reading() as session:
            values = _known(session, referral)
            person = _person_of(values)
            consents = [found for _uid, found in documents_of(session, person, "consent")]
            told = {**values, "letter_language": language}
            shared = told_in_letter(told, _known(session, person), _identity(session, person), consents)
        say = Tongue(language)
        to = letter.Addressee(
            agency=say.organisation(values, "agency"),
            person=str(values.get("agency_person", "")),
            urgency=say.code("urgency", values.get("urgency")),
            agreed="consent" in values,
        )
        return letter.referral_letter(say, self._issuer(), to, shared)

    def summary(self, person: uuid.UUID, language: str) -> Paper:
        """All that is recorded of a person."""
        deliveries = Deliveries(self._desk).of_person(person).values()
        unsent = sum(one.state is DeliveryState.SAVED for one in deliveries)
        days = Counter(one.on[:10] for one in deliveries if one.on)
        with self._desk.store.reading() as session:
            kinds = [kind for kind, one in NOUNS.items() if issubclass(one, OfPerson) and kind != "identity"]
            found = {kind: documents_of(session, person, kind) for kind in kinds}
            recorded = summary.Recorded(
                person=_known(session, person),
                identity=_identity(session, person),
                records={kind: [(str(uid), one) for uid, one in records] for kind, records in found.items()},
                sent=[summary.Sent(day, count) for day, count in sorted(days.items())],
                unsent=unsent,
                named=_named(found["consent"]),
            )
        return summary.person_summary(Tongue(language), self._issuer(), recorded)

    def grant_receipt(self, service: uuid.UUID, language: str) -> Paper:
        """The receipt for a payment of a grant."""
        with self._desk.store.reading() as session:
            values = _known(session, service)
            if form_for_service(str(values.get("service", ""))) is not GRANT_PAYMENT:
                raise UserError(N_("This record is no payment of a grant, so there is no receipt for it."))
            person = _person_of(values)
            about, identity = _known(session, person), _identity(session, person)
        return receipt.grant_receipt(Tongue(language), self._issuer(), values, about, identity)

    def printed(self, kind: PaperKind, record: uuid.UUID) -> None:
        """Note that I printed this paper."""
        self._note(f"printed_{kind.value}", record)

    def saved_as_file(self, kind: PaperKind, record: uuid.UUID) -> None:
        """Note that I saved this paper as a file that is not encrypted."""
        self._note(f"saved_as_file_{kind.value}", record)

    def _note(self, action: str, record: uuid.UUID) -> None:
        with self._desk.store.transaction() as session:
            note(session, self._desk.author(), action, record)

    def _issuer(self) -> Issuer:
        me = self._desk.me
        today = self._desk.clock.today().isoformat()
        return Issuer(me.centre_name, me.oblast, me.raion, self._desk.staff_name, today)

    def _hold_to_consent(self, referral: uuid.UUID) -> None:
        referrals = Referrals(self._desk)
        if referrals.referral(referral).get("status") == "revoked":
            raise UserError(N_("This referral is revoked, so its letter is no longer printed."))
        if referrals.consent_now(referral) not in {"", ConsentState.GIVEN}:
            raise UserError(
                N_(
                    "The consent for this referral is withdrawn or no longer valid, so nothing more may be told. "
                    "Ask the person anew."
                )
            )


def _known(session: Session, uid: uuid.UUID) -> dict[str, Any]:
    values = document(session, uid)
    if values is None:
        raise UserError(N_("This record is no longer here."))
    return values


def _person_of(values: Values) -> uuid.UUID:
    person = as_uid(values.get("person"))
    if person is None:
        raise UserError(N_("This person is no longer here."))
    return person


def _identity(session: Session, person: uuid.UUID) -> dict[str, Any]:
    found = documents_of(session, person, "identity")
    return found[0][1] if found else {}


def _named(consents: list[tuple[uuid.UUID, dict[str, Any]]]) -> bool:
    """May her name go to the coordinator? As the exporter counts it: each answer that stands must be yes."""
    scope = ConsentScope.COORDINATOR_IDENTIFIABLE
    states = {one.get("state") for _uid, one in consents if one.get("scope") == scope}
    return states == {ConsentState.GIVEN.value}
