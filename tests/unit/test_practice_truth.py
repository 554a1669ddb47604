"""The truth about a plan, against counts done by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from app.usecases.practice import Act, Event, Truth

DAY = dt.date(2025, 3, 10)


def register(person: str, human: str = "", **values: object) -> Event:
    return Event(DAY, Act.REGISTER, person, values, human=human or person)


def service(person: str, key: str, code: str = "food_meals", on: str = "2025-03-10") -> Event:
    return Event(DAY, Act.SERVICE, person, {"service": code, "on": on}, subject=key)


@pytest.fixture
def truth() -> Truth:
    truth = Truth()
    for event in (
        register("p1", sex="female", birth="2000-05-05"),
        register("p2", sex="male", birth={"age": 40, "on": "2025-03-10"}),
        service("p1", "s1"),
        service("p1", "s2", "legal_civil"),
        service("p1", "s3", on="2025-04"),
        service("p2", "s4"),
    ):
        truth.tell("A", event)
    return truth


def test_persons_are_distinct_and_services_are_all(truth: Truth) -> None:
    assert truth.count(()) == {(): (2, 4)}
    assert truth.count(("month",)) == {("2025-03",): (2, 3), ("2025-04",): (1, 1)}
    assert truth.count(("group",)) == {("shelter",): (2, 3), ("legal",): (1, 1)}
    assert truth.count(("sex", "age")) == {("female", "25-34"): (1, 3), ("male", "35-44"): (1, 1)}


def test_a_corrected_birth_year_moves_all_her_services(truth: Truth) -> None:
    truth.tell("A", Event(DAY, Act.CORRECT, "p1", {"sex": "female", "birth": "1960"}))
    assert truth.count(("age",)) == {("60+",): (1, 3), ("35-44",): (1, 1)}


def test_the_age_is_that_of_the_year_of_the_service(truth: Truth) -> None:
    truth.tell("A", service("p1", "s5", on="2035-01-01"))
    assert truth.count(("age",))["35-44",] == (2, 2)


def test_a_changed_service_counts_as_what_it_is_now(truth: Truth) -> None:
    truth.tell("A", service("p1", "s1", "psych_group", "2025-02"))
    assert truth.count(("month", "group")) == {
        ("2025-02", "psychological"): (1, 1),
        ("2025-03", "legal"): (1, 1),
        ("2025-03", "shelter"): (1, 1),
        ("2025-04", "shelter"): (1, 1),
    }


def test_what_is_deleted_is_not_counted(truth: Truth) -> None:
    truth.tell("A", Event(DAY, Act.DELETE_SERVICE, "p1", subject="s2"))
    assert truth.count(()) == {(): (2, 3)}
    truth.tell("A", Event(DAY, Act.DELETE_PERSON, "p1"))
    assert (truth.count(()), truth.persons, truth.services) == ({(): (1, 1)}, 1, 1)


def test_the_same_key_at_two_centres_is_two_persons(truth: Truth) -> None:
    truth.tell("B", register("p1", human="p1"))
    truth.tell("B", service("p1", "s1"))
    assert truth.count(("centre",)) == {("A",): (2, 4), ("B",): (1, 1)}
    assert truth.count(("sex", "age"), ["B"]) == {("unknown", "unknown"): (1, 1)}
    assert truth.at_two_centres == 1
