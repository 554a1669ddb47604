"""The page of one person: how to reach her, what she has agreed to, what was done, what is planned, what is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from app.i18n import _, ngettext
from app.ui import theme
from app.ui.exchange.columns import NARROW, Columns
from app.ui.records.consent_words import about_names, since_withdrawal
from app.ui.records.draft_words import draft_title
from app.ui.records.places import name_of, place_of
from app.ui.records.words import born, coded, title_of
from app.ui.routes import Desk
from app.ui.screens.person.asking import Asked, AskMenu
from app.ui.screens.person.consents import ConsentMarks
from app.ui.screens.person.contact import ContactStrip
from app.ui.screens.person.history_card import HistoryCard
from app.ui.screens.person.notes import Notes
from app.ui.screens.person.printing import PrintMenu
from app.ui.screens.person.side import Side
from app.ui.screens.person.sources import Known, Sources, read
from app.ui.screens.person.together import Together
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.chip import Chip, ChipKind
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.ui.widgets.timeline import Timeline
from app.usecases.delivery import DeliveryState, sentence

_NEW: Final = {
    "appointment": "appointment_edit",
    "case": "case_edit",
    "grant": "grant_edit",
    "need": "need_edit",
    "referral": "referral_edit",
    "attachment": "attachment_add",
    "transfer": "transfer",
}


class PersonScreen(Page):
    """``PersonScreen(desk, sources, person)``. Records of other centres are shown, not changed."""

    def __init__(self, desk: Desk, sources: Sources, person: uuid.UUID) -> None:
        super().__init__()
        self._desk = desk
        self._sources = sources
        self._person = person
        self._actions_made = False
        self.known = read(sources, person)
        self._build(self.known)

    @property
    def timeline(self) -> Timeline:
        """The lines of what was done."""
        return self.history.timeline

    @property
    def mine(self) -> bool:
        """Does the person belong to this laptop?"""
        return self.known.mine

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the cards stand below, they are as tall as they need: the page scrolls, not a window inside it."""
        super().resizeEvent(event)
        side = self._side_area.widget()
        below = self.width() < theme.px(NARROW) + 40
        self._side_area.setMinimumHeight(side.sizeHint().height() if below and side is not None else 0)

    def entered(self) -> None:
        if self.known.services:
            self.history.timeline.setFocus()
        elif self.mine:
            self.record_button.setFocus()

    def snapshot(self) -> Mapping[str, object]:
        return {"wanted": self.history.wanted()}

    def restore(self, state: Mapping[str, object]) -> None:
        self.history.want(str(state.get("wanted", "")))

    # building

    def _build(self, known: Known) -> None:
        self.set_title(title_of(known.values, known.identity), self._line(known))
        self._marks(known)
        self._buttons()
        self.contact = ContactStrip(known.identity, mine=known.mine)
        self.contact.wanted.connect(self._edit_identity)
        self.consents = ConsentMarks([one for _uid, one in known.consents], mine=known.mine)
        self.consents.wanted.connect(self._edit_consents)
        self.body.setSpacing(8)
        self.add_fixed(self.contact)
        self._notes(known)
        self.together = Together(known.members[1:], self._open_person)
        self.add(self.together)
        self.add(self.consents)
        self._names(known)
        self.history = HistoryCard(known)
        self.history.opened.connect(self._open)
        self.history.again.connect(self._again)
        self.history.receipt.connect(self._receipt)
        self.history.first_wanted.connect(self._record)
        self._side_area = _scrolling(Side(known, self._go, self._set_progress))
        columns = Columns(self.history, self._side_area, stretches=(5, 3))
        # With large text, or on a small screen, the page scrolls rather than leave no room for what was done.
        self.history.setMinimumHeight(theme.px(320))
        columns.setMinimumHeight(theme.px(320))
        self.add(columns, 1)

    def _line(self, known: Known) -> str:
        values, count = known.values, len(known.services)
        parts = [
            born(values, known.today),
            coded("sex", values.get("sex")),
            coded("raions", values.get("raion")) or coded("oblasts", values.get("oblast")),
            ngettext("{count} service", "{count} services", count).format(count=count),
        ]
        return " · ".join(part for part in parts if part)

    def _marks(self, known: Known) -> None:
        """Where the person's records have got to: one sentence, that nobody need count."""
        if not known.mine:
            self.add_mark(Chip(_by_whom(known), "plain"))
            return
        self.delivery = Chip(*_delivered(known))
        self.add_mark(self.delivery)

    def _buttons(self) -> None:
        if self._actions_made:
            return
        self._actions_made = True
        if self.known.members:
            self.ask = AskMenu(_askable(self._sources, self.known))
            self.ask.picked.connect(self._ask)
            self.add_action(self.ask)
            self.add_action(button(_("Who may be the same?"), "same", self._like))
        if not self.mine:
            return
        self.print = PrintMenu()
        self.print.picked.connect(self._print)
        self.add_action(self.print)
        self.add_action(button(_("Name and contact"), "phone", self._edit_identity))
        self.add_action(button(_("About the person"), "pencil", self._edit_person))
        self.record_button = primary_button(_("Record for this person"), "plus", self._record)
        self.add_action(self.record_button)

    def _notes(self, known: Known) -> None:
        """What waits: questions, each leading to the record and its field, and what was left unfinished."""
        notes: list[tuple[str, Callable[[], object]]] = []
        for doubt in known.doubts:
            route, arguments = place_of(doubt.kind, doubt.person, doubt.record, doubt.about)
            words = _("The coordinator asks about {record}: {why}")
            said = words.format(record=name_of(doubt.kind, doubt.about), why=doubt.why)
            notes.append((said, partial(self._desk.go, route, **arguments, asked=doubt.record)))
        for draft in known.drafts:
            said = _("Not finished: {form}").format(form=draft_title(draft))
            notes.append((said, partial(self._desk.go, draft.route, **draft.arguments)))
        if notes:
            self.add(Notes(notes))
        for said in known.told:
            self.add(WrapLabel(said, "sub"))

    def _names(self, known: Known) -> None:
        uid, state = known.names_answer
        if known.mine and uid is not None and about_names("coordinator_identifiable", state):
            self.add(WrapLabel(since_withdrawal(known.deliveries.get(uid)), "sub"))

    # what is pressed

    def _record(self) -> None:
        self._desk.go("service_edit", person=self._person)

    def _open(self, kind: str, record: uuid.UUID) -> None:
        if not self.mine and kind != "attachment":
            self._desk.go("record_reading", person=self.known.person_of(record), kind=kind, record=record)
            return
        route, arguments = place_of(kind, self.known.person_of(record), record)
        self._desk.go(route, **arguments)

    def _go(self, kind: str, record: uuid.UUID | None) -> None:
        if record is None:
            self._desk.go(_NEW[kind], person=self._person)
        else:
            self._open(kind, record)

    def _again(self, service: uuid.UUID) -> None:
        self._desk.go("service_edit", person=self._person, like=service)

    def _receipt(self, service: uuid.UUID) -> None:
        self._desk.go("paper", kind="receipt", record=service)

    def _print(self, kind: str) -> None:
        self._desk.go("paper", kind=kind, person=self._person)

    def _set_progress(self, need: uuid.UUID, progress: str) -> None:
        """Mark a need at once; the page stays where it is."""
        planning = self._sources.planning
        values = {**planning.record(need), "progress": progress}
        if progress == "met":
            values["met_on"] = self.known.today.isoformat()
        planning.save_need(self._person, values, need=need, sure=True)
        self._desk.refresh_status()
        self._desk.say(_("Saved on this laptop · not sent yet"), "ok")
        self.known = read(self._sources, self._person)
        # The button that was pressed lives in the old cards: they go only after its signal.
        old = self._side_area.takeWidget()
        self._side_area.setWidget(Side(self.known, self._go, self._set_progress))
        old.hide()
        old.deleteLater()
        self.delivery.show_text(*_delivered(self.known))
        self._side_area.setFocus()

    def _open_person(self, person: uuid.UUID) -> None:
        self._desk.go("person", person=person)

    def _ask(self, asked: str) -> None:
        kind, _colon, record = asked.partition(":")
        self._open(kind, uuid.UUID(record))

    def _like(self) -> None:
        self._desk.go("same", person=self._person)

    def _edit_person(self) -> None:
        self._desk.go("person_edit", person=self._person)

    def _edit_identity(self) -> None:
        self._desk.go("person_edit", person=self._person, part="identity")

    def _edit_consents(self, scope: str) -> None:
        self._desk.go("consent_edit", person=self._person, scope=scope)


