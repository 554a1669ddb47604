"""The application: Qt set-up, and the shell that shows first start, unlock, or the desk, in a language and a theme.

Nothing here imports the store: the unlock window must be painted before SQLAlchemy is loaded (measured: 170 ms
against 690 ms). Bootstrap hands in factories; the shell calls them again when the language or the theme changes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, Qt, QTranslator
from PySide6.QtGui import QClipboard, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from app import i18n
from app.ui import icons, theme
from app.ui.cover import cover
from app.ui.errors import Reporter, Words, install
from app.ui.idle import IdleWatch
from app.ui.main_window import DeskPlan, MainWindow, Place
from app.ui.opening_window import OpeningWindow
from app.ui.widgets.banner import BannerKind

FIRST_SIZE: Final = (1280, 760)
FRAME: Final = 100


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the interface looks; nothing here is secret, it is needed before unlock."""

    language: str = i18n.DEFAULT_LANGUAGE
    dark: bool = False
    scale: float = 1.0


def create_application(arguments: Sequence[str]) -> QApplication:
    """The QApplication, with nothing in it that names the work."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(list(arguments))
    app.setApplicationName("Apora")
    app.setApplicationDisplayName("Apora")
    app.setDesktopFileName("apora")
    app.setQuitOnLastWindowClosed(True)
    return app


class ApplicationShell(QObject):
    """Owns the one window. ``save`` keeps the preferences; ``end`` replaces the process (``relaunch``)."""

    def __init__(
        self,
        app: QApplication,
        preferences: Preferences,
        *,
        save: Callable[[Preferences], object],
        end: Callable[[], object],
        idle_minutes: float = 10,
    ) -> None:
        super().__init__()
        self.app = app
        self.preferences = preferences
        self._save = save
        self._end = end
        self._idle_minutes = idle_minutes
        self._idle: IdleWatch | None = None
        self._build: Callable[[Place | None], QWidget] | None = None
        self.window: QWidget | None = None
        self.left_at: Place | None = None
        """Where one was when the program was locked."""
        self._locking = False
        self._qt_words = QTranslator(self)
        self.reporter = Reporter(self)
        self.reporter.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self._dress()

    def report_errors(self) -> Callable[[], None]:
        """Route uncaught exceptions and Qt messages to the window; answers the undo."""
        return install(self.reporter)

    def show_opening(self, factory: Callable[[], QWidget]) -> None:
        """Show first start or unlock: ``factory`` builds the screen (again, when the language changes)."""
        self._build = lambda _place: self._opening(factory)
        self._replace(None)

    def show_desk(self, plan: DeskPlan, place: Place | None = None) -> None:
        """Show the main window of ``plan``; from now on idleness and sleep lock."""
        self._build = lambda at: self._desk(plan, at)
        self._replace(place)
        self._watch_idleness()

    def lock(self) -> None:
        """Blank the window at once; then keep drafts, and end the process by starting a fresh one.

        Whatever fails on the way, the process ends.
        """
        window = self.window
        if self._locking or window is None:
            return
        self._locking = True
        for step in (partial(self._cover, window), self._note_place, self._leave, self._close_modals):
            try:
                step()
            except Exception as error:  # a defect in a screen must not keep the store open
                self.reporter.tell(error)
        self._end()

    def say(self, text: str, kind: BannerKind = "error") -> None:
        """Say a line at the top; as a rule, that something went wrong."""
        if isinstance(self.window, MainWindow):
            self.window.say(text, kind)
        elif isinstance(self.window, OpeningWindow):
            self.window.say(text)

    def set_language(self, language: str) -> None:
        """Show everything in ``language`` from now on, at the same place."""
        self._change(replace(self.preferences, language=language))

    def set_idle(self, minutes: float) -> None:
        """Lock after so many minutes without a touch, from now on."""
        self._idle_minutes = minutes
        if self._idle is not None:
            self._idle.deleteLater()
            self._watch_idleness()

    def toggle_theme(self) -> None:
        """Light or dark."""
        self._change(replace(self.preferences, dark=not self.preferences.dark))

    def change_scale(self, step: float) -> None:
        """Larger or smaller text, between 100 % and 200 %."""
        scale = min(theme.LARGEST, max(theme.SMALLEST, self.preferences.scale + step))
        if scale != self.preferences.scale:
            self._change(replace(self.preferences, scale=scale))

    def _change(self, preferences: Preferences) -> None:
        self.preferences = preferences
        self._save(preferences)
        place = self.window.place if isinstance(self.window, MainWindow) else None
        self._leave()
        self._dress()
        self._replace(place)

    def _dress(self) -> None:
        i18n.set_language(self.preferences.language)
        QLocale.setDefault(QLocale(self.preferences.language))
        self._translate_qt()
        theme.apply(self.app, dark=self.preferences.dark, scale=self.preferences.scale)
        self.app.setWindowIcon(QIcon(icons.pixmap("logo", theme.tokens().accent, 64, 1.0)))

    def _translate_qt(self) -> None:
        """Qt has words of its own (file dialogs); none in Belarusian, and there Russian is nearer than English."""
        self.app.removeTranslator(self._qt_words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        language = {"be": "ru"}.get(self.preferences.language, self.preferences.language)
        if language != "en" and self._qt_words.load(f"qtbase_{language}", folder):
            self.app.installTranslator(self._qt_words)

    def _opening(self, factory: Callable[[], QWidget]) -> QWidget:
        window = OpeningWindow(factory())
        window.language_wanted.connect(self.set_language)
        window.theme_wanted.connect(self.toggle_theme)
        window.scale_wanted.connect(self.change_scale)
        return window

    def _desk(self, plan: DeskPlan, place: Place | None) -> QWidget:
        old = self.window
        window = MainWindow(plan, place, old.steps if isinstance(old, MainWindow) else ())
        window.lock_wanted.connect(self.lock)
        window.language_wanted.connect(self.set_language)
        window.theme_wanted.connect(self.toggle_theme)
        window.scale_wanted.connect(self.change_scale)
        return window

    def _replace(self, place: Place | None) -> None:
        assert self._build is not None
        old, self.window = self.window, self._build(place)
        if old is None:
            self.window.resize(*FIRST_SIZE)
            # On the small screens of old laptops a window that leaves room around it would be cut.
            if self._room_is_small():
                self.window.showMaximized()
            else:
                self.window.show()
        else:
            # First the new window, then away with the old one: with none at all the application would quit.
            self.window.setGeometry(old.geometry())
            self.window.setWindowState(old.windowState())
            self.window.show()
            old.blockSignals(True)
            old.hide()
            old.deleteLater()

    def _room_is_small(self) -> bool:
        room = self.app.primaryScreen().availableSize()
        return room.width() < FIRST_SIZE[0] + FRAME or room.height() < FIRST_SIZE[1] + FRAME

    def _watch_idleness(self) -> None:
        self._idle = IdleWatch(round(self._idle_minutes * 60_000), self)
        self._idle.wanted.connect(self.lock)

    def _note_place(self) -> None:
        if isinstance(self.window, MainWindow):
            self.left_at = self.window.place

    def _leave(self) -> None:
        if isinstance(self.window, MainWindow):
            self.window.leave()

    def _cover(self, window: QWidget) -> None:
        cover(window)
        board = QGuiApplication.clipboard()
        board.clear()
        if board.supportsSelection():
            board.clear(QClipboard.Mode.Selection)

    def _close_modals(self) -> None:
        for _round in range(20):
            dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
            if dialog is None:
                return
            dialog.close()
            QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)

    def _told(self, told: Words) -> None:
        self.say(told.text)
