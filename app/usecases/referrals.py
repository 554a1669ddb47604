"""Referrals to other organisations, behind a gate that does not open by itself.

Nothing of a person goes to another organisation without her release to that very organisation. The one exception
(life in danger, a duty by law) takes a reason, a second member of staff, and stands in the audit log (data model,
"Invariants").
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import ConsentState
from app.errors import UserError
from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.forms.names import fold
from app.forms.referral import release_scopes
from app.forms.validate import Context, validate
from app.i18n import N_
from app.models import Staff
from app.sync.ledger import bury, document, put
from app.sync.projection import as_uid
from app.usecases import audit
from app.usecases.cases import open_case
from app.usecases.checking import accept
from app.usecases.desk import Desk
from app.usecases.letter import told_in_letter
from app.usecases.people import documents_of

Values = Mapping[str, Any]
Found = list[tuple[uuid.UUID, dict[str, Any]]]

WITHOUT_CONSENT: Final = "referral_without_consent"
"""The action in the audit log."""
_GATE: Final = ("consent", "without_consent_reason", "second_person")
# What the organisation is told, and who it is: a change of any of it is a new disclosure.
_DISCLOSED: Final = (
    "service",
    "agency",
    "agency_other",
    "shared",
    "need_story",
    "medical_needs",
    "legal_situation",
)


class ConsentMissing(UserError):
    """There is no release to this organisation. ``scopes`` are the purposes of consent that would open the gate."""

    def __init__(self, scopes: tuple[str, ...]) -> None:
        super().__init__(
            N_(
                "The person has not agreed that this organisation is told of her. Ask for her consent; or, where "
                "life is in danger or the law demands it, write down why and who decided with you."
            )
        )
        self.scopes = scopes


class Referrals:
    """The use cases about referrals. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new_id(self) -> uuid.UUID:
        """An id for a referral about to be made: saving the same form twice is then one record."""
        return self._desk.clock.new_id()

    def defaults(self, person: uuid.UUID) -> dict[str, Any]:
        """What a new referral starts with: sent today, waiting, the open case. What is shared, nobody presumes."""
        values = {"sent_on": self._desk.clock.today().isoformat(), "status": "waiting", "letter_language": "ru"}
        with self._desk.store.reading() as session:
            case = open_case(session, person)
        return {**values, **({"case": str(case)} if case else {})}

    def save(
        self, person: uuid.UUID, values: Values, *, referral: uuid.UUID | None = None, sure: bool = False
    ) -> uuid.UUID:
        """Record a referral, or change ``referral``. Raises ConsentMissing, NotAccepted, NeedsConfirmation.

        The consent is looked up here, whatever ``values`` name. What was sent stays as it was sent: a consent that
        was withdrawn since does not stop the answer from being recorded, but nothing more may be told.
        """
        desk = self._desk
        uid = referral or desk.clock.new_id()
        form = form_for_kind("referral")
        with desk.store.transaction() as session:
            context = self._context(session, person)
            before = document(session, uid)
            whole = {**values, "person": str(person)}
            told = _told_already(before, validate(form, whole, context).values)
            if told:
                whole |= {key: told.get(key, "") for key in _GATE}
            else:
                consent = _release(session, person, whole, context.today)
                whole["consent"] = str(consent) if consent else ""
            clean = accept(form, whole, context, sure=sure)
            held = not told and "consent" not in clean and not (before and clean.get("status") == "revoked")
            if held:
                self._hold(session, clean)
            if put(session, desk.author(), "referral", uid, clean).changed and held:
                audit.note(session, desk.author(), WITHOUT_CONSENT, uid)
        return uid

    def consent(self, person: uuid.UUID, values: Values) -> uuid.UUID | None:
        """The release that would open the gate for such a referral, for the form to show while it is filled in."""
        with self._desk.store.reading() as session:
            return _release(session, person, values, self._desk.clock.today())

    def colleagues(self) -> list[str]:
        """Who may decide with me: the other members of staff who work here."""
        with self._desk.store.reading() as session:
            return _colleagues(session, self._desk.staff)

    def of_person(self, person: uuid.UUID) -> Found:
        """The person's referrals, newest first; those not yet sent before all others."""
        with self._desk.store.reading() as session:
            found = documents_of(session, person, "referral")
        return sorted(found, key=lambda one: str(one[1].get("sent_on", "9999")), reverse=True)

    def referral(self, uid: uuid.UUID) -> dict[str, Any]:
        """The values of one referral."""
        with self._desk.store.reading() as session:
            return _found(session, uid)

    def consent_now(self, uid: uuid.UUID) -> str:
        """How the consent of a referral stands today (a consent state); empty where it was sent without one.

        A consent withdrawn after sending changes nothing in the referral: whoever looks at it must see it.
        """
        with self._desk.store.reading() as session:
            return self._consent_now(session, _found(session, uid))

    def letter(self, uid: uuid.UUID) -> dict[str, Any]:
        """What the letter may say of the person: exactly the shared fields that are known, by their codes.

        Raises ConsentMissing where the consent no longer stands (withdrawn, run out): no new letter then.
        """
        with self._desk.store.reading() as session:
            values = _found(session, uid)
            excused = "without_consent_reason" in values and "second_person" in values
            if self._consent_now(session, values) != ConsentState.GIVEN and not excused:
                raise ConsentMissing(release_scopes(str(values["service"]), str(values["agency"])))
            person = uuid.UUID(values["person"])
            identities = documents_of(session, person, "identity")
            consents = [found for _, found in documents_of(session, person, "consent")]
            identity = identities[0][1] if identities else {}
            return told_in_letter(values, document(session, person) or {}, identity, consents)

    def delete(self, uid: uuid.UUID, reason: str) -> None:
        """Delete a referral; a tombstone with the reason (a code) remains and travels."""
        with self._desk.store.transaction() as session:
            bury(session, self._desk.author(), uid, reason)

    def _context(self, session: Session, person: uuid.UUID) -> Context:
        birth = _found(session, person).get("birth")
        return Context(today=self._desk.clock.today(), birth=partial.bounds(birth))

    def _consent_now(self, session: Session, referral: Values) -> str:
        consent = as_uid(referral.get("consent"))
        if consent is None:
            return ""
        values = document(session, consent)
        return _standing(values, self._desk.clock.today()) if values else ConsentState.NOT_ASKED.value

    def _hold(self, session: Session, clean: Values) -> None:
        """No consent: a reason and a second person, who is not the one who writes, or nothing is saved."""
        second = str(clean.get("second_person", ""))
        if not clean.get("without_consent_reason") or not second:
            raise ConsentMissing(release_scopes(str(clean["service"]), str(clean["agency"])))
        colleagues = {fold(name) for name in _colleagues(session, self._desk.staff)}
        if fold(second) == fold(self._desk.staff_name) or (colleagues and fold(second) not in colleagues):
            raise UserError(N_("Name another member of staff who decided with you. You alone are not enough."))


