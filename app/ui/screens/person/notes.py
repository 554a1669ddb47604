"""What waits for the nurse on this page, in one quiet frame: questions of the coordinator, forms not finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.i18n import _, ngettext
from app.ui import icons, theme
from app.ui.widgets.buttons import link_button
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel, label

MOST: Final = 3


class Notes(QFrame):
    """Each note is (words, what the link does); hidden where there is none."""

    def __init__(self, notes: Sequence[tuple[str, Callable[[], object]]]) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        self.links = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 10, 6)
        column.setSpacing(2)
        for words, go in notes[:MOST]:
            row = row_in(column)
            row.setSpacing(10)
            row.addWidget(icons.icon_label("warning", theme.tokens().warn, 18))
            row.addWidget(WrapLabel(words), 1)
            link = link_button(_("Open"), go)
            link.setAccessibleName(f"{link.text()}: {words}")
            self.links.append(link)
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignRight)
        if (rest := len(notes) - MOST) > 0:
            more = ngettext("… and {count} more, in Today", "… and {count} more, in Today", rest).format(count=rest)
            column.addWidget(label(more, "small"))
        self.setVisible(bool(notes))
