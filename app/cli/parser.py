"""The verbs and their options, in the language chosen."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from app import __version__, codelists
from app.cli import cards, exchange, figures, htcds, packs, practice, safekeeping, setup
from app.cli.context import Context
from app.cli.terminal import Exit
from app.i18n import DEFAULT_LANGUAGE, LANGUAGES, N_, _
from app.reports.table import Audience
from app.usecases.practice import PEOPLE
from app.usecases.reporting import Dimension

Verb = Callable[[Context], Exit]
_MOST_CENTRES: Final = 60
_MOST_MONTHS: Final = 120

_EXAMPLES: Final = N_("""\
examples
  A centre is set up; the passphrase is shown, the recovery sheet is typed back:
    apora init --role centre --centre-name "Centre, Brest" --oblast BY-BR \\
          --staff-name "Anna K." --recovery-sheet sheet.txt
  Cards are exchanged on a stick, the digits by telephone:
    apora card export --to STICK
    apora card import STICK/apora-coordinator-1a2b3c.card
    apora card digits
    apora card confirm --digits "12345 67890 12345 67890"
  A bundle goes to the coordinator, the receipt comes back:
    apora export --to STICK
    apora inspect STICK
    apora import STICK
    apora receipt export --to STICK
    apora receipt import STICK
  A backup, and when the laptop is lost, its restore and the handover by the coordinator:
    apora backup --to STICK
    apora --home FOLDER restore --from STICK
    apora handover --old 1a2b3c4d --new 5e6f7a8b --to STICK
  Figures, for people, for programs and for a spreadsheet:
    apora stats --by month,group,centre --from 2026-01 --until 2026-06
    apora --json stats --by sex,age
    apora stats --by month,group,centre,sex,age --csv figures.csv
  Figures for others, protected, and people as a spreadsheet for one party of the memorandum:
    apora pack task-force --oblast BY-VI --period 2026-Q3 --audience task_force --to pack.xlsx
    apora htcds export --receiver iom_belarus --to cases.xlsx
  Three invented centres and a coordinator with a year of work, to practise with:
    apora practice --to FOLDER --centres 3 --months 12

exit codes
  0    done; every file was accepted or did no harm
  1    refused, or not every file was accepted: the reason is told
       (what is sealed for somebody else and merely lies in a folder does not count)
  2    the command was not understood
  3    the store does not open: missing, wrong passphrase, in use, damaged or newer
  130  broken off by the person
