"""People are found by any part of any name in any spelling, by the index, and by the code as it is typed."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql
from sqlalchemy.dialects import sqlite

from app.matching.find_words import sought
from app.usecases.finding import ORDERS, question
from tests.e2e.desks import Office, new_office
from tests.unit.four_spellings import PEOPLE, form


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A centre with the people of the list, each by one of her spellings in turn."""
    made = new_office(tmp_path_factory.mktemp("search") / "centre", "centre", "Витебск", seed=4)
    for number, spellings in enumerate(PEOPLE):
        register(made, spellings[number % 4])
    yield made
    made.lock()


def register(office: Office, *names: str, birth: str = "1991") -> uuid.UUID:
    forms = [form(name) for name in names]
    return office.people.register({"birth": birth}, {"names": forms}, sure=True)


def found(office: Office, text: str, order: str = "recent") -> list[str]:
    people = office.people
    return [row.name for row in people.rows(people.find(text, order=order))]


@pytest.mark.parametrize("number", range(0, len(PEOPLE), 3))
def test_any_spelling_finds_any_other(office: Office, number: int) -> None:
    stored = " ".join(PEOPLE[number][number % 4].split())
    for spelling in PEOPLE[number]:
        surname, given_name = spelling.split()[:2]
        for typed in (f"{surname} {given_name}", f"{given_name} {surname}", surname.upper(), f"{surname[:-1]}"):
            assert stored in found(office, typed), typed


def test_naumova_finds_navumava(office: Office) -> None:
    assert found(office, "Naumova") == ["Наумова Анна Петровна"]
    one = register(office, "Навумава Ганна Пятроўна")
    assert set(found(office, "Naumova")) == {"Наумова Анна Петровна", "Навумава Ганна Пятроўна"}
    office.people.delete(one, "mistake")
    assert found(office, "Навумава") == ["Наумова Анна Петровна"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Вова Кавал", "Кавалёў Уладзімір Іванавіч"),
        ("ковалев володя", "Кавалёў Уладзімір Іванавіч"),
        ("Уладз", "Кавалёў Уладзімір Іванавіч"),
        ("Катя Кузьм", "Kuzmina Ekaterina"),
        ("васільеўна", "Шаўчук Марыя Васільеўна"),
        ("Васильевна шевч", "Шаўчук Марыя Васільеўна"),
        ("дар'я зай", "Zaitsava Darya"),
        ("ДАРЬЯ ЗАЙЦ", "Zaitsava Darya"),
        ("Юр`еўна Дубр", "Дубровская Светлана Юрьевна"),
        ("савіцкі", "Савіцкі Дзмітрый Ільіч"),
        ("Салаўёва", "Solovyova Kseniia"),
        ("аўчу", "Шаўчук Марыя Васільеўна"),
    ],
)
def test_short_forms_patronymics_apostrophes_and_the_inside(office: Office, typed: str, name: str) -> None:
    assert name in found(office, typed)


def test_the_code_as_it_is_typed(office: Office) -> None:
    person = register(office, "Кодава Кіра")
    code = str(office.people.person(person)["code"])
    look_alikes = code.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ"))
    spaced = f"{code[:4]} {code[5:]}"
    for typed in (code, code.lower(), code.replace("-", ""), look_alikes, code[:4], code[:5], spaced):
        assert "Кодава Кіра" in found(office, typed), typed


def test_all_words_must_be_met_and_nobody_else_is_found(office: Office) -> None:
    assert found(office, "Наумова Владимир") == []
    assert found(office, "Ыыыы") == []
    assert len(found(office, "")) == len(found(office, "  ")) >= len(PEOPLE)


def test_who_is_spelt_as_typed_comes_first(office: Office) -> None:
    register(office, "Ганчарык Рэгіна")
    register(office, "Гончарик Регина")
    register(office, "Hancharyk Rehina")
    assert found(office, "Гончарик")[0] == "Гончарик Регина"
    assert found(office, "Ганчарык")[0] == "Ганчарык Рэгіна"
    assert found(office, "hanch")[0] == "Hancharyk Rehina"
    assert len(found(office, "Ганчарык")) == 3


