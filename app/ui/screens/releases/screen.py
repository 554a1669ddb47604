"""The register of released tables, newest first, one release in detail below. It is only read here."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import UserError
from app.i18n import _, language, ngettext
from app.reports import words
from app.reports.paper.tongue import Tongue
from app.ui import errors
from app.ui.exchange.moments import moment
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.figures import audience
from app.ui.routes import Desk
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.releases import ReleaseDetail, ReleaseRow, Releases


class ReleasesScreen(Page):
    """``ReleasesScreen(desk, releases)``."""

    def __init__(self, desk: Desk, releases: Releases) -> None:
        super().__init__(
            _("Released tables"),
            _("Every table that left for others. Each new one is held against all of these before it leaves."),
        )
        self._desk = desk
        self._releases = releases
        self._rows: tuple[ReleaseRow, ...] = ()
        self.table = PlainTable(_("Released tables"))
        self.table.picked.connect(self._picked)
        self.list = Card()
        self.list.add(self.table)
        self.about = Card()
        self.what = WrapLabel("", "h2")
        self.details = KeyValue()
        self.about.add(self.what)
        self.about.add(self.details)
        self.nothing = EmptyState(
            "document",
            _("Nothing was released yet"),
            _("Tables for the task force, for donors and for the public are written down here before they leave."),
        )
        for item in (self.nothing, self.list, self.about):
            item.hide()
            self.add(item)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read the register, in the background."""
        self._desk.tasks.run(lambda _job: self._releases.list(), self._show, self._failed)
        self.table.setFocus()

    def _show(self, found: Sequence[ReleaseRow]) -> None:
        self._rows, say = tuple(found), Tongue(language())
        self.nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self.about.setVisible(False)
        heads = (
            Head(_("When")),
            Head(_("What"), wide=True),
            Head(_("Period and area"), wide=True),
            Head(_("For whom")),
            Head(_("Numbers told"), number=True),
            Head(_("Hidden"), number=True),
        )
        self.table.show_lines(
            heads,
            [
                Line(
                    (
                        moment(one.at),
                        words.released(one.what, say),
                        words.scope(one.scope, say),
                        audience.short(one.audience),
                        str(one.told),
                        str(one.hidden),
                    )
                )
                for one in found
            ],
        )
        if found:
            self.table.selectRow(0)

    def _picked(self, row: int) -> None:
        if not 0 <= row < len(self._rows):
            return
        try:
            found = self._releases.of(self._rows[row].uid)
        except UserError as error:
            self.say(error.sentence(), "error")
            return
        say = Tongue(language())
        self.what.setText(words.released(found.row.what, say))
        self.details.show_rows(_details(found, say))
        self.about.show()

    def _failed(self, error: BaseException) -> None:
        self.say(errors.words(error).text, "error")


def _details(found: ReleaseDetail, say: Tongue) -> tuple[tuple[str, str], ...]:
    told = ngettext("{count} number was told", "{count} numbers were told", found.row.told)
    hidden = ngettext("{count} was hidden", "{count} were hidden", found.row.hidden)
    counts = f"{told.format(count=found.row.told)}, {hidden.format(count=found.row.hidden)}"
    return (
        (_("Released"), moment(found.row.at)),
        (_("Released by"), found.row.by),
        (_("For whom"), words.audience(found.row.audience, say)),
        (_("Period and area"), words.scope(found.row.scope, say)),
        (_("Numbers"), counts),
        (_("Rule"), "\n".join(words.rule(found.rule, say))),
        (_("Counted until"), "\n".join(words.until(one, say) for one in found.until)),
    )
