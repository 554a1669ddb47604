"""Work that is about no single person: recorded at a centre, read at the coordinator's, changed, deleted, asked about
and handed on with a replaced laptop; all through real stores and real bundles.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from app.clock import SteadyClock
from app.errors import UserError
from app.models import Activity
from app.store.backup import listed as listed_backups
from app.sync.ledger import put
from app.usecases.activities import Activities, ActivityRow, Wanted
from app.usecases.checking import NeedsConfirmation, NotAccepted
from app.usecases.delivery import DeliveryState
from app.usecases.handover import replace_laptop
from app.usecases.questions import Questions, QuestionState
from app.usecases.restoring import Restoring
from app.usecases.safekeeping import Safekeeping
from tests.e2e.conftest import Country, Pair
from tests.e2e.desks import PHRASE, QUICK, TODAY, Office, count_of, document_at, enrol, everything, silent

LECTURE: dict[str, Any] = {
    "activity": "lecture",
    "title": "Працоўная міграцыя",
    "on": "2026-05-20",
    "sessions": 2,
    "attendances": 60,
    "women": 35,
    "men": 25,
    "minors": 20,
    "audiences": ["pupils", "teachers"],
    "oblast": "BY-VI",
    "note": "сказаць пра мікрафон",
}
TOUR: dict[str, Any] = {
    "activity": "installation_tour",
    "title": "Інфармацыйны куб",
    "on": "2026-02-02",
    "until": "2026-03-15",
    "items": 3,
    "weeks": 2,
    "attendances": 900,
    "places": [
        {"oblast": "BY-VI", "place": "Віцебск, вакзал", "from": "2026-02-02", "until": "2026-02-15", "visitors": 500},
        {"oblast": "BY-HR", "place": "Гродна", "from": "2026-03-01", "until": "2026-03-15", "visitors": 400},
    ],
}


def add(office: Office, values: dict[str, Any], *, sure: bool = False) -> uuid.UUID:
    """Record an activity."""
    activities = Activities(office.desk)
    return activities.save(values, activity=activities.new_id(), sure=sure)


def listed(office: Office, wanted: Wanted = Wanted()) -> list[ActivityRow]:  # noqa: B008 - frozen
    activities = Activities(office.desk)
    return activities.rows(activities.listed(wanted))


def states(office: Office) -> list[DeliveryState | None]:
    return [row.delivery.state if row.delivery else None for row in listed(office)]


def test_from_the_centre_to_the_coordinator_changed_and_deleted(pair: Pair) -> None:
    nurse = Activities(pair.nurse.desk)
    lecture, tour = add(pair.nurse, LECTURE), add(pair.nurse, TOUR)
    assert pair.nurse.deliveries.summary().unsent == 2, "the line at the bottom counts them"
    assert states(pair.nurse) == [DeliveryState.SAVED] * 2
    preview = pair.nurse.sending.preview()
    assert (preview.records, preview.persons, preview.people) == (2, 0, ())
    (verdict,) = pair.boss.take(pair.nurse.send(pair.stick))
    assert (verdict.ok, verdict.added, verdict.flagged) == (True, 2, 0)
    assert states(pair.nurse) == [DeliveryState.SENT] * 2
    assert states(pair.boss) == [None] * 2, "of what is another's nothing is told"
    first, second = listed(pair.boss)
    assert (first.uid, first.title, first.sessions, first.attendances) == (lecture, LECTURE["title"], 2, 60)
    assert (first.centre, first.mine, second.mine) == ("Витебск", False, False)
    arrived = document_at(pair.boss.desk, tour)[1]
    assert [stop["place"] for stop in arrived["places"]] == ["Віцебск, вакзал", "Гродна"]
    assert "мікрафон" not in everything(pair.boss.desk), "a note for our own eyes stays"
    pair.nurse.take(*pair.boss.receipts(pair.back))
    assert pair.nurse.deliveries.summary().unsent == 0
    assert states(pair.nurse) == [DeliveryState.RECEIVED] * 2
    nurse.save({**nurse.record(lecture), "attendances": 64}, activity=lecture)
    nurse.delete(tour, "entered_by_mistake")
    (verdict,) = pair.boss.take(pair.nurse.send(pair.stick))
    assert (verdict.changed, verdict.deleted) == (1, 1)
    assert [(row.uid, row.attendances) for row in listed(pair.boss)] == [(lecture, 64)]
    with pytest.raises(UserError, match="another centre"):
        Activities(pair.boss.desk).save({**LECTURE}, activity=lecture)


def test_the_coordinator_records_her_own(pair: Pair) -> None:
    mine = add(
        pair.boss, {"activity": "conference", "on": "2026-06-01", "attendances": 140, "countries": ["PL", "LT"]}
    )
    add(pair.nurse, LECTURE)
    pair.boss.take(pair.nurse.send(pair.stick))
    rows = {row.uid: row for row in listed(pair.boss)}
    assert [row.mine for row in rows.values()] == [True, False]
    assert [Activities(office.desk).travels for office in (pair.nurse, pair.boss)] == [True, False]
    assert (rows[mine].centre, rows[mine].sessions) == ("Минск", None)
    totals = Activities(pair.boss.desk).totals(Wanted())
    assert (totals.records, totals.sessions, totals.attendances) == (2, 3, 200), "what gives no number is one"
    assert [row.kind for row in listed(pair.boss, Wanted("2026-04", "2026-05"))] == ["lecture"]
    assert [row.kind for row in listed(pair.boss, Wanted(kind="conference"))] == ["conference"]


def test_a_call_is_of_the_moment_of_its_save(pair: Pair) -> None:
    nurse = Activities(pair.nurse.desk)
    call = add(pair.nurse, {"activity": "hotline_operation", "topic": "work_abroad", "caller": "self"})
    values = nurse.record(call)
    assert values["on"] == TODAY.date().isoformat() == values["call_at"][:10]
    late = add(pair.nurse, {"activity": "hotline_operation", "topic": "other", "call_at": "2026-06-11T23:40"})
    assert nurse.record(late)["on"] == "2026-06-11"
    many = add(pair.nurse, {"activity": "hotline_operation", "on": "2026-05-31", "topic": "other", "sessions": 41})
    assert "call_at" not in nurse.record(many)
    assert (nurse.calls_today(), nurse.totals(Wanted()).calls, nurse.totals(Wanted()).sessions) == (1, 43, 0)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"women": 40}, "attendances", "more_by_sex"),
        ({"minors": 61}, "minors", "more_minors"),
        ({"until": "2026-05-01"}, "until", "until_before_on"),
        ({"on": "2026-07-01"}, "on", "future"),
        ({"attendances": 6000}, "attendances", "crowded"),
        ({"attendances": None}, "attendances", "parts_without_whole"),
        (
            {"attendances": None, "women": None, "men": None, "minors": None, "sessions": None},
            "sessions",
            "no_number",
        ),
        ({"places": [{"place": "Орша", "from": "2026-04-01"}]}, "places[0].from", "stop_before"),
        ({"until": "2026-05-22", "places": [{"from": "2026-05-25"}]}, "places[0].from", "stop_after"),
        ({"places": [{"place": "Орша", "visitors": 90}]}, "attendances", "more_visitors"),
        (
            {"activity": "seminar", "agencies": [{"agency": "brcs", "participants": 99}]},
            "attendances",
            "more_by_agency",
        ),
    ],
)
def test_what_looks_odd_is_asked_once(pair: Pair, changes: dict[str, Any], field: str, code: str) -> None:
    with pytest.raises(NeedsConfirmation) as asked:
        add(pair.nurse, LECTURE | changes)
    assert [(one.field, one.code) for one in asked.value.problems] == [(field, code)]
    assert count_of(pair.nurse.desk, Activity) == 0
    add(pair.nurse, LECTURE | changes, sure=True)
    assert count_of(pair.nurse.desk, Activity) == 1


def test_without_its_kind_or_day_it_is_not_kept(pair: Pair) -> None:
    with pytest.raises(NotAccepted) as refused:
        add(pair.nurse, {"title": "без дня"}, sure=True)
    assert {one.field for one in refused.value.problems} == {"activity", "on"}


def test_a_kind_keeps_only_what_it_measures(pair: Pair) -> None:
    posters = {**LECTURE, "activity": "publication", "copies_printed": 500, "note": ""}
    kept = Activities(pair.nurse.desk).record(add(pair.nurse, posters))
    assert kept["copies_printed"] == 500
    assert not {"sessions", "attendances", "women", "minors"} & set(kept)


def test_the_same_again_leaves_the_day_and_the_numbers(pair: Pair) -> None:
    nurse = Activities(pair.nurse.desk)
    again = nurse.again(add(pair.nurse, {**LECTURE, "donor": "iom", "project": "МОМ 1035"}))
    assert (again["title"], again["audiences"], again["sessions"]) == (LECTURE["title"], LECTURE["audiences"], 2)
    assert again["on"] == TODAY.date().isoformat()
    assert not {"attendances", "women", "men", "minors", "note"} & set(again)
    assert nurse.defaults("seminar")["donor"] == "iom"
    assert nurse.defaults("seminar")["project"] == "МОМ 1035"
    assert nurse.usual_kinds() == ["lecture"]
    assert nurse.defaults("seminar")["oblast"] == "BY-VI"
    assert "oblast" not in nurse.defaults("theatre_tour"), "a tour is where its stops are"


def test_an_unknown_code_is_kept_flagged_asked_about_and_answered(pair: Pair) -> None:
    """Nothing on either desk supposes a person behind a record."""
    desk = pair.nurse.desk
    uid = desk.clock.new_id()
    with desk.store.transaction() as session:
        put(session, desk.author(), "activity", uid, {**LECTURE, "activity": "of_a_newer_list", "women": "шмат"})
    (verdict,) = pair.boss.take(pair.nurse.send(pair.stick))
    assert (verdict.ok, verdict.flagged) == (True, 1)
    (row,) = listed(pair.boss)
    assert (row.kind, row.attendances) == ("of_a_newer_list", 60)
    assert Activities(pair.boss.desk).kinds() == ["of_a_newer_list"]
    pair.nurse.take(*pair.boss.receipts(pair.back))
    (doubt,) = pair.nurse.deliveries.doubts()
    assert (doubt.record, doubt.kind, doubt.code, doubt.name, doubt.of_nobody) == (uid, "activity", "", "", True)
    questions = Questions(pair.boss.desk)
    questions.ask(uid, "attendances", "60 или 600?", proposed=600)
    pair.nurse.take(*pair.boss.receipts(pair.back))
    (doubt,) = pair.nurse.deliveries.doubts()
    (asked,) = doubt.asked
    pair.nurse.deliveries.answer(asked.uid, "kept", "так, 60")
    pair.boss.take(pair.nurse.send(pair.stick))
    (answered,) = questions.answered()
    assert (answered.state, answered.answer, answered.person) == (QuestionState.ANSWERED, "kept", None)
    assert answered.of_nobody
    assert answered.answer_words == "", "words stay where nobody can have agreed that they go"


def test_it_follows_the_laptop_that_is_replaced(country: Country, tmp_path: Path) -> None:
    """What lies in the backup, and what was recorded and sent after it: both come to the heir, and are hers."""
    (old, *others), boss = country.open(tmp_path)
    backups, post = tmp_path / "backups", tmp_path / "post"
    for folder in (backups, post):
        folder.mkdir()
    kept = add(old, LECTURE)
    keeping = Safekeeping(old.desk)
    keeping.choose_folder(backups)
    keeping.back_up(silent)
    after = add(old, TOUR)
    assert boss.take(old.send(post))[0].ok
    former = old.desk.me.uid
    old.lock()
    home = tmp_path / "heir"
    new = Office(
        home, Restoring(home, SteadyClock(TODAY, 77), QUICK).restore(listed_backups(backups)[0].path, PHRASE, silent)
    )
    with pytest.raises(UserError, match="handed"):
        Activities(new.desk).delete(kept, "entered_by_mistake")
    enrol(new, boss)
    assert [one.answer for one in new.take(*replace_laptop(boss.desk, former, new.desk.me.uid, post))] == ["ACCEPTED"]
    assert {row.uid: row.mine for row in listed(new)} == {kept: True, after: True}
    heir = Activities(new.desk)
    heir.save({**heir.record(after), "attendances": 950}, activity=after)
    assert boss.take(new.send(post))[0].ok
    assert {row.uid: row.attendances for row in listed(boss)} == {kept: 60, after: 950}
    for office in (*others, new, boss):
        office.lock()