def test_the_name_that_found_her_is_told(office: Office) -> None:
    person = office.people.register(
        {}, {"names": [form("Вярбіцкая Кіра"), {**form("Цыбулька Кіра"), "kind": "birth"}]}, sure=True
    )
    people = office.people
    (rid,) = people.find("цыбуль кира")
    assert people.rows([rid])[0].uid == person
    assert people.found_by("цыбуль кира", [rid]) == {rid: "Цыбулька"}
    assert people.found_by("Verbitskaya", [rid]) == {}
    assert people.found_by("", [rid]) == {}


NAMES = st.text(
    alphabet=st.one_of(
        st.sampled_from("абвгдежзийклмноёўіьъ'’ʼ`- abcdefghchłš"),
        st.sampled_from("\u0301\u0308\u0306\u200e\u200f\u202b\u2066😀👩"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=200,
).filter(lambda name: bool(sought(name)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_odd_names_are_found_either_way(office: Office, name: str) -> None:
    person = office.people.register({}, {"names": [{"surname": name, "kind": "current"}]}, sure=True)
    stored = office.people.identity(person).get("names", [{}])[0].get("surname", "")
    for typed in (stored, unicodedata.normalize("NFC", stored), unicodedata.normalize("NFD", stored)):
        rows = office.people.rows(office.people.find(typed))
        assert person in [row.uid for row in rows]
    office.people.delete(person, "mistake")


@pytest.mark.parametrize("order", ORDERS)
def test_orders_and_their_reverse(tmp_path: Path, order: str) -> None:
    made = new_office(tmp_path / "centre", "centre", "Витебск", seed=5)
    known = [
        register(made, name, birth=year) for name, year in (("Бо Ян", "1990"), ("Ан Ян", "1970"), ("Во Ян", "1980"))
    ]
    for person, days in zip(known, (("2026-01-10",), ("2026-03-01", "2026-03-02"), ()), strict=True):
        for day in days:
            made.help(person, on=day)
    made.people.register({}, {}, sure=True)
    forward, backward = made.people.find(order=order), made.people.find(order=order, descending=True)
    assert len(forward) == 4
    assert sorted(forward) == sorted(backward)
    keyed = {row.rid: (row.name, row.birth_year, row.last_service) for row in made.people.rows(forward)}
    place = {"name": 0, "born": 1, "last": 2}.get(order)
    if place is not None:
        told = [keyed[rid][place] for rid in forward if keyed[rid][place]]
        assert told == sorted(told, key=str)
        assert [keyed[rid][place] for rid in backward if keyed[rid][place]] == told[::-1]
        assert not keyed[forward[-1]][place]
        assert not keyed[backward[-1]][place]
    with pytest.raises(ValueError, match="rank"):
        made.people.find(order="rank")
    made.lock()


def plan(office: Office, text: str, order: str = "recent") -> str:
    compiled = question(sought(text), order).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    with office.desk.store.reading() as session:
        rows = session.execute(sql(f"EXPLAIN QUERY PLAN {str(compiled).replace(':', chr(92) + ':')}"))
        return "\n".join(row[3] for row in rows)


@pytest.mark.parametrize("typed", ["Наумова", "Ковалёв Владимир", "К7М4", "Саша"])
def test_the_search_reads_ranges_of_the_index(office: Office, typed: str) -> None:
    told = plan(office, typed)
    assert "SEARCH search_word USING PRIMARY KEY (word>? AND word<?)" in told
    assert "SCAN search_word" not in told
    assert "USE TEMP B-TREE FOR RANK" not in told


def test_the_whole_list_is_read_in_the_order_of_its_index(office: Office) -> None:
    told = plan(office, "")
    assert "USING COVERING INDEX ix_record_person_changed_at" in told
    assert "TEMP B-TREE" not in told


def test_counting_help_reads_the_index_alone(office: Office) -> None:
    for order in ("services", "last"):
        assert "USING COVERING INDEX ix_service_person_rid_on_date" in plan(office, "", order)
