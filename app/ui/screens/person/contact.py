"""The safe contact, in a strip that cannot be overlooked: a call to the wrong number can cost a life."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.forms.spec import Values
from app.i18n import _
from app.ui import icons, theme
from app.ui.records.words import coded
from app.ui.widgets.buttons import button
from app.ui.widgets.nested import column_in
from app.ui.widgets.text import WrapLabel


def allowed(identity: Values) -> str:
    """How she may be reached: ways and time."""
    ways = ", ".join(coded("contact_ways", way) for way in identity.get("contact_way", []))
    return ", ".join(part for part in (ways, str(identity.get("contact_time", ""))) if part)


def forbidden(identity: Values) -> str:
    """How she must not be reached."""
    ways = ", ".join(coded("contact_ways", way) for way in identity.get("contact_forbidden", []))
    return ", ".join(part for part in (ways, str(identity.get("contact_forbidden_note", ""))) if part)


class ContactStrip(QFrame):
    """Says first what is forbidden. Where nothing is recorded it says so, and that one must ask first."""

    wanted = Signal()

    def __init__(self, identity: Values, *, mine: bool) -> None:
        super().__init__()
        may, never = allowed(identity), forbidden(identity)
        note = str(identity.get("contact_note", ""))
        known = bool(may or never or note)
        self.setProperty("banner", "error" if never else "ok" if known else "warn")
        t = theme.tokens()
        colour = t.danger if never else t.ok if known else t.warn
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(icons.icon_label("phone" if known else "warning", colour, 24))
        words = column_in(row, 1)
        words.setSpacing(2)
        self.lines: list[str] = []
        if never:
            self._say(words, _("Never: {ways}").format(ways=never), "h2")
        if may:
            self._say(words, _("Safe contact: {ways}").format(ways=may), "strong")
        if note:
            self._say(words, note, "")
        if not known:
            self._say(words, _("No safe contact is recorded. Do not call or write before you have asked."), "strong")
        if mine:
            row.addWidget(button(_("Change") if known else _("Record the safe contact"), "", self.wanted.emit))
        self.setAccessibleName(". ".join(self.lines))

    def _say(self, words: QVBoxLayout, text: str, role: str) -> None:
        self.lines.append(text)
        words.addWidget(WrapLabel(text, role))
