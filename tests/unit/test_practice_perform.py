"""Practice data in a real store: recorded by the use cases, and counted like the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from app.clock import SteadyClock
from app.errors import UserError
from app.store.keyformat import KdfParams
from app.sync.card import DigitParams
from app.usecases.access import Access, lock
from app.usecases.agenda import Agenda
from app.usecases.assistance import Assistance
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.people import People
from app.usecases.practice import (
    DIMENSIONS,
    Act,
    Event,
    Performer,
    Span,
    Truth,
    centre_set_up,
    coordinator_set_up,
    found,
    introduce,
    plan,
)
from app.usecases.referrals import Referrals
from app.usecases.reporting import Dimension, Reporting

QUICK = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=8)
PHRASE = "абзац яхта снег атомный бедный ячейка"
NOW = dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC)
SPAN = Span(dt.date(2025, 1, 1), 6)
BREAKDOWNS = [by for size in range(6) for by in combinations(DIMENSIONS, size)]


def _made(folder: Path, number: int = 0) -> Desk:
    return found(Access(folder, SteadyClock(NOW, number + 1), QUICK), centre_set_up(number), PHRASE)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = _made(tmp_path / "centre")
    yield desk
    lock(desk)


def _wrong(desk: Desk, truth: Truth) -> list[tuple[str, ...]]:
    """The breakdowns in which figures and truth are not the same, cell by cell."""
    reporting = Reporting(desk)
    wrong = []
    for by in BREAKDOWNS:
        figures = reporting.figures([Dimension(name) for name in by])
        if {cell.key: (cell.persons, cell.services) for cell in figures.cells} != truth.count(by):
            wrong.append(by)
    return wrong


def _counted(events: Iterable[Event]) -> dict[tuple[str, ...], tuple[int, int]]:
    truth = Truth()
    for event in events:
        truth.tell("", event)
    return truth.count(DIMENSIONS)


def test_the_figures_of_a_half_year_agree_with_the_truth(desk: Desk) -> None:
    truth, performer = Truth(), Performer(desk, 21)
    events = plan(21, SPAN, 0, people=12)
    # The plan must hold what the comparison is to judge: each kind of event changes the figures.
    for act in (Act.CORRECT, Act.DELETE_SERVICE, Act.DELETE_PERSON):
        assert _counted(e for e in events if e.act is not act) != _counted(events)
    half = len(events) // 2
    for part in (events[:half], events[half:]):
        performer.perform(part)
        for event in part:
            truth.tell(str(desk.me.centre), event)
        assert _wrong(desk, truth) == []
    assert truth.services > 60
    assert len(People(desk).find()) == truth.persons

    # And the comparison can fail: one service gone, one birth year changed.
    served = next(e for e in reversed(events) if e.act is Act.SERVICE)
    Assistance(desk).delete_service(performer.id_of(served.subject), "entered_by_mistake")
    assert len(_wrong(desk, truth)) == len(BREAKDOWNS)
    truth.tell(str(desk.me.centre), replace(served, act=Act.DELETE_SERVICE))
    assert _wrong(desk, truth) == []
    People(desk).change_person(performer.id_of(served.person), {"birth": "1930"}, sure=True)
    assert ("age",) in _wrong(desk, truth)


def test_names_are_found_in_every_spelling(desk: Desk) -> None:
    events = plan(5, SPAN, 0, people=9)
    performer = Performer(desk, 5)
    performer.perform(events)
    deleted = {event.person for event in events if event.act is Act.DELETE_PERSON}
    named = [event for event in events if event.identity and event.person not in deleted]
    assert named
    for event in named:
        uid = performer.id_of(event.person)
        for form in event.identity["names"]:
            rows = People(desk).rows(People(desk).find(f"{form['surname']} {form['given']}"))
            assert uid in {row.uid for row in rows}


def test_grants_are_kept_to(desk: Desk) -> None:
    events = plan(11, Span(dt.date(2025, 1, 1), 12), 0, people=14)
    performer = Performer(desk, 11)
    performer.perform(events)
    people = {event.person for event in events if event.act is Act.GRANT}
    balances = [one for person in people for one in Assistance(desk).grants(performer.id_of(person))]
    assert any(one.payments >= 2 for one in balances)
    assert all(one.left >= 0 for one in balances)


def test_the_desk_of_a_practice_centre_has_a_morning(tmp_path: Path) -> None:
    """Looked at on some day after the plan: appointments today, soon and overdue; steps due; answers awaited."""
    clock = SteadyClock(dt.datetime(2026, 1, 20, 8, tzinfo=dt.UTC), 1)
    desk = found(Access(tmp_path / "centre", clock, QUICK), centre_set_up(0), PHRASE)
    performer = Performer(desk, 2)
    events = plan(2, Span(dt.date(2025, 1, 1), 12), 0, people=12, today=clock.today())
    performer.perform(events)
    day, coming = Agenda(desk).today(), Agenda(desk).coming()
    today = [row for row in day.appointments if row.on.startswith("2026-01-20")]
    assert today
    assert coming
    assert len(today) < len(day.appointments) < 12
    assert 0 < len(day.steps) < 12
    assert len(day.follow_ups) < 12
    people = {event.person for event in events if event.act is Act.REFERRAL}
    sent = [one for person in people for _, one in Referrals(desk).of_person(performer.id_of(person))]
    assert sent
    assert all("consent" in one or "second_person" in one for one in sent)
    lock(desk)


def test_a_real_store_takes_no_invented_data(desk: Desk) -> None:
    real = replace(desk, me=replace(desk.me, practice=False))
    with pytest.raises(UserError) as refused:
        Performer(real)
    assert "practice store" in refused.value.message


def test_two_stores_never_give_the_same_id(tmp_path: Path, desk: Desk) -> None:
    other = _made(tmp_path / "other", 1)
    ids = []
    for one in (desk, other):
        performer = Performer(one, 3)
        events = plan(3, Span(dt.date(2025, 1, 1), 1), 0, people=3)
        performer.perform(events)
        ids.append({performer.id_of(event.person) for event in events})
    lock(other)
    assert ids[0].isdisjoint(ids[1])


def test_a_country_knows_its_coordinator(tmp_path: Path, desk: Desk) -> None:
    head = found(Access(tmp_path / "head", SteadyClock(NOW, 9), QUICK), coordinator_set_up(), PHRASE)
    introduce(desk, head, DigitParams(memory_kib=64, iterations=1))
    coordinator = Enrolment(desk).coordinator()
    assert coordinator is not None
    assert coordinator.inst == head.me.uid
    assert [peer.trust for peer in Enrolment(head).peers()] == ["trusted"]
    lock(head)
