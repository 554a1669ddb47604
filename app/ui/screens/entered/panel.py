"""The small form: what a number says, of which part, where, from which month to which, and where it comes from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app import codelists
from app.forms import typed_dates
from app.i18n import _
from app.ui.dates import short_date
from app.ui.widgets.buttons import button, danger_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import flow_of
from app.ui.widgets.nested import grid_in
from app.ui.widgets.text import WrapLabel, label
from app.usecases.entered import LIST, Figure, keys_of

LONGEST: Final = 500
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]")
_WHOLE: Final = re.compile(r"\d{1,15}", re.ASCII)
_MONTH: Final = len("2026-03")


class FigurePanel(Card):
    """``figure`` is what is typed now; what cannot be read as a number or a month the use case refuses in words."""

    def __init__(
        self, today: Callable[[], dt.date], save: Callable[[], object], anew: Callable[[], object],
        delete: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._today = today
        self.heading = label("", "h2")
        self.what, self.part, self.area = (
            self._choice(name) for name in (_("What the number says"), _("Part"), _("Area"))
        )
        self.first = self._line(_("From month"), "09.2002")
        self.first.setToolTip(_("for example 09.2002; empty: without a beginning"))
        self.last = self._line(_("To month"), _("for example 08.2026"))
        self.number = self._line(_("How many"))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.source = self._line(_("Source"), _("the paper or the office, and its year"))
        self.error = WrapLabel("", "error")
        self.save = primary_button(_("Save"), "check", save)
        self.anew = button(_("New number"), "plus", anew)
        self.delete = danger_button(_("Delete…"), "trash", delete)
        self._fill()
        self._lay_out()
        self.show_figure(None)

    def show_figure(self, figure: Figure | None) -> None:
        """Show a figure to be corrected, or an empty form (None)."""
        self.heading.setText(_("Correct a number") if figure else _("New number"))
        self.setAccessibleName(self.heading.text())
        self.anew.setVisible(figure is not None)
        self.delete.setVisible(figure is not None)
        self.put(_typed(figure) if figure else {})
        self._at_first = self.typed()

    def put(self, typed: Mapping[str, str]) -> None:
        """Show what was typed before."""
        self.what.setCurrentIndex(max(0, self.what.findData(typed.get("what", ""))))
        self._offer_parts()
        self.part.setCurrentIndex(max(0, self.part.findData(typed.get("part", ""))))
        self.area.setCurrentIndex(max(0, self.area.findData(typed.get("area", ""))))
        for name, line in self._lines().items():
            line.setText(typed.get(name, ""))
        self.refuse("")

    @property
    def is_touched(self) -> bool:
        """Was anything typed since it was shown?"""
        return self.typed() != self._at_first

    def typed(self) -> dict[str, str]:
        """All that stands in the form, as it was typed."""
        chosen = {"what": self.what, "part": self.part, "area": self.area}
        return {name: str(box.currentData() or "") for name, box in chosen.items()} | {
            name: line.text() for name, line in self._lines().items()
        }

    def figure(self) -> Figure:
        """What is typed. A year alone means all its months; what cannot be read is given on as it stands."""
        typed = self.typed()
        number = _BLANKS.sub("", typed["number"])
        return Figure(
            code=typed["what"],
            key=typed["part"],
            area=typed["area"],
            first=self._month(typed["first"], "01"),
            last=self._month(typed["last"], "12"),
            value=int(number) if _WHOLE.fullmatch(number) else -1,
            source=typed["source"],
        )

    def refuse(self, sentence: str) -> None:
        """Say why not, beside the button; what was typed stays."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _month(self, text: str, of_year: str) -> str:
        found = typed_dates.parse(text, self._today()) if text.strip() else ""
        if found is None:
            return text
        return f"{found}-{of_year}" if len(found) == len("2026") else found[:_MONTH]

    def _lines(self) -> dict[str, QLineEdit]:
        return {"first": self.first, "last": self.last, "number": self.number, "source": self.source}

    def _fill(self) -> None:
        self.what.addItem(_("Choose…"), "")
        for entry in codelists.get(LIST):
            self.what.addItem(codelists.get(LIST).label(entry.code), entry.code)
        self.area.addItem(_("The whole country"), "")
        for code in codelists.get("oblasts").codes:
            self.area.addItem(codelists.get("oblasts").label(code), code)
        self.what.currentIndexChanged.connect(self._offer_parts)

    def _offer_parts(self) -> None:
        """The parts of what is chosen; none where only the whole can be meant."""
        chosen, parts = self.part.currentData(), keys_of(str(self.what.currentData() or ""))
        self.part.clear()
        self.part.addItem(_("The whole"), "")
        for name, code in parts:
            self.part.addItem(codelists.get(name).label(code), code)
        self.part.setCurrentIndex(max(0, self.part.findData(chosen)))
        self.part.setEnabled(bool(parts))

    def _choice(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(8)
        return made

    def _line(self, name: str, hint: str = "") -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        made.setMaxLength(LONGEST)
        return made

    def _lay_out(self) -> None:
        """Three columns of fields: the form stands below its list, as wide as the page."""
        self.add(self.heading)
        grid = grid_in(self.body)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        rows: tuple[tuple[QWidget, ...], ...] = (
            (self.what, self.part, self.area),
            (self.first, self.last, self.number),
            (self.source,),
        )
        for at, fields in enumerate(rows):
            for column, field in enumerate(fields):
                span = 3 // len(fields)
                grid.addWidget(label(field.accessibleName(), "field"), 2 * at, column, 1, span)
                grid.addWidget(field, 2 * at + 1, column, 1, span)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.add(self.error)
        self.add(flow_of(self.save, self.anew, self.delete))


def _typed(figure: Figure) -> dict[str, str]:
    return {
        "what": figure.code,
        "part": figure.key,
        "area": figure.area,
        "first": short_date(figure.first),
        "last": short_date(figure.last),
        "number": str(figure.value),
        "source": figure.source,
    }
