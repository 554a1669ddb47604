"""Help for several people at once: all or none, one record each, doubts by case code, undo, who stays, who came."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import UserError
from app.usecases.groups import NotForAll
from tests.ui.screen_fixtures import Centre, opened_centre


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with opened_centre(tmp_path) as made:
        yield made


def ids(centre: Centre, persons: list[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    return {person: centre.assistance.new_service() for person in persons}


def values(centre: Centre, persons: list[uuid.UUID], code: str = "food_meals", **more: object) -> dict[str, object]:
    return centre.assistance.defaults_for_many(persons, code) | more


def test_each_gets_a_record_of_her_own_in_her_own_case(centre: Centre) -> None:
    persons = [centre.agreed("Ганна", name) for name in ("А", "Б", "В")]
    case = centre.cases.save(persons[1], {"opened_on": "2026-11-01", "status": "Active"}, sure=True)
    services = ids(centre, persons)
    centre.assistance.record_for_many(persons, values(centre, persons, note="абед"), services)
    for person in persons:
        (row,) = centre.assistance.timeline(person)
        assert (row.uid, row.code, row.note) == (services[person], "food_meals", "абед")
    assert centre.assistance.service(services[persons[1]])["case"] == str(case)
    assert "case" not in centre.assistance.service(services[persons[0]])


def test_saving_twice_is_the_same_records(centre: Centre) -> None:
    persons = [centre.agreed("Ганна", name) for name in ("А", "Б")]
    services = ids(centre, persons)
    for note in ("раз", "два"):
        centre.assistance.record_for_many(persons, values(centre, persons, note=note), services)
    assert [[row.note for row in centre.assistance.timeline(person)] for person in persons] == [["два"], ["два"]]


def test_what_is_odd_about_one_is_told_with_her_code_and_asked_once(centre: Centre) -> None:
    old, young, stranger = centre.agreed(birth="1980"), centre.agreed(birth="2019-05-05"), centre.person(birth="1980")
    persons = [old, young, stranger]
    given = values(centre, persons, on="2018-03-03")
    services = ids(centre, persons)
    with pytest.raises(NotForAll) as caught:
        centre.assistance.record_for_many(persons, given, services)
    assert not caught.value.forbids
    told = {one.problem.code: one.codes for one in caught.value.findings}
    assert told["before_birth"] == (centre.people.person(young)["code"],)
    assert told["consent_unrecorded"] == (centre.people.person(stranger)["code"],)
    assert all(centre.assistance.timeline(person) == [] for person in persons), "nothing is saved by halves"
    centre.assistance.record_for_many(persons, given, services, sure=True)
    assert all(len(centre.assistance.timeline(person)) == 1 for person in persons)


def test_what_is_odd_about_all_is_said_without_codes(centre: Centre) -> None:
    persons = [centre.agreed("Ганна", name) for name in ("А", "Б")]
    with pytest.raises(NotForAll) as caught:
        centre.assistance.record_for_many(persons, values(centre, persons, on="2027-01-01"), ids(centre, persons))
    assert [(one.problem.code, one.codes) for one in caught.value.findings] == [("future", ())]


def test_an_error_forbids_whatever_one_is_sure_of(centre: Centre) -> None:
    persons = [centre.agreed("Ганна", name) for name in ("А", "Б")]
    given = values(centre, persons, on="31.02.2026")
    with pytest.raises(NotForAll) as caught:
        centre.assistance.record_for_many(persons, given, ids(centre, persons), sure=True)
    assert caught.value.forbids


def test_a_payment_belongs_to_one_person(centre: Centre) -> None:
    persons = [centre.agreed("Ганна", name) for name in ("А", "Б")]
    with pytest.raises(UserError, match="belongs to one person"):
        centre.assistance.record_for_many(persons, {"service": "grant_vocational"}, ids(centre, persons), sure=True)


def test_undo_takes_all_back_and_forgets_the_group(centre: Centre) -> None:
    persons = [centre.agreed("Ганна", name) for name in ("А", "Б")]
    services = ids(centre, persons)
    centre.assistance.record_for_many(persons, values(centre, persons), services)
    assert [group.persons for group in centre.assistance.last_groups()] == [tuple(persons)]
    centre.assistance.take_back(list(services.values()))
    assert [centre.assistance.timeline(person) for person in persons] == [[], []]
    assert centre.assistance.last_groups() == []


def test_a_change_is_undone_to_the_values_before(centre: Centre) -> None:
    person = centre.agreed()
    service = centre.service(person, "food_meals", "2026-11-05", note="як было")
    before = centre.assistance.service(service)
    centre.assistance.record_service(person, before | {"note": "інакш"}, service=service)
    centre.assistance.put_back({service: before})
    assert centre.assistance.service(service) == before


def test_the_last_group_of_each_kind_without_those_who_are_gone(centre: Centre) -> None:
    persons = [centre.agreed("Ганна", name) for name in ("А", "Б", "В")]
    for code, who in (("psych_group", persons), ("food_meals", persons[:2]), ("psych_group", persons[1:])):
        centre.assistance.record_for_many(who, values(centre, who, code), ids(centre, who), sure=True)
    groups = centre.assistance.last_groups()
    assert [(group.code, group.persons) for group in groups] == [
        ("psych_group", tuple(persons[1:])),
        ("food_meals", tuple(persons[:2])),
    ]
    centre.people.delete(persons[0], "entered_by_mistake")
    assert [group.code for group in centre.assistance.last_groups()] == ["psych_group"], "one is no group"


STAYS = [
    ("open", {"on": "2026-11-10"}, True),
    ("ends later", {"on": "2026-11-10", "until": "2026-11-25"}, True),
    ("ends today", {"on": "2026-11-10", "until": "2026-11-20"}, True),
    ("ended", {"on": "2026-11-10", "until": "2026-11-19"}, False),
    ("three nights, over", {"on": "2026-11-10", "quantity": "3"}, False),
    ("eleven nights", {"on": "2026-11-10", "quantity": "11"}, True),
    ("known to the month", {"on": "2026-11"}, True),
    ("declined", {"on": "2026-11-10", "outcome": "declined"}, False),
    ("forgotten", {"on": "2025-01-10"}, False),
    ("not begun", {"on": "2026-11-25"}, False),
]


@pytest.mark.parametrize(("stay", "open_"), [case[1:] for case in STAYS], ids=[case[0] for case in STAYS])
def test_who_stays(centre: Centre, stay: dict[str, str], open_: bool) -> None:
    person = centre.agreed()
    centre.service(person, "shelter_crisis_room", **stay)
    assert centre.assistance.staying() == ([person] if open_ else [])


def test_the_latest_stay_decides(centre: Centre) -> None:
    person = centre.agreed()
    centre.service(person, "rehab_centre_stay", "2026-10-01")
    centre.service(person, "shelter_crisis_room", "2026-11-01", until="2026-11-05")
    assert centre.assistance.staying() == []


def test_kinds_of_this_person_come_before_those_of_the_centre(centre: Centre) -> None:
    person, other = centre.agreed(), centre.agreed("Вольга", "Навіцкая")
    centre.service(person, "legal_documents", "2025-01-05")
    for day in ("2026-11-01", "2026-11-02"):
        centre.service(other, "food_meals", day)
    centre.service(other, "social_support", "2026-11-03")
    centre.service(other, "hotline_consultation", "2026-05-03")
    kinds = centre.assistance.usual_kinds(person)
    assert kinds == ["legal_documents", "food_meals", "social_support"]
    assert centre.assistance.usual_kinds() == ["food_meals", "social_support"], "what was usual in May is not"


def test_donor_and_place_as_last_time(centre: Centre) -> None:
    person, other = centre.agreed(), centre.agreed("Вольга", "Навіцкая")
    centre.service(person, "food_meals", "2026-11-01", donor="other", project="П1", place="home")
    centre.service(other, "legal_civil", "2026-11-02", donor="ngo", place="court")
    again = centre.assistance.defaults(person, "shelter_crisis_room")
    assert (again["donor"], again["project"], again["place"]) == ("other", "П1", "home"), "her last of the group"
    fresh = centre.assistance.defaults(person, "psych_counselling")
    assert fresh["donor"] == "ngo", "else my last donor"
    assert "place" not in fresh, "a court is no place for it"


def test_a_donor_that_the_list_does_not_know_is_not_handed_on(centre: Centre) -> None:
    person = centre.agreed()
    centre.service(person, "food_meals", "2026-11-01", donor="iom")
    centre.service(person, "food_meals", "2026-11-02", donor="no_such_donor")
    assert "donor" not in centre.assistance.defaults(person, "food_meals")
