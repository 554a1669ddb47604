"""``export``, ``inspect``, ``import`` and ``receipt``: bundles out and in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from app.cli.context import Context
from app.cli.terminal import Exit
from app.i18n import _, ngettext
from app.usecases.receiving import Receiving, Verdict
from app.usecases.same_person import SamePersons
from app.usecases.sending import Sending

_NOT_FOR_US = "NOT_FOR_US"


def export(context: Context) -> Exit:
    """Write the next bundle for the coordinator into a folder."""
    with context.desk() as desk:
        sent = Sending(desk).send(context.args.to, context.terminal.progress, anew=context.args.anew)
    told = {"ok": True, "file": str(sent.file), "seq": sent.seq, "rows": sent.rows, "persons": sent.persons}
    rows = ngettext("{count} record", "{count} records", sent.rows).format(count=sent.rows)
    text = _("Bundle {number} written and checked: {name}, {rows}.").format(
        number=sent.seq, name=sent.file.name, rows=rows
    )
    context.terminal.result({**told, "size": sent.size}, text)
    return Exit.OK


def inspect(context: Context) -> Exit:
    """Say what taking files in would do. Takes nothing."""
    with context.desk() as desk:
        looked = Receiving(desk).look(context.args.paths, context.terminal.progress)
    return _tell(context, list(looked.values()))


def take(context: Context) -> Exit:
    """Take bundles or receipts in: files and folders, in any order. Refused ones are set aside (``Receiving``)."""
    with context.desk() as desk:
        verdicts = Receiving(desk).take_all(context.args.paths, context.terminal.progress)
        if desk.me.role == "coordinator":
            SamePersons(desk).look_for(context.terminal.progress)
    return _tell(context, verdicts)


def write_receipts(context: Context) -> Exit:
    """Write a receipt for each centre with news into a folder."""
    with context.desk() as desk:
        files = Receiving(desk).write_receipts(context.args.to)
    text = ngettext("{count} file written.", "{count} files written.", len(files)).format(count=len(files))
    context.terminal.result({"ok": True, "files": [str(file) for file in files]}, text)
    return Exit.OK


def _tell(context: Context, verdicts: Sequence[Verdict]) -> Exit:
    named = {path.name for path in context.args.paths if not path.is_dir()}
    # A stick goes round: what lies in a folder and is sealed for somebody else is no fault of anyone.
    ours = [one for one in verdicts if one.answer != _NOT_FOR_US or one.file_name in named]
    accepted = bool(ours) and all(verdict.ok for verdict in ours)
    lines = [f"{verdict.file_name}  {verdict.answer}  {verdict.sentence}" for verdict in verdicts]
    if not verdicts:
        lines = [_("No bundle was found there. Bundles end in .age.")]
    context.terminal.result({"ok": accepted, "verdicts": [asdict(one) for one in verdicts]}, "\n".join(lines))
    return Exit.OK if accepted else Exit.REFUSED
