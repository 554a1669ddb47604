"""``htcds``: the spreadsheet of the Human Trafficking Case Data Standard 2.0, out and in."""

from __future__ import annotations

from app.cli.context import Context, write_new
from app.cli.terminal import Exit
from app.errors import UserError
from app.i18n import N_, _, language, ngettext
from app.sheets.rows import Weight
from app.usecases.htcds import WARNING, Htcds, Outlook
from app.usecases.taking_in import Choices, Plan

_YES = frozenset({"yes", "y", "да", "так"})


def export(context: Context) -> Exit:
    """Write the workbook for one receiver, once somebody has said yes to what it would hold."""
    args = context.args
    with context.desk() as desk:
        use = Htcds(desk)
        outlook = use.look(args.receiver)
        context.terminal.say(_(WARNING))
        context.terminal.say(outlook_in_words(outlook))
        if not args.yes and context.terminal.ask(_("Write the file? Type yes:")).strip().casefold() not in _YES:
            raise UserError(N_("Nothing was written."))
        content, outlook = use.export(args.receiver, language())
        write_new(args.to, content)
    told = {"persons": outlook.persons, "rows": outlook.rows, "named": outlook.named, "left_out": outlook.left_out}
    text = _("Written: {name}. Hand it over yourself, and delete it afterwards.").format(name=args.to.name)
    context.terminal.result({"ok": True, "file": str(args.to), **told}, text)
    return Exit.OK


def take(context: Context) -> Exit:
    """Take a filled workbook in: all of it or nothing. With ``--look`` only say what would be done."""
    args, terminal = context.args, context.terminal
    with context.desk() as desk:
        use = Htcds(desk)
        opened = use.open(args.file)
        register = args.register or args.file.stem
        plan = use.plan(opened, register, Choices(leave_out=args.leave_out), terminal.progress)
        for line in _remarks(plan):
            terminal.say(line)
        ready = plan.ready
        if ready and not args.look:
            use.take_in(opened, plan, terminal.progress)
    if plan.errors and not args.leave_out:
        raise UserError(N_("There are rows with errors. Mend them, or choose to leave them out."))
    written = plan.to_write if ready and not args.look else 0
    told = {"ok": True, "records": plan.to_write, "written": written, "rows_left_out": plan.errors}
    looked = ngettext("{count} record would be written.", "{count} records would be written.", plan.to_write)
    done = ngettext("{count} record written.", "{count} records written.", written)
    terminal.result(told, (looked if args.look else done).format(count=plan.to_write if args.look else written))
    return Exit.OK


def outlook_in_words(outlook: Outlook) -> str:
    """What a file would hold."""
    return _("People: {persons}. By name: {named}. Left out, for they did not agree: {left_out}.").format(
        persons=outlook.persons, named=outlook.named, left_out=outlook.left_out
    )


def _remarks(plan: Plan) -> list[str]:
    """What is odd about rows, by their numbers."""
    lines = [note.sentence() for note in plan.notes]
    for row in plan.rows:
        odd = [one.words.sentence() for one in row.remarks if one.weight is not Weight.TOLD]
        lines += [_("Row {number}: {words}").format(number=row.number, words=words) for words in odd]
    return lines
