"""Several people at once: picked one by one, or all who stay here, or those who came together last time.

Enter in the search adds the first that is found; in the table the space bar adds and takes away. What is picked
stands above as chips while one goes on searching. Enter in an empty search goes on; Backspace takes the last away.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.ui import theme
from app.ui.dates import short_date
from app.ui.records.people_list import PeopleList
from app.ui.records.words import coded
from app.ui.screens.service_edit.keys import ALL_HERE, LAST_TIME, with_key
from app.ui.shortcuts import SAVE, bind
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel
from app.usecases.groups import SMALLEST_GROUP, Group


class SeveralPeople(QWidget):
    """``done`` gives the ids, in the order in which they were picked. ``name`` is the title of a person."""

    done = Signal(object)

    def __init__(
        self,
        people: PeopleList,
        name: Callable[[uuid.UUID], str],
        staying: Sequence[uuid.UUID],
        groups: Sequence[Group],
        picked: Sequence[uuid.UUID] = (),
    ) -> None:
        super().__init__()
        self.people = people
        self._name = name
        self._staying = staying
        self._group = groups[0] if groups else None
        self._chips: dict[uuid.UUID, QPushButton] = {}
        self.count = WrapLabel("", "strong")
        self.go_on = primary_button("", "", self._go_on)
        self._flow = Flow(6)
        self._lay_out(_offers(self, staying, groups))
        people.search.installEventFilter(self)
        people.table.installEventFilter(self)
        people.chosen.connect(self._chosen)
        bind(self, SAVE, self._go_on, within=True).setAutoRepeat(False)
        bind(self, ALL_HERE, self._add_staying)
        self.setFocusProxy(people.search)
        self.add(picked)

    def picked(self) -> tuple[uuid.UUID, ...]:
        """The people picked so far."""
        return tuple(self._chips)

    def add(self, persons: Sequence[uuid.UUID]) -> None:
        """Pick these too."""
        for person in persons:
            if person not in self._chips:
                self._add_chip(person)
        self._say()

    def take_away(self, person: uuid.UUID) -> None:
        """Pick this one no longer."""
        chip = self._chips.pop(person)
        self._flow.flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self._say()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            if watched is self.people.search and not self.people.search.text():
                return self._key_in_empty_search(event.key())
            if watched is self.people.table and event.key() == Qt.Key.Key_Space:
                self.people.table.opened.emit(self.people.table.current_id())
                return True
        return super().eventFilter(watched, event)

    def _key_in_empty_search(self, key: int) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
            return True
        if key == Qt.Key.Key_Backspace and self._chips:
            self.take_away(list(self._chips)[-1])
            return True
        return False

    def _chosen(self, person: uuid.UUID) -> None:
        if self.people.table.hasFocus():
            if person in self._chips:
                self.take_away(person)
            else:
                self.add([person])
            return
        self.add([person])
        self.people.search.clear()
        self.people.search.setFocus()

    def _go_on(self) -> None:
        if len(self._chips) >= SMALLEST_GROUP:
            self.done.emit(self.picked())

    def _add_staying(self) -> None:
        self.add(self._staying)

    def add_last_group(self) -> None:
        """Pick those who came together last time."""
        if self._group is not None:
            self.add(self._group.persons)

    def _add_chip(self, person: uuid.UUID) -> None:
        name = self._name(person)
        chip = QPushButton(f"{name.replace('&', '&&')}  ×")
        chip.setAutoDefault(False)
        chip.setProperty("kind", "tag")
        chip.setProperty("person", str(person))
        chip.setAccessibleName(_("{choice}: press to take away").format(choice=name))
        chip.clicked.connect(self._chip_pressed)
        self._chips[person] = chip
        self._flow.add(chip)

    def _chip_pressed(self) -> None:
        chip = self.sender()
        if isinstance(chip, QPushButton):
            self.take_away(uuid.UUID(str(chip.property("person"))))
            self.people.search.setFocus()

    def _say(self) -> None:
        count = len(self._chips)
        chosen = ngettext("{count} person is chosen", "{count} people are chosen", count).format(count=count)
        self.count.setText(chosen if count else _("Nobody is chosen yet. Type a name and press Enter, one by one."))
        words = ngettext("Go on with {count} person", "Go on with {count} people", count).format(count=count)
        self.go_on.setText(words if count >= SMALLEST_GROUP else _("Go on"))
        self.go_on.setAccessibleName(self.go_on.text())
        self.go_on.setEnabled(count >= SMALLEST_GROUP)
        self._flow.setVisible(bool(count))

    def _lay_out(self, offers: Sequence[QPushButton]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if offers:
            ready = Flow(8)
            for offer in offers:
                ready.add(offer)
            column.addWidget(ready)
        head = row_in(column)
        head.addWidget(self.count, 1)
        head.addWidget(self.go_on)
        column.addWidget(self._flow)
        self.people.setMinimumHeight(theme.px(280))
        column.addWidget(self.people, 1)


def _offers(several: SeveralPeople, staying: Sequence[uuid.UUID], groups: Sequence[Group]) -> list[QPushButton]:
    """The buttons for whole groups; none where there is no such group."""
    made = []
    if staying:
        words = ngettext(
            "All who stay here now: {count} person", "All who stay here now: {count} people", len(staying)
        )
        press = button(words.format(count=len(staying)), "shelter")
        press.clicked.connect(lambda _checked=False: several.add(staying))
        made.append(with_key(press, ALL_HERE))
    for at, group in enumerate(groups):
        words = ngettext(
            "The same as last time: {kind}, {date}, {count} person",
            "The same as last time: {kind}, {date}, {count} people",
            len(group.persons),
        )
        kind, count = coded("services", group.code), len(group.persons)
        press = button(words.format(kind=kind, date=short_date(group.on), count=count), "refresh")
        press.clicked.connect(lambda _checked=False, persons=group.persons: several.add(persons))
        made.append(press if at else with_key(press, LAST_TIME))
    return made
