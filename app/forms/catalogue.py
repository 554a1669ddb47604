"""Which form is for what: the one place where the kinds of records and the service codes meet their forms.

A form may call a record by its kind (``person``, ``grant`` ...); a ``service`` is recorded in the form of its
code, and imported ones are checked by the same form.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app import codelists
from app.forms.activity import ACTIVITY
from app.forms.answer import ANSWER
from app.forms.appointment import APPOINTMENT
from app.forms.attachment import ATTACHMENT
from app.forms.case import CASE
from app.forms.consent import CONSENT
from app.forms.course import COURSE
from app.forms.decision import DECISION
from app.forms.grant import GRANT
from app.forms.grant_payment import GRANT_PAYMENT
from app.forms.identity import IDENTITY
from app.forms.journey import JOURNEY
from app.forms.legal import LEGAL
from app.forms.material import MATERIAL
from app.forms.medical import MEDICAL
from app.forms.meeting import MEETING
from app.forms.need import NEED
from app.forms.person import PERSON
from app.forms.psychological import PSYCHOLOGICAL
from app.forms.referral import REFERRAL
from app.forms.service_general import GENERAL
from app.forms.spec import Form, Values
from app.forms.transfer import TRANSFER

# The kinds of records that travel, in the order in which a reader can build them up.
KINDS: Final = (
    "person",
    "identity",
    "consent",
    "case",
    "need",
    "grant",
    "service",
    "referral",
    "appointment",
    "attachment",
    "answer",
    "transfer",
    "activity",
    "meeting",
    "decision",
)

_BY_KIND: Final = MappingProxyType(
    {
        "person": PERSON,
        "identity": IDENTITY,
        "consent": CONSENT,
        "case": CASE,
        "need": NEED,
        "grant": GRANT,
        "service": GENERAL,
        "referral": REFERRAL,
        "appointment": APPOINTMENT,
        "attachment": ATTACHMENT,
        "answer": ANSWER,
        "transfer": TRANSFER,
        "activity": ACTIVITY,
        "meeting": MEETING,
        "decision": DECISION,
    }
)
_SERVICE_FORMS: Final = MappingProxyType(
    {form.name: form for form in (GENERAL, MEDICAL, LEGAL, PSYCHOLOGICAL, GRANT_PAYMENT, JOURNEY, COURSE, MATERIAL)}
)


def form_for_kind(kind: str) -> Form:
    """The form of a kind of record; raises KeyError. For ``service`` it is the general one."""
    return _BY_KIND[kind]


def form_for_service(code: str) -> Form:
    """The form in which the service ``code`` is recorded; an unknown code has the general one."""
    return _SERVICE_FORMS.get(codelists.service_form(code), GENERAL)


def form_for_record(kind: str, values: Values) -> Form:
    """The form of a record as it lies in the store or in a bundle: a service's follows its code."""
    if kind != "service":
        return form_for_kind(kind)
    code = values.get("service")
    return form_for_service(code) if isinstance(code, str) else GENERAL


def all_forms() -> tuple[Form, ...]:
    """Every form once."""
    return (*(form for kind, form in _BY_KIND.items() if kind != "service"), *_SERVICE_FORMS.values())
