"""What once gave somebody away although each table was protected: one test for each way that was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.reports.disclosure import Earlier, EarlierRelease, may_stand, protect, rule_for
from app.reports.indicators.persons import with_opening
from app.reports.paper.tongue import Tongue
from app.reports.table import OTHERS, Audience, Axis, Cell, Measure, Scope, Shown, Table, Told, per_100k
from app.reports.words import key, remark

TASK_FORCE, PUBLIC = rule_for(Audience.TASK_FORCE), rule_for(Audience.PUBLIC)
YEAR = Scope("2026-01", "2026-12", reporting=True)


def along(
    dimension: str,
    numbers: Mapping[str, int],
    population: str = "assisted",
    measure: Measure = Measure.PERSONS,
    *,
    adds_up: bool = True,
    total: int | None = None,
) -> Table:
    """A table along one dimension; of services as many persons stand behind a number as it says."""
    whole = sum(numbers.values()) if total is None else total
    return Table(
        code="table",
        measure=measure,
        population=population,
        scope=YEAR,
        cells={(one, ""): Cell(value, value) for one, value in numbers.items()},
        rows=Axis(dimension, tuple(numbers), adds_up=adds_up),
        total=Cell(whole, whole),
    )


def paid(population: str, sums: Mapping[str, list[int]], currency: str = "BYN") -> Table:
    """Sums by kind of grant, for each what its payees got."""
    cells = {(kind, ""): Cell(sum(each), len(each), tuple(sorted(each)[-2:])) for kind, each in sums.items()}
    every = sorted(one for each in sums.values() for one in each)
    whole = Cell(sum(every), len(every), tuple(every[-2:]))
    table = along("grant_kind", dict.fromkeys(sums, 0), population, Measure.MONEY)
    return replace(table, cells=cells, currency=currency, total=whole)


def values(told: Told) -> dict[str, int | None]:
    return {row: told.cells[row, ""].value for row in told.rows.keys}


def test_women_men_girls_and_boys_make_up_the_total() -> None:
    table = along("age_sex", {"women": 40, "men": 12, "girls": 20, "boys": 3}, "new")
    told = protect([table], TASK_FORCE).told[0]
    hidden = [row for row, value in values(told).items() if value is None]
    assert told.total == Shown(75)
    assert len(hidden) > 1, "else the boys are what is left of 75"


def test_services_make_up_their_group() -> None:
    groups = along("group", {"legal": 12, "medical": 30}, "services", Measure.SERVICES)
    services = along(
        "service",
        {"legal_civil": 9, "legal_witness_criminal": 3, "medical_examination": 6, "medical_treatment": 24},
        "services",
        Measure.SERVICES,
    )
    assert {one for one in values(protect([services], TASK_FORCE).told[0]) if one} >= {"legal_civil", OTHERS}
    both = [values(one) for one in protect([groups, services], TASK_FORCE).told]
    assert None in (both[0]["legal"], both[1]["legal_civil"]), "12 legal services less 9 are 3 of another kind"


def test_whoever_is_new_was_assisted() -> None:
    """Of 5 men and 40 women assisted, 44 are new: then at least 4 of the men are."""
    found = protect(
        [along("sex", {"female": 40, "male": 5}), along("sex", {"female": 40, "male": 4}, "new")], TASK_FORCE
    )
    assisted, new = found.told
    assert values(new)["male"] is None
    assert assisted.cells["male", ""].value is None or new.total == Shown(why=new.cells["male", ""].why)


def test_what_was_converted_tells_of_no_single_payment_abroad() -> None:
    """One person got 500 euros: they are the difference between the sum in roubles and all in roubles."""
    roubles = paid("grants_paid", {"reintegration": [30_000] * 14, "vocational": [20_000] * 13})
    every = paid("grants_converted", {"reintegration": [30_000] * 14 + [175_000], "vocational": [20_000] * 13})
    told = protect([roubles, every], PUBLIC).told
    assert told[0].total is not None
    assert told[1].total is not None
    assert None in (told[0].total.value, told[1].total.value)
    abroad = paid("grants_paid", {"reintegration": [50_000]}, "EUR")
    assert not may_stand(abroad, PUBLIC), "that there is a table says that somebody was paid in euros"
    assert may_stand(roubles, PUBLIC)


def test_a_median_is_rounded_like_all_else() -> None:
    table = replace(along("sex", {"female": 17, "male": 12}), measure=Measure.DAYS)
    assert values(protect([table], PUBLIC).told[0]) == {"female": 15, "male": 10}
    assert values(protect([table], TASK_FORCE).told[0]) == {"female": 17, "male": 12}


def test_a_rare_key_is_not_named() -> None:
    countries = along("citizenship", {"BY": 130, "RU": 14, "NG": 1, "VN": 2}, adds_up=False, total=145)
    told = protect([countries], PUBLIC).told[0]
    assert values(told) == {"BY": 130, "RU": 15}
    services = along(
        "service", {"legal_civil": 60, "medical_treatment": 2, "food_meals": 70}, "services", Measure.SERVICES
    )
    told = protect([services], TASK_FORCE).told[0]
    assert set(told.rows.keys) == {"legal_civil", "food_meals", OTHERS}
    assert key(told.rows, OTHERS, Tongue("en")) == "all others"


def test_a_rate_is_still_of_its_population_where_a_rare_key_is_left_out() -> None:
    numbers = {"forced_labour": 60, "forced_begging": 2, "sexual_exploitation": 40}
    new = along("form", numbers, "new", adds_up=False, total=90)
    cells = {name: Cell(per_100k(one.value, 50_000), one.persons, per=50_000) for name, one in new.cells.items()}
    rates = replace(new, measure=Measure.PER_100K, cells=cells, total=None)
    told = protect([rates], TASK_FORCE).told[0]
    assert values(told) == {
        name: per_100k(numbers[name], 50_000) for name in ("forced_labour", "sexual_exploitation")
    }


def test_no_key_is_missing_only_where_nobody_stands() -> None:
    """A service that the country's table names and an oblast's table does not: of few there, or of none."""
    country = along(
        "service", {"legal_civil": 60, "food_meals": 70, "medical_treatment": 20}, "services", Measure.SERVICES
    )
    for few in (0, 2):
        numbers = {"legal_civil": 20, "food_meals": 30, "medical_treatment": few, "translation": 4}
        oblast = along("service", numbers, "services", Measure.SERVICES)
        oblast = replace(oblast, scope=replace(YEAR, oblast="BY-VI"))
        told = protect([country, oblast], TASK_FORCE).told[1]
        assert set(told.rows.keys) == {"legal_civil", "food_meals", OTHERS}


@pytest.mark.parametrize("code", ["date_doubtful/3", "rate_missing/EUR/1"])
def test_remarks_count_no_records_of_persons(code: str) -> None:
    table = replace(along("sex", {"female": 40, "male": 12}), remarks=(code, "source/Белстат"))
    told = protect([table], TASK_FORCE).told[0]
    assert not any(sign in one for one in told.remarks for sign in ("3", "1", "EUR"))
    assert remark(told.remarks[0], Tongue("en")).startswith("Some ")
    lectures = replace(table, measure=Measure.EVENTS, about_persons=False)
    assert protect([lectures], TASK_FORCE).told[0].remarks[0] == code


def test_behind_an_opening_balance_nobody_hides() -> None:
    """1,125 were assisted before, everybody knows; told exactly, 1,128 would say that there were 3 since."""
    recorded = along("form", {"forced_labour": 3}, "cumulative")
    few = with_opening(recorded, {"forced_labour": 1_000}, 1_125, ())
    told = protect([few], TASK_FORCE).told[0]
    assert told.total is not None
    assert told.total.value is None
    many = with_opening(replace(recorded, cells={}, rows=Axis(), total=Cell(33, 33)), {}, 1_125, ())
    assert protect([many], PUBLIC).told[0].total == Shown(1_160), "1,125, and 33 told as 35"


def test_how_many_were_left_out_is_held_against_what_was_told_before() -> None:
    first = replace(along("sex", {"female": 40, "male": 12}), left_out=7)
    later = replace(along("border", {"internal": 30, "cross_border": 22}), left_out=8)
    before = Earlier((EarlierRelease("2027-01-05", TASK_FORCE, protect([first], TASK_FORCE).quantities),))
    assert protect([later], TASK_FORCE).told[0].left_out == 8
    assert protect([later], TASK_FORCE, before).told[0].left_out is None


def test_what_task_forces_were_told_hides_nothing_from_them_for_the_public() -> None:
    """Seven of a quarter were told to the task force: for the public that is no reason to hide the half-year."""
    quarter = replace(
        along("sex", {"female": 30, "male": 7}, "new"), scope=Scope("2026-01", "2026-03", reporting=True)
    )
    other = replace(along("sex", {"female": 20, "male": 8}, "new"), scope=Scope("2026-04", "2026-06", reporting=True))
    half = replace(along("sex", {"female": 50, "male": 15}, "new"), scope=Scope("2026-01", "2026-06", reporting=True))
    earlier = Earlier()
    for table in (quarter, other):
        found = protect([table], TASK_FORCE, earlier)
        earlier = Earlier((*earlier.releases, EarlierRelease("2027-01-05", TASK_FORCE, found.quantities)))
    assert values(protect([half], PUBLIC, earlier).told[0]) == {"female": 50, "male": 15}
