"""Partial dates, money, personal numbers, text, codes and ages: exact, and never more than what is known."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.codelists import AgeGroup, Currency
from app.forms import age, code, money, partial, personal_number, typed_dates
from app.forms.text import clean, clean_line

TODAY = dt.date(2026, 3, 10)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0903", "2026-03-09"),
        ("09.03", "2026-03-09"),
        ("9.3", "2026-03-09"),
        ("09.03.26", "2026-03-09"),
        ("09/03/2026", "2026-03-09"),
        ("090326", "2026-03-09"),
        ("09032026", "2026-03-09"),
        ("20260309", "2026-03-09"),
        ("2026-03-09", "2026-03-09"),
        ("2026", "2026"),
        ("2026 г.", "2026"),
        ("03.2026", "2026-03"),
        ("032026", "2026-03"),
        ("2026-03", "2026-03"),
        ("март 2026", "2026-03"),
        ("сакавік 2026 г.", "2026-03"),
        ("March 2026", "2026-03"),
        ("9 марта 2026", "2026-03-09"),
        ("9 сакавіка", "2026-03-09"),
        ("5 мая 1970", "1970-05-05"),
        ("01.02.2026", "2026-02-01"),
        ("01.02.1952", "1952-02-01"),
        ("29.02.2024", "2024-02-29"),
        ("2003", "2003"),  # a day or a year: the year, no day is made up
        ("Сегодня", "2026-03-10"),
        ("сёння", "2026-03-10"),
        ("today", "2026-03-10"),
        ("вчера", "2026-03-09"),
        ("учора", "2026-03-09"),
        ("yesterday", "2026-03-09"),
        ("позавчера", "2026-03-08"),
        ("3112", "2025-12-31"),  # typed in March: the last December
        ("1305", "2026-05-13"),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert typed_dates.parse(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "31.02.2026",
        "29.02.2023",
        "12",
        "1,5",
        "март",
        "13.2026",
        "0013",
        "1.2.3.4",
        "2026-3-40",
        "٠٩٠٣",
        "не помню",
    ],
)
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert typed_dates.parse(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12.05.75", "1975-05-12"),
        ("12.05.30", "1930-05-12"),
        ("12.05.25", "2025-05-12"),
        ("1975", "1975"),
        ("0903", None),
        ("9 сакавіка", None),
        ("30", {"age": 30, "on": "2026-03-10"}),
        ("около 30 лет", {"age": 30, "on": "2026-03-10"}),
        ("каля 30 гадоў", {"age": 30, "on": "2026-03-10"}),
        ("about 30", {"age": 30, "on": "2026-03-10"}),
        ("131", None),
    ],
)
def test_births(typed: str, meant: object) -> None:
    assert typed_dates.parse_birth(typed, TODAY) == meant


@given(DAYS, st.sampled_from(["%d.%m.%Y", "%d%m%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %m %Y"]))
def test_a_full_date_survives_typing_and_reading(day: dt.date, style: str) -> None:
    assert typed_dates.parse(day.strftime(style), TODAY) == day.isoformat()


@given(DAYS, st.sampled_from(["ru", "be", "en"]), st.sampled_from([4, 7, 10]))
def test_what_is_shown_can_be_typed_again(day: dt.date, language: str, known: int) -> None:
    value = day.isoformat()[:known]
    assert typed_dates.parse(partial.display(value, language), TODAY) == value


@given(DAYS, st.sampled_from([4, 7, 10]))
def test_bounds_hold_the_truth_and_no_day_is_invented(day: dt.date, known: int) -> None:
    value = day.isoformat()[:known]
    found = partial.bounds(value)
    assert found is not None
    assert found[0] <= day <= found[1]
    assert partial.year(value) == day.year
    assert (partial.day(value) == day) if known == 10 else (partial.day(value) is None)
    width = (found[1] - found[0]).days + 1
    month = calendar.monthrange(day.year, day.month)[1]
    assert width == {4: 365 + calendar.isleap(day.year), 7: month, 10: 1}[known]


@given(st.text(max_size=12))
def test_no_text_crashes_the_reader_and_what_it_gives_is_canonical(typed: str) -> None:
    found = typed_dates.parse(typed, TODAY)
    assert found is None or partial.is_partial(found)
    birth = typed_dates.parse_birth(typed, TODAY)
    assert birth is None or partial.is_partial(birth) or partial.is_estimate(birth)


@given(st.dates(dt.date(1920, 1, 1), dt.date(2020, 1, 1)), st.integers(0, 36524))
def test_an_estimated_age_holds_the_birth_within_its_bounds(born: dt.date, later: int) -> None:
    on = born + dt.timedelta(days=later)
    full = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    found = partial.bounds({"age": full, "on": on.isoformat()})
    assert found is not None
    # One day of grace: who is born on 29 February has the birthday on the 28th or on 1 March.
    assert found[0] - dt.timedelta(days=1) <= born <= found[1] + dt.timedelta(days=1)
    ages = partial.ages(born.isoformat(), on)
    assert ages == (full, full)


@pytest.mark.parametrize(
    "value",
    ["2026-13", "2026-02-30", "26", "2026-3-9", "٢٠٢٦", 2026, None, {"age": 30}, {"age": True, "on": "2026-01-01"}],
)
def test_what_is_not_canonical_has_no_bounds(value: object) -> None:
    assert partial.bounds(value) is None
    assert partial.year(value) is None


def test_dates_are_shown_in_three_languages() -> None:
    assert partial.display("2026-03-09", "ru") == "09.03.2026"
    assert partial.display("2026-03", "ru") == "март 2026"
    assert partial.display("2026-03", "be") == "сакавік 2026"
    assert partial.display("2026", "be") == "2026"
    assert partial.display({"age": 30, "on": "2026-03-09"}, "en") == "aged about 30 on 09.03.2026"
    assert partial.display("spring", "en") == "spring"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1234.5", 123450),
        ("1 234,56", 123456),
        ("1\u202f234,56", 123456),
        ("1\u00a0234,56", 123456),
        ("1\u2009234.56", 123456),
        ("1,234.56", 123456),
        ("1.234,56", 123456),
        ("1,234,567", 123456700),
        ("1 234 567,8", 123456780),
        ("0,01", 1),
        ("10", 1000),
        ("0", 0),
    ],
)
def test_sums_are_read(typed: str, amount: int) -> None:
    assert money.parse(typed, "BYN") == amount


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1,234",
        "1.234",
        "12,345",
        "-5",
        "1e3",
        "12 34",
        "1.2.3",
        "1,23,4",
        "abc",
        "5 USD",
        "٣",
        ",5",
        "1,",
        "9" * 20,
        "1 2,5",
    ],
)
def test_what_is_not_clearly_a_sum_is_refused(typed: str) -> None:
    assert money.parse(typed, "BYN") is None


def test_old_roubles_have_no_kopecks() -> None:
    assert money.parse("150 000", "BYR") == 150000
    assert money.parse("150,5", "BYR") is None
    assert money.display(150000, "BYR", "ru") == "150\u202f000\u00a0BYR"
    assert money.plain(150000, "BYR") == "150000"


@given(st.integers(0, money.LARGEST), st.sampled_from(list(Currency)), st.sampled_from(["ru", "be", "en"]))
def test_money_is_exact_there_and_back(amount: int, currency: Currency, language: str) -> None:
    shown = money.display(amount, currency, language).removesuffix(f"\u00a0{currency}")
    assert money.parse(shown, currency) == amount
    assert money.parse(money.plain(amount, currency), currency) == amount
    assert Decimal(money.plain(amount, currency)) * 10**currency.minor_digits == amount


# The project's invented numbers (shared code lists, by_personal_number.json).
NUMBERS = [
    ("0000000A000PB2", True),
    ("0000000A000PB3", False),
    ("3150790A001PB4", True),
    ("3150790A001PB5", False),
    ("4010101C123PB1", True),
    ("4010101C123PB2", False),
    ("7123456A001PB9", True),
    ("7123456A001PB0", False),
    ("5311210H045BA4", True),
    ("5311210H045BA5", False),
    ("6290200M999BI5", True),
    ("6290200M999BI6", False),
]


@pytest.mark.parametrize(("number", "valid"), NUMBERS)
def test_personal_numbers_by_the_vectors(number: str, valid: bool) -> None:
    assert personal_number.is_valid(number) is valid


def test_look_alikes_are_made_latin() -> None:
    assert personal_number.normalise(" 3150790а001рв4 ") == "3150790A001PB4"
    assert personal_number.normalise("3150790-А001 РВ4") == "3150790A001PB4"
    assert not personal_number.is_valid("3150790A001PB")
    assert not personal_number.is_valid("315٠790A001PB4")


@given(st.sampled_from([n for n, valid in NUMBERS if valid]), st.integers(0, 12), st.sampled_from("0123456789"))
def test_every_wrong_digit_is_noticed(number: str, at: int, digit: str) -> None:
    if number[at].isdigit() and number[at] != digit:
        assert not personal_number.is_valid(number[:at] + digit + number[at + 1 :])


@given(st.text())
def test_text_is_nfc_without_invisible_marks_and_cleaning_is_idempotent(text: str) -> None:
    for function in (clean, clean_line):
        once = function(text)
        assert function(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert once == once.strip()
        assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in once if c != "\n")
    assert "\n" not in clean_line(text)


def test_text_keeps_what_people_write() -> None:
    assert clean("  Першы радок\r\nдругі\u202eрадок\x00 ") == "Першы радок\nдругірадок"
    assert clean("и\u0306") == "й"
    assert clean("У\u0306") == "Ў"
    assert clean_line("два\n  слова") == "два слова"
    assert clean("\ud800a") == "a"


@given(st.binary(min_size=64, max_size=64))
def test_case_codes_are_well_formed_and_catch_slips(chance: bytes) -> None:
    stream = iter(chance * 40)
    new = (
        code.new_code(lambda count: bytes(next(stream) for _ in range(count)))
        if set(chance) - set(range(230, 256))
        else None
    )
    if new is None:
        return
    assert re.fullmatch(r"[2-9ACDEFHKMNPQRTXY]{4}-[2-9ACDEFHKMNPQRTXY]{3}", new)
    assert code.is_valid(new)
    letters = new.replace("-", "")
    for at, old in enumerate(letters):
        for other in code.ALPHABET.replace(old, ""):
            assert not code.is_valid(code.normalise(letters[:at] + other + letters[at + 1 :]))
        for after in range(at + 1, 7):
            if letters[after] != old:
                swapped = list(letters)
                swapped[at], swapped[after] = swapped[after], old
                assert not code.is_valid(code.normalise("".join(swapped)))


def test_case_codes_are_read_in_any_script() -> None:
    made = code.new_code(lambda count: bytes(range(10, 10 + count)))
    cyrillic = made.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ")).lower().replace("-", " ")
    assert code.normalise(cyrillic) == made
    assert not code.is_valid("")
    assert not code.is_valid("K7M4-29")
    assert code.normalise("7мс") == "7MC"


@pytest.mark.parametrize(
    ("born", "year", "group"),
    [
        (2018, 2026, AgeGroup.CHILD),
        (2017, 2026, AgeGroup.MINOR),
        (2009, 2026, AgeGroup.MINOR),
        (2008, 2026, AgeGroup.FROM_18),
        (1966, 2026, AgeGroup.FROM_60),
        (1967, 2026, AgeGroup.FROM_45),
        (None, 2026, AgeGroup.UNKNOWN),
        (1990, None, AgeGroup.UNKNOWN),
        (2027, 2026, AgeGroup.UNKNOWN),
        (1896, 2026, AgeGroup.UNKNOWN),
    ],
)
def test_age_groups_by_years(born: int | None, year: int | None, group: AgeGroup) -> None:
    assert age.age_group(born, year) is group


@given(st.integers(0, 120))
def test_every_age_has_the_group_that_its_name_says(years: int) -> None:
    group = age.age_group(1900, 1900 + years)
    low, _, high = group.removesuffix("+").partition("-")
    assert int(low) <= years <= int(high or 120)
