"""Words of the sheet that are in none of our lists: what each of them means is said once, and remembered."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from app import codelists
from app.i18n import N_, _, ngettext, translate
from app.sheets.codes import suggestions
from app.sheets.mapping import Columns
from app.sheets.rows import unknown_words
from app.sheets.table import Sheet
from app.sheets.targets import BY_KEY, codes_of
from app.ui import theme
from app.ui.forms.editor import CalmCombo
from app.ui.widgets.card import Card
from app.ui.widgets.nested import column_in, empty
from app.ui.widgets.text import WrapLabel

MOST: Final = 60
_NOT_SAID: Final = N_("— not said —")
_NOTHING: Final = N_("Record nothing for it")


class WordRows(Card):
    """``meant`` gives the place, the word and the code ("" for nothing, None while it is not said)."""

    meant = Signal(str, str, object)

    def __init__(self) -> None:
        super().__init__(_("Words that are not in our lists"))
        self.told = WrapLabel("", "sub")
        self.add(self.told)
        self._place = column_in(self.body)
        self.combos: dict[tuple[str, str], QComboBox] = {}
        self.hide()

    def show_words(self, sheet: Sheet, columns: Columns) -> None:
        """Show the unknown words of a sheet, and those that were answered."""
        empty(self._place)
        self.combos = {}
        found = list(unknown_words(sheet, columns))
        self.setVisible(bool(found))
        text = ngettext(
            "{count} word is not in our lists. Say once what it means; the answer is remembered.",
            "{count} words are not in our lists. Say once what each means; the answers are remembered.",
            len(found),
        ).format(count=len(found))
        if len(found) > MOST:
            text = _("{text} The first {most} are shown.").format(text=text, most=MOST)
        self.told.setText(text)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for at, stretch in enumerate((2, 3, 3)):
            grid.setColumnStretch(at, stretch)
        for line, (key, word, count) in enumerate(found[:MOST]):
            rows = ngettext("{count} row", "{count} rows", count).format(count=count)
            grid.addWidget(WrapLabel(_(BY_KEY[key].label), "field"), line, 0)
            grid.addWidget(WrapLabel(_("“{word}”, {rows}").format(word=word[:80], rows=rows)), line, 1)
            grid.addWidget(self._combo(key, word, columns), line, 2)
        self._place.addWidget(inner)

    def _combo(self, key: str, word: str, columns: Columns) -> QComboBox:
        combo = CalmCombo()
        combo.setAccessibleName(_("What “{word}” means").format(word=word[:80]))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        combo.setMinimumWidth(theme.px(160))
        combo.setMaxVisibleItems(16)
        listed = codelists.get(codes_of(key))
        near = suggestions(listed.name, word)
        combo.addItem(translate(_NOT_SAID), None)
        for code in (*near, *(code for code in listed.codes if code not in near)):
            combo.addItem(listed.label(code), code)
            if code in near and code == near[-1]:
                combo.insertSeparator(combo.count())
        combo.addItem(translate(_NOTHING), "")
        meant = columns.meant(key, word)
        if meant is not None:
            combo.setCurrentIndex(max(0, combo.findData(meant)))
        combo.currentIndexChanged.connect(lambda _index, of=combo: self.meant.emit(key, word, of.currentData()))
        self.combos[key, word] = combo
        return combo
