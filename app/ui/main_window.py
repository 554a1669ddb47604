"""The main window: bar, top, screen, status. It shows screens by route and is what they know as ``Desk``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QScrollArea, QStackedWidget, QWidget

from app.errors import UserError
from app.i18n import _, language, translate
from app.ui import focus_order, shortcuts, theme
from app.ui.errors import words
from app.ui.focus_keeper import FocusKeeper
from app.ui.frame.nav_bar import NavBar
from app.ui.frame.said_line import SaidLine
from app.ui.frame.status_line import StatusItem, StatusLine
from app.ui.frame.top_bar import TopBar
from app.ui.help import book
from app.ui.help.pane import HelpPane, beside, width_for
from app.ui.help.tour import Tour, TourStep
from app.ui.routes import Routes
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner, BannerKind
from app.ui.widgets.nested import column_in
from app.ui.widgets.page import Page

FOLD_BELOW: Final = 1200
SMALLEST: Final = QSize(800, 520)
KEPT_STEPS: Final = 20


def _nothing() -> Sequence[StatusItem]:
    return ()


def _no_counts() -> Mapping[str, int]:
    return {}


def _nothing_said() -> str:
    return ""


def _nothing_waits() -> bool:
    return False


def _wanted() -> bool:
    return True


def _not_kept() -> None:
    """Nobody keeps that the tour was closed."""


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """What the window is made of; data and callables, so that it can be built again in another language.

    ``record`` and ``search`` name routes (empty: none); ``search`` is opened with ``query=...``. Texts are marked.
    """

    routes: Routes
    tasks: Tasks
    who: str = ""
    practice: bool = False
    record: str = ""
    record_label: str = ""
    search: str = ""
    search_hint: str = ""
    status: Callable[[], Sequence[StatusItem]] = field(default=_nothing)
    counts: Callable[[], Mapping[str, int]] = field(default=_no_counts)
    notice: Callable[[], str] = field(default=_nothing_said)
    """A sentence that stands above every screen while it is true (the clock is wrong)."""
    unkept: Callable[[], bool] = field(default=_nothing_waits)
    """Is anything typed that could not be kept? Then the window does not close without a word."""
    tour: Sequence[TourStep] = ()
    """What to try on the first morning (practice only)."""
    tour_open: Callable[[], bool] = field(default=_wanted)
    """Whether she has not closed it yet; asked each time the window is built."""
    close_tour: Callable[[], object] = field(default=_not_kept)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: a route, its arguments, and what the screen says of its state (``Page.snapshot``)."""

    route: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    state: Mapping[str, object] = field(default_factory=dict)


