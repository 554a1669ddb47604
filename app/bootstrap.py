"""The composition root: folders, single instance, look, store, use cases; then the window or the command line.

The one file that knows all layers. What belongs to the store is imported only when it is needed: the unlock window
is painted first (measured: SQLAlchemy triples the time to the first paint).
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app import settings
from app.clock import SystemClock
from app.errors import UserError
from app.hardening import harden
from app.i18n import _, set_language
from app.paths import data_folder
from app.settings import Look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.ui.application import ApplicationShell, Preferences
    from app.ui.exchange.line_work import LineWork
    from app.ui.main_window import Place
    from app.ui.screens.unlock import Opener
    from app.usecases.access import Access
    from app.usecases.by_sheet import OpenedBySheet
    from app.usecases.desk import Desk
    from app.usecases.drafts import Drafts

_UNKEPT = "APORA_UNKEPT"
"""Tells the process after the lock that the last words could not be kept. It holds nothing else."""


def run(arguments: Sequence[str]) -> int:
    """Open the window, or run a verb of the command line. Returns the exit code."""
    harden()
    if arguments:
        from app.cli import main  # noqa: PLC0415 - the window needs none of it

        return main(arguments)
    return open_window()


def open_window() -> int:
    """Start the program with its window and stay until it is closed."""
    from app.store.single import SingleInstance  # noqa: PLC0415
    from app.ui.application import create_application  # noqa: PLC0415

    folder = data_folder()
    look = settings.load(folder)
    set_language(look.language)
    app = create_application(sys.argv[:1])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with SingleInstance(folder):
            program = Program(app, folder, look)
            program.start()
            code = app.exec()
            program.close()
            return code
    except UserError as error:
        return _say_and_end(app, look, error)


def _say_and_end(app: QApplication, look: Look, error: UserError) -> int:
    """A program that cannot start says why in a window of its own: nobody reads a terminal."""
    from app.ui.refusal import refuse  # noqa: PLC0415

    refuse(app, look, error.sentence())
    return 3


class Program:
    """The running program: the shell, and the desk while the store is open."""

    def __init__(self, app: QApplication, folder: Path, look: Look) -> None:
        from app.ui.application import ApplicationShell, Preferences  # noqa: PLC0415
        from app.ui.garbage import InterfaceCollector  # noqa: PLC0415
        from app.ui.tasks import Tasks  # noqa: PLC0415

        self._folder = folder
        self._look = look
        self._desk: Desk | None = None
        self._drafts: Drafts | None = None
        self._line: LineWork | None = None
        self._opener: Opener | None = None
        self.shell: ApplicationShell = ApplicationShell(
            app,
            Preferences(look.language, look.dark, look.scale),
            save=self._keep,
            end=self._end,
            idle_minutes=look.idle_minutes,
        )
        self.shell.report_errors()
        self._collector = InterfaceCollector(self.shell)
        self.tasks = Tasks(self.shell.reporter.tell, self.shell)

    def start(self) -> None:
        """First start, or unlock. A store that is damaged or incomplete is unlocked too: that says what is wrong."""
        from app.store.files import KEY_NAME, STORE_NAME  # noqa: PLC0415 - unlike the engine, without SQLAlchemy
        from app.store.restore import finish  # noqa: PLC0415 - likewise

        finish(self._folder)
        if any((self._folder / name).exists() for name in (KEY_NAME, STORE_NAME)):
            self._unlock()
        else:
            self._first_start()

    def close(self) -> None:
        """Close the store, if it is open."""
        self.tasks.stop()
        self._collector.stop()
        if self._line is not None:
            self._line.close()
        if self._opener is not None:
            self._opener.leave_sheet()
        if self._desk is not None:
            from app.usecases.access import lock  # noqa: PLC0415

            # A disk that is full must not keep the store open.
            with contextlib.suppress(UserError):
                self._write_drafts()
            lock(self._desk)
            self._desk = None

    def _unlock(self) -> None:
        from app.ui.screens.unlock import Opener, Unlock  # noqa: PLC0415

        opener = Opener(self._access, self.tasks, _bring_in_desk)
        opener.opened.connect(self._opened)
        self._opener = opener
        self.shell.show_opening(lambda: Unlock(opener, self._restore))

    def _go_on_with_sheet(self, sheet: OpenedBySheet) -> None:
        """A backup was restored by its sheet: who she is is asked as at unlock."""
        self._unlock()
        if self._opener is not None:
            self._opener.take_sheet(sheet)

    def _first_start(self) -> None:
        from app.ui.screens.first_start import FirstStart, Journey  # noqa: PLC0415

        journey = Journey(self._access(), self.tasks)
        journey.opened.connect(self._opened)
        journey.given_up.connect(self._first_start_again)
        self._journey = journey
        self.shell.show_opening(lambda: FirstStart(journey, self.shell.set_language, self._restore))

    def _restore(self) -> None:
        from app.ui.screens.restore import Restore, Restorer  # noqa: PLC0415

        restorer = Restorer(lambda: self._access().restoring(), self.tasks)
        restorer.opened.connect(self._opened)
        restorer.proved.connect(self._go_on_with_sheet)
        self._restorer = restorer
        self.shell.show_opening(lambda: Restore(restorer, self.start))

    def _first_start_again(self) -> None:
        self._journey.deleteLater()
        self.start()  # where the store was written and only the desk failed, that is unlock

    def _access(self) -> Access:
        from app.usecases.access import Access  # noqa: PLC0415 - brings SQLAlchemy

        return Access(self._folder, SystemClock())

    def _opened(self, desk: Desk) -> None:
        """Show the desk. A defect on the way must not leave her before a bar that moves for ever."""
        try:
            self._show_desk(desk)
        except Exception as error:  # whatever it is: it is told, and the way in is shown again
            self._not_opened(desk, error)

    def _show_desk(self, desk: Desk) -> None:
        from app.ui.composition import compose  # noqa: PLC0415
        from app.ui.exchange.line_work import LineWork  # noqa: PLC0415
        from app.ui.safety import start_backups  # noqa: PLC0415
        from app.usecases.drafts import Drafts  # noqa: PLC0415
        from app.usecases.line import Line  # noqa: PLC0415
        from app.usecases.renewing import renew_index  # noqa: PLC0415
        from app.usecases.safekeeping import Safekeeping  # noqa: PLC0415

        self._desk, self._drafts = desk, Drafts(desk)
        self._line = LineWork(Line(desk), self.shell.reporter.tell, self.shell)
        minutes = self._look.idle_minutes
        plan = compose(desk, self.tasks, self.shell, minutes, self._keep_idle, self._drafts, self._line)
        self.shell.show_desk(plan, _place_before(desk))
        start_backups(Safekeeping(desk), self.shell)
        if desk.me.role == "centre":  # the coordinator's is renewed when she looks for the same person
            self.tasks.run(lambda job: renew_index(desk, lambda: job.cancelled))
        if self._opener is not None and self._opener.set_anew:
            self._opener.set_anew = False
            told = _("You are logged in as {name}. Your new passphrase is set.")
            self.shell.say(told.format(name=desk.staff_name), "ok")
        if os.environ.pop(_UNKEPT, ""):
            self.shell.say(_("The disk was full at the lock: the last words you typed could not be kept."))

    def _not_opened(self, desk: Desk, error: Exception) -> None:
        """Close the store and lead back to unlock, which is the way to try again."""
        from app.ui.errors import words  # noqa: PLC0415
        from app.usecases.access import lock  # noqa: PLC0415

        self._desk = self._drafts = None
        lock(desk)
        self._unlock()
        told = _("The desk could not be opened. What is recorded is safe. Unlock to try again. {why}")
        self.shell.say(told.format(why=words(error).text))

    def _keep(self, preferences: Preferences) -> None:
        self._look = replace(
            self._look, language=preferences.language, dark=preferences.dark, scale=preferences.scale
        )
        settings.save(self._folder, self._look)

    def _keep_idle(self, minutes: int) -> None:
        self._look = replace(self._look, idle_minutes=minutes)
        settings.save(self._folder, self._look)
        self.shell.set_idle(minutes)

    def _end(self) -> None:
        """Lock: the store is closed, and a fresh process takes this one's place, so that memory keeps nothing."""
        from app.ui.relaunch import own_command, relaunch  # noqa: PLC0415

        try:
            # A disk that is full must not hold up the lock: what could not be written is told after it.
            with contextlib.suppress(UserError):
                self._keep_place()
            self.close()
            if self._drafts is not None and self._drafts.waiting:
                os.environ[_UNKEPT] = "1"
        finally:
            relaunch(own_command())

    def _keep_place(self) -> None:
        from app.usecases.last_place import LastPlace, keep_place  # noqa: PLC0415

        if self._desk is not None and (place := self.shell.left_at) is not None:
            keep_place(self._desk, LastPlace(place.route, place.arguments, place.state))

    def _write_drafts(self) -> None:
        if self._drafts is not None:
            self._drafts.write()


def _bring_in_desk() -> None:
    from app.ui import composition  # noqa: F401, PLC0415 - all screens: read while the passphrase is typed


def _place_before(desk: Desk) -> Place | None:
    """Where she was when she locked."""
    from app.ui.main_window import Place  # noqa: PLC0415
    from app.usecases.last_place import take_place  # noqa: PLC0415

    with contextlib.suppress(UserError):  # a kindness: on a disk without room there is none
        if (back := take_place(desk)) is not None:
            return Place(back.route, back.arguments, back.state)
    return None
