"""Editors for whole numbers and decimals. Comma and point both work; blanks between digits are dropped."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt

from app.forms.spec import Field
from app.ui.forms.context import FormContext
from app.ui.forms.editor import LineEditor

_WHOLE: Final = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_DECIMAL: Final = re.compile(r"([+-]?)(\d{1,12})(?:[.,](\d{1,6}))?", re.ASCII)
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]")


def canonical_decimal(text: str) -> str | None:
    """``36,60`` -> ``36.6``; ``-0`` -> ``0``; None where ``text`` is no number."""
    found = _DECIMAL.fullmatch(_BLANKS.sub("", text).replace("\u2212", "-"))
    if found is None:
        return None
    sign, whole, part = found.groups()
    whole, part = whole.lstrip("0") or "0", (part or "").rstrip("0")
    number = f"{whole}.{part}" if part else whole
    return f"-{number}" if sign == "-" and number != "0" else number


class IntegerEditor(LineEditor):
    """INTEGER."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context, width=148)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> object | None:
        typed = _BLANKS.sub("", self.line.text()).replace("\u2212", "-")
        if not typed:
            return None
        return int(typed) if _WHOLE.fullmatch(typed) else self.line.text().strip()

    def set_value(self, value: object | None) -> None:
        self.line.setText("" if value is None else str(value))


class DecimalEditor(LineEditor):
    """DECIMAL: shown with the comma, kept with the point."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context, width=148)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def value(self) -> object | None:
        typed = self.line.text().strip()
        return (canonical_decimal(typed) or typed) if typed else None

    def set_value(self, value: object | None) -> None:
        self.line.setText("" if value is None else str(value).replace(".", ","))
