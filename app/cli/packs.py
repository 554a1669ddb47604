"""``pack``: the packs of figures as files. What is for others is protected and written down before a file is made."""

from __future__ import annotations

import argparse
import re
from typing import Final

from app.cli.context import Context, write_new
from app.cli.terminal import Exit
from app.i18n import N_, _, language, ngettext, translate
from app.reports import words
from app.reports.pack import Pack
from app.reports.paper.tongue import Tongue
from app.reports.table import Audience
from app.reports.writers import csv, ctdc, xlsx
from app.usecases.packs import PackDraft, Packs

FORMATS: Final = {"xlsx": xlsx.write, "csv": csv.write_pack}
_QUARTER: Final = re.compile(r"([0-9]{4})-?Q([1-4])", re.IGNORECASE)
_YEAR: Final = re.compile(r"[0-9]{4}")
_MONTHS: Final = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2]))(?::([0-9]{4}-(?:0[1-9]|1[0-2])))?")
_PERIOD: Final = N_("a period like 2026-Q3, 2026, 2026-03 or 2026-01:2026-06")


def task_force(context: Context) -> Exit:
    """The pack for the task force of an oblast."""
    args = context.args
    first, last = args.period
    with context.desk() as desk:
        packs = Packs(desk)
        return _write(context, packs, packs.task_force(args.oblast, first, last, Audience(args.audience)))


def donor(context: Context) -> Exit:
    """The pack for a donor."""
    args = context.args
    first, last = args.period
    with context.desk() as desk:
        packs = Packs(desk)
        return _write(context, packs, packs.donor(args.donor, first, last, Audience(args.audience)))


def summary(context: Context) -> Exit:
    """The summary for everybody, after the columns of CTDC."""
    first, last = context.args.period
    with context.desk() as desk:
        packs = Packs(desk)
        return _write(context, packs, packs.summary(first, last))


def period(text: str) -> tuple[str, str]:
    """``2026-Q3`` as its first and last month. Raises ArgumentTypeError."""
    if found := _QUARTER.fullmatch(text):
        last = 3 * int(found[2])
        return f"{found[1]}-{last - 2:02}", f"{found[1]}-{last:02}"
    if _YEAR.fullmatch(text):
        return f"{text}-01", f"{text}-12"
    if found := _MONTHS.fullmatch(text):
        return found[1], found[2] or found[1]
    raise argparse.ArgumentTypeError(translate(_PERIOD))


def _write(context: Context, packs: Packs, draft: PackDraft) -> Exit:
    """First what leaves is written down, then the file. A file that fails is a release nobody got: no harm."""
    pack, args = draft.pack, context.args
    make = ctdc.write if args.format == "ctdc" else FORMATS[args.format]
    content = make(pack, language())
    packs.release(draft)
    write_new(args.to, content)
    tables = sum(len(chapter.parts) for chapter in pack.chapters)
    hidden = sum(part.table.hidden for chapter in pack.chapters for part in chapter.parts)
    for line in words.head_lines(pack, Tongue(language())):
        context.terminal.say(line)
    told = {"ok": True, "file": str(args.to), "audience": pack.audience.value, "tables": tables, "hidden": hidden}
    context.terminal.result({**told, "until": _until(pack)}, _told(args.to.name, tables, hidden))
    return Exit.OK


def _until(pack: Pack) -> list[dict[str, object]]:
    return [{"centre": one.centre, "bundle": one.bundle, "missing": one.missing} for one in pack.until]


def _told(name: str, tables: int, hidden: int) -> str:
    count = ngettext("{count} table", "{count} tables", tables).format(count=tables)
    return _("Written: {name}, {tables}. Hidden numbers: {hidden}.").format(name=name, tables=count, hidden=hidden)