""")


def language_of(arguments: Sequence[str]) -> str:
    """What ``--lang`` says, found before anything is parsed: the help itself is in that language."""
    early = argparse.ArgumentParser(add_help=False)
    early.add_argument("--lang", default=DEFAULT_LANGUAGE)
    try:
        return str(early.parse_known_args(list(arguments))[0].lang)
    except SystemExit:
        return DEFAULT_LANGUAGE


def build() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="apora",
        description=_("Records, bundles and figures without a window. Without a verb the window opens."),
        epilog=_(_EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"apora {__version__}")
    parser.set_defaults(home=None, passphrase_file=None, json=False, lang=DEFAULT_LANGUAGE)
    _common(parser)
    verbs = parser.add_subparsers(title=_("verbs"), metavar="VERB", required=True)
    _init(_verb(verbs, "init", setup.init, N_("make a store")))
    _card(verbs)
    _exchange(verbs)
    _safekeeping(verbs)
    _stats(_verb(verbs, "stats", figures.stats, N_("persons and services, broken down")))
    _packs(verbs)
    _htcds(verbs)
    _practice(_verb(verbs, "practice", practice.practice, N_("make invented centres, or fill a practice store")))
    _verb(verbs, "self-test", practice.check, N_("check the store, and send a bundle there and back"))
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    """The options of every verb: they may stand before it or after it."""
    unsaid = argparse.SUPPRESS
    add = parser.add_argument
    add("--home", type=Path, metavar="FOLDER", default=unsaid, help=_("the folder of the store"))
    asking = _("read the passphrase from a file instead of asking")
    add("--passphrase-file", type=Path, metavar="FILE", default=unsaid, help=asking)
    add("--json", action="store_true", default=unsaid, help=_("the result as one JSON object"))
    add("--lang", choices=LANGUAGES, default=unsaid, help=_("language of all words"))


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Verb, words: str
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=_(words), description=_(words))
    parser.set_defaults(run=run)
    _common(parser)
    return parser


def _init(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--role", choices=("centre", "coordinator"), required=True, help=_("what this laptop is"))
    add("--practice", action="store_true", help=_("for practising: invented data only, for good"))
    add("--centre-name", required=True, metavar="NAME", help=_("the name of the centre"))
    add("--oblast", choices=codelists.get("oblasts").codes, required=True, help=_("code of the oblast"))
    add("--raion", default="", type=_raion, metavar="CODE", help=_("code of the raion"))
    add("--staff-name", required=True, metavar="NAME", help=_("the first member of staff"))
    add("--staff-role", choices=codelists.get("roles").codes, help=_("her role (nurse, or coordinator)"))
    add("--centre-card", type=Path, metavar="FILE", help=_("the card of another laptop of the same centre"))
    add("--recovery-sheet", type=Path, required=True, metavar="FILE", help=_("where the recovery sheet is written"))
    add(
        "--proof-file",
        type=Path,
        metavar="FILE",
        help=_("read the proof of the recovery sheet from a file instead of asking; without proof nothing is made"),
    )


def _card(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = _("exchange cards and trust them")
    group = verbs.add_parser("card", help=words, description=words)
    card = group.add_subparsers(title=_("verbs"), metavar="VERB", required=True)
    to = _verb(card, "export", cards.export, N_("write the card of this laptop"))
    to.add_argument("--to", type=Path, required=True, metavar="PATH", help=_("a folder or a file"))
    take = _verb(card, "import", cards.take, N_("take cards in; they wait for their digits"))
    take.add_argument("files", nargs="+", type=Path, metavar="FILE")
    confirm = _verb(card, "confirm", cards.confirm, N_("trust a card by the digits that were read out"))
    confirm.add_argument("installation", nargs="?", metavar="ID", help=_("which card, if several wait"))
    confirm.add_argument("--digits", metavar="DIGITS", help=_("the 20 digits; otherwise they are asked for"))
    _verb(card, "digits", cards.digits, N_("show the digits of this laptop, to be read out"))
    _verb(card, "list", cards.show, N_("show who is known here"))


def _exchange(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    out = _verb(verbs, "export", exchange.export, N_("write the next bundle for the coordinator"))
    out.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    out.add_argument("--anew", action="store_true", help=_("with everything from the beginning"))
    look = _verb(verbs, "inspect", exchange.inspect, N_("say what taking files in would do"))
    look.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    take = _verb(verbs, "import", exchange.take, N_("take bundles in: files and folders, in any order"))
    take.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    group = verbs.add_parser("receipt", help=_("write and read receipts"), description=_("write and read receipts"))
    receipt = group.add_subparsers(title=_("verbs"), metavar="VERB", required=True)
    write = _verb(receipt, "export", exchange.write_receipts, N_("write a receipt for each centre with news"))
    write.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    read = _verb(receipt, "import", exchange.take, N_("read receipts"))
    read.add_argument("paths", nargs="+", type=Path, metavar="PATH")


def _safekeeping(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    make = _verb(verbs, "backup", safekeeping.back_up, N_("make a backup, and check it"))
    make.add_argument("--to", type=Path, metavar="FOLDER", help=_("this once there; otherwise the folder chosen"))
    show = _verb(verbs, "backups", safekeeping.show, N_("list the backups in a folder, and check each"))
    show.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    back = _verb(verbs, "restore", safekeeping.restore, N_("put a backup in the place of the store"))
    back.add_argument("--from", dest="source", type=Path, required=True, metavar="PATH", help=_("where backups lie"))
    back.add_argument("--replace", action="store_true", help=_("put the store that lies here aside"))
    back.add_argument("--recovery-sheet", action="store_true", help=_("open it by the sheet; set a new passphrase"))
    over = _verb(verbs, "handover", safekeeping.hand_over, N_("a restored laptop follows the old one of its centre"))
    over.add_argument("--old", required=True, metavar="ID", help=_("the laptop that is lost or was restored"))
    over.add_argument("--new", required=True, metavar="ID", help=_("the one that follows it"))
    over.add_argument("--to", type=Path, required=True, metavar="FOLDER")


def _stats(parser: argparse.ArgumentParser) -> None:
    names = ", ".join(dimension.value for dimension in Dimension)
    by = _("broken down by, with commas: {names}").format(names=names)
    parser.add_argument("--by", type=_dimensions, default=["month", "group", "centre"], metavar="LIST", help=by)
    parser.add_argument("--from", dest="first", type=_month, metavar="YYYY-MM", help=_("first month"))
    parser.add_argument("--until", dest="last", type=_month, metavar="YYYY-MM", help=_("last month"))
    parser.add_argument("--csv", type=Path, metavar="FILE", help=_("write a file for a spreadsheet, too"))


def _packs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = _("packs of figures as files, protected for whom they are for")
    group = verbs.add_parser("pack", help=words, description=words)
    kinds = group.add_subparsers(title=_("verbs"), metavar="VERB", required=True)
    force = _verb(kinds, "task-force", packs.task_force, N_("the pack for the task force of an oblast"))
    oblasts = ("", *codelists.get("oblasts").codes)
    force.add_argument("--oblast", choices=oblasts, default="", help=_("code of the oblast; without it all of them"))
    donor = _verb(kinds, "donor", packs.donor, N_("the pack for a donor"))
    donor.add_argument("--donor", required=True, metavar="CODE", help=_("code of the donor"))
    summary = _verb(kinds, "summary", packs.summary, N_("the summary for everybody, after the columns of CTDC"))
    for kind in (force, donor, summary):
        add = kind.add_argument
        add("--period", type=packs.period, required=True, help=_("2026-Q3, 2026, 2026-03 or 2026-01:2026-06"))
        formats = (*packs.FORMATS, "ctdc") if kind is summary else tuple(packs.FORMATS)
        add("--format", choices=formats, default="ctdc" if kind is summary else "xlsx", help=_("kind of file"))
        add("--to", type=Path, required=True, metavar="FILE", help=_("a file that does not exist yet"))
    for kind in (force, donor):
        audiences, whom = tuple(one.value for one in Audience), _("for whom: it decides what is hidden")
        kind.add_argument("--audience", choices=audiences, required=True, help=whom)


def _htcds(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    words = _("data of single people as a spreadsheet of HTCDS 2.0, out and in")
    group = verbs.add_parser("htcds", help=words, description=words)
    both = group.add_subparsers(title=_("verbs"), metavar="VERB", required=True)
    out = _verb(both, "export", htcds.export, N_("write the spreadsheet for one receiver"))
    to_whom = _("code of the organisation, a party of a memorandum; without it the file is for our own use")
    out.add_argument("--receiver", default="", metavar="CODE", help=to_whom)
    out.add_argument("--to", type=Path, required=True, metavar="FILE")
    out.add_argument("--yes", action="store_true", help=_("do not ask once more"))
    take = _verb(both, "import", htcds.take, N_("take a filled spreadsheet in, all of it or nothing"))
    take.add_argument("file", type=Path, metavar="FILE")
    named = _("where the rows come from; otherwise the name of the file")
    take.add_argument("--register", default="", metavar="NAME", help=named)
    take.add_argument("--leave-out", action="store_true", help=_("leave out the rows that cannot be taken in"))
    take.add_argument("--look", action="store_true", help=_("say what would be done, and do nothing"))


def _practice(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--to", type=Path, metavar="FOLDER", help=_("make new stores there; otherwise the store at --home is filled"))
    add("--centres", type=_between(1, _MOST_CENTRES), default=3, metavar="N", help=_("how many centres"))
    add(
        "--months",
        type=_between(1, _MOST_MONTHS),
        default=12,
        metavar="N",
        help=_("how many whole months, up to now"),
    )
    add("--people", type=_between(1, 10_000), default=PEOPLE, metavar="N", help=_("how many people come to a centre"))
    add("--seed", type=int, metavar="N", help=_("the same number makes the same data"))


def _between(low: int, high: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(_("a number from {low} to {high}").format(low=low, high=high))
        return int(text)

    return number


def _month(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(_("a month like 2026-03"))
    return text


def _raion(text: str) -> str:
    if text and text not in codelists.get("raions"):
        raise argparse.ArgumentTypeError(_("a code of the list of raions"))
    return text


def _dimensions(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in set(Dimension)]:
        raise argparse.ArgumentTypeError(_("not known: {names}").format(names=", ".join(unknown)))
    return list(dict.fromkeys(names))
