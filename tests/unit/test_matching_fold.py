"""The fold: three alphabets, one name; and nothing that is typed breaks it."""

from __future__ import annotations

import csv
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.forms.personal_number import is_valid
from app.matching.distance import jaro_winkler, within_one_slip
from app.matching.find_words import sought, words_of
from app.matching.fold import father_stem, fold, skeleton, stem, words
from app.matching.given import given_names
from app.matching.number import contradicts_birth
from app.paths import resources

# Belarusian, Russian, Latin as in a passport or on a ticket.
GIVEN = """
Уладзімір Владимир Vladimir, Наталля Наталья Natallia, Марыя Мария Maria, Вікторыя Виктория Viktoryia,
Дзмітрый Дмитрий Dzmitry, Сцяпан Степан Stepan, Таццяна Татьяна Tatsiana, Дар'я Дарья Darya, Ірына Ирина Iryna,
Кірыл Кирилл Kiryl, Яўген Евген Yauhen, Юрый Юрий Yury, Святлана Светлана Sviatlana, Людміла Людмила Liudmila,
Рыма Римма Rimma, Ала Алла Alla, Андрэй Андрей Andrei, Артур Артур Artur, Валерый Валерий Valery, Глеб Глеб Hleb,
Сяргей Сергей Siarhei, Аляксандр Александр Aliaksandr, Цімафей Тимофей Timofei, Крысціна Кристина Krystsina,
Павел Павел Pavel, Паліна Полина Palina, Соф'я Софья Sofya, Жанна Жанна Zhanna, Раіса Раиса Raisa, Зоя Зоя Zoya,
Алег Олег Aleh, Раман Роман Raman, Аксана Оксана Aksana, Вольга Вольга Volha, Эдуард Эдуард Eduard, Ян Ян Yan,
Захар Захар Zakhar, Мікіта Микита Mikita, Дзяніс Денис Dzianis, Матвей Матвей Matvei, Цімур Тимур Timur
"""
ANY_NAME = st.text(
    alphabet=st.one_of(
        st.sampled_from("абвгдежзийклмноёўіьъщ'’ʼ`- aeikoprsvyzchłš"),
        st.sampled_from("\u0301\u0308\u0306\u200e\u200f\u202b\u2066\u200d😀👩👧"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    min_size=1,
    max_size=200,
)


@pytest.mark.parametrize("names", [tuple(one.split()) for one in GIVEN.strip().split(",")])
def test_one_skeleton_in_three_alphabets(names: tuple[str, ...]) -> None:
    assert len({skeleton(stem(fold(name))) for name in names}) == 1
    assert skeleton(fold(names[0]))


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Навумаў", "navumav"),
        ("Мария", "mara"),
        ("Mariia", "mara"),
        ("Щука", "wcuka"),
        ("Szczuka", "wcuka"),
        ("Shchuka", "wcuka"),
        ("Cezary", "tazari"),
        ("Marek", "marak"),
        ("Krzysztof", "krziwtaf"),
        ("Iванов", "ivanav"),  # a Latin I in a Cyrillic word
        ("Д’Арк", "dark"),
        ("", ""),
        ("😀", ""),
        ("李", ""),
    ],
)
def test_the_rules_of_the_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_stems_of_surnames_and_fathers() -> None:
    assert len({stem(fold(one)) for one in ("Дубровская", "Дубровский", "Dubrovsky", "Дуброўскі")}) == 1
    fathers = ("Петровна", "Пятроўна", "Петрович", "Piatrovich")
    assert {father_stem(fold(one)) for one in fathers} == {"patr"}
    assert given_names().fathers(father_stem(fold("Мікалаеўна"))) == {"Николай"}
    assert given_names().fathers(father_stem(fold("Ильинична"))) == {"Илья"}


def test_short_forms_are_sets_and_sex_decides() -> None:
    names = given_names()
    assert names.known("Саша").identities == {"Александр", "Александра"}
    assert names.known("Саша", "female").identities == {"Александра"}
    assert names.known("Hanna") == names.known("Ганна") == names.known("Анна")
    assert names.known("Аня").short
    assert not names.known("Ганна").short
    assert not names.known("Ксюбрыда").identities
    assert "Владимир" in names.starting(fold("Уладз"))


def test_every_name_of_the_list_knows_itself() -> None:
    """Анна and Яна have one fold: a spelling that the list holds comes before it."""
    with resources("codelists", "given_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 120
    for row in rows:
        assert 0 < given_names().share(row["ru"]) < 0.1
        for form in (row["ru"], row["be"], unicodedata.normalize("NFD", row["ru"].upper())):
            known = given_names().known(form, row["sex"]).identities
            assert set(known) == ({"Ян", "Иван"} if form.lower() == "ян" else {row["ru"]})


@settings(deadline=None)  # the list of names is read once
@given(ANY_NAME)
def test_composed_or_not_is_one_fold(text: str) -> None:
    composed, parted = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(parted)
    assert set(fold(text)) <= set("abcdefghijklmnopqrstuvwxyz")
    assert [fold(one) for one in words(composed)] == [fold(one) for one in words(parted)]


@settings(deadline=None)  # the list of names is read once
@given(ANY_NAME)
@example("B-")
def test_whoever_is_written_down_is_found_by_it(text: str) -> None:
    """However odd the name: typed as it stands, composed, parted or in capitals, its words meet what is kept."""
    kept = words_of("K7M4-29Q", [{"names": [{"surname": text}]}])
    for typed in (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)):
        for one in sought(typed):
            assert one.met_by(kept), (typed, one)


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_even_handed(one: str, other: str) -> None:
    assert jaro_winkler(one, other) == pytest.approx(jaro_winkler(other, one))
    assert 0 <= jaro_winkler(one, other) <= 1
    assert within_one_slip(one, other) == within_one_slip(other, one)
    assert (jaro_winkler(one, other) == 1) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("орлов", "орлов", True),
        ("орлов", "орло", True),
        ("орлов", "орлава", False),
        ("орлов", "олров", True),
        ("орлов", "арлоф", False),
        ("орлов", "рлово", False),
        ("", "а", True),
        ("", "аб", False),
    ],
)
def test_one_slip(one: str, other: str, near: bool) -> None:
    assert within_one_slip(one, other) is near


def test_jaro_winkler_as_published() -> None:
    """Winkler's own examples."""
    for one, other, alike in (("martha", "marhta", 0.9611), ("dwayne", "duane", 0.84), ("dixon", "dicksonx", 0.8133)):
        assert jaro_winkler(one, other) == pytest.approx(alike, abs=0.0001)


@pytest.mark.parametrize(
    ("number", "birth", "against"),
    [
        ("4120391A001PB3", "1991-03-12", False),
        ("4120391А001РВ3", "1991-03-12", False),
        ("4120391A001PB3", "1991-03", False),
        ("4120391A001PB3", "1991", False),
        ("4120391A001PB3", "1992", True),
        ("4120391A001PB3", "1991-12-03", True),
        ("4120391A001PB1", "1992", False),  # it does not check: another warning says so
        ("4120391A001PB3", {"age": 30, "on": "2026-01-01"}, False),
        (None, "1992", False),
    ],
)
def test_a_number_against_a_date(number: object, birth: object, against: bool) -> None:
    assert is_valid("4120391A001PB3")
    assert contradicts_birth(number, birth) is against
