"""One person in four spellings is one person; relatives and namesakes are not."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest

from app.matching.keys import keys
from app.matching.names import Features, features
from app.matching.portrait import pack, unpack
from app.matching.score import Comparison, compare, may_be_one
from app.matching.weights import LIKELY, OTHER_GIVEN, POSSIBLE, WARN_AT_DESK, Frequencies
from tests.unit.four_spellings import PEOPLE, form

REGISTER = Frequencies(persons=20_000)


def entry(name: str, birth: object = "1991", **more: Any) -> Features:
    papers = {key: more.pop(key, "") for key in ("personal_number", "address")}
    return features({"birth": birth, **more}, [{"names": [form(name)], **papers}])


def compared(one: Features, other: Features) -> Comparison:
    return compare(one, other, REGISTER)


def codes(one: Features, other: Features) -> set[str]:
    return {addend.code for addend in compared(one, other).addends}


def test_there_are_enough_of_them() -> None:
    assert len({names[0] for names in PEOPLE}) >= 60


@pytest.mark.parametrize("spellings", PEOPLE, ids=[names[0] for names in PEOPLE])
def test_four_spellings_are_one_person(spellings: tuple[str, ...]) -> None:
    """Each pair meets by a key and is warned of at the desk, with nothing but the name and the year of birth."""
    for one, other in combinations(spellings, 2):
        left, right = entry(one), entry(other)
        assert keys(left) & keys(right), (one, other)
        found = compared(left, right)
        assert found.total >= WARN_AT_DESK, (one, other, found)


def test_two_different_people_of_the_list_are_never_one() -> None:
    for (one, *_rest), (other, *_others) in combinations(PEOPLE, 2):
        assert compared(entry(one), entry(other)).total < POSSIBLE, (one, other)
    for (one, *_rest), (*_others, other) in pairwise(PEOPLE):
        assert compared(entry(one), entry(other)).total < POSSIBLE, (one, other)


@pytest.mark.parametrize("persons", [3, 300, 20_000, 300_000])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Зубрицкая Анна Петровна", "Зубрицкая Мария Петровна"),
        ("Зубрицкий Иван Петрович", "Зубрицкий Павел Петрович"),
        ("Зубрыцкі Іван Пятровіч", "Зубрицкая Инна Петровна"),
        ("Zubrytskaya Hanna", "Зубрицкая Алина"),
        ("Нурмухамедова Айсулу Бердыевна", "Нурмухамедова Огульджан Бердыевна"),
    ],
)
def test_twins_and_siblings_are_two(one: str, other: str, persons: int) -> None:
    """Same surname, father, raion and day of birth, and all of it rare: still two, for two names are known."""
    same = {
        "oblast": "BY-VI",
        "raion": "BY-VI-01",
        "citizenships": ["BY"],
        "address": "Полоцк, ул. Гоголя, д. 17, кв. 3",
    }
    left, right = entry(one, "2008-03-17", **same), entry(other, "2008-03-17", **same)
    found = compare(left, right, Frequencies(persons=persons))
    assert found.total < POSSIBLE
    assert {addend.code for addend in found.addends} & OTHER_GIVEN


def test_one_personal_number_outweighs_a_given_name_that_differs() -> None:
    """A changed given name is rare and real: the number says so, and a coordinator looks."""
    left = entry("Орлова Анна", "1991", personal_number="4120391A001PB3")
    right = entry("Орлова Инна", "1991", personal_number="4120391А001РВ3")
    assert "number" in codes(left, right)
    assert compared(left, right).total > WARN_AT_DESK


def test_the_sum_is_the_sum_and_has_words() -> None:
    found = compared(entry("Орлова Анна Петровна", "1991-05-04"), entry("Арлова Ганна", "1991-04-05"))
    assert found.total == pytest.approx(sum(one.weight for one in found.addends))
    assert all(one.text for one in found.addends)
    assert {one.code for one in found.addends} >= {"chance", "given_spelling", "date_swapped"}
    assert found.total > LIKELY


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("1991-05-04", "1991-05-04", "date"),
        ("1991-05-04", "1992-05-04", "date_year_off"),
        ("1991-05-04", "1919-05-04", "date_year_off"),
        ("1991-05-04", "1991-05-14", "date_one_off"),
        ("1991-05-04", "1991-07-14", "date_same_year"),
        ("1991-05-04", "1991", "year"),
        ("1991-05", "1991-05-04", "month"),
        ("1991", "1992", "year_one"),
        ("1991-01-01", "1991", "year"),
        ({"age": 30, "on": "2021-06-01"}, "1993", "age_near"),
        ("1991", "1975", "year_other"),
    ],
)
def test_births_as_they_are_known(one: object, other: object, code: str) -> None:
    assert code in codes(entry("Орлова Анна", one), entry("Орлова Анна", other))


def test_the_gate_lets_slips_of_the_pen_through() -> None:
    def gate(one: str, other: str, number: str = "") -> bool:
        return may_be_one(
            entry("Орлова", one, personal_number=number), entry("Орлова", other, personal_number=number)
        )

    assert gate("1991", "1993")
    assert gate("1991", "1981")
    assert gate("1989", "1998")
    assert not gate("1991", "1995")
    assert gate("1991", "1955", "4120391A001PB3")


def test_a_married_name_is_found_by_given_name_father_and_year() -> None:
    left, right = entry("Орлова Регина Адамовна", "1991-05-04"), entry("Зубрицкая Рэгіна Адамаўна", "1991-05-04")
    assert keys(left) & keys(right)
    assert "surname_changed" in codes(left, right)
    assert compared(left, right).total >= WARN_AT_DESK
    men = [entry(name, "1991-05-04", sex="male") for name in ("Орлов Глеб Адамович", "Зубрицкий Глеб Адамович")]
    assert "surname_other" in codes(*men)


def test_an_earlier_surname_says_so() -> None:
    former = {"names": [form("Левчук Регина"), {**form("Орлова Регина"), "kind": "birth"}]}
    known = features({"birth": "1991"}, [former])
    assert "surname_former" in codes(known, entry("Орлова Регина"))


def test_surname_and_given_name_in_each_others_place() -> None:
    left, right = entry("Регина Каминская", "1991-05-04"), entry("Каминская Регина", "1991-05-04")
    assert keys(left) & keys(right)
    assert "swapped" in codes(left, right)
    assert compared(left, right).total >= WARN_AT_DESK


def test_a_rare_surname_weighs_more() -> None:
    common = Frequencies(20_000, surnames={"arlv": 800})
    one, other = entry("Орлова Анна"), entry("Орлова Анна")
    assert compare(one, other, REGISTER).total > compare(one, other, common).total + 3


def test_features_survive_being_kept() -> None:
    whole = entry("Орлова-Зубрицкая А. П.", "1991-05-04", sex="female", citizenships=["BY", "RU"], oblast="BY-VI")
    for one in (whole, entry("Каминская Регина Адамовна", {"age": 30, "on": "2021-06-01"}), Features()):
        assert unpack(pack(one)) == one


def test_a_person_has_about_a_dozen_keys() -> None:
    counts = [len(keys(entry(names[0], "1991-05-04"))) for names in PEOPLE]
    assert 8 <= sum(counts) / len(counts) <= 18
    crowd = {"names": [{"surname": f"Фам{n}илія" * 3, "given": "Саша", "patronymic": "Саша"} for n in range(300)]}
    assert len(keys(features({"birth": "1991-05-04"}, [crowd]))) <= 200


def test_a_blank_in_a_surname_costs_nothing() -> None:
    whole, parted = entry("Константинова Анна"), entry("Констан-тинова Анна")
    assert compared(whole, parted).total == compared(whole, whole).total


def test_a_slip_in_a_given_name_is_seen_as_it_was_written() -> None:
    """The fold of a short name is too short to tell a slip from another name."""
    assert "given_similar" in codes(entry("Louca Emma"), entry("Louca Emmk"))
    assert "given_similar" not in codes(entry("Louca Emma"), entry("Louca Ivka"))
