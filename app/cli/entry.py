"""The way in: language, options, the verb, and one place that turns what went wrong into words and a code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.cli.context import CannotOpen, Context, MakeAccess
from app.cli.parser import build, language_of
from app.cli.terminal import Exit, Terminal
from app.clock import SystemClock
from app.errors import UserError
from app.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, set_language
from app.paths import data_folder
from app.usecases.access import Access


def _access(home: Path) -> Access:
    return Access(home, SystemClock())


def main(argv: Sequence[str] | None = None, *, make_access: MakeAccess = _access) -> int:
    """Run one verb; returns the exit code (see ``terminal.Exit``).

    ``make_access`` makes the way to the store of a folder; tests pass one with a quick key derivation.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    wanted = language_of(arguments)
    set_language(wanted if wanted in LANGUAGES else DEFAULT_LANGUAGE)
    parser = build()
    try:
        args = parser.parse_args(arguments)
    except SystemExit as end:  # argparse ends the process; a caller wants the code
        return int(end.code or 0)
    terminal = Terminal(as_json=args.json)
    context = Context(args, (args.home or data_folder()).absolute(), terminal, make_access)
    return int(_run(args.run, context))


def _run(verb: Callable[[Context], Exit], context: Context) -> Exit:
    try:
        return verb(context)
    except CannotOpen as closed:
        return _refused(context.terminal, closed.error, Exit.CLOSED)
    except UserError as error:
        return _refused(context.terminal, error, Exit.REFUSED)
    except (KeyboardInterrupt, EOFError):
        context.terminal.say(_("Broken off. Nothing was left half done."))
        return Exit.INTERRUPTED


def _refused(terminal: Terminal, error: UserError, code: Exit) -> Exit:
    if terminal.as_json:
        terminal.result({"ok": False, "error": error.sentence()}, "")
    terminal.say(error.sentence())
    return code
