"""``card``: exchanging cards and trusting them by digits."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from app.cli.context import Context, read_bytes, write_new
from app.cli.terminal import Exit
from app.errors import UserError
from app.i18n import N_, _
from app.usecases.enrolment import Enrolment, Peer

_CARD_LIMIT = 64 * 1024
_TRUST = {
    "pending": N_("waits for its digits"),
    "trusted": N_("trusted"),
    "stopped": N_("stopped: needs a decision"),
    "revoked": N_("revoked"),
}


def export(context: Context) -> Exit:
    """Write this installation's card into a folder or a file."""
    with context.desk() as desk:
        enrolment = Enrolment(desk)
        to: Path = context.args.to
        file = to / enrolment.card_file_name() if to.is_dir() else to
        write_new(file, enrolment.my_card())
    context.terminal.result({"ok": True, "file": str(file)}, _("Card written: {name}").format(name=file.name))
    return Exit.OK


def digits(context: Context) -> Exit:
    """Show the digits to be read out by telephone."""
    with context.desk() as desk:
        groups = " ".join(Enrolment(desk).my_digits())
    context.terminal.result({"ok": True, "digits": groups}, groups)
    return Exit.OK


def take(context: Context) -> Exit:
    """Take cards in; they wait for their digits."""
    with context.desk() as desk:
        views = [Enrolment(desk).receive(read_bytes(file, _CARD_LIMIT)) for file in context.args.files]
    told = [{"installation": str(view.inst), "centre": view.centre_name, "role": view.role} for view in views]
    lines = [f"{view.inst}  {view.centre_name}" for view in views]
    lines.append(_("Now ask the other side to read out the digits by telephone, and type them with: card confirm"))
    context.terminal.result({"ok": True, "cards": told}, "\n".join(lines))
    return Exit.OK


def confirm(context: Context) -> Exit:
    """Trust a card: the digits come from the other side, by telephone."""
    with context.desk() as desk:
        enrolment = Enrolment(desk)
        peer = _meant(enrolment.peers(), context.args.installation)
        typed = context.args.digits or context.terminal.ask(_("Digits that were read out to you:"))
        enrolment.confirm(peer.inst, typed.split())
    context.terminal.result(
        {"ok": True, "installation": str(peer.inst)}, _("Trusted: {centre}").format(centre=peer.centre_name)
    )
    return Exit.OK


def show(context: Context) -> Exit:
    """All installations known here."""
    with context.desk() as desk:
        peers = Enrolment(desk).peers()
    told = [
        {
            "installation": str(peer.inst),
            "centre": peer.centre_name,
            "role": peer.role,
            "trust": peer.trust,
            "last_seq": peer.last_seq,
            "missing": peer.missing,
            "records": peer.records,
            "flagged": peer.flagged,
        }
        for peer in peers
    ]
    lines = [f"{peer.inst}  {_(_TRUST[peer.trust])}  {peer.centre_name}" for peer in peers]
    context.terminal.result({"ok": True, "peers": told}, "\n".join(lines) or _("Nobody is known here yet."))
    return Exit.OK


def _meant(peers: list[Peer], text: str | None) -> Peer:
    """The installation whose id begins or ends with ``text``; without it, the only one that waits."""
    if text is None:
        found = [peer for peer in peers if peer.trust == "pending"]
    else:
        wanted = text.lower().replace("-", "")
        found = [peer for peer in peers if _is_called(peer.inst, wanted)]
    if len(found) != 1:
        raise UserError(N_("It is not clear which card is meant. Name it by its id; card list shows all."))
    return found[0]


def _is_called(inst: UUID, text: str) -> bool:
    return len(text) >= 4 and (inst.hex.startswith(text) or inst.hex.endswith(text))
