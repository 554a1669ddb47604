"""What the letter will say, shown while it is ticked: the very rule that the letter obeys, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms import partial
from app.i18n import _, language
from app.ui.records.words import coded
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.text import WrapLabel

_LISTS: Final = {
    "help_wanted": "services",
    "sex": "sex",
    "citizenships": "countries",
    "languages": "languages",
    "contact_way": "contact_ways",
    "contact_forbidden": "contact_ways",
    "representative_relation": "representative_relations",
}


class Preview(Card):
    """``show_told(chosen, told)``: the rows that will stand in the letter, and what is ticked but not known."""

    def __init__(self) -> None:
        super().__init__(_("The letter will say"))
        self.lines: list[tuple[str, str]] = []
        self.nothing = WrapLabel(_("Nothing of the person yet. Tick what the organisation must know to help."), "sub")
        self.rows = KeyValue()
        self.missing = WrapLabel("", "doubt")
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.nothing, self.rows, self.missing):
            column.addWidget(part)
        column.addStretch(1)
        self.add(holder, 1)

    def show_told(self, chosen: Sequence[str], told: Mapping[str, Any]) -> None:
        """Show it."""
        self.lines = [(coded("shared_fields", code), words_of(code, value)) for code, value in told.items()]
        self.rows.show_rows(self.lines)
        unknown = [coded("shared_fields", code) for code in chosen if code not in told]
        words = _("Ticked, but not known here: {fields}").format(fields=", ".join(unknown))
        self.missing.setText(words if unknown else "")
        self.missing.setVisible(bool(unknown))
        self.nothing.setVisible(not chosen)


def words_of(code: str, value: Any) -> str:  # Any: a plain JSON value of any kind
    """One shared thing in words, in the language of the desk (the letter itself is in its own)."""
    if code == "birth":
        return partial.display(value, language())
    if isinstance(value, Mapping):
        if code == "safe_contact":
            return _contact(value)
        return ", ".join(words_of(name, one) for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(words_of(code, one) for one in value)
    return coded(_LISTS[code], value) if code in _LISTS else str(value)


def _contact(value: Mapping[str, Any]) -> str:
    """How she may be reached, and how she must not be."""
    may = [words_of(name, value[name]) for name in ("contact_way", "contact_time", "contact_note") if name in value]
    never = [words_of(name, value[name]) for name in ("contact_forbidden", "contact_forbidden_note") if name in value]
    parts = [", ".join(may), _("Never: {ways}").format(ways=", ".join(never)) if never else ""]
    return "\n".join(part for part in parts if part)
