"""The list of activities, the form of each kind, and a call to the hotline written down in a few keys."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import codelists
from app.forms.activity_measures import numbers_of
from app.ui.main_window import DeskPlan, MainWindow
from app.ui.routes import Desk, Route, Routes
from app.ui.screens.activities import ActivitiesScreen
from app.ui.screens.activity_edit import ActivityEdit
from app.ui.screens.hotline_call import HotlineCall
from app.usecases.activities import Activities, ActivityRow, Wanted
from tests.ui.screen_fixtures import Centre, save_by_keyboard, show
from tests.ui.test_key_presses import CTRL, SHIFT, Hand

ONE_CALL: Final = 10
"""Presses for a call with topic, caller and minutes, its letters among them: at two a second, well under 20 s."""
LECTURE: Final = {
    "activity": "lecture", "title": "Праца за мяжой", "on": "2026-10-05", "sessions": 1, "attendances": 30,
    "audiences": ["pupils"], "place": "Школа № 5", "oblast": "BY-HO",
}  # fmt: skip


class HandAtList(Hand):
    """Presses a key where the window system brings it: to the list that has come up under a field, if one has."""

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QApplication.processEvents()
            if (popup := QApplication.activePopupWidget()) is not None:
                QTest.keyClick(popup, key, held)
                self.count += 1
            else:
                super().press(key, held=held)


@pytest.fixture
def activities(centre: Centre) -> Activities:
    return Activities(centre.desk)


TOWNS: Final = ("Brest", "Homel")


def add(activities: Activities, **values: Any) -> uuid.UUID:
    return activities.save({**LECTURE, **values}, activity=activities.new_id(), sure=True)


def kept(activities: Activities) -> list[ActivityRow]:
    return activities.rows(activities.listed(Wanted()))


def edit(qtbot: QtBot, centre: Centre, **arguments: Any) -> ActivityEdit:
    screen = ActivityEdit(centre.window, Activities(centre.desk), centre.drafts, **arguments)
    show(qtbot, screen)
    screen.entered()
    return screen


def listing(qtbot: QtBot, centre: Centre, *, of_all: bool = False) -> ActivitiesScreen:
    screen = ActivitiesScreen(centre.window, Activities(centre.desk), of_all=of_all)
    show(qtbot, screen)
    screen.entered()
    return screen


def window_of(qtbot: QtBot, centre: Centre, activities: Activities) -> MainWindow:
    """The real window with the routes of activities alone."""

    def one(desk: Desk, **given: Any) -> QWidget:
        return ActivityEdit(desk, activities, centre.drafts, **given)

    routes = Routes(
        Route("activities", lambda desk: ActivitiesScreen(desk, activities), "Activities", "activity", in_bar=True),
        Route("activity_edit", one, under="activities"),
        Route("hotline_call", lambda desk: HotlineCall(desk, activities, centre.drafts), under="activities"),
    )
    made = MainWindow(DeskPlan(routes, centre.window.tasks))
    show(qtbot, made)
    return made


def test_a_call_is_written_down_in_ten_keys(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    """From the call's end to the next: the topic by its first letters, the caller, the minutes, Ctrl+Enter."""
    window = window_of(qtbot, centre, activities)
    hand = HandAtList(qtbot, window)
    hand.wait(lambda: QApplication.focusWidget() is not None)
    hand.press(Qt.Key.Key_J, held=CTRL)
    hand.wait(lambda: isinstance(window.stack.currentWidget(), HotlineCall))
    hand.count = 0
    letters = "empl"
    hand.text(letters)
    hand.press(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return)
    hand.text("7")
    hand.press(Qt.Key.Key_Return, held=CTRL)
    (row,) = kept(activities)
    values = activities.record(row.uid)
    assert (values["topic"], values["caller"], values["minutes"]) == ("employer_check", "self", 7)
    assert (values["on"], values["call_at"][:10], values["oblast"]) == ("2026-11-20", "2026-11-20", "BY-HO")
    assert hand.count + len(letters) + 1 <= ONE_CALL, hand.count
    # The form stands empty for the next one, with the cursor in the topic.
    screen = window.stack.currentWidget()
    assert isinstance(screen, HotlineCall)
    hand.count = 0
    hand.text("marr")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_Return, held=CTRL)
    assert [activities.record(row.uid)["topic"] for row in kept(activities)] == ["marriage_abroad", "employer_check"]
    assert hand.count == 2
    assert screen.sub.text() == "2 calls today"


