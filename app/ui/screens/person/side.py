"""The cards at the side: next appointment, case, plan, grants, referrals, attachments, address and documents."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.forms import partial as dates
from app.forms.spec import Values
from app.i18n import _, language, ngettext
from app.ui.dates import short_date
from app.ui.records.words import amount, coded
from app.ui.screens.person.cards import RecordLine, SideCard
from app.ui.screens.person.history import agency_of
from app.ui.screens.person.passing import passing_card
from app.ui.screens.person.plan import plan_card
from app.ui.screens.person.sources import Known
from app.ui.widgets.chip import ChipKind
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.text import label
from app.usecases.assistance import GrantBalance

Go = Callable[[str, uuid.UUID | None], object]
"""Open a record of a kind, or a new one of it."""
SetProgress = Callable[[uuid.UUID, str], object]

_REFERRAL_CHIPS: dict[str, ChipKind] = {"accepted": "ok", "done": "ok", "rejected": "danger", "waiting": "warn"}
_BYTES = 1024


class Side(QWidget):
    """All cards in one column. ``set_progress`` marks a need at once."""

    def __init__(self, known: Known, go: Go, set_progress: SetProgress) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        cards = (
            appointments_card(known, go),
            cases_card(known, go),
            plan_card(known, go, set_progress),
            grants_card(known, go),
            referrals_card(known, go),
            attachments_card(known, go),
            passing_card(known, go),
            about_card(known.identity, known.values),
        )
        for card in cards:
            if card is not None:
                column.addWidget(card)
        column.addStretch(1)


def _add(known: Known, go: Go, kind: str, words: str) -> tuple[str, Callable[[], object]] | None:
    return (words, partial(go, kind, None)) if known.mine else None


def appointments_card(known: Known, go: Go) -> SideCard:
    """The next appointment, and those whose day has passed unmarked."""
    card = SideCard(_("Next appointment"), _("none"), _add(known, go, "appointment", _("New appointment")))
    now = known.today.isoformat()
    for uid, values in known.appointments:
        if values.get("state", "planned") != "planned":
            continue
        at = str(values.get("at", ""))
        late = at[:10] < now
        card.add_line(
            RecordLine(
                " ".join(part for part in (short_date(at[:10]), at[11:16]) if part),
                partial(go, "appointment", uid),
                chip=(_("was it kept?"), "warn") if late else None,
                lines=(
                    str(values.get("what") or coded("services", values.get("service"))),
                    " · ".join(str(values[name]) for name in ("place", "with_whom") if values.get(name)),
                    known.centre_of(uid),
                ),
                delivery=known.deliveries.get(uid),
            )
        )
    return card


def cases_card(known: Known, go: Go) -> SideCard:
    """The person's cases, the newest first."""
    card = SideCard(_("Case"), _("none is open"), _add(known, go, "case", _("Open a case")))
    for uid, values in reversed(known.cases):
        opened = dates.display(values.get("opened_on", ""), language())
        parts = [
            (_("Risk"), coded("risk", values.get("risk"))),
            (_("Detected by"), coded("detected_by", values.get("detected_by"))),
            (_("Formal status"), coded("formal_status", values.get("formal_status"))),
        ]
        line = RecordLine(
            _("Opened {date}").format(date=opened),
            partial(go, "case", uid),
            chip=(coded("case_status", values.get("status")), "plain"),
            lines=(known.centre_of(uid),),
            delivery=known.deliveries.get(uid),
        )
        line.column.insertWidget(1, KeyValue(parts))
        card.add_line(line)
    return card


def grants_card(known: Known, go: Go) -> SideCard:
    """The person's grants, each with what is paid and left, in words and as a bar."""
    card = SideCard(_("Grants"), _("none is approved"), _add(known, go, "grant", _("New grant")))
    for grant in known.grants:
        words = _("{left} left of {approved}").format(
            left=amount(grant.left, grant.currency), approved=amount(grant.approved, grant.currency)
        )
        paid = ngettext("{count} payment", "{count} payments", grant.payments).format(count=grant.payments)
        if grant.planned:
            paid = _("{payments} of {planned} planned").format(payments=paid, planned=grant.planned)
        line = RecordLine(
            coded("grant_kinds", grant.kind) or _("Grant"),
            partial(go, "grant", grant.uid),
            lines=(paid, known.centre_of(grant.uid)),
            delivery=known.deliveries.get(grant.uid),
        )
        line.column.insertWidget(1, label(words, "strong"))
        line.column.insertWidget(2, _bar(grant, words))
        card.add_line(line)
    return card


def referrals_card(known: Known, go: Go) -> SideCard:
    """Where the person was sent on to, and what was answered."""
    card = SideCard(_("Referrals"), _("none"), _add(known, go, "referral", _("New referral")))
    for uid, values in known.referrals:
        status = str(values.get("status", ""))
        without = "" if values.get("consent") else _("without consent")
        day = short_date(str(values.get("sent_on", ""))) or _("not sent yet")
        parts = (coded("services", values.get("service")), day, without)
        card.add_line(
            RecordLine(
                agency_of(values) or _("Referral"),
                partial(go, "referral", uid),
                chip=(coded("referral_status", status), _REFERRAL_CHIPS.get(status, "plain")),
                lines=(" · ".join(part for part in parts if part), known.centre_of(uid)),
                delivery=known.deliveries.get(uid),
            )
        )
    return card


def attachments_card(known: Known, go: Go) -> SideCard:
    """Files that are kept with the person; opened inside the program only."""
    card = SideCard(_("Attachments"), _("none"), _add(known, go, "attachment", _("Add a file")))
    for uid, values in known.attachments:
        goes = _("goes to the coordinator") if values.get("for_coordinator") == "yes" else _("stays here")
        card.add_line(
            RecordLine(
                str(values.get("description") or values.get("name") or _("File")).split("\n", 1)[0],
                partial(go, "attachment", uid),
                lines=(" · ".join(part for part in (_size(values), goes) if part), known.centre_of(uid)),
                delivery=known.deliveries.get(uid),
            )
        )
    return card


def about_card(identity: Values, person: Values) -> SideCard | None:
    """Address, phone and documents, where known; for reading."""
    rows = [
        (_("Phone"), str(identity.get("phone", ""))),
        (_("Address"), str(identity.get("address", ""))),
        (_("Passport"), str(identity.get("passport", ""))),
        (_("Personal number"), str(identity.get("personal_number", ""))),
        (_("Languages"), ", ".join(coded("languages", code) for code in person.get("languages", []))),
        (_("Number of children"), str(person.get("children", ""))),
        (_("Marital status"), coded("marital_status", person.get("marital_status"))),
        (_("Education"), coded("education", person.get("education"))),
    ]
    if not any(value for _name, value in rows):
        return None
    card = SideCard(_("Address and documents"))
    card.add(KeyValue(rows))
    return card


def _size(values: dict[str, Any]) -> str:
    size = values.get("size")
    if not isinstance(size, int):
        return ""
    return _("{size} KB").format(size=max(1, round(size / _BYTES)))


def _bar(grant: GrantBalance, words: str) -> QProgressBar:
    bar = QProgressBar()
    # Thousandths: a sum in kopecks may not fit into Qt's int.
    bar.setRange(0, 1000)
    bar.setValue(round(1000 * grant.paid / grant.approved) if grant.approved else 0)
    bar.setTextVisible(False)
    bar.setAccessibleName(words)
    return bar
