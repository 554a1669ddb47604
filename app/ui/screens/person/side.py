"""The cards at the side: cases, grants with their balance, what is known of the person."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.forms import partial as dates
from app.forms.spec import Values
from app.i18n import _, language, ngettext
from app.ui.records.words import amount, coded
from app.ui.widgets.buttons import button, link_button
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.text import WrapLabel, label
from app.usecases.assistance import GrantBalance

Go = Callable[[uuid.UUID | None], object]


def cases_card(cases: Sequence[tuple[uuid.UUID, Values]], open_case: Go, *, mine: bool) -> Card:
    """The person's cases, the newest first."""
    card = Card(_("Case"), button(_("Open a case"), "plus", lambda: open_case(None)) if mine else None)
    if not cases:
        card.add(WrapLabel(_("No case is open. Help can be recorded without one."), "sub"))
    for uid, values in reversed(cases):
        opened = dates.display(values.get("opened_on", ""), language())
        title = _("Opened {date}").format(date=opened)
        press = link_button(title, partial(open_case, uid))
        card.add(_at_left(press))
        rows = [
            (_("State"), coded("case_status", values.get("status"))),
            (_("Risk"), coded("risk", values.get("risk"))),
            (_("Detected by"), coded("detected_by", values.get("detected_by"))),
            (_("Formal status"), coded("formal_status", values.get("formal_status"))),
        ]
        card.add(KeyValue(rows))
    return card


def grants_card(grants: Sequence[GrantBalance], open_grant: Go, *, mine: bool) -> Card:
    """The person's grants, each with what is paid and left, in words and as a bar."""
    card = Card(_("Grants"), button(_("New grant"), "plus", lambda: open_grant(None)) if mine else None)
    if not grants:
        card.add(WrapLabel(_("No grant is approved."), "sub"))
    for grant in grants:
        press = link_button(coded("grant_kinds", grant.kind) or _("Grant"), partial(open_grant, grant.uid))
        card.add(_at_left(press))
        words = _("{left} left of {approved}").format(
            left=amount(grant.left, grant.currency), approved=amount(grant.approved, grant.currency)
        )
        card.add(label(words, "strong"))
        card.add(_bar(grant, words))
        paid = ngettext("{count} payment", "{count} payments", grant.payments).format(count=grant.payments)
        if grant.planned:
            paid = _("{payments} of {planned} planned").format(payments=paid, planned=grant.planned)
        card.add(label(paid, "small"))
    return card


def identity_card(identity: Values, person: Values) -> Card | None:
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
    card = Card(_("Address and documents"))
    card.add(KeyValue(rows))
    return card


def _bar(grant: GrantBalance, words: str) -> QProgressBar:
    bar = QProgressBar()
    # Thousandths: a sum in kopecks may not fit into Qt's int.
    bar.setRange(0, 1000)
    bar.setValue(round(1000 * grant.paid / grant.approved) if grant.approved else 0)
    bar.setTextVisible(False)
    bar.setAccessibleName(words)
    return bar


def _at_left(press: QWidget) -> QVBoxLayout:
    row = QVBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
    return row
