"""The whole register at once says what each comparison says, and tells what it passed over."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching import register
from app.matching.keys import keys
from app.matching.names import Features, features
from app.matching.portrait import pack, unpack
from app.matching.score import compare, may_be_one, total
from app.matching.weights import POSSIBLE, Frequencies
from tests.bench.matching.ours import portrait
from tests.bench.matching.people import beings
from tests.bench.matching.slips import HARD, written
from tests.unit.four_spellings import PEOPLE, form

EVERYTHING = -1000.0


def town(persons: int) -> list[tuple[int, Features]]:
    """Invented people with slips, each written twice, under numbers that are not their places."""
    random = Random(3)
    entries = [portrait(written(random, being, HARD)) for being in beings(random, persons) for _ in range(2)]
    random.shuffle(entries)
    return [(1000 - at, one) for at, one in enumerate(entries)]


def one_by_one(entries: list[tuple[int, Features]], at_least: float) -> dict[tuple[int, int], float]:
    frequencies = register.count(portrait for _number, portrait in entries)
    found = {}
    for (one, left), (other, right) in combinations(entries, 2):
        weight = compare(left, right, frequencies).total
        if keys(left) & keys(right) and may_be_one(left, right) and weight >= at_least:
            found[min(one, other), max(one, other)] = weight
    return found


@pytest.mark.parametrize("at_least", [EVERYTHING, 0.0, POSSIBLE, 6.0])
def test_the_register_finds_what_comparing_all_with_all_finds(at_least: float) -> None:
    entries = town(120)
    found = {(one, other): weight for one, other, weight in register.pairs(entries, at_least=at_least)}
    assert found == pytest.approx(one_by_one(entries, at_least))
    assert len(found) > 20


def test_documents_and_addresses_count_in_the_register_too() -> None:
    """What outweighs a birth year, or a given name of the list, does so in both ways of comparing."""
    number, home = "4120391A001PB3", "г. Гомель, ул. Советская, д. 12, кв. 5"
    entries = [
        entry("Орлова Анна", "1991", personal_number=number, passport="HB1234567"),
        entry("Орлова Инна", "1964", personal_number=number),
        entry("Зубрицкая Инна", "1985", passport="НВ 1234567"),
        entry("Орлова Анна", "1950", address=home),
        entry("Орлова Ганна", "1999", address="Гомель, Советская 12-5", phone="+375 29 123-45-67"),
        entry("Мурадова Гюльшат", "1999", phone="8 029 1234567"),
        entry("Гюльшат Мурадова", "1999"),
    ]
    numbered = list(enumerate(entries))
    found = {(one, other): weight for one, other, weight in register.pairs(numbered, at_least=EVERYTHING)}
    assert found == pytest.approx(one_by_one(numbered, EVERYTHING))
    assert {(0, 1), (0, 2), (3, 4), (4, 5), (5, 6)} <= set(found)


ENTRIES = [portrait for _number, portrait in town(60)]


@settings(max_examples=200, deadline=None)  # the list of names is read once
@given(st.sampled_from(ENTRIES), st.sampled_from(ENTRIES), st.integers(0, 300_000))
def test_the_total_is_the_sum_of_the_words_and_even_handed(one: Features, other: Features, persons: int) -> None:
    frequencies = Frequencies(persons, surnames={"arlv": 5}, raions={"BY-BR-brescki": persons // 4})
    assert total(one, other, frequencies) == compare(one, other, frequencies).total
    assert total(one, other, frequencies) == pytest.approx(total(other, one, frequencies))


def entry(name: str, birth: str, **more: str) -> Features:
    return features({"birth": birth}, [{"names": [form(name)], **more}])


def test_what_is_shared_by_too_many_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "MOST_IN_BLOCK", 5)
    said: list[register.Progress] = []
    crowd = [(number, entry("Иванова Анна", "1990")) for number in range(8)]
    few = [(number, entry("Зубрицкая Регина", "1990")) for number in (8, 9)]
    found = [pair[:2] for pair in register.pairs([*crowd, *few], at_least=EVERYTHING, progress=said.append)]
    assert found == [(8, 9)]
    assert (said[-1].done, said[-1].of, said[-1].largest_passed_over) == (10, 10, 8)
    assert said[-1].blocks_passed_over > 0


def test_a_cancelled_search_ends() -> None:
    entries = town(900)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 1

    some = list(register.pairs(entries, at_least=0, cancelled=cancelled))
    assert 0 < len(some) < len(list(register.pairs(entries, at_least=0)))


def test_frequencies_count_people_and_not_forms() -> None:
    names: Iterable[dict[str, Any]] = [
        form("Орлова Анна Петровна"),
        {**form("Арлова Ганна Пятроўна"), "kind": "birth"},
    ]
    both = features({"birth": "1990", "raion": "BY-BR-brescki"}, [{"names": list(names)}])
    counted = register.count([both, entry("Орлов Пётр", "1990")])
    assert counted.persons == 2
    assert counted.surnames == {"arlv": 2}
    assert counted.givens == {"Анна": 1, "Пётр": 1}
    assert counted.fathers == {"Пётр": 1}
    assert counted.raions == {"BY-BR-brescki": 1}


def test_portraits_of_the_first_version_are_read() -> None:
    """They were kept before documents and addresses were compared."""
    whole = entry("Орлова Анна", "1990", address="Гомель, Советская 12", phone="80291234567", passport="HB1234567")
    first = pack(whole).rsplit(',"HB1234567"', 1)[0] + "]"
    read = unpack(first)
    assert (read.surnames, read.born) == (whole.surnames, whole.born)
    assert (read.passport, read.phones, read.address) == ("", frozenset(), "")


def test_every_spelling_of_a_list_is_found_among_all() -> None:
    """Four spellings of sixty people, with nothing but their names: the right pairs and no other."""
    entries = [features({}, [{"names": [form(way)]}]) for ways in PEOPLE for way in ways]
    found = {(one, other) for one, other, _weight in register.pairs(enumerate(entries), at_least=0)}
    assert found <= {(one, other) for one, other in combinations(range(len(entries)), 2) if one // 4 == other // 4}
    assert len(found) > 0.95 * 6 * len(PEOPLE)
