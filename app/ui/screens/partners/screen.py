"""Partners: found by a part of the name in any language, by oblast, kind and help; Enter opens one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QStackedWidget

from app import codelists
from app.i18n import N_, _, ngettext
from app.ui import theme
from app.ui.records.list_filter import ListFilter
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.ui.screens.partners.words import in_memorandum
from app.ui.tables.model import Column, Row
from app.ui.tables.view import IdTable
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, link_button, primary_button
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.flow import Flow, flow_of
from app.ui.widgets.named import Named
from app.ui.widgets.page import Page
from app.ui.widgets.search_line import SearchLine
from app.ui.widgets.text import label
from app.usecases.partners import AgencyRow, Partners

COLUMNS: Final = (
    Column("name", N_("Organisation")),
    Column("kind", N_("Kind"), width=210),
    Column("oblast", N_("Oblast"), width=150),
    Column("phone", N_("Telephone"), width=150),
    Column("party", N_("Memorandum"), width=150),
)


class PartnersScreen(Page):
    """``PartnersScreen(desk, partners)``; the coordinator also adds and changes there."""

    def __init__(self, desk: Desk, partners: Partners) -> None:
        super().__init__(_("Partners"), _("Organisations that help, and whom to call there"), scroll=False)
        self._desk = desk
        self._partners = partners
        self._shown: tuple[AgencyRow, ...] = ()
        self.add_action(button(_("Task force"), "people", partial(desk.go, "task_force")))
        self.add_action(button(_("Memorandum"), "document", partial(desk.go, "memorandum")))
        if partners.may_change:
            self.add_action(primary_button(_("New partner"), "plus", partial(desk.go, "partner_edit")))
        self.due = Banner()
        self.due.acted.connect(partial(desk.go, "inbox"))
        self.add_fixed(self.due)
        self._make_filters()
        self.table = IdTable(_("Partners"), COLUMNS, self._fetch)
        self.table.opened.connect(self._open)
        self.count = label("", "small")
        self.count.setMinimumHeight(theme.px(26))
        self.nobody = EmptyState("search", _("No partner found"), _("Try fewer letters, or another choice above."))
        self.views = QStackedWidget()
        for view in (self.table, self.nobody):
            self.views.addWidget(view)
        self.add(self._filters)
        self.add(self.views, 1)
        self.again = link_button(_("Send the lists once more"), self._tell_again)
        self.again.setToolTip(_("After a stick was lost: they go to all centres with the next receipts."))
        if partners.may_change:
            self.add_mark(self.again)
        self.add(flow_of(self.count, self.retired, spacing=24))

    def entered(self) -> None:
        self.look()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_due()

    def _show_due(self) -> None:
        waiting = self._partners.to_be_told() if self._partners.may_change else 0
        words = ngettext(
            "{count} centre has not been sent the newest lists. They go with the next receipts.",
            "{count} centres have not been sent the newest lists. They go with the next receipts.",
            waiting,
        )
        self.due.say(words.format(count=waiting) if waiting else "", "info", _("To the receipts") if waiting else "")
        self.again.setEnabled(not waiting and self._partners.can_be_told())

    def _tell_again(self) -> None:
        self._partners.tell_again()
        self._desk.refresh_status()
        self._show_due()

    def snapshot(self) -> Mapping[str, object]:
        return {
            "search": self.search.text(),
            "retired": self.retired.isChecked(),
            "row": self.table.currentIndex().row(),
            **{name: one.code() for name, one in self._by.items()},
        }

    def restore(self, state: Mapping[str, object]) -> None:
        self.search.setText(str(state.get("search", "")))
        self.retired.setChecked(state.get("retired") is True)
        for name, one in self._by.items():
            one.choose(state.get(name))
        self.look()
        row = state.get("row")
        if isinstance(row, int) and row >= 0:
            self.table.selectRow(row)

    def look(self) -> None:
        """Show whom the line and the choices mean."""
        self._shown = self._partners.agencies(
            self.search.text(),
            oblast=self.oblast.code(),
            kind=self.kind.code(),
            service=self.service.code(),
            retired=self.retired.isChecked(),
        )
        self.table.show_ids(range(len(self._shown)))
        self.views.setCurrentWidget(self.table if self._shown else self.nobody)
        count = len(self._shown)
        words = ngettext("{count} organisation", "{count} organisations", count).format(count=count)
        self.count.setText(words if count else "")

    def _make_filters(self) -> None:
        find = _("Find a partner")
        self.search = SearchLine(find, [_("Any part of the name, in any language"), find])
        self.search.setMinimumWidth(theme.px(280))
        self.search.textChanged.connect(self.look)
        self.search.returnPressed.connect(self._enter)
        self.search.down.connect(self._into_table)
        listed = codelists.get
        self.oblast = ListFilter(_("Oblast"), "oblasts", _("all oblasts"), listed("oblasts").codes)
        self.kind = ListFilter(_("Kind"), "agency_kinds", _("all kinds"), listed("agency_kinds").codes)
        self.service = ListFilter(_("Help"), "services", _("any help"), listed("services").codes)
        self._by = {"oblast": self.oblast, "kind": self.kind, "service": self.service}
        self.retired = QCheckBox(_("Also those no longer offered"))
        self.retired.toggled.connect(self.look)
        self._filters = Flow(12)
        self._filters.add(Named(find, self.search))
        for one in self._by.values():
            one.combo.activated.connect(self.look)
            self._filters.add(one)

    def _fetch(self, keys: Sequence[int]) -> Sequence[Row]:
        return [_line(self._shown[key]) if key < len(self._shown) else {} for key in keys]

    def _open(self, key: object) -> None:
        if isinstance(key, int) and key < len(self._shown):
            self._desk.go("partner", code=self._shown[key].code)

    def _enter(self) -> None:
        self._open(0)

    def _into_table(self) -> None:
        if self._shown:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            self.table.selectRow(0)


def _line(row: AgencyRow) -> Row:
    name = _("{name} (no longer offered)").format(name=row.name) if row.retired else row.name
    return {
        "name": name,
        "kind": coded("agency_kinds", row.kind),
        "oblast": coded("oblasts", row.oblast),
        "phone": row.phone,
        "party": in_memorandum(row),
    }
