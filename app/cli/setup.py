"""``init``: the first start. A set-up cannot finish without proof of the recovery sheet."""

from __future__ import annotations

import re
from pathlib import Path

from app.cli.context import Context, read_bytes, read_text, write_new
from app.cli.terminal import Exit
from app.errors import UserError
from app.i18n import N_, _
from app.store.single import SingleInstance
from app.usecases.access import Access, Created, SetUp, lock

_CARD_LIMIT = 64 * 1024
_KEY = re.compile(r"AGE-SECRET-KEY-PQ-1[0-9A-Z]+", re.IGNORECASE)
_GROUP = re.compile(r"(?<![0-9A-Za-z])[0-9]{6}(?![0-9A-Za-z])")


def init(context: Context) -> Exit:
    """Make a store: passphrase, recovery sheet into a file, proof, and only then anything in the folder."""
    args = context.args
    access = context.make_access(context.home)
    passphrase = _passphrase(context, access)
    created = access.create(_answers(context), passphrase, lambda _step: None)
    write_new(args.recovery_sheet, sheet(created).encode())
    context.terminal.say(_("The recovery sheet is written. Print it, and keep it away from this computer."))
    try:
        _prove(context, access, created)
        with SingleInstance(context.home):
            desk = access.unlock(passphrase)
    except BaseException:
        # The sheet belongs to a store that does not exist: it must not lie about.
        access.discard()
        args.recovery_sheet.unlink(missing_ok=True)
        raise
    inst, practice = str(desk.me.uid), desk.me.practice
    lock(desk)
    context.terminal.result(
        {"ok": True, "installation": inst, "practice": practice, "home": str(context.home)},
        _("The store is made. Next: card export, and exchange cards with the other side."),
    )
    return Exit.OK


def _answers(context: Context) -> SetUp:
    args = context.args
    card = read_bytes(args.centre_card, _CARD_LIMIT) if args.centre_card else None
    return SetUp(
        role=args.role,
        practice=args.practice,
        centre_name=args.centre_name,
        oblast=args.oblast,
        raion=args.raion,
        staff_name=args.staff_name,
        staff_role=args.staff_role or ("coordinator" if args.role == "coordinator" else "nurse"),
        centre_card=card,
    )


def _passphrase(context: Context, access: Access) -> str:
    """The one in the file, or a new one that is shown and typed back."""
    if access.exists():
        raise UserError(N_("A store lies here already. It is never made anew over another."))
    if context.args.passphrase_file is not None:
        return context.passphrase()
    phrase = access.new_passphrase()
    context.terminal.say(_("Your passphrase. Write it down and keep it with you:"))
    context.terminal.say(f"\n    {phrase}\n")
    if context.terminal.ask_secret(_("Type it back:")).split() != phrase.split():
        raise UserError(N_("This is not the passphrase you were given. Start again."))
    return phrase


def sheet(created: Created) -> str:
    """The recovery sheet as text, to be printed."""
    lines = ["Apora", _("Recovery sheet. It opens the store when every passphrase is lost: keep it locked away."), ""]
    lines += [f"{number}.  {group}" for number, group in enumerate(created.recovery_groups, 1)]
    if created.coordinator_recovery is not None:
        lines += ["", _("The coordinator's recovery key. It opens every bundle sent to the coordinator:")]
        lines += ["", created.coordinator_recovery]
    return "\n".join(lines) + "\n"


def _prove(context: Context, access: Access, created: Created) -> None:
    proof: Path | None = context.args.proof_file
    if proof is not None:
        text = read_text(proof)
        access.prove_recovery(_groups(text))
        if created.coordinator_recovery is not None:
            access.prove_coordinator_recovery(_key(text))
        return
    access.prove_recovery(_groups(context.terminal.ask(_("Type the 8 groups of the recovery sheet:"))))
    if created.coordinator_recovery is not None:
        access.prove_coordinator_recovery(context.terminal.ask(_("Type the coordinator's recovery key:")))


def _groups(text: str) -> list[str]:
    """The groups of six digits in ``text``; digits typed without spaces are cut into groups."""
    if groups := _GROUP.findall(text):
        return groups
    digits = re.sub(r"[^0-9]", "", text)
    return [digits[at : at + 6] for at in range(0, len(digits), 6)]


def _key(text: str) -> str:
    match = _KEY.search(text)
    return match.group() if match else ""
