"""Addresses, phones and passports: what is one, in whatever way it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching.home import address, address_finding, passport, phones


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("г. Гомель, ул. Советская, д. 12, кв. 5", "Гомель Советская 12-5", "address"),
        ("г. Гомель, ул. Советская, д. 12, кв. 5", "Homel, vul. Savieckaja 12-5", "address"),
        ("Полоцк, Зыгина 42, Боровуха", "Полоцк, Зыгна 42, Мариненко", "address"),
        ("Полоцк, Зыгина 42, Боровуха", "Полоцк, Зыгна 43, Мариненко", "address_similar"),
        ("г. Гомель, ул. Советская, д. 12, кв. 5", "г. Гомель, ул. Кирова, д. 40, кв. 17", "address_other"),
        ("Брест", "Брестская обл.", ""),
        ("Барановичи", "г. Барановичи", "address_similar"),
        ("", "г. Гомель, ул. Советская, д. 12", ""),
    ],
)
def test_addresses(one: str, other: str, code: str) -> None:
    assert address_finding(address(one), address(other))[0] == code


def test_phones_without_the_code_of_the_country() -> None:
    assert phones("+375 (29) 123-45-67") == phones("8 029 123 45 67") == {"291234567"}
    assert phones("+375291234567, 80171112233 мама") == {"291234567", "171112233"}
    assert not phones("нет")
    assert not phones("12")


def test_passports_in_look_alike_letters() -> None:
    assert passport("НВ 1234567") == passport("HB1234567") == "HB1234567"
    assert not passport("утерян")


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_is_typed_breaks_it(one: str, other: str) -> None:
    left, right = address(one), address(other)
    assert address_finding(left, right) == address_finding(right, left)
    assert all(number.isascii() for number in phones(one))
    assert isinstance(passport(one), str)