def _askable(sources: Sources, known: Known) -> list[Asked]:
    """What the page itself has no line for: the person, her names, her consents."""
    identity = sources.people.identity_record(known.person)
    names: list[Asked] = [("identity", identity, "")] if identity is not None else []
    consents: list[Asked] = [("consent", uid, str(one.get("scope", ""))) for uid, one in known.consents]
    return [("person", known.person, ""), *names, *consents]


def _by_whom(known: Known) -> str:
    """Whose record it is: the centre where it is known, for the coordinator reads those of many."""
    if known.members:
        return _("Recorded by {centre}: for reading").format(centre=known.members[0].centre)
    return _("Recorded by another centre: for reading")


def _delivered(known: Known) -> tuple[str, ChipKind]:
    states = {one.state for one in known.deliveries.values()}
    kind: ChipKind = "ok"
    if DeliveryState.ATTENTION in states:
        kind = "danger"
    elif states & {DeliveryState.SAVED, DeliveryState.SENT}:
        kind = "accent"
    return sentence(known.deliveries.values()), kind


def _scrolling(inner: Side) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(_("Case, plan and papers"))
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # Wide enough for the longest name of an organisation, which cannot be folded, beside the scroll bar.
    needed = inner.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width()
    area.setMinimumWidth(max(theme.px(240), needed))
    area.setWidget(inner)
    return area
