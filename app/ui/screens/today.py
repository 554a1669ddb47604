"""Today: what a nurse sees first. Only what is true now: what is not sent, what came back, what needs a look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.clock import Clock
from app.i18n import _, ngettext
from app.ui import icons, theme
from app.ui.dates import long_date, short_date, weekday
from app.ui.exchange.columns import Columns
from app.ui.exchange.moments import or_never
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.routes import Desk
from app.ui.widgets.buttons import button, link_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, label
from app.usecases.delivery import Deliveries, Summary
from app.usecases.people import People, PersonRow

MOST: Final = 12
RECENT: Final = 8


@dataclass(frozen=True, slots=True)
class Attention:
    """A record that the coordinator asks to look at: whose it is (by case code), and why, in words."""

    person: UUID
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is true now."""

    summary: Summary
    attention: list[Attention]
    recent: list[PersonRow]


class TodayScreen(Page):
    """``attention`` lists the records that need a look, the newest first."""

    def __init__(
        self,
        desk: Desk,
        deliveries: Deliveries,
        people: People,
        attention: Callable[[], Sequence[Attention]],
        clock: Clock,
        centre_name: str,
    ) -> None:
        day = clock.today()
        super().__init__(_("Today"), f"{weekday(day)}, {long_date(day.isoformat())} · {centre_name}")
        self._desk = desk
        self._deliveries = deliveries
        self._people = people
        self._attention = attention
        self.new_person = button(_("New person"), "person", self._to_new_person)
        self.record = primary_button(_("Record help"), "plus", self._to_record)
        self.add_action(self.new_person)
        self.add_action(self.record)
        self.add(Columns(self._attention_card(), self._sent_card(), (3, 2)))
        self.add(self._recent_card())
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read what is true now."""
        deliveries, people, attention = self._deliveries, self._people, self._attention

        def work(_job: object) -> Known:
            return Known(deliveries.summary(), list(attention()), people.rows(people.find()[:RECENT]))

        self._desk.tasks.run(work, self._show)

    def _attention_card(self) -> Card:
        card = Card(_("Needs attention"))
        self.nothing = WrapLabel("", "sub")
        card.add(self.nothing)
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        card.add(inner)
        card.body.addStretch(1)
        return card

    def _sent_card(self) -> Card:
        card = Card(_("On its way"))
        self.unsent = WrapLabel("", "h2")
        self.state = KeyValue()
        self.send = button(_("Send and receive"), "send", self._to_send)
        row = QHBoxLayout()
        row.addWidget(self.send)
        row.addStretch(1)
        for item in (self.unsent, self.state, row):
            card.add(item)
        card.body.addStretch(1)
        return card

    def _recent_card(self) -> Card:
        self.recent = Card(_("People you worked with last"))
        self.people = PlainTable(_("People you worked with last"), RECENT)
        self.people.activated.connect(self._open)
        self.recent.add(self.people)
        self.recent.hide()
        return self.recent

    def _show(self, known: Known) -> None:
        summary, attention = known.summary, known.attention
        self._show_recent(known.recent)
        self.unsent.setText(not_sent(summary))
        self.state.show_rows(
            [
                (_("Sent last"), or_never(summary.last_sent_at)),
                (_("Receipt read last"), or_never(summary.last_receipt_at)),
            ]
        )
        self.nothing.setText(_("Nothing. When the coordinator asks about a record, it stands here."))
        self.nothing.setVisible(not attention)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in attention[:MOST]:
            self._rows.addWidget(self._row(one))
        if (rest := len(attention) - MOST) > 0:
            more = ngettext("… and {count} more", "… and {count} more", rest).format(count=rest)
            self._rows.addWidget(label(more, "sub"))

    def _row(self, one: Attention) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(icons.icon_label("warning", theme.tokens().warn, 20))
        row.addWidget(link_button(one.code, lambda: self._desk.go("person", person=one.person)))
        row.addWidget(WrapLabel(one.why), 1)
        return made

    def _show_recent(self, rows: Sequence[PersonRow]) -> None:
        self._recent = list(rows)
        self.recent.setVisible(bool(rows))
        heads = (Head(_("Code")), Head(_("Name"), wide=True), Head(_("Last help")), Head(_("Services"), number=True))
        self.people.show_lines(
            heads,
            [
                Line((row.code, row.name or "—", short_date(row.last_service) or "—", str(row.services)))
                for row in rows
            ],
        )

    def _open(self) -> None:
        if 0 <= (at := self.people.row()) < len(self._recent):
            self._desk.go("person", person=self._recent[at].uid)

    def _to_new_person(self) -> None:
        self._desk.go("new_person")

    def _to_record(self) -> None:
        self._desk.go("record")

    def _to_send(self) -> None:
        self._desk.go("send")


def not_sent(summary: Summary) -> str:
    """How many records are only on this laptop."""
    if not summary.unsent:
        return _("Everything is sent.") if summary.last_sent_at else _("Nothing is recorded yet.")
    text = ngettext("{count} record is not sent yet.", "{count} records are not sent yet.", summary.unsent)
    return text.format(count=summary.unsent)


def _line(row: PersonRow) -> Line:
    return Line((row.code, row.name or "—", short_date(row.last_service) or "—", str(row.services)))
