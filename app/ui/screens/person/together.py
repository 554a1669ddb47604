"""At the coordinator's: the other entries with which this one counts as one person, each with its centre."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.i18n import _
from app.ui import icons, theme
from app.ui.widgets.buttons import link_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import label
from app.usecases.same_person import Member


class Together(QFrame):
    """A strip with a link to each of the others; hidden where there is none."""

    def __init__(self, others: Sequence[Member], opened: Callable[[uuid.UUID], object]) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(icons.icon_label("same", theme.tokens().accent_text, 18))
        flow = Flow(8, 2)
        told = label(_("Counts as one person with"), "sub")
        # The height of a link: the words stand on one line.
        told.setMinimumHeight(theme.px(26))
        flow.add(told)
        self.links = []
        for one in others:
            words = " · ".join(part for part in (one.name, one.code, one.centre) if part)
            link = link_button(words, _opening(opened, one.uid))
            self.links.append(link)
            flow.add(link)
        row.addWidget(flow, 1)
        self.setVisible(bool(others))


def _opening(opened: Callable[[uuid.UUID], object], person: uuid.UUID) -> Callable[[], object]:
    return lambda: opened(person)
