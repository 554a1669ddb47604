"""Invented names: the forms of two languages and the Latin of passports."""

from __future__ import annotations

from random import Random

import pytest

from app.usecases.practice.names import Name, Spelling, draw, patronymic, surname


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        (("Ковалёв", "Кавалёў"), ("Ковалёва", "Кавалёва")),
        (("Иванов", "Іваноў"), ("Иванова", "Іванова")),
        (("Новиков", "Новікаў"), ("Новикова", "Новікава")),
        (("Лебедев", "Лебедзеў"), ("Лебедева", "Лебедзева")),
        (("Савицкий", "Савіцкі"), ("Савицкая", "Савіцкая")),
        (("Яновский", "Яноўскі"), ("Яновская", "Яноўская")),
        (("Бондаренко", "Бандарэнка"), ("Бондаренко", "Бандарэнка")),
        (("Савчук", "Саўчук"), ("Савчук", "Саўчук")),
    ],
)
def test_surnames_of_women(man: tuple[str, str], woman: tuple[str, str]) -> None:
    assert surname(Spelling(*man), "female") == Spelling(*woman)
    assert surname(Spelling(*man), "male") == Spelling(*man)


@pytest.mark.parametrize(
    ("son", "daughter"),
    [
        (("Петрович", "Пятровіч"), ("Петровна", "Пятроўна")),
        (("Сергеевич", "Сяргеевіч"), ("Сергеевна", "Сяргееўна")),
        (("Яковлевич", "Якаўлевіч"), ("Яковлевна", "Якаўлеўна")),
        (("Юрьевич", "Юр’евіч"), ("Юрьевна", "Юр’еўна")),
        (("Иванович", "Іванавіч"), ("Ивановна", "Іванаўна")),
    ],
)
def test_patronymics_of_daughters(son: tuple[str, str], daughter: tuple[str, str]) -> None:
    assert patronymic(Spelling(*son), "female") == Spelling(*daughter)


@pytest.mark.parametrize(
    ("belarusian", "latin"),
    [
        # Test words of the published transliteration of Belarusian passports.
        ("Бабрыковіч", "Babrykovich"),
        ("Аляксандр", "Aliaksandr"),
        ("Міховіч", "Mikhovich"),
        ("Марыя", "Maryia"),
        ("Святлана", "Sviatlana"),
        ("Ігар", "Ihar"),
        ("Мікалай", "Mikalai"),
        ("Міхаіл", "Mikhail"),
        ("Уладзімір", "Uladzimir"),
    ],
)
def test_latin_as_passports_print_it(belarusian: str, latin: str) -> None:
    assert Spelling("", belarusian).latin == latin


def _many(sex: str, year: int) -> list[Name]:
    return [draw(Random(number), sex, year) for number in range(300)]


def test_every_name_can_be_printed_in_latin_letters() -> None:
    for name in _many("female", 1990) + _many("male", 1975):
        printed = [part.latin for part in (name.surname, name.given, name.maiden) if part]
        assert all(part.isascii() and part.isalpha() and part.istitle() for part in printed), name


def test_given_names_follow_the_generation() -> None:
    old = [name.given.ru for name in _many("female", 1955)]
    young = [name.given.ru for name in _many("female", 2012)]
    assert old.count("Валентина") > young.count("Валентина")
    assert young.count("София") > old.count("София")


def test_only_a_grown_woman_has_a_maiden_name() -> None:
    assert any(name.maiden for name in _many("female", 1990))
    assert not any(name.maiden for name in _many("female", 2012) + _many("male", 1990))
