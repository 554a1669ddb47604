"""The bundles taken in until now, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import _
from app.ui.exchange.moments import moment
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.screens.inbox.kinds import kind_of
from app.ui.widgets.card import Card
from app.ui.widgets.text import WrapLabel
from app.usecases.receiving import Seen


class HistoryCard(Card):
    """``show_seen`` replaces the table."""

    def __init__(self) -> None:
        super().__init__(_("Taken in until now"))
        self.none = WrapLabel(_("Nothing has been taken in yet. Drop the first bundle above."), "sub")
        self.table = PlainTable(_("Bundles taken in"))
        self.add(self.none)
        self.add(self.table)

    def show_seen(self, seen: Sequence[Seen]) -> None:
        """Show these."""
        self.none.setVisible(not seen)
        self.table.setVisible(bool(seen))
        self.table.show_lines(_heads(), [_line(one) for one in seen])


def _heads() -> tuple[Head, ...]:
    return (
        Head(_("Sender"), wide=True),
        Head(_("Bundle"), number=True),
        Head(_("What")),
        Head(_("Taken in")),
        Head(_("Records"), number=True),
        Head(_("New"), number=True),
        Head(_("Changed"), number=True),
        Head(_("Deleted"), number=True),
        Head(_("Needs attention"), number=True),
        Head(_("Receipt")),
    )


def _line(seen: Seen) -> Line:
    numbers = (seen.rows, seen.added, seen.changed, seen.deleted, seen.flagged)
    told = _("not written") if seen.receipt_seq is None else _("no. {number}").format(number=seen.receipt_seq)
    return Line(
        (
            seen.sender,
            str(seen.seq),
            kind_of(seen.type),
            moment(seen.received_at),
            *(str(number) for number in numbers),
            told if seen.type == "records" else "—",
        ),
        hint=seen.sender,
    )
