"""Where a record is opened: the route and its arguments, by the kind of record."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.i18n import N_, _
from app.ui.records.words import coded
from app.usecases.doubts import PAGELESS

_EDITED: Final = MappingProxyType(
    {
        "service": "service_edit",
        "case": "case_edit",
        "grant": "grant_edit",
        "need": "need_edit",
        "appointment": "appointment_edit",
        "referral": "referral_edit",
        "attachment": "attachment",
    }
)
# About no single person: opened by the record alone.
_OF_NOBODY: Final = MappingProxyType(
    {"activity": "activity_edit", "meeting": "meeting_edit", "decision": "decision_edit"}
)
_READ: Final = MappingProxyType(
    {"activity": "activity_reading", "meeting": "meeting_reading", "decision": "meeting_reading"}
)
_NAMES: Final = MappingProxyType(
    {
        "person": N_("About the person"),
        "identity": N_("Name and contact"),
        "consent": N_("Consent"),
        "service": N_("Help"),
        "case": N_("Case"),
        "grant": N_("Grant"),
        "need": N_("Need and plan"),
        "appointment": N_("Appointment"),
        "referral": N_("Referral"),
        "attachment": N_("Attachment"),
        "answer": N_("Answer to the coordinator"),
        "transfer": N_("Transfer to another centre"),
        "activity": N_("Activity"),
        "meeting": N_("Task force meeting"),
        "decision": N_("Decision"),
    }
)
_ANY: Final = N_("Record")


def reading_of(kind: str) -> str:
    """The route on which another centre's record is read: it lights its own place of the bar."""
    return _READ.get(kind, "record_reading")


def place_of(kind: str, person: uuid.UUID, record: uuid.UUID, about: str = "") -> tuple[str, Mapping[str, object]]:
    """The route and its arguments. ``about`` is a consent's purpose. What has no page of its own opens the person."""
    match kind:
        case "person":
            return "person_edit", {"person": person}
        case "identity":
            return "person_edit", {"person": person, "part": "identity"}
        case "consent":
            return "consent_edit", {"person": person, "scope": about}
        case _ if kind in _OF_NOBODY:
            return _OF_NOBODY[kind], {kind: record}
        case _ if kind in _EDITED:
            return _EDITED[kind], {"person": person, kind: record}
        case _:
            return "person", {"person": person}


def has_form(kind: str) -> bool:
    """Is there a page on which a record of this kind is changed?"""
    return kind not in PAGELESS


def name_of(kind: str, about: str = "") -> str:
    """What a record is called: a service or a consent by what it is about."""
    if kind == "service" and about:
        return coded("services", about)
    if kind == "consent" and about:
        return coded("consent_scopes", about)
    return _(_NAMES.get(kind, _ANY))
