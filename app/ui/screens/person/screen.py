"""The page of one person: how to reach her, what she has agreed to, what was done, what is still to be sent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app import codelists
from app.forms.spec import Values
from app.i18n import _, ngettext
from app.ui import theme
from app.ui.exchange.columns import Columns
from app.ui.forms.editor import CalmCombo
from app.ui.records.words import born, coded, title_of
from app.ui.routes import Desk
from app.ui.screens.person.consents import ConsentMarks
from app.ui.screens.person.contact import ContactStrip
from app.ui.screens.person.history import items
from app.ui.screens.person.side import cases_card, grants_card, identity_card
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page import Page
from app.ui.widgets.timeline import Timeline
from app.usecases.assistance import Assistance, ServiceRow
from app.usecases.cases import Cases
from app.usecases.delivery import Deliveries, DeliveryState
from app.usecases.people import People


@dataclass(frozen=True, slots=True)
class Sources:
    """The use cases this page reads from."""

    people: People
    assistance: Assistance
    cases: Cases
    deliveries: Deliveries
    today: Callable[[], dt.date]


class PersonScreen(Page):
    """``PersonScreen(desk, sources, person)``. Records of other centres are shown, not changed."""

    def __init__(self, desk: Desk, sources: Sources, person: uuid.UUID) -> None:
        super().__init__()
        self._desk = desk
        self._sources = sources
        self._person = person
        self.values: Values = sources.people.person(person)
        self.identity: Values = sources.people.identity(person)
        self.services = sources.assistance.timeline(person)
        self.deliveries = sources.deliveries.of_person(person)
        # Only what this laptop owns has a state of delivery.
        self.mine = person in self.deliveries
        self.set_title(title_of(self.values, self.identity), self._line())
        self._marks()
        self._buttons()
        self.contact = ContactStrip(self.identity, mine=self.mine)
        self.contact.wanted.connect(self._edit_identity)
        self.consents = ConsentMarks([one for _uid, one in sources.people.consents(person)], mine=self.mine)
        self.consents.wanted.connect(self._edit_consents)
        self.add(self.contact)
        self.add(self.consents)
        self.timeline = Timeline(_("What was done"))
        self.timeline.opened.connect(self._open_service)
        self.kinds = _kinds(self.services)
        self.kinds.currentIndexChanged.connect(self._filter)
        self._filter()
        columns = Columns(self._history(), self._side(), stretches=(5, 3))
        # With large text the page scrolls rather than leave no room for what was done.
        columns.setMinimumHeight(theme.px(300))
        self.add(columns, 1)

    def entered(self) -> None:
        if self.services:
            self.timeline.setFocus()

    def _line(self) -> str:
        values, count = self.values, len(self.services)
        parts = [
            born(values, self._sources.today()),
            coded("sex", values.get("sex")),
            coded("raions", values.get("raion")) or coded("oblasts", values.get("oblast")),
            ngettext("{count} service", "{count} services", count).format(count=count),
        ]
        return " · ".join(part for part in parts if part)

    def _marks(self) -> None:
        states = [one.state for one in self.deliveries.values()]
        unsent, wrong = states.count(DeliveryState.SAVED), states.count(DeliveryState.ATTENTION)
        if not self.mine:
            self.add_mark(Chip(_("Recorded by another centre: for reading"), "plain"))
        if unsent:
            words = ngettext("{count} record not sent yet", "{count} records not sent yet", unsent)
            self.add_mark(Chip(words.format(count=unsent), "accent"))
        elif self.mine and not wrong:
            self.add_mark(Chip(_("Everything is sent"), "ok"))
        if wrong:
            words = ngettext("{count} record needs attention", "{count} records need attention", wrong)
            self.add_mark(Chip(words.format(count=wrong), "danger"))

    def _buttons(self) -> None:
        if not self.mine:
            return
        self.add_action(button(_("Name and contact"), "phone", self._edit_identity))
        self.add_action(button(_("About the person"), "pencil", self._edit_person))
        self.add_action(primary_button(_("Record for this person"), "plus", self._record))

    def _history(self) -> QWidget:
        card = Card(_("What was done"), self.kinds if self.kinds.count() > 2 else None)
        if self.services:
            card.add(self.timeline, 1)
        else:
            nothing = EmptyState(
                "today",
                _("Nothing is recorded yet"),
                _("Record the first help: the date is today and the place is your centre unless you change it."),
                _("Record help") if self.mine else "",
            )
            nothing.acted.connect(self._record)
            card.add(nothing, 1)
        return card

    def _side(self) -> QWidget:
        grants = self._sources.assistance.grants(self._person)
        cards = [
            cases_card(self._sources.cases.of_person(self._person), self._open_case, mine=self.mine),
            grants_card(grants, self._open_grant, mine=self.mine),
            identity_card(self.identity, self.values),
        ]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in cards:
            if card is not None:
                column.addWidget(card)
        column.addStretch(1)
        return _scrolling(inner)

    def _filter(self) -> None:
        self.timeline.show_items(items(self.services, self.deliveries, str(self.kinds.currentData() or "")))

    def _record(self) -> None:
        self._desk.go("service_edit", person=self._person)

    def _open_service(self, key: str) -> None:
        self._desk.go("service_edit", person=self._person, service=uuid.UUID(key))

    def _edit_person(self) -> None:
        self._desk.go("person_edit", person=self._person)

    def _edit_identity(self) -> None:
        self._desk.go("person_edit", person=self._person, part="identity")

    def _edit_consents(self, scope: str) -> None:
        self._desk.go("consent_edit", person=self._person, scope=scope)

    def _open_case(self, case: uuid.UUID | None) -> None:
        self._desk.go("case_edit", person=self._person, case=case)

    def _open_grant(self, grant: uuid.UUID | None) -> None:
        self._desk.go("grant_edit", person=self._person, grant=grant)


def _kinds(services: list[ServiceRow]) -> QComboBox:
    """The filter offers the tiles that occur."""
    combo = CalmCombo()
    combo.setAccessibleName(_("Which help is shown"))
    combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    combo.addItem(_("All help"), "")
    used = {codelists.service_tile(row.code) for row in services}
    for entry in codelists.get("tiles"):
        if entry.code in used:
            combo.addItem(coded("tiles", entry.code), entry.code)
    return combo


def _scrolling(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(theme.px(240))
    area.setWidget(inner)
    return area
