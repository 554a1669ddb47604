"""The list of people: found while typing, fetched as drawn, opened by Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.screens.people import PeopleScreen
from app.usecases.people import People, PersonRow
from tests.ui.screen_fixtures import Centre, show


def people(qtbot: QtBot, centre: Centre, query: str = "") -> PeopleScreen:
    screen = PeopleScreen(centre.window, centre.people, query)
    show(qtbot, screen)
    screen.entered()
    settle(qtbot, screen)
    return screen


def settle(qtbot: QtBot, screen: PeopleScreen) -> None:
    qtbot.waitUntil(lambda: not screen.list.is_looking())


def names(screen: PeopleScreen) -> list[object]:
    rows = screen.list.table.rows
    return [rows.row(at)["name"] for at in range(rows.rowCount())]


def test_any_part_of_the_name_and_any_spelling_of_its_letters(qtbot: QtBot, centre: Centre) -> None:
    centre.person("Ганна", "Кавалёва")
    centre.person("Уладзімір", "Сідарэнка")
    screen = people(qtbot, centre)
    assert len(names(screen)) == 2
    screen.list.search.insert("кавалева")
    settle(qtbot, screen)
    assert names(screen) == ["Кавалёва Ганна"]
    screen.list.search.setText("улад")
    settle(qtbot, screen)
    assert names(screen) == ["Сідарэнка Уладзімір"]


def test_the_code_finds_and_enter_opens_the_first(qtbot: QtBot, centre: Centre) -> None:
    centre.person("Ганна", "Кавалёва")
    sought = centre.person("Уладзімір", "Сідарэнка")
    screen = people(qtbot, centre)
    screen.list.search.setText(str(centre.people.person(sought)["code"])[:5].lower())
    # Enter at once: the answer is still on its way.
    QTest.keyClick(screen.list.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(centre.window.went))
    assert centre.window.went == [("person", {"person": sought})]


def test_down_goes_into_the_table_and_enter_opens(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person()
    screen = people(qtbot, centre)
    QTest.keyClick(screen.list.search, Qt.Key.Key_Down)
    QTest.keyClick(screen.list.table, Qt.Key.Key_Return)
    assert centre.window.went == [("person", {"person": person})]


def test_a_query_from_the_top_bar_is_looked_up_at_once(qtbot: QtBot, centre: Centre) -> None:
    centre.person("Ганна", "Кавалёва")
    centre.person("Олег", "Петров")
    assert names(people(qtbot, centre, "петр")) == ["Петров Олег"]


def test_a_line_says_what_is_known(qtbot: QtBot, centre: Centre) -> None:
    person = centre.person("Ганна", "Кавалёва")
    centre.service(person, "food_meals", "2026-10-02")
    centre.service(person, "food_meals", "2026-11-05")
    row = people(qtbot, centre).list.table.rows.row(0)
    assert row["code"] == centre.people.person(person)["code"]
    assert (row["sex"], row["born"], row["services"], row["last"]) == ("Female", 1994, 2, "05.11.2026")
    assert row["oblast"] == "Gomel oblast"


def test_nobody_yet_says_what_to_do_first(qtbot: QtBot, centre: Centre) -> None:
    screen = people(qtbot, centre)
    assert screen.list._stack.currentWidget() is screen.list._nobody
    screen.list._nobody.acted.emit()
    assert centre.window.went == [("person_edit", {})]


def test_nobody_found_is_another_sentence(qtbot: QtBot, centre: Centre) -> None:
    centre.person()
    screen = people(qtbot, centre, "зззз")
    assert screen.list._stack.currentWidget() is screen.list._no_match


class Counting(People):
    """The real use case, counting how many lines were asked for."""

    asked = 0

    def rows(self, rids: Sequence[int]) -> list[PersonRow]:
        self.asked += len(rids)
        return super().rows(rids)


def test_only_the_lines_that_are_drawn_are_fetched(qtbot: QtBot, centre: Centre) -> None:
    for number in range(130):
        centre.people.register({"birth": str(1950 + number % 50)}, {}, sure=True)
    counting = Counting(centre.desk)
    screen = PeopleScreen(centre.window, counting)
    show(qtbot, screen)
    screen.entered()
    settle(qtbot, screen)
    assert screen.list.table.rows.rowCount() == 130
    assert 0 < counting.asked <= 100


def test_heads_sort_in_the_database(qtbot: QtBot, centre: Centre) -> None:
    for surname in ("Яўсеева", "Абрамава", "Мельнік"):
        centre.person("Ганна", surname)
    screen = people(qtbot, centre)
    screen.list.table.rows.sort(1, Qt.SortOrder.AscendingOrder)
    assert names(screen) == ["Абрамава Ганна", "Мельнік Ганна", "Яўсеева Ганна"]
    screen.list.table.rows.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(screen) == ["Яўсеева Ганна", "Мельнік Ганна", "Абрамава Ганна"]


def test_any_alphabet_finds_and_an_earlier_name_is_told(qtbot: QtBot, centre: Centre) -> None:
    """She is shown by the name she bears now; the one that was typed stands beside it, its letters marked."""
    forms = [
        {"surname": "Кавалёва", "given": "Ганна", "kind": "current"},
        {"surname": "Навумава", "given": "Ганна", "kind": "birth"},
    ]
    centre.people.register({}, {"names": forms}, sure=True)
    screen = people(qtbot, centre, "Naumova Anna")
    assert names(screen) == ["(Навумава) Кавалёва Ганна"]
    assert screen.list._marks.typed == "Naumova Anna"
    screen.list.search.setText("kovaleva")
    settle(qtbot, screen)
    assert names(screen) == ["Кавалёва Ганна"]
    # Drawn with its marks, also where it is selected: a delegate that fails would fail here.
    screen.list.table.selectRow(0)
    plain = screen.list.table.grab().toImage()
    screen.list._marks.typed = ""
    screen.list.table.viewport().update()
    assert screen.list.table.grab().toImage() != plain


def test_years_numbers_and_days_sort_with_the_unknown_last(qtbot: QtBot, centre: Centre) -> None:
    first, second = centre.person("Ян", "Бо", birth="1990"), centre.person("Ян", "Ан", birth="1970")
    centre.people.register({}, {"names": [{"surname": "Во"}]}, sure=True)
    centre.service(second, "food_meals", "2026-10-02")
    for day in ("2026-09-01", "2026-09-02"):
        centre.service(first, "food_meals", day)
    screen = people(qtbot, centre)
    place = {column.key: at for at, column in enumerate(screen.list.table.rows.columns)}
    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    for key, order, told in (
        ("born", up, ["Ан Ян", "Бо Ян", "Во"]),
        ("born", down, ["Бо Ян", "Ан Ян", "Во"]),
        ("services", down, ["Бо Ян", "Ан Ян", "Во"]),
        ("last", down, ["Ан Ян", "Бо Ян", "Во"]),
        ("last", up, ["Бо Ян", "Ан Ян", "Во"]),
    ):
        screen.list.table.rows.sort(place[key], order)
        assert names(screen) == told


def test_it_fits_a_small_screen(qtbot: QtBot, centre: Centre) -> None:
    hint = people(qtbot, centre).minimumSizeHint()
    assert hint.width() <= 1024
    assert hint.height() <= 600
