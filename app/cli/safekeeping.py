"""``backup``, ``restore`` and ``handover``: what protects against the loss of a laptop."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from app.cli.context import CannotOpen, Context
from app.cli.terminal import Exit
from app.errors import UserError
from app.i18n import N_, _, ngettext, translate
from app.store.single import SingleInstance
from app.usecases.access import lock
from app.usecases.by_sheet import Candidate, OpenedBySheet
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.handover import replace_laptop
from app.usecases.restoring import BackupFound
from app.usecases.safekeeping import NO_FOLDER, SAME_DISK, Safekeeping

_SEVERAL = N_("It is not clear which laptop is meant. Name it by the last signs of its number; card list shows all.")


def back_up(context: Context) -> Exit:
    """Make a backup, in the folder that was chosen in the window or in the one named."""
    to: Path | None = context.args.to
    with context.desk() as desk:
        keeping = Safekeeping(desk)
        if to is None:
            made = keeping.back_up(context.terminal.progress)
        else:
            made = keeping.back_up_to(to, context.terminal.progress)
    if made.same_disk:
        context.terminal.say(translate(SAME_DISK))
    for name in made.damaged:
        context.terminal.say(_("This older backup is damaged: {name}").format(name=name))
    told = {"ok": True, "folder": str(made.path), "size": made.size, "damaged": list(made.damaged)}
    context.terminal.result(told, _("Backup made and checked: {name}").format(name=made.path.name))
    return Exit.OK


def show(context: Context) -> Exit:
    """The backups there, each checked if it is of this store."""
    with context.desk() as desk:
        keeping = Safekeeping(desk)
        place: Path | None = context.args.folder or keeping.state().folder
        if place is None:
            raise UserError(NO_FOLDER)
        rows = [(row, _verdict(keeping, row.path)) for row in keeping.list(place)]
    told = [{"name": row.name, "made_on": row.made_on, "size": row.size, "problem": why} for row, why in rows]
    lines = [f"{row.name}  {why or _('whole')}" for row, why in rows]
    whole = all(not why for _row, why in rows)
    context.terminal.result({"ok": whole, "backups": told}, "\n".join(lines) or _("There is no backup there."))
    return Exit.OK if whole else Exit.REFUSED


def restore(context: Context) -> Exit:
    """Put a backup in the place of the store, as a new installation."""
    args, terminal = context.args, context.terminal
    restoring = context.make_access(context.home).restoring()
    if restoring.exists() and not args.replace:
        raise UserError(N_("A store lies in this folder already. With --replace it is put aside; it is not deleted."))
    found = _newest(restoring.find(args.source))
    try:
        with SingleInstance(context.home):
            if args.recovery_sheet:
                groups = terminal.ask(_("Type the 8 groups of the recovery sheet:")).split()
                phrase = _new_phrase(context, context.make_access(context.home).new_passphrase())
                sheet = restoring.restore_by_sheet(found.path, groups, _quiet, replace=args.replace)
                desk = _enter(context, sheet, phrase)
            else:
                desk = restoring.restore(found.path, context.passphrase(), _quiet, replace=args.replace)
    except UserError as error:
        raise CannotOpen(error) from error
    return _tell_restored(context, desk, found)


def hand_over(context: Context) -> Exit:
    """At the coordinator: a new or restored laptop follows the old one of its centre."""
    args = context.args
    with context.desk() as desk:
        old, new = _meant(desk, args.old), _meant(desk, args.new)
        (file,) = replace_laptop(desk, old, new, args.to)
    told = {"ok": True, "file": str(file), "old": str(old), "new": str(new)}
    context.terminal.result(told, _("Handover written: {name}. Take it to the new laptop.").format(name=file.name))
    return Exit.OK


def _tell_restored(context: Context, desk: Desk, found: BackupFound) -> Exit:
    waits = Safekeeping(desk).handover_waits()
    inst, former = str(desk.me.uid), [str(uid) for uid in waits]
    lock(desk)
    count = sum(waits.values())
    lines = [
        _("Restored: {name}. This is a new laptop for the coordinator.").format(name=found.name),
        ngettext(
            "{count} record can be read now, and changed once the coordinator has handed it over.",
            "{count} records can be read now, and changed once the coordinator has handed them over.",
            count,
        ).format(count=count),
        _("Next: card export, and ask the coordinator to take the card in and to hand over the records of:"),
        *former,
    ]
    told = {"ok": True, "installation": inst, "former": former, "records": count, "home": str(context.home)}
    context.terminal.result(told, "\n".join(lines))
    return Exit.OK


def _verdict(keeping: Safekeeping, path: Path) -> str:
    try:
        keeping.verify(path)
    except UserError as error:
        return error.sentence()
    return ""


def _newest(found: list[BackupFound]) -> BackupFound:
    if not found:
        raise UserError(N_("There is no backup there. Name the folder of a backup, or the one that holds them."))
    return found[0]


def _enter(context: Context, sheet: OpenedBySheet, phrase: str) -> Desk:
    """Who holds the sheet says who she is; where one alone works, nothing is asked."""
    try:
        return sheet.enter(_who(context, sheet.candidates), phrase)
    except BaseException:
        sheet.close()
        raise


def _who(context: Context, names: Sequence[Candidate]) -> uuid.UUID:
    if len(names) == 1:
        return names[0].uid
    for number, one in enumerate(names, 1):
        context.terminal.say(f"{number}  {one.name}")
    typed = context.terminal.ask(_("Who are you? Type the number:")).strip()
    if not typed.isdecimal() or not 1 <= int(typed) <= len(names):
        raise UserError(N_("Say who you are."))
    return names[int(typed) - 1].uid


def _new_phrase(context: Context, drawn: str) -> str:
    """The new passphrase: from the file that was named, or drawn, shown and typed back."""
    if context.args.passphrase_file is not None:
        return context.passphrase()
    context.terminal.say(_("Your new passphrase. Write it down and keep it with you:"))
    context.terminal.say(f"\n    {drawn}\n")
    if context.terminal.ask_secret(_("Type it back:")).split() != drawn.split():
        raise UserError(N_("This is not the passphrase you were given. Start again."))
    return drawn


def _meant(desk: Desk, text: str) -> uuid.UUID:
    wanted = text.lower().replace("-", "")
    found = [
        peer.inst
        for peer in Enrolment(desk).peers()
        if len(wanted) >= 4 and (peer.inst.hex.startswith(wanted) or peer.inst.hex.endswith(wanted))
    ]
    if len(found) != 1:
        raise UserError(_SEVERAL)
    return found[0]


def _quiet(_step: str) -> None:
    """The steps of a restore are short; the result says all."""
