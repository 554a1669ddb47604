"""The task force on screen: meetings, decisions, what is due today, the minutes."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import insert, update

from app.models import Installation, Record, Release, Trust
from app.reports.paper.blocks import PaperKind, texts
from app.sync.ledger import SELF_RID
from app.sync.verifier import Role
from app.ui.forms.rows_editor import RowsEditor
from app.ui.screens.decision_edit import DecisionEdit
from app.ui.screens.meeting_edit import MeetingEdit
from app.ui.screens.task_force import TaskForceScreen
from app.ui.screens.today import Sources, TodayScreen
from app.ui.widgets.text import WrapLabel
from app.usecases.agenda import Agenda
from app.usecases.delivery import Deliveries
from app.usecases.minutes_papers import MinutesPapers
from app.usecases.planning import Planning
from app.usecases.safekeeping import Safekeeping
from app.usecases.task_force import TaskForce
from tests.ui.screen_fixtures import Centre, save_by_keyboard, show


def a_meeting(centre: Centre, **more: Any) -> uuid.UUID:
    return TaskForce(centre.desk).save_meeting({"on": "2026-11-10", "oblast": "BY-HO", **more}, sure=True)


def decide(centre: Centre, meeting: uuid.UUID, text: str, due: str, **more: Any) -> uuid.UUID:
    do = TaskForce(centre.desk)
    return do.save_decision(meeting, {**do.decision_defaults(meeting), "text": text, "due": due, **more})


def meeting_page(qtbot: QtBot, centre: Centre, meeting: uuid.UUID | None = None) -> MeetingEdit:
    screen = MeetingEdit(centre.window, TaskForce(centre.desk), centre.today, centre.drafts, meeting=meeting)
    show(qtbot, screen)
    return screen


def test_a_meeting_is_recorded_and_leads_to_its_decisions(qtbot: QtBot, centre: Centre) -> None:
    screen = meeting_page(qtbot, centre)
    form = screen.views[0]
    assert screen.values()["oblast"] == "BY-HO"
    form.set_value("place", "Облисполком")
    form.set_value("attendees", [{"agency": "court_oblast", "count": 2}])
    save_by_keyboard(qtbot, form.boxes["place"].editor.stops()[0])
    screen.save()
    (row,) = TaskForce(centre.desk).meetings()
    assert (row.place, row.agencies) == ("Облисполком", 1)
    assert "Now its decisions" in centre.window.said[-1]
    page = meeting_page(qtbot, centre, row.uid)
    assert page.decided.rows == ()
    page.entered()
    assert page.decided.plus.hasFocus()
    page.decided.plus.click()
    assert centre.window.went[-1] == ("decision_edit", {"meeting": row.uid})


def test_decisions_are_recorded_one_after_another(qtbot: QtBot, centre: Centre) -> None:
    meeting, do = a_meeting(centre), TaskForce(centre.desk)
    screen = DecisionEdit(centre.window, do, centre.today, centre.drafts, meeting=meeting)
    show(qtbot, screen)
    for number in (1, 2):
        assert screen.values()["number"] == number
        screen.views[0].set_value("text", f"Решение {number}")
        screen.views[0].set_value("due", "2026-12-01")
        screen.save_and_next() if number == 1 else screen.save()
    assert [(one.number, one.text) for one in do.decisions(meeting)] == [(1, "Решение 1"), (2, "Решение 2")]
    assert centre.window.backs == 1
    other = a_meeting(centre, on="2027-02-10")
    changed = do.decisions(meeting)[0].uid
    again = DecisionEdit(centre.window, do, centre.today, centre.drafts, decision=changed)
    show(qtbot, again)
    again.views[0].set_value("follow_up", str(other))
    again.save()
    assert do.decision(changed)["follow_up"] == str(other)


def test_what_is_overdue_stands_first_and_is_done_in_one_press(qtbot: QtBot, centre: Centre) -> None:
    meeting, do = a_meeting(centre), TaskForce(centre.desk)
    decide(centre, meeting, "Позже", "2026-12-01")
    decide(centre, meeting, "Давно", "2026-11-01")
    screen = TaskForceScreen(centre.window, do)
    show(qtbot, screen)
    screen.entered()
    cells = [screen.decisions.lines.index(0, at).data() for at in range(4)]
    assert cells == ["01.11.2026", "Давно", "", "overdue"]
    screen.done.click()
    assert do.overdue() == 0
    assert screen.decisions.lines.rowCount() == 1
    screen.open_meeting.click()
    assert centre.window.went[-1] == ("meeting_edit", {"meeting": meeting})
    screen.minutes.click()
    assert centre.window.went[-1] == ("minutes", {"record": meeting})


def test_what_another_desk_recorded_is_read(qtbot: QtBot, centre: Centre) -> None:
    meeting = a_meeting(centre, place="Облисполком")
    decide(centre, meeting, "Собраться", "2026-12-01")
    with centre.desk.store.transaction() as session:
        mine = session.get_one(Installation, SELF_RID)
        other = Installation(uid=uuid.uuid4(), centre_rid=mine.centre_rid, role="centre", name="Брест")
        other.trust, other.practice = Trust.TRUSTED, mine.practice
        session.add(other)
        session.flush()
        session.execute(update(Record).values(owner_rid=other.rid))
    page = meeting_page(qtbot, centre, meeting)
    page.entered()
    assert page.views == []
    assert not hasattr(page.decided, "plus")
    assert any("Облисполком" in one.text() for one in page.findChildren(WrapLabel))
    assert "changed there" in page.banner.text()
    screen = TaskForceScreen(centre.window, TaskForce(centre.desk))
    show(qtbot, screen)
    screen.entered()
    assert not screen.done.isEnabled()
    screen.open_decision.click()
    assert centre.window.went[-1] == ("meeting_edit", {"meeting": meeting})


def test_a_deleted_meeting_takes_its_decisions_along(qtbot: QtBot, centre: Centre) -> None:
    meeting = a_meeting(centre)
    decide(centre, meeting, "Собраться", "2026-12-01")
    screen = meeting_page(qtbot, centre, meeting)
    screen.reasons.ask()
    assert screen.reasons.buttons["asked_by_person"].isHidden()
    screen.reasons.buttons["entered_by_mistake"].click()
    assert TaskForce(centre.desk).meetings() == ()
    assert TaskForce(centre.desk).decisions() == ()


def test_a_released_table_is_named_by_the_meeting_and_stays_through_edits(qtbot: QtBot, centre: Centre) -> None:
    release = uuid.uuid4()
    with centre.desk.store.transaction() as session:
        session.execute(
            insert(Release).values(
                uid=release, at="2026-11-01T09:00:00Z", by=centre.desk.staff, audience="public", rule="{}",
                what="task_force", area="BY-HO", first="2026-07", last="2026-09", until="{}",
            )
        )  # fmt: skip
    meeting = a_meeting(centre, time="14:30", attendees=[{"agency": "court_oblast"}])
    screen = meeting_page(qtbot, centre, meeting)
    screen.add_figures()
    screen.add_figures()
    rows = screen.views[0].boxes["figures_shown"].editor
    assert isinstance(rows, RowsEditor)
    assert [[box.field.name for box in row.boxes] for row in rows.rows] == [["title"]]  # which release is not asked
    screen.views[0].set_value("place", "Здание суда")
    screen.save()
    (shown,) = TaskForce(centre.desk).meeting(meeting)["figures_shown"]
    assert shown["release"] == str(release)
    assert shown["title"] == "Figures for the task force, 3rd quarter of 2026, Gomel oblast"
    paper = MinutesPapers(centre.desk).compose(PaperKind.MINUTES, meeting, "en")
    assert shown["title"] in "\n".join(texts(paper))
    assert "14:30" in "\n".join(texts(paper))


@pytest.mark.parametrize("role", [Role.CENTRE, Role.COORDINATOR])
def test_only_at_a_centre_it_is_said_to_travel(qtbot: QtBot, centre: Centre, role: Role) -> None:
    """What the coordinator records herself stays with her: nothing is "not sent yet" there."""
    centre = replace(centre, desk=replace(centre.desk, me=replace(centre.desk.me, role=role)))
    meeting, do = a_meeting(centre), TaskForce(centre.desk)
    one = decide(centre, meeting, "Собраться", "2026-12-01")
    page = meeting_page(qtbot, centre, meeting)
    page.views[0].set_value("place", "Облисполком")
    page.save()
    screen = DecisionEdit(centre.window, do, centre.today, centre.drafts, decision=one)
    show(qtbot, screen)
    screen.views[0].set_value("text", "Собраться снова")
    screen.save()
    listed = TaskForceScreen(centre.window, do)
    show(qtbot, listed)
    listed.entered()
    listed.done.click()
    screen = DecisionEdit(centre.window, do, centre.today, centre.drafts, decision=one)
    show(qtbot, screen)
    screen.reasons.ask()
    screen.reasons.buttons["entered_by_mistake"].click()
    said = [words for words in centre.window.said if words][-4:]
    assert len(said) == 4
    travels = ["not sent yet" in words or "next bundle" in words for words in said]
    assert travels == [role is Role.CENTRE] * 4, said


def test_today_shows_what_the_task_force_waits_for(qtbot: QtBot, centre: Centre) -> None:
    meeting = a_meeting(centre)
    late = decide(centre, meeting, "Собрать сведения", "2026-11-15", responsible="court_oblast")
    decide(centre, meeting, "Напечатать", "2026-12-01")
    sources = Sources(
        Agenda(centre.desk),
        Planning(centre.desk),
        centre.assistance,
        centre.drafts,
        Deliveries(centre.desk),
        Safekeeping(centre.desk),
        centre.people,
        centre.clock,
        "Крызісны пакой",
    )
    screen = TodayScreen(centre.window, sources)
    show(qtbot, screen)
    screen.entered()
    qtbot.waitUntil(lambda: len(screen.decisions.lines) == 2)
    first = screen.decisions.lines[0]
    assert first.task.late == "5 days late"
    assert "Собрать сведения" in first.task.what
    assert not screen.first.isVisibleTo(screen)
    first.buttons[1].click()
    assert centre.window.went[-1] == ("decision_edit", {"decision": late, "meeting": meeting})
    first.buttons[0].click()
    qtbot.waitUntil(lambda: len(screen.decisions.lines) == 1)
    assert TaskForce(centre.desk).decision(late)["status"] == "done"
