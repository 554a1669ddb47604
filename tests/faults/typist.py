"""The child of the campaign: the real program, off the screen, with a person at its keyboard.

``python -m tests.faults.typist PLAN``: PLAN is a JSON file. The typist unlocks, opens a form, types, and says on
standard output what is typed and when. The end is ``kill`` (the parent's deed), ``close`` or ``lock``. After the lock
the fresh process comes through here again, waits for the parent's sign, unlocks and tells what stands in the form.
The passphrase is read from a file only when it is needed: the memory of the fresh process is that of the program.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import sys
import time
import traceback
import uuid
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from app.bootstrap import Program
from app.clock import SystemClock
from app.errors import UserError
from app.hardening import harden
from app.settings import Look
from app.store.keyformat import KdfParams
from app.store.single import SingleInstance
from app.ui.application import create_application
from app.ui.main_window import MainWindow
from app.ui.records.edit_page import EditPage
from app.usecases.access import Access
from app.usecases.drafts import Drafts
from tests.faults.marks import typed_text

LIFE: Final = "APORA_TEST_LIFE"
GO_ON: Final = "go-on"
"""The file by which the parent lets the second life unlock."""
QUICK: Final = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=8)


class Quick(Program):
    """The program, with an Argon2 that costs nothing."""

    def _access(self) -> Access:
        return Access(self._folder, SystemClock(), QUICK)

    def unlock(self, passphrase: str) -> None:
        """As typed into the unlock window."""
        assert self._opener is not None
        self._opener.unlock(passphrase)

    @property
    def desk_window(self) -> MainWindow | None:
        """The main window, once the store is open."""
        window = self.shell.window
        return window if isinstance(window, MainWindow) else None


def _no_room(_drafts: Drafts) -> None:
    raise UserError("The disk is full.")


def say(**what: object) -> None:
    """One line to the parent, with the clock that all processes share."""
    print(json.dumps({"at": time.monotonic(), **what}), flush=True)


class Typist(QObject):
    """Types letter after letter, in bursts with pauses, until the end that was planned."""

    def __init__(self, program: Quick, plan: dict[str, Any]) -> None:
        super().__init__()
        self._program = program
        self._plan = plan
        self._chance = random.Random(plan["seed"])
        self._text = ""
        self._typed = 0
        self._second = os.environ.get(LIFE) == "2"
        self._do = self._wait if self._second else self._unlock
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        self._timer.start(20)
        if self._second:
            say(life=2)

    def _step(self) -> None:
        try:
            self._do()
        except BaseException:
            # The parent must not wait for a typist that has fallen from the chair.
            traceback.print_exc()
            os._exit(3)

    def _wait(self) -> None:
        if Path(self._plan["signs"], GO_ON).exists():
            self._unlock()

    def _unlock(self) -> None:
        self._program.unlock(Path(self._plan["phrase"]).read_text("utf-8"))
        self._do = self._look

    def _look(self) -> None:
        window = self._program.desk_window
        if window is None:
            return
        if self._second:
            self._tell(window)
            return
        window.go("people")
        QTest.qWait(self._plan["people_ms"])
        window.go("case_edit", person=uuid.UUID(self._plan["person"]))
        window.activateWindow()
        page = window.stack.currentWidget()
        assert isinstance(page, EditPage)
        page.views[0].findChildren(QPlainTextEdit)[0].setFocus()
        self._text = typed_text(self._plan["seed"])
        self._do = self._type
        say(types=True)
        if self._plan["ending"] != "kill":
            QTimer.singleShot(int(self._plan["seconds"] * 1000), self, self._end)

    def _type(self) -> None:
        window = self._program.desk_window
        box = window.focusWidget() if window is not None else None
        assert isinstance(box, QPlainTextEdit)
        letter = self._text[self._typed]
        self._typed += 1
        QTest.sendKeyEvent(QTest.KeyAction.Click, box, Qt.Key(0), letter, Qt.KeyboardModifier.NoModifier)
        assert box.toPlainText() == self._text[: self._typed]
        say(typed=self._typed)
        pauses = self._chance.random() < 0.05
        self._timer.setInterval(self._chance.randrange(300, 1500) if pauses else self._chance.randrange(15, 120))

    def _end(self) -> None:
        self._timer.stop()
        window = self._program.desk_window
        assert window is not None
        if self._plan["ending"] == "close":
            window.close()
            return
        if self._plan["scan"]:
            # The parent looks into the memory as it is before the lock.
            say(scan=True)
            while not Path(self._plan["signs"], "scanned").exists():
                time.sleep(0.05)
        if self._plan["full"]:
            self._type()
            Drafts.write = _no_room  # type: ignore[assignment, method-assign]  # as a disk that is full answers
        os.environ[LIFE] = "2"
        window.lock()

    def _tell(self, window: MainWindow) -> None:
        self._timer.stop()
        QTest.qWait(50)
        box = window.focusWidget()
        inside = isinstance(box, QPlainTextEdit)
        say(
            route=window.place.route,
            text=box.toPlainText() if isinstance(box, QPlainTextEdit) else None,
            cursor=box.textCursor().position() if isinstance(box, QPlainTextEdit) else None,
            inside=inside,
            line=window.line.text(),
        )
        window.close()


def main() -> int:
    """Be the program until it ends."""
    faulthandler.enable()
    harden()
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    folder = Path(plan["folder"])
    app = create_application(["apora"])
    with SingleInstance(folder):
        program = Quick(app, folder, Look(language="en"))
        program.start()
        typist = Typist(program, plan)
        code = app.exec()
        typist.deleteLater()
        program.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