class MainWindow(QWidget):
    """Implements ``routes.Desk``. The shell listens to its signals for what concerns the whole program."""

    lock_wanted = Signal()
    language_wanted = Signal(str)
    theme_wanted = Signal()
    scale_wanted = Signal(float)

    def __init__(self, plan: DeskPlan, place: Place | None = None, steps: Sequence[Place] = ()) -> None:
        super().__init__()
        self.setWindowTitle("Apora")
        self.plan = plan
        self.tasks = plan.tasks
        self._steps = list(steps)
        self._place = Place("")
        self._warned = False
        self._helped: QWidget | None = None
        self.nav = NavBar(plan.routes.bar)
        self.top = TopBar(
            language(),
            plan.who,
            (translate(plan.record_label) or _("Record help")) if plan.record else "",
            translate(plan.search_hint),
        )
        self.top.search.setVisible(bool(plan.search))
        self.line = SaidLine()
        self.notice = Banner()
        self.stack = QStackedWidget()
        self.status = StatusLine()
        self.tour = Tour(plan.tour if plan.tour_open() else ())
        self.help = HelpPane(self)
        self._focus = FocusKeeper(self, self.stack.currentWidget)
        self._lay_out()
        self._connect()
        self._start(place)
        self.refresh_status()

    # what screens use (Desk)

    def go(self, route: str, /, **arguments: object) -> None:
        """Show the screen of ``route``; the present one is asked to leave first."""
        if self._place.route:
            self._steps = [*self._steps[-KEPT_STEPS:], self.place]
        self._show(Place(route, arguments))

    def back(self) -> None:
        """Return to the screen before; without one, to the place above this one."""
        self._show(self._steps.pop() if self._steps else self._above())

    def say(
        self, text: str, kind: BannerKind = "info", action: str = "", acted: Callable[[], object] | None = None
    ) -> None:
        """Say a line at the top that outlives the screen; an empty one takes it away."""
        self.line.tell(text, kind, action, acted)

    def moved_on(self) -> None:
        """Another step of the same screen: what was said before it is over."""
        self.line.moved_on()

    def tell(self, error: BaseException) -> None:
        """Say an exception in words."""
        self.say(words(error).text, "error")

    def refresh_status(self) -> None:
        """Read the status line and the counts of the bar again."""
        self.status.show_items(self.plan.status())
        self.nav.set_counts(self.plan.counts())
        self.tour.look()
        if (said := self.plan.notice()) != self.notice.text():
            self.notice.say(said, "warn")

    def lock(self) -> None:
        """Lock now."""
        self.lock_wanted.emit()

    # what the shell uses

    @property
    def place(self) -> Place:
        """Where one is now and in what state, for coming back to it."""
        screen = self.stack.currentWidget()
        return replace(self._place, state=screen.snapshot()) if isinstance(screen, Page) else self._place

    @property
    def steps(self) -> Sequence[Place]:
        """The way back, for building the window again."""
        return tuple(self._steps)

    def leave(self) -> None:
        """Ask the present screen to keep its draft (before lock, close and rebuild)."""
        screen = self.stack.currentWidget()
        if isinstance(screen, Page):
            screen.leaving()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802 - Qt's names
        if self._focus.vanished():
            self._focus.give_back()
            return True
        return focus_order.step(self, forward=next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing under the focus wanted. No shortcut: it would be taken from the popups and questions."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._escape()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave()
        if self.plan.unkept() and not self._warned:
            self._warned = True
            words = _("What you typed could not be kept. Make room on the disk, or close once more to go without it.")
            self.say(words, "warn")
            event.ignore()
            return
        super().closeEvent(event)

    # inside

    def _fold(self) -> None:
        self._place_help()
        # Large text makes a window narrow as much as few pixels do; so does the help beside the screen.
        taken = self.help.width() if self.help.isVisible() and beside(self) else 0
        room = round((self.width() - taken) / theme.current().scale)
        self.nav.fold(folded=room < FOLD_BELOW)
        self.top.fold(room)

    def _turn_help(self) -> None:
        """Open the help at the page for this screen, or close it. The screen is not left."""
        if self.help.isVisible():
            self.help.leave()
            return
        self._helped = self.focusWidget()
        self.help.open_at(book.page_for(self._place.route))
        self._fold()

    def _help_closed(self) -> None:
        self._fold()
        screen = self.stack.currentWidget()
        if self._helped is not None and screen is not None and screen.isAncestorOf(self._helped):
            self._helped.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_help(self) -> None:
        """Beside the screen where there is room, else over it."""
        layout, width = self.layout(), width_for(self)
        if layout is not None:
            layout.setContentsMargins(0, 0, width if self.help.isVisible() and beside(self) else 0, 0)
        self.help.setGeometry(self.width() - width, 0, width, self.height())
        self.help.raise_()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSpacing(0)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(SMALLEST)
        row.addWidget(self.nav)
        right = column_in(row, 1)
        right.setSpacing(0)
        if self.plan.practice:
            band = QLabel(_("Practice: nothing here is real, and nothing can be sent to a real coordinator"))
            band.setObjectName("practice")
            band.setWordWrap(True)
            right.addWidget(band)
        right.addWidget(self.top)
        said = column_in(right)
        said.setContentsMargins(20, 0, 20, 0)
        said.addWidget(self.notice)
        said.addWidget(self.line)
        # A screen that needs more room than there is scrolls; it never makes the window larger than the display.
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setWidget(self.stack)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right.addWidget(around, 1)
        right.addWidget(self.tour)
        right.addWidget(self.status)

    def _connect(self) -> None:
        self.nav.chosen.connect(self.go)
        self.top.lock_pressed.connect(self.lock)
        self.top.language_chosen.connect(self.language_wanted)
        self.top.theme_pressed.connect(self.theme_wanted)
        self.top.larger_pressed.connect(self._larger)
        self.top.smaller_pressed.connect(self._smaller)
        self.top.record_pressed.connect(self._record)
        self.top.search_entered.connect(self._search)
        self.tour.wanted.connect(self.go)
        self.tour.closed.connect(self.plan.close_tour)
        self.top.help_pressed.connect(self._turn_help)
        self.help.closed.connect(self._help_closed)
        shortcuts.bind(self, shortcuts.HELP, self._turn_help)
        shortcuts.bind(self, shortcuts.LOCK, self.lock)
        shortcuts.bind(self, shortcuts.BACK, self.back)
        shortcuts.bind(self, shortcuts.THEME, self.theme_wanted.emit)
        shortcuts.bind(self, shortcuts.LARGER, self._larger)
        shortcuts.bind(self, shortcuts.SMALLER, self._smaller)
        shortcuts.bind(self, shortcuts.RECORD, self._record)
        shortcuts.bind(self, shortcuts.SEARCH, self._to_search)
        for number, route in enumerate(self.plan.routes.bar[:9], 1):
            shortcuts.bind(self, shortcuts.place(number), partial(self.go, route.name))

    def _above(self) -> Place:
        """Where one comes without a way back (it is not kept over a lock): to the place of the bar that is lit."""
        routes, route = self.plan.routes, self._place.route
        return Place((routes[route].under if route in routes else "") or routes.home)

    def _start(self, place: Place | None) -> None:
        """Begin where one was, if that is still there; else at home."""
        if place is not None and place.route in self.plan.routes:
            try:
                self._show(place)
            except (UserError, LookupError, TypeError, ValueError):
                # The record is gone, or a newer program asks for something else: the desk opens all the same.
                self._steps = []
            else:
                return
        self._show(Place(self.plan.routes.home))

    def _show(self, place: Place) -> None:
        self.leave()
        self.line.moved_on()
        route = self.plan.routes[place.route]
        screen = route.factory(self, **place.arguments)
        old = self.stack.currentWidget()
        self.stack.addWidget(screen)
        self.stack.setCurrentWidget(screen)
        if old is not None:
            self.stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._place = place
        self.nav.light(route.name if route.in_bar else route.under)
        if isinstance(screen, Page):
            screen.route, screen.arguments = place.route, place.arguments
            screen.entered()
            if place.state:
                screen.restore(place.state)
        # A form needs the height.
        self.tour.step_aside(aside=isinstance(screen, Page) and screen.is_form)

    def _escape(self) -> None:
        """Out of the search line into the screen; then from a page to where one came from, if it is no place."""
        focus, screen = self.focusWidget(), self.stack.currentWidget()
        if focus is not None and self.top.isAncestorOf(focus):
            self._focus.give_back()
        elif not (isinstance(screen, Page) and screen.step_back()) and not self.plan.routes[self._place.route].in_bar:
            self.back()

    def _record(self) -> None:
        if self.plan.record:
            self.go(self.plan.record)

    def _search(self, query: str) -> None:
        if self.plan.search and query:
            self.go(self.plan.search, query=query)

    def _to_search(self) -> None:
        self.top.search.setFocus()
        self.top.search.selectAll()

    def _larger(self) -> None:
        self.scale_wanted.emit(0.125)

    def _smaller(self) -> None:
        self.scale_wanted.emit(-0.125)