def _told_already(before: Values | None, now: Values) -> Values | None:
    """The referral as it stood, if it was sent and nobody is told more by this change."""
    if before is None or "sent_on" not in before:
        return None
    return before if all(before.get(key) == now.get(key) for key in _DISCLOSED) else None


def _release(session: Session, person: uuid.UUID, values: Values, today: dt.date) -> uuid.UUID | None:
    """The given, valid release of ``person`` to the organisation of ``values``, for this sort of help."""
    agency = str(values.get("agency") or "")
    scopes = release_scopes(str(values.get("service") or ""), agency)
    other = fold(str(values.get("agency_other") or ""))
    for uid, consent in documents_of(session, person, "consent"):
        named = consent.get("organisation") == agency and (
            agency != "other" or (other and fold(str(consent.get("organisation_other", ""))) == other)
        )
        if named and consent.get("scope") in scopes and _standing(consent, today) == ConsentState.GIVEN:
            return uid
    return None


def _standing(consent: Values, today: dt.date) -> str:
    """The state of a consent today: one that was given may have run out."""
    ends = partial.bounds(consent.get("expires_on"))
    if consent.get("state") == ConsentState.GIVEN and ends and ends[1] < today:
        return ConsentState.EXPIRED.value
    return str(consent.get("state", ""))


def _colleagues(session: Session, me: uuid.UUID) -> list[str]:
    query = select(Staff.name).where(Staff.active, Staff.uid != me).order_by(Staff.name)
    return list(session.scalars(query))


def _found(session: Session, uid: uuid.UUID) -> dict[str, Any]:
    values = document(session, uid)
    if values is None:
        raise UserError(N_("This record is no longer here."))
    return values