def test_a_call_left_half_written_is_back(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    screen = HotlineCall(centre.window, activities, centre.drafts)
    show(qtbot, screen)
    screen.views[0].set_value("topic", "missing_person")
    screen.leaving()
    other = HotlineCall(centre.window, activities, centre.drafts)
    show(qtbot, other)
    assert other.views[0].values()["topic"] == "missing_person"
    assert kept(activities) == []
    other.save()
    assert [row.topic for row in kept(activities)] == ["missing_person"]
    assert centre.drafts.list() == []


def test_the_kind_is_found_by_typing_and_the_usual_ones_stand_first(
    qtbot: QtBot, centre: Centre, activities: Activities
) -> None:
    add(activities, activity="round_table")
    screen = edit(qtbot, centre)
    assert screen.chooser is not None
    assert screen.chooser.shown()[0] == "round_table"
    assert len(screen.chooser.shown()) == 29
    QTest.keyClicks(screen.chooser.line, "train")
    QTest.keyClick(screen.chooser.line, Qt.Key.Key_Down)
    QTest.keyClick(screen.chooser.line, Qt.Key.Key_Return)
    assert screen.title.text() == "Training of trainers"
    assert screen.step_back(), "Esc leads back to the kinds"
    again = screen.chooser
    again.line.setText("ззз")
    assert not again.none.isHidden()
    QTest.keyClick(again.line, Qt.Key.Key_Return)
    assert screen.chooser is again, "nothing was chosen"


@pytest.mark.parametrize("kind", codelists.get("activity_kinds").codes)
def test_each_kind_asks_what_it_measures(qtbot: QtBot, centre: Centre, kind: str) -> None:
    screen = edit(qtbot, centre, kind=kind)
    (view,) = screen.views
    asked = {name for name, box in view.boxes.items() if not box.isHidden()}
    parts = {"women", "men", "minors"} if "attendances" in numbers_of(kind) else set()
    every = {*codelists.get("activity_kinds").column(kind, "measures").split()} - {"call"}
    assert asked >= {*numbers_of(kind), *parts, *every, "on" if kind != "hotline_operation" else "topic"}
    for number in ("sessions", "attendances", "copies_printed", "placements", "visits", "units_equipped", "women"):
        assert (number in asked) == (number in every | parts), number


def test_a_lecture_by_keyboard_and_the_same_again(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    screen = edit(qtbot, centre, kind="lecture")
    view = screen.views[0]
    for name, value in (("title", "Гандаль людзьмі"), ("attendances", 40), ("audiences", ["pupils"])):
        view.set_value(name, value)
    field = view.boxes["title"].editor.stops()[0]
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return, CTRL | SHIFT)
    assert [row.attendances for row in kept(activities)] == [40]
    again = screen.views[0].values()
    assert (again["title"], again["audiences"], again["on"]) == ("Гандаль людзьмі", ["pupils"], "2026-11-20")
    assert "attendances" not in again
    focus = QApplication.focusWidget()
    assert focus is not None
    assert screen.views[0].boxes["attendances"].isAncestorOf(focus)
    screen.views[0].set_value("attendances", 25)
    save_by_keyboard(qtbot, screen.views[0].boxes["title"].editor.stops()[0])
    assert sorted(row.attendances or 0 for row in kept(activities)) == [25, 40]
    assert centre.window.backs == 1


def test_no_number_is_asked_about_once(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    screen = edit(qtbot, centre, kind="lecture")
    screen.save()
    assert kept(activities) == []
    assert "counts as one event" in screen.views[0].boxes["sessions"].problem.text()
    save_by_keyboard(qtbot, screen.views[0].boxes["title"].editor.stops()[0])
    assert len(kept(activities)) == 1


def test_a_double_click_makes_one_activity(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    screen = edit(qtbot, centre, kind="lecture")
    screen.views[0].set_value("attendances", 12)
    QTest.mouseDClick(screen.save_button, Qt.MouseButton.LeftButton)
    screen.save()
    assert len(kept(activities)) == 1


def test_the_stops_of_a_travelling_exhibit(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    tour = {
        "oblast": "BY-HO",
        "place": "Гомель, вакзал",
        "from": "2026-10-01",
        "until": "2026-10-14",
        "visitors": 300,
    }
    screen = edit(qtbot, centre, kind="installation_tour")
    view = screen.views[0]
    for name, value in (("on", "2026-10-01"), ("until", "2026-11-15"), ("items", 3), ("attendances", 300)):
        view.set_value(name, value)
    view.set_value("places", [tour, {"place": "Мінск", "from": "2026-12-01"}])
    screen.save()
    assert "after the activity ended" in " ".join(box.problem.text() for box in view.boxes.values()) or (
        view.summary.isVisible()
    )
    view.set_value("places", [tour])
    screen.save()
    (row,) = kept(activities)
    assert activities.record(row.uid)["places"] == [tour]


def test_an_activity_is_changed_and_deleted_with_a_reason(
    qtbot: QtBot, centre: Centre, activities: Activities
) -> None:
    uid = add(activities)
    screen = edit(qtbot, centre, activity=uid)
    screen.views[0].set_value("attendances", 31)
    screen.save()
    assert activities.record(uid)["attendances"] == 31
    screen = edit(qtbot, centre, activity=uid)
    screen.reasons.ask()
    assert screen.reasons.buttons["asked_by_person"].isHidden()
    screen.reasons.buttons["entered_by_mistake"].click()
    assert kept(activities) == []


def test_the_list_filters_and_sums(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    uid = add(activities)
    add(activities, on="2026-01-20", attendances=1200, activity="seminar", title="Семінар")
    add(activities, on="2025-12-01")
    add(activities, activity="hotline_operation", on="2026-10-06", topic="work_abroad", sessions=3)
    screen = listing(qtbot, centre)
    assert screen.sums.text() == "3 records · 2 sessions · 1\u202f230 attendances · 3 calls"
    assert screen.table.rows.row(0)["title"] == "Work abroad"
    screen.filters.quarter.setCurrentIndex(4)
    screen.filters.kind.setCurrentIndex(screen.filters.kind.findData("lecture"))
    screen.look()
    assert screen.sums.text() == "1 record · 1 session · 30 attendances"
    QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert centre.window.went == [("activity_edit", {"activity": uid})]
    screen.again.click()
    assert centre.window.went[-1] == ("activity_edit", {"like": uid})
    kept_state = screen.snapshot()
    other = listing(qtbot, centre)
    other.restore(kept_state)
    assert other.sums.text() == screen.sums.text()
    screen.filters.kind.setCurrentIndex(screen.filters.kind.findData("seminar"))
    screen.look()
    assert screen.none_so.isVisible()


def test_the_chosen_line_stays_chosen_when_lines_move(qtbot: QtBot, centre: Centre, activities: Activities) -> None:
    """ "Same again" copies what is marked, also where a later one was saved meanwhile."""
    add(activities, on="2026-10-20")
    uid = add(activities)
    screen = listing(qtbot, centre)
    QTest.keyClick(screen.table, Qt.Key.Key_Down)
    state = screen.snapshot()
    add(activities, on="2026-11-01")
    other = listing(qtbot, centre)
    other.restore(state)
    for one in (screen, other):
        one.look()
        one.again.click()
        assert centre.window.went[-1] == ("activity_edit", {"like": uid})


def test_what_was_said_of_a_form_does_not_stand_over_the_kinds(qtbot: QtBot, centre: Centre) -> None:
    screen = edit(qtbot, centre)
    assert screen.chooser is not None
    screen.chooser.chosen.emit("lecture")
    screen.views[0].set_value("title", "Праца за мяжой")
    screen.save()
    assert screen.banner.isVisible()
    assert screen.step_back()
    assert not screen.banner.isVisible()
    assert screen.chooser is not None
    screen.chooser.chosen.emit("lecture")
    assert screen.views[0].values()["title"] == "Праца за мяжой"


@pytest.mark.parametrize(("of_all", "last"), [(True, "centre"), (False, "sent")])
def test_all_columns_stand_on_a_small_screen(
    qtbot: QtBot, centre: Centre, activities: Activities, of_all: bool, last: str
) -> None:
    add(activities, title="Безопасный труд за границей, лекция для учащихся", attendances=1200, sessions=12)
    screen = listing(qtbot, centre, of_all=of_all)
    # What a window of 1024 pixels leaves beside the bar.
    screen.resize(776, 600)
    QApplication.processEvents()
    assert screen.table.horizontalScrollBar().maximum() == 0
    assert [one.key for one in screen.table.rows.columns][-1] == last


def test_centres_whose_names_begin_alike_are_told_apart(
    qtbot: QtBot, centre: Centre, activities: Activities, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _town in TOWNS:
        add(activities)
    rows = [replace(row, centre=f"Crisis centre, {town}") for row, town in zip(kept(activities), TOWNS, strict=True)]
    monkeypatch.setattr(Activities, "rows", lambda _self, keys: rows[: len(keys)])
    screen = listing(qtbot, centre, of_all=True)
    screen.resize(776, 600)
    QApplication.processEvents()
    last = len(screen.table.rows.columns) - 1
    shown = [str(screen.table.rows.index(at, last).data()) for at in range(len(TOWNS))]
    assert [one[-5:] for one in shown] == ["Brest", "Homel"]
    assert all(one.startswith("Crisis") for one in shown)


def test_an_empty_list_says_what_it_is_for(qtbot: QtBot, centre: Centre) -> None:
    screen = listing(qtbot, centre)
    assert screen.nothing.isVisible()
    screen.nothing.acted.emit()
    assert centre.window.went == [("activity_edit", {})]
