"""The laptops known here: those that need a decision first, then gaps and silence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.i18n import N_, _
from app.ui import icons, theme
from app.ui.exchange.moments import moment
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.usecases.enrolment import Peer

TRUST: Final = {
    "stopped": ("warning", N_("Stopped: alarm")),
    "pending": ("clock", N_("Waits for its digits")),
    "trusted": ("check", N_("Trusted")),
    "revoked": ("cross", N_("Revoked")),
}
_RANK: Final = tuple(TRUST)


class PeerTable(PlainTable):
    """``show_peers``; ``peer()`` is the one under the cursor."""

    def __init__(self) -> None:
        super().__init__(_("Laptops known here"))
        self._peers: list[Peer] = []

    def show_peers(self, peers: Sequence[Peer]) -> None:
        """Show them, gaps and silence first."""
        self._peers = in_order(peers)
        heads = (
            Head(_("Centre"), wide=True),
            Head(_("Trust")),
            Head(_("Last bundle"), number=True),
            Head(_("Received")),
            Head(_("Missing")),
            Head(_("Records"), number=True),
            Head(_("Needs attention"), number=True),
            Head(_("Program")),
        )
        self.show_lines(heads, [_line(peer) for peer in self._peers])

    def peer(self) -> Peer | None:
        """The laptop under the cursor."""
        return self._peers[self.row()] if 0 <= self.row() < len(self._peers) else None


def in_order(peers: Sequence[Peer]) -> list[Peer]:
    """Decisions first; among the trusted, gaps before silence, and the longest silence before the news."""
    return sorted(peers, key=lambda p: (_RANK.index(p.trust), not p.missing, p.last_received_at, p.centre_name))


def _line(peer: Peer) -> Line:
    t = theme.tokens()
    icon, words = TRUST[peer.trust]
    colour = {"stopped": t.danger, "pending": t.warn, "trusted": t.ok, "revoked": t.text2}[peer.trust]
    name = peer.centre_name if peer.name in {"", peer.centre_name} else f"{peer.centre_name}, {peer.name}"
    return Line(
        cells=(
            name,
            _(words),
            str(peer.last_seq or "—"),
            moment(peer.last_received_at) or "—",
            peer.missing or "—",
            str(peer.records),
            str(peer.flagged),
            peer.app_version or "—",
        ),
        icon=icons.icon(icon, colour, theme.px(18)),
        icon_at=1,
        hint=name,
    )
