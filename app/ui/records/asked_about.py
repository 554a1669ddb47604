"""A record opened because the coordinator asks about it: the field is marked, both values stand beside it.

Done from outside to the page of any kind of record, so that none of them needs to know of questions.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.forms.spec import Form, Problem, Severity
from app.i18n import N_, _
from app.ui.records.edit_page import EditPage
from app.ui.records.words import answer
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.usecases.delivery import Deliveries
from app.usecases.doubts import Doubt

_MARK = N_("Asked about: {why}")


class AskedAbout(QObject):
    """Lives with its page. ``AskedAbout(desk, deliveries, page, doubt)`` marks what ``doubt`` names."""

    def __init__(self, desk: Desk, deliveries: Deliveries, page: EditPage, doubt: Doubt) -> None:
        super().__init__(page)
        self._desk = desk
        self._deliveries = deliveries
        self._page = page
        self._doubt = doubt
        self.banner = Banner(
            _("The coordinator asks about this record: {why}.").format(why=doubt.why),
            "warn",
            _("It is right as it is"),
        )
        self.banner.acted.connect(self._settle)
        page.body.insertWidget(0, self.banner)
        # Once the page has put its own focus where it wants it.
        QTimer.singleShot(0, self, self._mark)

    def _mark(self) -> None:
        others = {one.field: one.other for one in self._doubt.differences}
        for view in self._page.views:
            mine = [name for name in self._doubt.fields if name.split("[")[0] in view.boxes]
            view.show_problems([_problem(name, self._doubt.why) for name in mine])
            for name in set(mine) & set(others):
                view.boxes[name].set_problem(_both(view.form, name, self._doubt.why, others), Severity.ERROR)
        # Once the marks have taken their room.
        QTimer.singleShot(0, self, self._go)

    def _go(self) -> None:
        view = next((one for one in self._page.views if self._doubt.field.split("[")[0] in one.boxes), None)
        if view is not None:
            view.go_to(self._doubt.field)

    def _settle(self) -> None:
        self._deliveries.settle(self._doubt.record)
        self._desk.refresh_status()
        self._desk.say(_("Noted: you have looked, and the record is right as it is."), "ok")
        self._desk.back()


def mark_doubt(desk: Desk, deliveries: Deliveries, page: EditPage, record: uuid.UUID | None) -> None:
    """Mark what is asked about ``record`` on its page, where anything is."""
    if record is None or not page.views:
        return
    doubt = deliveries.doubt_of(record)
    if doubt is not None:
        AskedAbout(desk, deliveries, page, doubt)


def _problem(name: str, why: str) -> Problem:
    return Problem(name, Severity.ERROR, "asked", _MARK, {"why": why})


def _both(form: Form, name: str, why: str, others: Mapping[str, Any]) -> str:
    other = answer(form.field(name), others[name], others) if others[name] is not None else _("nothing")
    return _("Asked about: {why}. The other version says: {other}").format(why=why, other=other)
