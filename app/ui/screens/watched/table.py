"""The laptops of the centres, one line each, in words: what is wrong stands first."""

from __future__ import annotations

from collections.abc import Sequence

from app.i18n import _, ngettext
from app.ui import icons, theme
from app.ui.dates import short_date
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.usecases.watch import Watched


class WatchedTable(PlainTable):
    """``show_watched``; ``watched()`` is the one under the cursor."""

    def __init__(self) -> None:
        super().__init__(_("Laptops of the centres"))
        self._watched: list[Watched] = []

    def show_watched(self, watched: Sequence[Watched]) -> None:
        """Show them in the order in which they were given; the cursor stays on its laptop."""
        before = self.watched()
        self._watched = list(watched)
        heads = (
            Head(_("Centre"), wide=True),
            Head(_("State"), wide=True),
            Head(_("Last bundle"), number=True),
            Head(_("Taken in")),
            Head(_("Records"), number=True),
            Head(_("Needs attention"), number=True),
            Head(_("Questions"), number=True),
            Head(_("Program")),
        )
        self.show_lines(heads, [_line(one) for one in watched])
        at = next((n for n, one in enumerate(watched) if before and one.peer.inst == before.peer.inst), 0)
        if watched:
            self.selectRow(at)

    def watched(self) -> Watched | None:
        """The laptop under the cursor."""
        return self._watched[self.row()] if 0 <= self.row() < len(self._watched) else None


def name_of(one: Watched) -> str:
    """The centre, with the laptop's own name where it has one."""
    peer = one.peer
    return peer.centre_name if peer.name in {"", peer.centre_name} else f"{peer.centre_name}, {peer.name}"


def state_of(one: Watched) -> tuple[str, str, str]:
    """Icon, colour and words of what there is to say about a laptop: the first that applies."""
    t = theme.tokens()
    peer = one.peer
    states = (
        (one.is_alarm, "warning", t.danger, _("Alarm: two histories")),
        (peer.trust == "revoked", "cross", t.text2, _("Revoked")),
        (bool(peer.missing), "warning", t.danger, _("Missing: bundles {numbers}").format(numbers=peer.missing)),
        (bool(one.set_aside), "warning", t.warn, _not_taken(one.set_aside)),
        (one.overdue, "clock", t.warn, _silence(one)),
        (not peer.last_seq, "clock", t.text2, _("Nothing has come yet")),
    )
    for applies, icon, colour, words in states:
        if applies:
            return icon, colour, words
    return "check", t.ok, _("In order")


def _not_taken(count: int) -> str:
    return ngettext("{count} file was not taken", "{count} files were not taken", count).format(count=count)


def _silence(one: Watched) -> str:
    days = one.silent_days or 0
    return ngettext("Silent for {count} day", "Silent for {count} days", days).format(count=days)


def _line(one: Watched) -> Line:
    peer = one.peer
    icon, colour, words = state_of(one)
    cells = (
        name_of(one),
        words,
        str(peer.last_seq or "—"),
        short_date(peer.last_received_at[:10]) or "—",
        str(peer.records),
        str(peer.flagged or "—"),
        str(one.questions or "—"),
        peer.app_version or "—",
    )
    return Line(cells, icon=icons.icon(icon, colour, theme.px(18)), icon_at=1, hint=f"{cells[0]}: {words}")
