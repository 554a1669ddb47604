"""The programme's own story: what its papers print goes in by the use cases and comes out of the reports, exactly.

The numbers stand here once more, as the papers have them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.reports.table import Audience, Measure, Scope, Told
from app.usecases.activities import Activities, Wanted
from app.usecases.packs import Packs
from app.usecases.partners import Partners
from app.usecases.practice import tell_story
from app.usecases.statistics import Question, Statistics
from app.usecases.task_force import TaskForce
from tests.e2e.desks import Office, enrol, new_office

SPRING = ("2014-04", "2014-06")


@pytest.fixture(scope="module")
def coordinator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = new_office(tmp_path_factory.mktemp("story") / "c", "coordinator", "Минск", practice=True, seed=1)
    tell_story(office.desk)
    yield office
    office.lock()


def told(office: Office, code: str, *by: str, scope: Scope | None = None) -> tuple[Told, ...]:
    return Statistics(office.desk).ask(Question(code, by, scope or Scope())).told


def rows(table: Told) -> dict[str, int | None]:
    """The numbers of a table of one dimension, without the noughts."""
    return {row: cell.value for (row, _column), cell in table.cells.items() if cell.value}


def only(table: Told) -> int | None:
    """The number of a table of one."""
    assert table.total is not None
    return table.total.value


def test_lectures_are_sessions_and_attendances_never_persons(coordinator: Office) -> None:
    sessions, attendances = told(coordinator, "lectures")
    assert (sessions.measure, only(sessions)) == (Measure.EVENTS, 5000)
    assert (attendances.measure, only(attendances)) == (Measure.ATTENDANCES, 96_470)
    for code in ("victims_assisted_total", "victims_assisted_new"):
        assert only(told(coordinator, code)[0]) == 0


def test_trainings_and_seminars(coordinator: Office) -> None:
    events, attendances = told(coordinator, "trainings", "activity")
    assert rows(events) == {
        "training": 11 + 2 + 3,
        "seminar": 6 + 3,
        "training_of_trainers": 2,
        "language_course": 2,
        "vulnerable_group_training": 1,
    }
    assert rows(attendances) == {
        "training_of_trainers": 17 + 19,
        "language_course": 35 + 15,
        "vulnerable_group_training": 1000,
    }


def test_media(coordinator: Office) -> None:
    (numbers,) = told(coordinator, "media")
    assert rows(numbers) == {"spots": 4 + 3, "press_conferences": 4 + 1, "placements": 2}
    activities = Activities(coordinator.desk)
    spots = {
        kind: sum(
            activities.record(row.uid)["spots"] for row in activities.rows(activities.listed(Wanted(kind=kind)))
        )
        for kind in ("psa_video", "psa_radio")
    }
    assert spots == {"psa_video": 4, "psa_radio": 3}


def test_the_conference_and_the_play(coordinator: Office) -> None:
    activities = Activities(coordinator.desk)
    conference = activities.totals(Wanted(kind="conference"))
    assert (conference.sessions, conference.attendances) == (1, 140)
    assert activities.totals(Wanted(kind="theatre_tour")).sessions == 5
    (play,) = activities.rows(activities.listed(Wanted(kind="theatre_tour")))
    cities = {stop["oblast"] for stop in activities.record(play.uid)["places"]}
    assert cities == {"BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MA"}


def test_the_information_cubes_stand_two_weeks_at_a_place(coordinator: Office) -> None:
    activities = Activities(coordinator.desk)
    places = [
        activities.record(row.uid) for row in activities.rows(activities.listed(Wanted(kind="installation_tour")))
    ]
    assert sorted((one["on"], one["items"], one["weeks"], one["placements"]) for one in places) == [
        ("2016-07", 3, 2, 1),
        ("2016-08", 3, 2, 1),
    ]
    summer = Packs(coordinator.desk).task_force("", "2016-07", "2016-09", Audience.INTERNAL).pack
    events = next(
        part.table for chapter in summer.chapters for part in chapter.parts if part.table.code == "activities"
    )
    assert rows(events) == {"press_conference": 1, "installation_tour": 2}


def test_the_task_force_of_vitebsk(coordinator: Office) -> None:
    task_force = TaskForce(coordinator.desk)
    (meeting,) = task_force.meetings("BY-VI")
    assert (meeting.on, meeting.decisions) == ("2014-05-14", 10)
    assert task_force.meeting(meeting.uid)["chair_agency"] == "moi_main_dept_drugs_thb"
    decisions = task_force.decisions(meeting.uid)
    assert [one.number for one in decisions] == list(range(1, 11))
    assert len({one.type for one in decisions}) == 10
    (memorandum,) = Partners(coordinator.desk).memoranda()
    assert (memorandum.oblast, memorandum.parties, memorandum.invited) == ("BY-VI", 8, 6)
    invited = {row.code for row in Partners(coordinator.desk).agencies() if row.invited_in}
    assert invited == {
        "court_oblast",
        "prosecutor_oblast",
        "investigation_committee",
        "border_detachment_polotsk",
        "dept_citizenship_migration_oblast",
        "bel_union_women_novopolotsk",
    }


@pytest.mark.parametrize("audience", [Audience.INTERNAL, Audience.TASK_FORCE])
def test_the_pack_of_that_spring(coordinator: Office, audience: Audience) -> None:
    """Work that is about no person is told to everybody as it is."""
    pack = Packs(coordinator.desk).task_force("BY-VI", *SPRING, audience).pack
    tables = {part.table.code: part.table for chapter in pack.chapters for part in chapter.parts}
    assert only(tables["task_force_meetings"]) == 0, "nobody wrote how many people came"
    assert only(tables["task_force_agencies"]) == 19
    assert rows(tables["task_force_decisions"]) == {"open": 10}
    assert only(tables["mou_parties"]) == 8
    elsewhere = Packs(coordinator.desk).task_force("BY-BR", *SPRING, audience).pack
    assert all(
        only(part.table) in (0, None)
        for chapter in elsewhere.chapters
        for part in chapter.parts
        if part.table.code in ("task_force_agencies", "mou_parties")
    )


def test_who_was_helped_before_is_counted_once(tmp_path: Path) -> None:
    """The balance reaches to its month; who was first helped after it is added, who was helped within it is not."""
    head = new_office(tmp_path / "c", "coordinator", "Минск", practice=True, seed=2)
    centre = new_office(tmp_path / "f", "centre", "Витебск", practice=True, seed=3)
    enrol(centre, head)
    tell_story(head.desk)
    assert only(told(head, "victims_assisted_cumulative")[0]) == 1125
    for days in (["2008-05-10"], ["2009-01-12", "2010-03-01"], ["2014-02-03"], ["2008-11-30", "2012-02-01"]):
        person: uuid.UUID = centre.people.register({"sex": "female"}, {}, sure=True)
        for day in days:
            centre.help(person, on=day)
    head.take(centre.send(tmp_path / "stick"))
    (whole,) = told(head, "victims_assisted_cumulative")
    assert only(whole) == 1125 + 2
    assert "opening_balance/1125" in whole.remarks
    (until,) = told(head, "victims_assisted_cumulative", scope=Scope(last="2011-12"))
    assert only(until) == 1125 + 1
    centre.lock()
    head.lock()


def test_it_is_told_once(coordinator: Office) -> None:
    before = Activities(coordinator.desk).listed(Wanted())
    with pytest.raises(UserError, match="memorandum of this oblast already"):
        tell_story(coordinator.desk)
    assert Activities(coordinator.desk).listed(Wanted()) == before


def test_a_real_store_and_a_centre_take_no_story(tmp_path: Path) -> None:
    for role, practice in (("coordinator", False), ("centre", True)):
        office = new_office(tmp_path / role, role, "Минск", practice=practice, seed=4)
        with pytest.raises(UserError, match="practice store of a coordinator"):
            tell_story(office.desk)
        assert Activities(office.desk).listed(Wanted()) == []
        office.lock()
