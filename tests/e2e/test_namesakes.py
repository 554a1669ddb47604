"""The same surname and given name are a weak hint while a person is typed, where nothing speaks against it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.usecases.likely import MOST_SHOWN, Likely, LikelyMatch
from tests.e2e.desks import Office, new_office

SPELLINGS = (("Kuzmich", "Natallia"), ("Кузьмич", "Наталья"), ("Кузьміч", "Наталля"))
NAME_ALONE = "the same name; nothing else is known to compare"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "centre", "centre", "Витебск", seed=4)
    yield made
    made.lock()


def one_name(surname: str, given: str, patronymic: str = "") -> dict[str, str]:
    form = {"surname": surname, "given": given, "patronymic": patronymic}
    return {part: word for part, word in form.items() if word}


def register(office: Office, *names: Mapping[str, str], **about: Any) -> uuid.UUID:
    return office.people.register(about, {"names": list(names)}, sure=True)


def natallia(office: Office) -> uuid.UUID:
    """She is known in two spellings, with patronymic and date."""
    names = one_name("Кузьмич", "Наталья", "Сергеевна"), one_name("Кузьміч", "Наталля")
    return register(office, *names, birth="1998-03-05", sex="female", oblast="BY-VI")


def typed(office: Office, surname: str, given: str, patronymic: str = "", **about: Any) -> list[LikelyMatch]:
    return Likely(office.desk).of(about, {"names": [one_name(surname, given, patronymic)]})


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_the_same_name_in_any_spelling_is_a_weak_hint(office: Office, spelling: tuple[str, str]) -> None:
    person = natallia(office)
    (match,) = typed(office, *spelling)
    assert (match.uid, match.weak, match.reasons) == (person, True, (NAME_ALONE,))


def test_a_birth_year_that_fits_nearly_keeps_her_and_another_hides_her(office: Office) -> None:
    person = natallia(office)
    for near in ("1999", "1997"):
        (match,) = typed(office, "Кузьмич", "Наталья", birth=near)
        assert match.uid == person
        assert "birth year differs by one" in match.reasons
    for far in ("1975", "1988", "1989", "1999-07-21"):
        assert typed(office, "Кузьмич", "Наталья", birth=far) == []


def test_what_tells_two_people_apart_hides_her(office: Office) -> None:
    natallia(office)
    assert typed(office, "Кузьмич", "Наталья", "Ивановна") == []
    assert typed(office, "Кузьмич", "Наталья", sex="male") == []
    assert typed(office, "Кузьмич", "Ирина") == []  # a sister
    assert [one.weak for one in typed(office, "Кузьмич", "Наталья", oblast="BY-BR")] == [True]  # people move


def test_the_stronger_stands_above_the_weak(office: Office) -> None:
    strong = natallia(office)
    weak = register(office, one_name("Кузьмич", "Наталья"))
    found = typed(office, "Кузьміч", "Наталля", birth="1998-03-05")
    assert [(one.uid, one.weak) for one in found] == [(strong, False), (weak, True)]


def test_of_many_of_one_name_five_are_shown_by_what_else_fits(office: Office) -> None:
    for number in range(300):
        register(office, one_name("Иванова", "Анна"), birth=str(1960 + number % 20), oblast="BY-HO")
    near = register(office, one_name("Иванова", "Анна"), birth="1993", oblast="BY-HO")
    nearer = register(office, one_name("Иванова", "Анна"), birth="1993", oblast="BY-VI")
    unknown = [register(office, one_name("Иванова", "Анна")) for _number in range(4)]
    found = typed(office, "Ivanova", "Hanna", birth="1994", oblast="BY-VI")
    assert len(found) == MOST_SHOWN
    assert all(one.weak for one in found)
    # Who came last stands first among those of whom nothing else is known.
    assert [one.uid for one in found] == [nearer, *reversed(unknown)]
    assert near not in [one.uid for one in found]  # another oblast weighs more than a year apart
