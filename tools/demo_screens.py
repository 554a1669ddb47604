"""The demonstration's screens as PNG files: the real window, drawn off the screen.

Also for looking at by hand: a centre's desk and the coordinator's, in Russian, and some in the other languages,
in the dark, and with large text.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.application import ApplicationShell, Preferences, create_application
from app.ui.composition import compose
from app.ui.exchange.line_work import LineWork
from app.ui.main_window import MainWindow, Place
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner
from app.usecases.desk import Desk
from app.usecases.drafts import Drafts
from app.usecases.line import Line
from app.usecases.people import People, PersonRow

_SETTLE_SECONDS: Final = 0.15
_PATIENCE_SECONDS: Final = 10.0
_SIZE: Final = (1366, 768)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where one is, and how it looks. ``then`` does what a person would do there first."""

    name: str
    route: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    look: Preferences = field(default_factory=Preferences)
    then: Callable[[QWidget], object] | None = None


class ScreenFailed(Exception):
    """A screen could not be shown, or said something went wrong."""


def shots(folder: Path, desks: Sequence[Desk]) -> list[Path]:
    """Draw the screens of the coordinator (the first of ``desks``) and of the first centre; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    coordinator, centre = desks[0], desks[1]
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else create_application(["apora"])
    wanted = [(centre, shot) for shot in _of_centre(centre)]
    wanted += [(coordinator, shot) for shot in _of_coordinator(coordinator)]
    return [draw(app, desk, shot, folder / f"{desk.me.role}-{shot.name}.png") for desk, shot in wanted]


def _of_centre(desk: Desk) -> Iterator[Shot]:
    busy = _busiest(desk)
    yield Shot("today", "today")
    yield Shot("people", "people")
    yield Shot("people-found", "people", {"query": busy.name.split()[0]})
    yield Shot("person", "person", {"person": busy.uid})
    yield Shot("person-dark", "person", {"person": busy.uid}, Preferences(dark=True))
    yield Shot("person-large", "person", {"person": busy.uid}, Preferences(scale=1.5))
    yield Shot("record", "record", {"person": busy.uid})
    for code in ("medical_examination", "legal_civil", "psych_counselling", "food_meals"):
        yield Shot(f"record-{code.split('_', maxsplit=1)[0]}", "record", {"person": busy.uid, "code": code})
    yield Shot("consent", "consent_edit", {"person": busy.uid})
    yield Shot("case", "case_edit", {"person": busy.uid})
    yield Shot("send", "send")
    yield Shot("send-be", "send", look=Preferences("be"))
    yield Shot("figures", "figures")
    yield Shot("hotline-call", "hotline_call")
    yield Shot("settings-en", "settings", look=Preferences("en"))


def _of_coordinator(desk: Desk) -> Iterator[Shot]:
    yield Shot("inbox", "inbox")
    yield Shot("inbox-be", "inbox", look=Preferences("be"))
    yield Shot("centres", "centres")
    yield Shot("centres-dark", "centres", look=Preferences(dark=True))
    yield Shot("register", "people")
    yield Shot("same", "same")
    yield Shot("same-en-dark", "same", look=Preferences("en", dark=True))
    yield Shot("questions", "questions")
    yield Shot("transfers", "transfers")
    yield Shot("take-in", "take_in")
    yield Shot("line", "line")
    yield Shot("person", "person", {"person": _busiest(desk).uid})
    yield Shot("statistics", "statistics")
    yield Shot("statistics-be-dark", "statistics", look=Preferences("be", dark=True))
    yield Shot("packs", "packs")
    yield Shot("activities", "activities")
    yield Shot("partners", "partners")
    yield Shot("task-force", "task_force")


def _busiest(desk: Desk) -> PersonRow:
    """Who has a name and the most services: her page shows the most."""
    people = People(desk)
    return max((row for row in people.rows(people.find()) if row.name), key=lambda row: row.services)


def draw(app: QApplication, desk: Desk, shot: Shot, file: Path) -> Path:
    """Show the place of ``shot`` in a real window and write it as PNG; raises ScreenFailed if anything is amiss."""
    shell = ApplicationShell(app, shot.look, save=_nothing, end=_nothing)
    said: list[str] = []
    before = qInstallMessageHandler(_listener(said))
    failures: list[BaseException] = []
    tasks = Tasks(failures.append)
    line = LineWork(Line(desk), failures.append, shell)
    try:
        plan = compose(desk, tasks, shell, 10, _nothing, Drafts(desk), line)
        shell.show_desk(plan, Place(shot.route, shot.arguments))
        window = shell.window
        assert isinstance(window, MainWindow)
        # The screen that is not there is small, and on a small one the window opens maximised.
        window.showNormal()
        window.resize(*_SIZE)
        _settle(app, tasks)
        if shot.then is not None:
            shot.then(window)
            _settle(app, tasks)
        banners = window.findChildren(Banner)
        said += [one.text() for one in banners if one.isVisible() and one.property("banner") == "error"]
        if said or failures:
            raise ScreenFailed(f"{shot.name}: {'; '.join([*said, *map(repr, failures)])}")
        _save(window, file)
    finally:
        tasks.stop()
        line.close()
        _clear(app, shell, tasks)
        qInstallMessageHandler(before)
    return file


def _clear(app: QApplication, shell: ApplicationShell, tasks: Tasks) -> None:
    """Delete what the picture was made of, here and now.

    Outside of exec() nobody else does it: each window left over would be styled anew with every next one, and a
    shell left to the garbage collector could end in the thread of the tasks, where its timers must not be touched.
    """
    if shell.window is not None:
        shell.window.close()
        shell.window.deleteLater()
    shell.deleteLater()
    tasks.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _listener(said: list[str]) -> Callable[[QtMsgType, object, str], None]:
    """Qt's warnings are failures here as in the tests; what offscreen drawing cannot do is not."""

    def hear(kind: QtMsgType, _context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not text.startswith("This plugin does not support"):
            said.append(text)

    return hear


def _settle(app: QApplication, tasks: Tasks) -> None:
    """Let the screen load what it loads in the background, and lay itself out."""
    end = time.monotonic() + _PATIENCE_SECONDS
    quiet = time.monotonic() + _SETTLE_SECONDS
    while time.monotonic() < quiet:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if tasks.busy:
            quiet = time.monotonic() + _SETTLE_SECONDS
        if time.monotonic() > end:
            raise ScreenFailed("a screen is still loading")


def _save(window: QWidget, file: Path) -> None:
    if not window.grab().save(str(file)):
        raise ScreenFailed(f"{file.name} could not be written")


def _nothing(*_arguments: object) -> None:
    """Nothing is kept of a look, and nothing ends."""
