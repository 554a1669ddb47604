"""What a draft is, in words, in the language chosen now: "Meals", "Consent: photographs", "New person"."""

from __future__ import annotations

from typing import Final

from app import codelists
from app.i18n import N_, _, translate
from app.ui.records.words import coded
from app.usecases.drafts import DraftLine

_ROUTES: Final = {
    "new_person": N_("New person"),
    "person_edit": N_("About the person"),
    "record": N_("Record help"),
    "service_edit": N_("Record help"),
    "consent_edit": N_("Consent"),
    "case_edit": N_("Case"),
    "grant_edit": N_("Grant"),
    "need_edit": N_("Need"),
    "appointment_edit": N_("Appointment"),
    "referral_edit": N_("Referral"),
    "attachment_edit": N_("Attachment"),
    "transfer": N_("Pass on to another centre"),
    "activity_edit": N_("Activity"),
    "hotline_call": N_("Hotline call"),
    "partner_edit": N_("Partner"),
    "memorandum_edit": N_("Memorandum"),
    "meeting_edit": N_("Task force meeting"),
    "decision_edit": N_("Decision"),
}
_ANY: Final = N_("Form")


def draft_title(line: DraftLine) -> str:
    """What was being filled in. Whose it is stands beside it (``line.code``, ``line.name``)."""
    title = translate(_ROUTES.get(line.route, _ANY))
    if line.route == "person_edit" and line.subject is None:
        title = _("New person")
    elif line.route == "person_edit" and line.arguments.get("part") == "identity":
        title = _("Name and contact")
    name, _sign, code = line.about.partition("/")
    if not code or code not in codelists.get(name).codes:
        return title
    thing = coded(name, code)
    return thing if name in ("services", "activity_kinds") else f"{title}: {thing}"
