"""Where to write: the sticks that are found, or a folder. A stick put in appears by itself after a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.i18n import _
from app.ui.exchange import choosing
from app.ui.widgets.buttons import button
from app.ui.widgets.nested import column_in, row_in
from app.ui.widgets.text import WrapLabel

LOOK_EVERY_MS: Final = 3000


@dataclass
class LastFolder:
    """The folder chosen last, for all screens, as long as the desk is open. Written nowhere: a path tells tales."""

    folder: Path | None = None


class PlaceChooser(QWidget):
    """``PlaceChooser(sending.removable_folders, last=last)``; ``place()`` is the folder chosen, or None."""

    changed = Signal()
    chosen = Signal(object)
    """The place that she herself has marked, unlike one that is marked for her."""

    def __init__(self, sticks: Callable[[], list[Path]], name: str = "", last: LastFolder | None = None) -> None:
        super().__init__()
        self._sticks = sticks
        self._found = sticks()
        self._last = last or LastFolder()
        before = self._last.folder
        self._other = before if before is not None and before.is_dir() else None
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._toggled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._radios: dict[Path, QRadioButton] = {}
        self.nothing = WrapLabel(_("No stick is found. Put one in, or choose a folder."), "sub")
        self._column.addWidget(self.nothing)
        self._rows = column_in(self._column)
        self._rows.setSpacing(2)
        self.choose = button(_("Choose a folder…"), "folder", self._ask)
        below = row_in(self._column)
        below.addWidget(self.choose)
        below.addStretch(1)
        self.setAccessibleName(name or _("Where to"))
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._rebuild(mark=before)

    def place(self) -> Path | None:
        """The folder that is marked."""
        return next((path for path, radio in self._radios.items() if radio.isChecked()), None)

    def is_stick(self) -> bool:
        """Is what is marked a stick, so that it can be taken out afterwards?"""
        return self.place() in self._found

    def choose_place(self, folder: Path) -> None:
        """Mark ``folder``; one that is no stick is added to the list."""
        if folder not in self._found:
            self._other = folder
        self._last.folder = folder
        self._rebuild(mark=folder)

    def refresh(self) -> None:
        """Look for sticks again; what is marked stays marked while it is there."""
        found = self._sticks()
        if found == self._found and (self._radios or not found):
            return
        self._found = found
        self._rebuild(mark=self.place())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _rebuild(self, mark: Path | None) -> None:
        for radio in self._radios.values():
            self._group.removeButton(radio)
            self._rows.removeWidget(radio)
            radio.hide()
            radio.deleteLater()
        places = [*self._found, *([self._other] if self._other and self._other not in self._found else [])]
        self._radios = {place: self._radio(place) for place in places}
        if places:
            # Marked for her, not by her: what she chose last stays remembered while its stick is out.
            self._group.blockSignals(True)
            self._radios[mark if mark in self._radios else places[0]].setChecked(True)
            self._group.blockSignals(False)
        self.nothing.setVisible(not places)
        self.changed.emit()

    def _radio(self, place: Path) -> QRadioButton:
        words = _("Stick: {place}") if place in self._found else _("Folder: {place}")
        text = words.format(place=_short(place))
        radio = QRadioButton(text.replace("&", "&&"))
        radio.setAccessibleName(text)
        radio.setToolTip(str(place))
        self._group.addButton(radio)
        self._rows.addWidget(radio)
        return radio

    def _toggled(self, _radio: object, on: bool) -> None:
        if on:
            self._last.folder = self.place()
            self.changed.emit()
            self.chosen.emit(self.place())

    def _ask(self) -> None:
        choosing.choose_folder(self, _("Which folder?"), self._folder_chosen)

    def _folder_chosen(self, folder: Path) -> None:
        self.choose_place(folder)
        self.chosen.emit(folder)


def _short(place: Path, most: int = 60) -> str:
    """A long path is cut in its middle: its end tells which folder, its start which disk."""
    text = str(place)
    return text if len(text) <= most else f"{text[: most // 3]}…{text[-(most - most // 3 - 1) :]}"
