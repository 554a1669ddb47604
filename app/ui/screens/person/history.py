"""What happened with a person as one timeline: help, referrals, appointments, each with where it has got to."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Final

from app import codelists
from app.codelists import Outcome
from app.i18n import _
from app.ui.records import delivered
from app.ui.records.words import amount, coded
from app.ui.screens.person.sources import Known
from app.ui.widgets.timeline_items import TimelineItem
from app.usecases.assistance import ServiceRow
from app.usecases.delivery import Delivery

REFERRALS: Final = "referrals"
APPOINTMENTS: Final = "appointments"


def items(known: Known, wanted: str = "") -> list[TimelineItem]:
    """The lines, newest first; ``wanted`` is a tile, ``REFERRALS`` or ``APPOINTMENTS``; empty: all."""
    lines = [
        *(_service(row, known) for row in known.services if wanted in ("", codelists.service_tile(row.code))),
        *(_referrals(known) if wanted in ("", REFERRALS) else ()),
        *(_appointments(known) if wanted in ("", APPOINTMENTS) else ()),
    ]
    # Sorting is stable: on one day the order of the use case remains. Without a date comes last.
    return sorted(lines, key=lambda item: item.on, reverse=True)


def kinds(known: Known) -> list[tuple[str, str]]:
    """The filters that make sense here: only what occurs."""
    used = {codelists.service_tile(row.code) for row in known.services}
    found = [(entry.code, coded("tiles", entry.code)) for entry in codelists.get("tiles") if entry.code in used]
    if known.referrals:
        found.append((REFERRALS, _("Referrals")))
    if known.appointments:
        found.append((APPOINTMENTS, _("Appointments")))
    return found


def key_of(kind: str, uid: uuid.UUID) -> str:
    """The key of a line."""
    return f"{kind}:{uid}"


def record_of(key: str) -> tuple[str, uuid.UUID] | None:
    """Kind and record of a key."""
    kind, _colon, uid = key.partition(":")
    return (kind, uuid.UUID(uid)) if uid else None


def agency_of(values: dict[str, Any]) -> str:
    """The organisation of a referral in words."""
    return str(values.get("agency_other") or coded("agencies", values.get("agency")))


def _service(row: ServiceRow, known: Known) -> TimelineItem:
    parts = [coded("outcomes", row.outcome) if row.outcome != Outcome.PROVIDED else ""]
    if row.amount_minor is not None:
        parts.append(amount(row.amount_minor, row.currency))
    parts += [coded("service_groups", row.group), known.centre_of(row.uid)]
    tile = codelists.service_tile(row.code)
    return _item(
        key_of("service", row.uid),
        row.on,
        coded("services", row.code),
        parts,
        row.note,
        (tile, coded("tiles", tile), ""),
        known.deliveries.get(row.uid),
    )


def _referrals(known: Known) -> Iterator[TimelineItem]:
    for uid, values in known.referrals:
        title = _("Referral: {organisation}").format(organisation=agency_of(values))
        parts = [coded("referral_status", values.get("status")), coded("services", values.get("service"))]
        parts.append(known.centre_of(uid))
        group = codelists.service_tile(str(values.get("service", "")))
        look = (group, _("Referral"), "send")
        on = str(values.get("sent_on") or values.get("answered_on") or "")
        yield _item(
            key_of("referral", uid), on, title, parts, str(values.get("answer", "")), look, known.deliveries.get(uid)
        )


def _appointments(known: Known) -> Iterator[TimelineItem]:
    for uid, values in known.appointments:
        at = str(values.get("at", ""))
        what = str(values.get("what") or coded("services", values.get("service")) or _("Appointment"))
        parts = [at[11:16], coded("appointment_states", values.get("state")), str(values.get("with_whom", ""))]
        parts.append(known.centre_of(uid))
        look = (codelists.service_tile(str(values.get("service", ""))), _("Appointment"), "calendar")
        note = str(values.get("note", ""))
        yield _item(key_of("appointment", uid), at[:10], what, parts, note, look, known.deliveries.get(uid))


def _item(
    key: str,
    on: str,
    title: str,
    parts: list[str],
    note: str,
    look: tuple[str, str, str],
    delivery: Delivery | None,
) -> TimelineItem:
    group, word, icon = look
    return TimelineItem(
        key=key,
        on=on,
        title=title,
        sub=" · ".join(part for part in parts if part),
        note=note.replace("\n", " "),
        group=group,
        group_word=word,
        icon=icon,
        chip=delivered.short(delivery),
        chip_kind=delivered.KINDS[delivery.state] if delivery else "plain",
    )
