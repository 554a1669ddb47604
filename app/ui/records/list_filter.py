"""A choice above a list: all, or one code of a code list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

from app.ui.forms.editor import CalmCombo
from app.ui.records.words import coded
from app.ui.widgets.named import Named


class ListFilter(Named):
    """``ListFilter(_("Oblast"), "oblasts", _("all oblasts"), codes)``; ``combo.activated`` fires when one is chosen.

    ``code`` is what is chosen, empty for all.
    """

    def __init__(self, title: str, codes: str, for_all: str, offered: Iterable[str] = ()) -> None:
        combo = CalmCombo()
        super().__init__(title, combo)
        self.combo = combo
        self._codes, self._for_all = codes, for_all
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(18)
        self.combo.setMaxVisibleItems(16)
        self.combo.setAccessibleName(title)
        self.offer(offered)

    def offer(self, offered: Iterable[str]) -> None:
        """Offer these codes; what is chosen stays chosen where it is among them."""
        chosen = self.code()
        self.combo.clear()
        self.combo.addItem(self._for_all, "")
        for code in offered:
            self.combo.addItem(coded(self._codes, code), code)
        self.choose(chosen)

    def code(self) -> str:
        """The code that is chosen; empty for all."""
        return str(self.combo.currentData() or "")

    def choose(self, code: object) -> None:
        """Choose ``code``; one that is not offered means all."""
        self.combo.setCurrentIndex(max(0, self.combo.findData(code or "")))
