"""The page of a form that is about no single person: a partner, a memorandum, a meeting, a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.forms.spec import Form, Section
from app.ui.forms.context import Choice
from app.ui.forms.form_view import FormView
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.routes import Desk

Today = Callable[[], dt.date]
_SILENT: Final = frozenset({"hidden", "derived"})


class FormPage(EditPage):
    """A screen names its ``form`` and says what it begins with and where it is kept."""

    form: Form
    left_out: Sequence[str] = ()
    refs: Callable[[str, str], Sequence[Choice]] | None = None

    def __init__(self, desk: Desk, drafts: Drafts, today: Today, title: str, sub: str, key: str) -> None:
        super().__init__(desk, drafts, title, sub)
        self._today = today
        self._draft_key = key

    def begins_with(self) -> Mapping[str, Any]:
        """The values as they are kept, or what a new one starts with."""
        raise NotImplementedError

    def above(self) -> list[QWidget]:
        """What stands over the form."""
        return []

    def below(self) -> None:
        """Add what stands under the form."""

    def rebuild(self) -> None:
        self.clear()
        form = asked(without_hidden_cells(self.form), without=self.left_out)
        view = self._view(form, self.begins_with())
        self.show_forms(self._draft_key, [view], self.above())
        self.below()

    def _view(self, form: Form, values: Mapping[str, Any]) -> FormView:
        if self.refs is None:
            return make_view(form, values, self._today)
        return make_view(form, values, self._today, refs=self.refs)


def without_hidden_cells(form: Form) -> Form:
    """``form`` without the cells of rows that are never asked; the rows on screen keep their values."""

    def bare(section: Section) -> Section:
        fields = tuple(
            replace(one, row=tuple(cell for cell in one.row if cell.special not in _SILENT)) if one.row else one
            for one in section.fields
        )
        return replace(section, fields=fields)

    return replace(form, sections=tuple(map(bare, form.sections)))
