"""The backups that lie in the chosen place, each with what its check has found."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.i18n import _
from app.ui import icons, theme
from app.ui.dates import long_date
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.sizes import megabytes
from app.usecases.safekeeping import BackupRow

WHOLE = ""


class BackupTable(PlainTable):
    """``show_backups``; ``backup()`` is the one under the cursor; ``mark`` shows a verdict (empty: it is whole)."""

    def __init__(self) -> None:
        super().__init__(_("Backups there"), most_lines=8)
        self._rows: list[BackupRow] = []
        self._verdicts: dict[Path, str] = {}

    def show_backups(self, rows: Sequence[BackupRow]) -> None:
        """Show them, newest first; verdicts of those that are still there stay."""
        self._rows = list(rows)
        self._draw()

    def backup(self) -> BackupRow | None:
        """The backup under the cursor."""
        return self._rows[self.row()] if 0 <= self.row() < len(self._rows) else None

    def mark(self, path: Path, verdict: str) -> None:
        """Keep what the check of ``path`` has found."""
        self._verdicts[path] = verdict
        self._draw()

    def verdict(self, path: Path) -> str | None:
        """What its check has found; None where it was not checked."""
        return self._verdicts.get(path)

    def _draw(self) -> None:
        heads = (Head(_("Made on")), Head(_("Folder"), wide=True), Head(_("MB"), number=True), Head(_("Check")))
        self.show_lines(heads, [self._line(row) for row in self._rows])
        self.setVisible(bool(self._rows))

    def _line(self, row: BackupRow) -> Line:
        t = theme.tokens()
        verdict = self._verdicts.get(row.path)
        if verdict is None:
            icon, words = None, _("not checked yet") if row.mine else _("of other keys")
        elif verdict == WHOLE:
            icon, words = icons.icon("check", t.ok, theme.px(18)), _("whole")
        else:
            icon, words = icons.icon("warning", t.danger, theme.px(18)), _("cannot be used")
        size = megabytes(row.size)
        made_on = long_date(row.made_on) or "—"
        return Line((made_on, row.name, size, words), icon=icon, icon_at=3, hint=verdict or row.name)
