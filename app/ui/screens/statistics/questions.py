"""What can be asked: kept questions first, then all figures by chapter; found by typing in any of the languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app import codelists
from app.i18n import LANGUAGES, N_, _, translate
from app.ui import icons, theme
from app.ui.widgets.card import Card
from app.ui.widgets.search_line import SearchLine
from app.usecases.statistics import IndicatorRow, Saved

CHAPTERS: Final = {
    "persons": N_("Persons"),
    "cases": N_("Cases"),
    "services": N_("Help"),
    "money": N_("Grants and money"),
    "activities": N_("Activities"),
    "partners": N_("Partners"),
    "quality": N_("Quality of the data"),
    "builder": N_("Own tables"),
}
_WHAT: Final = int(Qt.ItemDataRole.UserRole)
_FOUND_BY: Final = _WHAT + 1
_HEIGHT: Final = 420
_HIGHEST: Final = 560


class Questions(Card):
    """``picked`` gives an ``IndicatorRow`` or a ``Saved`` when another line is chosen."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Question"))
        hints = [_("Type a word of the question"), _("Search")]
        self.typed = SearchLine(_("Search among the questions"), hints)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Questions"))
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(2))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(min(theme.px(_HEIGHT), _HIGHEST))
        self.add(self.typed)
        self.add(self.list)
        self.typed.textChanged.connect(self._narrow)
        self.typed.returnPressed.connect(self._take_first)
        self.typed.down.connect(self._into_list)
        self.list.currentItemChanged.connect(self._picked)

    def show_questions(self, saved: Sequence[Saved], rows: Sequence[IndicatorRow]) -> None:
        """Offer these; what is chosen stays chosen, and nothing is picked by it."""
        chosen = _key(self.current())
        self.list.blockSignals(True)
        self.list.clear()
        if saved:
            self._head(_("Kept questions"))
        for one in saved:
            self._entry(one.name, one, one.name, "shield")
        for chapter in dict.fromkeys(row.chapter for row in rows):
            self._head(translate(CHAPTERS.get(chapter, chapter)))
            for row in (row for row in rows if row.chapter == chapter):
                self._entry(_title(row.code), row, " ".join(_titles(row.code)), "lock" if row.internal else "")
        self.list.blockSignals(False)
        self._narrow()
        self.choose(chosen)

    def current(self) -> IndicatorRow | Saved | None:
        """What is chosen."""
        item = self.list.currentItem()
        found = item.data(_WHAT) if item is not None else None
        return found if isinstance(found, IndicatorRow | Saved) else None

    def choose(self, key: str) -> None:
        """Mark the indicator with this code, or the kept question with this id, without a signal."""
        item = next((one for one in self._entries() if _key(one.data(_WHAT)) == key), None)
        self.list.blockSignals(True)
        if item is None:
            self.list.setCurrentRow(-1)
        else:
            self.list.setCurrentItem(item)
            self.list.scrollToItem(item)
        self.list.blockSignals(False)

    def _entries(self) -> Iterator[QListWidgetItem]:
        items = (self.list.item(at) for at in range(self.list.count()))
        return (item for item in items if item.data(_WHAT) is not None)

    def _head(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setFont(theme.font(12, QFont.Weight.DemiBold))
        self.list.addItem(item)

    def _entry(self, text: str, what: object, found_by: str, icon: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_WHAT, what)
        item.setData(_FOUND_BY, found_by.casefold())
        item.setToolTip(text)
        if icon:
            item.setIcon(icons.icon(icon))
        self.list.addItem(item)

    def _narrow(self) -> None:
        """Only what holds every word that is typed; heads of what is left."""
        wanted = self.typed.text().casefold().split()
        head: QListWidgetItem | None = None
        for at in range(self.list.count()):
            item = self.list.item(at)
            if item.data(_WHAT) is None:
                head = item
                item.setHidden(True)
                continue
            fits = all(word in str(item.data(_FOUND_BY)) for word in wanted)
            item.setHidden(not fits)
            if fits and head is not None:
                head.setHidden(False)

    def _into_list(self) -> None:
        """To the question that is chosen; to the first that was found where that one is not among them."""
        chosen = self.list.currentItem()
        if chosen is None or chosen.isHidden():
            self._take_first()
        else:
            self.list.setFocus()

    def _take_first(self) -> None:
        if (item := next((one for one in self._entries() if not one.isHidden()), None)) is not None:
            self.list.setCurrentItem(item)
            self.list.setFocus()

    def _picked(self) -> None:
        if (found := self.current()) is not None:
            self.picked.emit(found)


def _title(code: str) -> str:
    return codelists.get("indicators").label(code)


def _titles(code: str) -> tuple[str, ...]:
    return tuple(codelists.get("indicators").label(code, language) for language in LANGUAGES)


def _key(what: object) -> str:
    if isinstance(what, Saved):
        return str(what.uid)
    return what.code if isinstance(what, IndicatorRow) else ""
