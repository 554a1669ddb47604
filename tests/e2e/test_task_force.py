"""Meetings of a task force: the one of Vitebsk of 14 May 2014 as its paper tells it, entered by the use cases."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from app import codelists
from app.errors import UserError
from app.reports.paper.blocks import PaperKind, texts
from app.usecases.checking import NeedsConfirmation
from app.usecases.minutes_papers import MinutesPapers
from app.usecases.partners import Partners
from app.usecases.task_force import TaskForce
from tests.e2e.desks import Office, digests_at, document_at

SEED = json.loads(
    (Path(__file__).resolve().parents[3] / "shared" / "codelists" / "taskforce_seed.json").read_text("utf-8")
)
EXAMPLE = SEED["meeting"]["example"]
MEMORANDUM: dict[str, Any] = {
    "oblast": "BY-VI",
    "signed_on": "2011-03-01",
    "version": "1",
    "confidentiality": "no",
    "references": [{"reference": "Государственная программа 2011–2013"}],
    "parties": [
        {"agency": "brcs_vitebsk_oblast", "status": "signed", "joined": "2011-03-01"},
        {"agency": "dept_health_oblast", "status": "signed", "joined": "2011-03-01"},
        {"agency": "dept_ideology_oblast", "status": "signed", "joined": "2015-01-01"},
    ],
}
MEETING: dict[str, Any] = {
    "on": EXAMPLE["date"],
    "time": "11:00",
    "oblast": EXAMPLE["oblast"],
    "place": "Витебский облисполком",
    "chair_agency": EXAMPLE["chair_agency"],
    "chair_post": "начальник управления",
    "panel": EXAMPLE["panel"],
    "technical_support": EXAMPLE["technical_support"],
    "attendees": [
        {"agency": "brcs_vitebsk_oblast", "count": 3},
        {"agency": "dept_health_oblast", "count": 2},
        {"agency": "dept_ideology_oblast", "count": 1},
        {"agency": "iom_belarus", "count": 1},
    ],
    "guests": [{"agency": "youth_palace"}, {"agency": "volunteer_brigades", "count": 4}],
    "agenda": [{"item": "Об оказании помощи пострадавшим"}, {"item": "О тексте меморандума"}],
    "figures_shown": [{"title": "Помощь за 2002–2013 годы"}],
    "mou_changes": "; ".join(SEED["mou"]["text_changes_2014"]),
}
# One decision of each kind, in the order of the list.
DECISIONS = list(zip(codelists.shipped("decision_types").codes, SEED["decision_types"], strict=True))


def hold(office: Office) -> uuid.UUID:
    """The meeting with its ten decisions, as a nurse enters them."""
    do = TaskForce(office.desk)
    meeting = do.save_meeting({**do.defaults(), **MEETING})
    for at, (code, words) in enumerate(DECISIONS):
        due = dt.date(2026, 6, 1) + dt.timedelta(days=7 * at)
        values = {"type": code, "text": words, "responsible": EXAMPLE["technical_support"], "due": due.isoformat()}
        do.save_decision(meeting, {**do.decision_defaults(meeting), **values})
    return meeting


def test_the_vitebsk_meeting_goes_in_and_its_parties_are_those_of_that_day(
    coordinator: Office, vitebsk: Office, tmp_path: Path
) -> None:
    directory = Partners(coordinator.desk)
    directory.save_memorandum(MEMORANDUM, new=True)
    vitebsk.take(*coordinator.receipts(tmp_path / "down"))
    meeting = hold(vitebsk)
    do = TaskForce(vitebsk.desk)
    values = do.meeting(meeting)
    assert {row["agency"]: row["party"] for row in values["attendees"]} == {
        "brcs_vitebsk_oblast": "yes",
        "dept_health_oblast": "yes",
        "dept_ideology_oblast": "no",  # joined the year after
        "iom_belarus": "no",
    }
    assert [one.number for one in do.decisions(meeting)] == list(range(1, 11))
    assert {one.type for one in do.decisions(meeting)} == set(codelists.get("decision_types").codes)
    (row,) = do.meetings("BY-VI")
    assert (row.agencies, row.decisions, row.open, row.ours) == (4, 10, 10, True)
    assert do.meetings("BY-BR") == ()
    # The parties to be added are invited by the coordinator, in one go.
    invited = [{"agency": agency, "status": "invited"} for agency in SEED["mou"]["to_add_2014"]]
    changed = {**directory.memorandum("BY-VI"), "parties": [*MEMORANDUM["parties"], *invited]}
    directory.save_memorandum(changed, new=False)
    vitebsk.take(*coordinator.receipts(tmp_path / "again"))
    (memorandum,) = Partners(vitebsk.desk).memoranda()
    assert (memorandum.parties, memorandum.invited) == (3, 6)


def test_what_a_centre_recorded_stands_whole_at_the_coordinators(
    coordinator: Office, vitebsk: Office, tmp_path: Path
) -> None:
    meeting = hold(vitebsk)
    (verdict,) = coordinator.take(vitebsk.send(tmp_path / "up"))
    assert verdict.ok
    assert document_at(coordinator.desk, meeting) == document_at(vitebsk.desk, meeting)
    assert len(digests_at(coordinator.desk, vitebsk.desk.me.uid)) == 11
    hers = TaskForce(coordinator.desk)
    (row,) = hers.meetings()
    assert (row.decisions, row.overdue, row.ours) == (10, 2, False)
    assert hers.overdue() == 2
    first = hers.decisions(meeting)[0].uid
    with pytest.raises(UserError, match="another centre"):
        hers.mark(first, "done")
    # Done at the centre: she sees it with the next bundle. The deleted meeting takes its decisions along.
    TaskForce(vitebsk.desk).mark(first, "done")
    coordinator.take(vitebsk.send(tmp_path / "up"))
    assert hers.overdue() == 1
    TaskForce(vitebsk.desk).delete_meeting(meeting, "entered_twice")
    coordinator.take(vitebsk.send(tmp_path / "up"))
    assert hers.meetings() == ()
    assert hers.decisions() == ()


def test_today_reminds_of_what_is_overdue_or_due_within_two_weeks(coordinator: Office, vitebsk: Office) -> None:
    meeting = hold(vitebsk)
    do = TaskForce(vitebsk.desk)
    due = vitebsk.agenda.today().decisions  # today is 15 June
    assert [(one.due, one.overdue) for one in due] == [
        ("2026-06-01", True),
        ("2026-06-08", True),
        ("2026-06-15", False),
        ("2026-06-22", False),
        ("2026-06-29", False),
    ]
    assert vitebsk.agenda.today().count == 5
    do.mark(due[0].uid, "done")
    do.mark(due[1].uid, "dropped")
    assert do.decision(due[0].uid)["done_on"] == "2026-06-15"
    assert [one.due for one in vitebsk.agenda.today().decisions] == ["2026-06-15", "2026-06-22", "2026-06-29"]
    assert do.overdue() == 0
    do.mark(due[0].uid, "open")
    assert "done_on" not in do.decision(due[0].uid)
    assert do.overdue() == 1
    # A month is due when it is over.
    do.save_decision(meeting, {"text": "Отчёт", "due": "2026-06"})
    assert sum(one.due == "2026-06" for one in vitebsk.agenda.today().decisions) == 0
    assert do.overdue() == 1
    for day in ("2026-05", "2025", "2026"):
        do.save_decision(meeting, {"text": "Отчёт", "due": day}, sure=True)
    assert do.overdue() == sum(one.overdue for one in do.decisions()) == 3


def test_the_minutes_tell_it_all_in_three_languages(coordinator: Office, vitebsk: Office) -> None:
    Partners(coordinator.desk).save_memorandum(MEMORANDUM, new=True)
    meeting = hold(coordinator)
    TaskForce(coordinator.desk).mark(TaskForce(coordinator.desk).decisions(meeting)[0].uid, "in_progress")
    papers = MinutesPapers(coordinator.desk)
    for language in ("ru", "be", "en"):
        paper = papers.compose(PaperKind.MINUTES, meeting, language)
        whole = "\n".join(texts(paper))
        label = codelists.get("agencies").label
        for agency in (EXAMPLE["chair_agency"], *EXAMPLE["panel"], "youth_palace"):
            assert label(agency, language) in whole
        assert all(words in whole for _code, words in DECISIONS)
        assert codelists.get("decision_status").label("in_progress", language) in whole
        assert "Помощь за 2002–2013 годы" in whole
    with pytest.raises(UserError, match="no longer here"):
        papers.compose(PaperKind.MINUTES, uuid.uuid4(), "ru")


def test_what_is_odd_is_asked_and_nothing_is_lost(coordinator: Office) -> None:
    do = TaskForce(coordinator.desk)
    with pytest.raises(NeedsConfirmation) as doubt:
        do.save_meeting({"on": "2026-06-01", "time": "after lunch", "chair_agency": "of_a_newer_directory"})
    assert {one.code for one in doubt.value.problems} == {"not_an_hour", "unknown_code"}
    meeting = do.save_meeting({"on": "2026-06-01", "chair_agency": "of_a_newer_directory"}, sure=True)
    assert do.meeting(meeting)["chair_agency"] == "of_a_newer_directory"
    with pytest.raises(NeedsConfirmation) as doubt:
        do.save_decision(meeting, {"text": "Собраться снова"})
    assert [one.code for one in doubt.value.problems] == ["no_due"]
    with pytest.raises(UserError, match="no longer here"):
        do.save_decision(uuid.uuid4(), {"text": "Собраться снова", "due": "2026-07-01"})


def test_a_meeting_to_come_is_the_next_one(coordinator: Office) -> None:
    do = TaskForce(coordinator.desk)
    assert do.next_meeting() is None
    for day in ("2026-06-14", "2026-09-01", "2026-07-01"):
        do.save_meeting({"on": day, "oblast": "BY-VI"})
    found = do.next_meeting("BY-VI")
    assert found is not None
    assert found.on == "2026-07-01"
    assert [one.on for one in do.meetings()] == ["2026-09-01", "2026-07-01", "2026-06-14"]
