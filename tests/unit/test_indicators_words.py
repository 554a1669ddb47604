"""The words around figures, as a Russian and an English reader get them."""

from __future__ import annotations

import pytest

from app import codelists
from app.i18n import LANGUAGES
from app.reports import words
from app.reports.indicators import INDICATORS
from app.reports.pack import Chapter, CountedUntil, Pack, PackKind, Part, Rule
from app.reports.paper.tongue import Tongue
from app.reports.table import Audience, Axis, Measure, Scope, Why, in_full
from app.reports.words_axes import DIMENSIONS
from tests.unit.hand_made import QUARTER, facts

EN, RU = Tongue("en"), Tongue("ru")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-01", "2026-03", "1st quarter of 2026"),
        ("2026-10", "2026-12", "4th quarter of 2026"),
        ("2026-07", "2026-12", "2nd half of 2026"),
        ("2026-01", "2026-12", "the year 2026"),
        ("2026-03", "2026-03", "March 2026"),
        ("2025-12", "2026-02", "December 2025 – February 2026"),
        ("", "2026-02", "until February 2026"),
        ("2026-02", "", "from February 2026"),
        ("", "", "all time"),
    ],
)
def test_a_period_is_said_as_people_say_it(first: str, last: str, said: str) -> None:
    assert words.period(first, last, EN) == said


def test_numbers_are_written_as_people_write_them() -> None:
    written = [
        words.number(Measure.PERSONS, 96470, "", EN),
        words.number(Measure.PERSONS, 96470, "", RU),
        words.number(Measure.MONEY, 123450, "BYN", RU),
        words.number(Measure.MONEY, 5000000, "BYR", EN),
        words.number(Measure.PER_PERSON, 235, "", RU),
        words.share(74.04, RU),
    ]
    assert written == ["96,470", "96\u202f470", "1\u202f234,50", "5,000,000", "2,35", "74,0\u00a0%"]


def test_keys_are_words_of_lists_and_names_and_not_known() -> None:
    centres = Axis("centre", ("c",), names={"c": "Витебск"})
    assert words.key(centres, "c", EN) == "Витебск"
    assert words.key(Axis("form", ()), "forced_labour", EN) == "Forced labour or services"
    assert words.key(Axis("form", ()), "new_form", EN) == "new_form"
    assert words.key(Axis("sex", ()), "", EN) == "not known"
    assert words.key(Axis(), "", EN) == ""
    assert words.key(Axis("month", ()), "2026-03", RU) == "март 2026"


def test_each_remark_is_a_sentence_and_an_unknown_one_is_itself() -> None:
    assert words.remark("date_doubtful/1", EN) == "1 record without a certain month is in no period."
    assert words.remark("source/IOM, 01/02", EN) == "Source: IOM, 01/02"
    assert words.remark("rate_missing/EUR/3", EN) == "3 payments without an exchange rate are not converted (EUR)."
    assert words.remark("something/else", EN) == "something/else"
    for table in INDICATORS["victims_assisted_total"].count(facts(), ()):
        assert all(words.remark(code, EN) != code for code in table.remarks)


def test_a_file_says_at_its_top_all_that_its_reader_must_know() -> None:
    (table,) = INDICATORS["victims_assisted_total"].count(facts(), ())
    pack = Pack(
        PackKind.TABLE, Audience.PUBLIC, Rule(Audience.PUBLIC, 10, 5), Scope("2026-01", "2026-06", oblast="BY-VI"),
        (Chapter("", (Part(in_full(table)),)),),
        (CountedUntil("Centre 12", 44, "41–43"), CountedUntil("Centre 13", 7)),
        None, "2026-07-15", "Minsk", practice=True,
    )  # fmt: skip
    lines = words.head_lines(pack, EN)
    assert lines[0] == "Practice: all data are invented."
    assert lines[1:4] == ("Persons assisted", "1st half of 2026, Vitebsk oblast", "Made on 15.07.2026. Minsk")
    assert "Centre 12: incomplete, counted up to bundle 44; missing: 41–43" in lines
    assert any("fewer than 10" in line for line in lines)
    assert any("how many they are is not told" in line for line in lines)


def test_every_figure_and_every_reason_has_words() -> None:
    for code, indicator in INDICATORS.items():
        assert code in codelists.get("indicators"), code
        assert set(indicator.dimensions) <= set(DIMENSIONS), code
        assert codelists.get("indicators").column(code, "chapter") == indicator.chapter, code
    for language in LANGUAGES:
        say = Tongue(language)
        assert all(words.title(code, say) != code for code in INDICATORS)
        assert all(words.hidden(why, say) for why in Why)
        assert all(words.measure(measure, "BYN", say) for measure in Measure)
    assert words.scope(QUARTER, EN) == "1st quarter of 2026, all oblasts"
