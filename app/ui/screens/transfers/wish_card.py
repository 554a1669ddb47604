"""One wish that waits: whom, from where to where, on which consent; pass on, or leave the person where she is."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.codelists import ConsentState
from app.i18n import _, ngettext
from app.ui.dates import short_date
from app.ui.records.words import coded
from app.ui.widgets.buttons import button, danger_button, ghost_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.text import WrapLabel, label
from app.usecases.transfer_desk import Wish


class WishCard(Card):
    """``granted`` gives the wish, ``declined`` the wish and the words for the centre, ``opened`` the person."""

    granted = Signal(object)
    declined = Signal(object, str)
    opened = Signal(object)

    def __init__(self, wish: Wish) -> None:
        title = _("{person}: from {one} to {other}")
        super().__init__(title.format(person=who(wish), one=wish.from_centre, other=to(wish)))
        self.wish = wish
        self.add(KeyValue(_rows(wish)))
        self.hindrance = WrapLabel(hindrance(wish), "doubt")
        self.hindrance.setVisible(bool(self.hindrance.text()))
        self.grant = primary_button(_("Pass on"), "send", lambda: self.granted.emit(wish))
        self.grant.setEnabled(not self.hindrance.text())
        self.decline = button(_("Do not pass on…"), "", self._ask)
        presses = Flow(8)
        for press in (self.grant, self.decline):
            press.setAccessibleName(f"{press.text().strip()}: {who(wish)}")
            presses.add(press)
        if wish.person is not None and wish.code:
            open_it = ghost_button(_("Open the person"), "person", lambda: self.opened.emit(wish.person))
            open_it.setAccessibleName(f"{open_it.text().strip()}: {who(wish)}")
            presses.add(open_it)
        self.why = _Why(self._decline, self._leave)
        for item in (self.hindrance, presses, self.why):
            self.add(item)

    def _ask(self) -> None:
        self.why.show()
        self.why.words.setFocus()

    def _leave(self) -> None:
        self.why.hide()
        self.decline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _decline(self) -> None:
        self.declined.emit(self.wish, self.why.words.text())


class _Why(QWidget):
    """What the centre is told when the person stays. Esc leaves everything as it is."""

    def __init__(self, decline: Callable[[], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._leave = leave
        self.words = QLineEdit()
        self.words.setMaxLength(300)
        self.words.setAccessibleName(_("What the centre is told"))
        self.words.setPlaceholderText(_("In a few words, no names"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(self.words.accessibleName(), "field"))
        column.addWidget(self.words)
        self.press = danger_button(_("The person stays with this centre"))
        presses = Flow(8)
        presses.add(self.press)
        presses.add(button(_("Leave as it is"), "", leave))
        column.addWidget(presses)
        self.press.clicked.connect(decline)
        self.words.returnPressed.connect(self.press.setFocus)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)


def who(wish: Wish) -> str:
    """Her name where it came here, else her code, else that she has not come."""
    return wish.name or wish.code or _("a person not known here yet")


def to(wish: Wish) -> str:
    """The next centre, where it is known here."""
    return wish.to_centre or _("a centre not known here")


def hindrance(wish: Wish) -> str:
    """Why it cannot be granted now; empty where it can."""
    if not wish.to_trusted:
        return _("The next centre is not trusted now. See to it under Centres first, or do not pass on.")
    if not wish.consent_state:
        return _("The consent has not come here yet. It comes with the next bundle of the centre.")
    if wish.consent_state != ConsentState.GIVEN:
        return _("The consent does not stand any more. The person is not passed on.")
    return ""


def person_of(wish: Wish) -> uuid.UUID | None:
    """Whose page can be opened."""
    return wish.person if wish.code else None


def _rows(wish: Wish) -> list[tuple[str, str]]:
    said = (coded("consent_scopes", wish.consent_scope), coded("consent_states", wish.consent_state))
    consent = " · ".join(part for part in said if part)
    records = ngettext("{count} record", "{count} records", wish.records).format(count=wish.records)
    return [
        (_("Code"), wish.code if wish.name else ""),
        (_("Consent"), consent),
        (_("Agreed on"), short_date(wish.agreed_on) if wish.agreed_on else ""),
        (_("Reason"), coded("transfer_reasons", wish.reason)),
        (_("For the next centre"), wish.words),
        (_("Goes over"), records),
    ]
