"""F1: each route has its page in three languages, the form stays, links lead nowhere else; and the tour."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app import i18n
from app.reports.disclosure import rule_for
from app.reports.table import Audience
from app.ui.help import book
from app.ui.help.tour import Tour, TourStep
from app.ui.main_window import DeskPlan, MainWindow
from app.ui.routes import Desk, Route, Routes
from app.ui.tasks import Tasks
from app.ui.widgets.page import Page
from tests.ui.walking import SAMPLES


class Typing(Page):
    """A screen with a line in which something is typed; Esc leaves it, as forms do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Typing")
        self.line = QLineEdit()
        self.line.setAccessibleName("line")
        self.add(self.line)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    tasks = Tasks(print)
    made = MainWindow(DeskPlan(Routes(Route("send", Typing, "Send", "send", in_bar=True)), tasks))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    tasks.stop()


def test_every_route_has_its_page_and_every_page_is_reached() -> None:
    assert set(SAMPLES) <= set(book.PAGE_OF)
    assert set(book.PAGE_OF.values()) <= set(book.PAGES)
    assert set(book.PAGES) - set(book.PAGE_OF.values()) <= {"several", "lock"}, "reached by links and the list"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("page", book.PAGES)
def test_every_page_is_there_in_three_languages_with_the_same_bones(page: str, language: str) -> None:
    """The same number of steps, points, links and pictures: nothing is left out in one language."""
    bones = [_bones(book.source(page, other)) for other in (language, "en")]
    assert bones[0] == bones[1]
    assert book.title(page, language)
    assert "shot:" not in book.text(page, language)
    assert all(link in book.PAGES for link in re.findall(r"\(page:(\w+)\)", book.source(page, language)))
    assert not re.search(r"https?:|victim|жертв|ахвяр", book.source(page, language), re.IGNORECASE)


def _bones(text: str) -> tuple[int, ...]:
    patterns = (r"^# ", r"^\d\. ", r"^- ", r"\(page:", r"\(shot:\w+\)")
    return tuple(len(re.findall(pattern, text, re.MULTILINE)) for pattern in patterns)


@pytest.mark.parametrize(
    ("route", "page"),
    [
        ("statistics", "statistics"),
        ("packs", "packs"),
        ("releases", "releases"),
        ("entered", "entered"),
        ("htcds", "htcds"),
        ("hotline_call", "activities"),
        ("memorandum_edit", "partners"),
        ("minutes", "task_force"),
    ],
)
def test_the_places_of_the_coordinator_have_their_pages(route: str, page: str) -> None:
    assert book.page_for(route) == page


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_manual_tells_the_rules_that_are_kept(language: str) -> None:
    """A coordinator who reads 5 where 10 is kept would promise a task force what the program then hides."""
    points = [line for line in book.source("statistics", language).splitlines() if line.startswith("- ")]
    told = [{int(number) for number in re.findall(r"\d+", line)} for line in points]
    kept = [rule_for(audience) for audience in (Audience.INTERNAL, Audience.TASK_FORCE, Audience.PUBLIC)]
    assert told == [set(), {kept[1].least}, {kept[2].least, kept[2].base}]


@pytest.mark.parametrize(("language", "words", "page"), [("ru", "флешк", "send"), ("be", "флэшка ЗГУБІЛАСЯ", "send")])
def test_the_search_finds_a_page_by_parts_of_words(language: str, words: str, page: str) -> None:
    hits = book.find(words, language)
    assert page in [hit.page for hit in hits]
    assert all(hit.around.strip(" …") for hit in hits)
    assert book.find("xyzzy", language) == []
    assert book.find("  ", language) == []


def test_f1_opens_the_page_of_the_screen_and_esc_returns_to_the_word(window: MainWindow) -> None:
    screen = window.stack.currentWidget()
    assert isinstance(screen, Typing)
    screen.line.setFocus()
    QTest.keyClicks(screen.line, "half a wo")
    QTest.keyClick(screen.line, Qt.Key.Key_F1)
    assert window.help.isVisible()
    assert window.help.page() == "send"
    assert window.help.browser.hasFocus()
    QTest.keyClick(window.help.browser, Qt.Key.Key_Escape)
    assert not window.help.isVisible()
    assert window.stack.currentWidget() is screen
    assert screen.line.hasFocus()
    QTest.keyClicks(screen.line, "rd")
    assert screen.line.text() == "half a word"


def test_the_help_stands_beside_a_wide_screen_and_over_a_narrow_one(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window.stack.mapTo(window, window.stack.rect().topRight()).x() < window.help.x())
    window.resize(900, 600)
    qtbot.waitUntil(lambda: window.stack.mapTo(window, window.stack.rect().topRight()).x() > window.help.x())
    assert window.help.geometry().right() == window.rect().right()


def test_links_lead_to_pages_and_nowhere_else(window: MainWindow) -> None:
    pane = window.help
    pane.open_at("send")
    pane.browser.anchorClicked.emit(QUrl("page:keys"))
    assert pane.page() == "keys"
    pane.browser.anchorClicked.emit(QUrl("https://example.org/"))
    assert pane.page() == "keys"
    QTest.keyClicks(pane.search, "stick")
    assert "page:send" in pane.browser.toHtml()
    pane.search.clear()
    assert pane.page() == "keys"


def test_the_tour_ticks_itself_and_can_be_closed(qtbot: QtBot) -> None:
    done = {"one": False, "two": False}
    tour = Tour([TourStep("do one", "first", lambda: done["one"]), TourStep("do two", "", lambda: done["two"])])
    qtbot.addWidget(tour)
    tour.show()
    went: list[str] = []
    tour.wanted.connect(went.append)
    assert "step 1 of 2: do one" in tour.words.text()
    tour.show_me.click()
    assert went == ["first"]
    done["two"] = True
    tour.look()
    assert "do one" in tour.words.text(), "steps come in their order"
    done["one"] = True
    tour.look()
    assert tour.isHidden()
    other = Tour([TourStep("do one", "first", lambda: False)])
    qtbot.addWidget(other)
    other.show()
    other.leave()
    other.look()
    assert other.isHidden()
