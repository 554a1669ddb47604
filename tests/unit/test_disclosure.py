"""Disclosure control rule by rule: what is hidden, put together, rounded, refused; what is told again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.errors import UserError
from app.reports.disclosure import Earlier, EarlierRelease, open_problem, protect, rule_for
from app.reports.pack import Rule
from app.reports.table import Audience, Axis, Cell, Measure, Scope, Table, Told, Why, in_full

TASK_FORCE, PUBLIC = rule_for(Audience.TASK_FORCE), rule_for(Audience.PUBLIC)
YEAR = Scope("2026-01", "2026-12", reporting=True)
QUARTER = Scope("2026-01", "2026-03", reporting=True)


def along(dimension: str, numbers: Mapping[str, int], *, scope: Scope = YEAR, population: str = "assisted") -> Table:
    """A table of persons along one dimension, with its total."""
    return Table(
        code="table",
        measure=Measure.PERSONS,
        population=population,
        scope=scope,
        cells={(key, ""): Cell(value, value) for key, value in numbers.items()},
        rows=Axis(dimension, tuple(numbers)),
        total=Cell(sum(numbers.values()), sum(numbers.values())),
    )


def paid(sums: Mapping[str, list[int]], scope: Scope = YEAR) -> Table:
    """A table of money along donors: for each what its payees got."""
    cells = {
        (donor, ""): Cell(sum(each), len(each), tuple(sorted(each, reverse=True)[:2])) for donor, each in sums.items()
    }
    every = [one for each in sums.values() for one in each]
    whole = Cell(sum(every), len(every), tuple(sorted(every, reverse=True)[:2]))
    return replace(
        along("donor", {}, scope=scope),
        measure=Measure.MONEY,
        population="paid",
        currency="BYN",
        cells=cells,
        rows=Axis("donor", tuple(sums)),
        total=whole,
    )


def values(told: Told) -> dict[str, int | None]:
    return {row: told.cells[row, ""].value for row in told.rows.keys}


def after(table: Table, rule: Rule) -> Earlier:
    """The register in which only this table stands."""
    return Earlier((EarlierRelease("2027-01-05", rule, protect([table], rule).quantities),))


def test_numbers_for_the_public_are_rounded_and_small_ones_hidden_with_their_zeros() -> None:
    table = along("sex", {"female": 133, "male": 12, "other": 3, "unknown": 0})
    told = protect([table], PUBLIC).told[0]
    assert values(told) == {"female": 135, "male": 10, "other": None}
    assert told.total is not None
    assert told.total.value == 150
    # Why it is hidden would tell how large it is: the reader is given one word for all.
    assert {one.why for one in told.cells.values()} == {None, Why.SMALL}


def test_a_single_small_number_takes_another_with_it() -> None:
    told = protect([along("sex", {"female": 40, "male": 12, "other": 3})], TASK_FORCE)
    assert values(told.told[0]) == {"female": 40, "male": None, "other": None}
    assert told.reasons == ({Why.SMALL: 1, Why.BESIDE: 1},)


def test_a_total_of_few_is_hidden_too() -> None:
    told = protect([along("sex", {"female": 2, "male": 1})], TASK_FORCE).told[0]
    assert told.total is not None
    assert told.total.value is None


def test_where_all_are_alike_nobody_learns_what_they_are() -> None:
    form = {"forced_labour": 40, "sexual_exploitation": 1}
    assert set(values(protect([along("form", form)], PUBLIC).told[0]).values()) == {None}
    # With one key alone the heading would say it.
    told = protect([along("form", {"forced_labour": 41})], PUBLIC).told[0]
    assert told.rows.keys == ("",)
    assert told.collapsed == ("form",)
    # That all were helped in one place says nothing of them.
    assert values(protect([along("oblast", {"BY-VI": 41})], TASK_FORCE).told[0]) == {"BY-VI": 41}


def test_bands_of_age_are_put_together_before_much_is_hidden() -> None:
    bands = {"0-8": 2, "9-17": 12, "18-24": 30, "25-34": 8, "35-44": 6, "45-59": 3, "60+": 1}
    told = protect([along("age", bands)], PUBLIC).told[0]
    assert told.collapsed == ("age",)
    assert values(told) == {"minor": 15, "adult": 50}
    few_small = {"0-8": 2, "9-17": 12, "18-24": 30, "25-34": 28, "35-44": 16, "45-59": 13, "60+": 1}
    assert values(protect([along("age", few_small)], PUBLIC).told[0])["18-24"] == 30


def test_months_and_oblasts_are_put_together_for_the_public() -> None:
    months = along("month", {f"2026-{month:02}": 10 + month for month in range(1, 13)})
    told = protect([replace(months, population="new")], PUBLIC).told[0]
    assert values(told) == {"2026-H1": 80, "2026-H2": 115}
    assert told.rows.names["2026-H1"] == "I–II 2026"
    told = protect([along("oblast", {"BY-BR": 40, "BY-VI": 60})], PUBLIC).told[0]
    assert told.cells["", ""].value == 100
    assert told.collapsed == ("oblast",)


def test_sums_of_money_of_few_or_of_nearly_one_are_hidden() -> None:
    sums = {"iom": [30_000] * 15, "brc": [25_000] * 12, "eu": [900_000, 800_000] + [5_000] * 12, "un": [40_000] * 14}
    found = protect([paid(sums)], PUBLIC)
    assert values(found.told[0])["eu"] is None
    assert found.reasons[0][Why.DOMINATED] == 1
    assert values(found.told[0])["iom"] in (None, 450_000)


def test_a_donor_with_one_grant_learns_nothing_of_it() -> None:
    scope = replace(YEAR, donor="iom")
    table = replace(paid({"iom": [90_000]}, scope), left_out=1)
    told = protect([table], PUBLIC).told[0]
    assert all(one.value is None for one in (*told.cells.values(), told.total) if one is not None)
    assert told.left_out is None


def test_shares_come_from_told_numbers_and_not_where_the_base_is_small() -> None:
    table = along("form", {"forced_labour": 31, "sexual_exploitation": 83})
    table = replace(table, base={"": Cell(114, 114)}, unknown={"": Cell(12, 12)}, total=Cell(126, 126))
    told = protect([table], PUBLIC).told[0]
    assert told.base[""].value == 115
    assert told.cells["forced_labour", ""].share == round(100 * 30 / 115)
    few = along("form", {"forced_labour": 4, "sexual_exploitation": 4})
    few = replace(few, base={"": Cell(8, 8)}, unknown={"": Cell(40, 40)}, total=Cell(48, 48))
    found = protect([few], PUBLIC)
    assert found.told[0].base[""].value is None
    assert {one.share for one in found.told[0].cells.values()} == {None}


def test_one_quantity_has_one_fate_in_a_pack() -> None:
    """An oblast's own table and its row in the country's table are the same numbers."""
    country = along("oblast", {"BY-BR": 40, "BY-VI": 3, "BY-HR": 30, "BY-HO": 20})
    oblast = along("sex", {"female": 25, "male": 15}, scope=replace(YEAR, oblast="BY-BR"))
    found = protect([country, oblast], TASK_FORCE)
    hidden = {row for row, value in values(found.told[0]).items() if value is None}
    assert hidden == {"BY-VI", "BY-HO"}
    total = found.told[1].total
    assert total is not None
    assert total.value == 40


def test_a_table_that_gives_someone_away_with_last_quarters_is_not_told() -> None:
    """Everybody until now: 47, and 48 a quarter later, would prove one new case."""
    first = along("sex", {"female": 40, "male": 7}, scope=QUARTER, population="cumulative")
    second = along("sex", {"female": 41, "male": 7}, scope=Scope("2026-04", "2026-06", reporting=True))
    second = replace(second, population="cumulative")
    found = protect([second], TASK_FORCE, after(first, TASK_FORCE))
    assert values(found.told[0])["female"] is None
    assert found.told[0].total is not None
    assert found.told[0].total.value is None
    assert found.reasons[0][Why.EARLIER] >= 1
    # Without the earlier one it is an ordinary table.
    assert values(protect([second], TASK_FORCE).told[0]) == {"female": 41, "male": 7}


def test_what_was_released_is_released_again_as_it_was() -> None:
    """One person more in the same quarter, from a late bundle: the table stays as its readers know it."""
    table = along("sex", {"female": 40, "male": 17}, scope=QUARTER)
    late = along("sex", {"female": 41, "male": 17}, scope=QUARTER)
    assert values(protect([late], TASK_FORCE, after(table, TASK_FORCE)).told[0]) == {"female": 40, "male": 17}
    many = along("sex", {"female": 60, "male": 17}, scope=QUARTER)
    assert values(protect([many], TASK_FORCE, after(table, TASK_FORCE)).told[0]) == {"female": 60, "male": 17}


def test_another_table_of_the_same_quarter_does_not_prove_who_came_late() -> None:
    """57 persons were told by sex; by form they are 58 now, and their total or their sum would say so."""
    first = along("sex", {"female": 40, "male": 17}, scope=QUARTER)
    late = along("form", {"forced_labour": 20, "sexual_exploitation": 38}, scope=QUARTER)
    told = protect([late], TASK_FORCE, after(first, TASK_FORCE)).told[0]
    assert told.total is not None
    assert told.total.value is None
    assert None in values(told).values()


def test_what_the_task_force_was_told_is_no_secret_to_it_but_to_the_public() -> None:
    table = along("sex", {"female": 133, "male": 7})
    told = protect([table], PUBLIC, after(table, TASK_FORCE)).told[0]
    assert values(told) == {"female": 135, "male": None}


def test_what_is_about_nobody_stays_as_it_is() -> None:
    lectures = replace(along("oblast", {"BY-BR": 1, "BY-VI": 2}), measure=Measure.EVENTS, about_persons=False)
    assert values(protect([lectures], PUBLIC).told[0]) == {"BY-BR": 1, "BY-VI": 2}


def test_our_own_tables_are_whole() -> None:
    table = along("sex", {"female": 2, "male": 1})
    found = protect([table], rule_for(Audience.INTERNAL))
    assert found.told == (in_full(table),)
    assert found.quantities == ()


def test_means_of_few_are_hidden_and_never_tell_their_sum() -> None:
    means = replace(
        along("sex", {"female": 235, "male": 400}),
        measure=Measure.PER_PERSON,
        cells={("female", ""): Cell(235, 120), ("male", ""): Cell(400, 4)},
        total=Cell(241, 124),
    )
    assert values(protect([means], PUBLIC).told[0]) == {"female": 240, "male": None}


def test_nobody_lowers_the_rule() -> None:
    with pytest.raises(ValueError, match="rule"):
        protect([along("sex", {"female": 40})], replace(PUBLIC, least=2))


@pytest.mark.parametrize(
    ("scope", "audience", "part"),
    [
        (Scope("2026-01", "2026-06"), Audience.PUBLIC, "not over"),
        (Scope("2026-01", ""), Audience.TASK_FORCE, "not over"),
        (Scope("2026-02", "2026-04"), Audience.TASK_FORCE, "whole quarters"),
        (Scope("2026-01", "2026-03"), Audience.PUBLIC, "whole half-years"),
        (Scope("2025-01", "2025-12", oblast="BY-VI"), Audience.PUBLIC, "whole country"),
        (Scope("2025-01", "2025-12", centre="x"), Audience.TASK_FORCE, "not of one centre"),
        (Scope("2026-01", "2026-03", oblast="BY-VI"), Audience.TASK_FORCE, ""),
        (Scope("2025-07", "2025-12"), Audience.PUBLIC, ""),
        (Scope("", "2026-03"), Audience.TASK_FORCE, ""),
        (Scope("2026-06", "2026-06", centre="x"), Audience.INTERNAL, ""),
    ],
)
def test_only_closed_whole_periods_of_the_right_area(scope: Scope, audience: Audience, part: str) -> None:
    problem = open_problem(scope, dt.date(2026, 6, 30), audience)
    assert part in problem
    assert bool(part) == bool(problem)
    # A month is over from the day after its last.
    assert not open_problem(Scope("2026-01", "2026-06"), dt.date(2026, 7, 1), Audience.PUBLIC)


def test_what_is_never_told_is_not_protected_but_refused() -> None:
    with pytest.raises(UserError) as refused:
        protect([along("sex", {"female": 400}, scope=replace(YEAR, oblast="BY-VI"))], PUBLIC)
    assert "whole country" in refused.value.message
