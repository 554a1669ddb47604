"""Statistics over real stores: linked persons once, consent, odd values, deletion, doubtful dates, the order."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import UserError
from app.models import EnteredFigure, SavedReport
from app.reports import reading
from app.reports.facts import Facts
from app.reports.facts.wanted import Wanted
from app.reports.indicators import INDICATORS
from app.reports.indicators.spec import needs
from app.reports.table import Audience, Scope, Table, Told
from app.sync import same
from app.sync.ledger import bury, put
from app.usecases.statistics import Question, Statistics
from tests.e2e.desks import TODAY, Office, enrol, new_office

QUARTER = Scope("2026-01", "2026-03")
New = tuple[str, uuid.UUID, dict[str, Any]]


def uid(name: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, name)


def person(name: str, **values: Any) -> New:
    return "person", uid(name), {"code": "K22C-RKC", **values}


def of(kind: str, name: str, whose: str, **values: Any) -> New:
    return kind, uid(name), {"person": str(uid(whose)), **values}


def helped(name: str, whose: str, on: str, **values: Any) -> New:
    return of("service", name, whose, **{"service": "food_meals", "on": on, "oblast": "BY-VI", **values})


def agreed(name: str, whose: str, state: str = "given", **values: Any) -> New:
    return of("consent", name, whose, scope="reporting", state=state, **values)


RECORDS: tuple[New, ...] = (
    # Ganna stands in two registers; the second entry has another sex, and two say the same year.
    person("ganna", sex="female", birth_year=1990, citizenships=["BY"]),
    person("ganna-2", sex="male", birth_year=1990, citizenships=["RU"]),
    helped("g1", "ganna", "2026-01-10"),
    helped("g2", "ganna-2", "2026-02-10", oblast="BY-MI", service="medical_examination"),
    of("case", "gc1", "ganna", opened_on="2026-01-05", status="Active", exploitation=["sex_prostitution"]),
    of("case", "gc2", "ganna", opened_on="2026-02-01", status="Active", exploitation=["forced_labour"]),
    agreed("ga1", "ganna"),
    agreed("ga2", "ganna-2"),
    # Lida agreed at one centre and has withdrawn at the other.
    person("lida", sex="female", birth_year=2000),
    person("lida-2"),
    helped("l1", "lida", "2026-02-01"),
    agreed("la1", "lida"),
    agreed("la2", "lida-2", "withdrawn"),
    # Vera's consent has ended; Nina was never asked; Zina's record holds odd things.
    person("vera", sex="female", birth_year=1985),
    helped("v0", "vera", "2025"),
    helped("v1", "vera", "2026-03-01"),
    agreed("va", "vera", expires_on="2026-05-31"),
    person("nina", sex="female", birth_year=1970),
    helped("n1", "nina", "2025-03-01"),
    helped("n2", "nina", "2026-03-02"),
    of("case", "nc", "nina", opened_on="2026-12-01", status="Active"),
    person("zina", sex=["female"], birth_year="1990", citizenships={"BY": 1}),
    helped("z1", "zina", "2026-01-31", service="hug", oblast="XX"),
    of("case", "zc", "zina", opened_on="31.01.2026", exploitation=["new_form", 7], border=5, witness=["yes"]),
    agreed("za", "zina"),
    # A year alone, nothing at all, a day to come; a service of nobody here; and one that is deleted.
    helped("d1", "ganna", "2026"),
    helped("d2", "nina", "soon"),
    helped("d3", "zina", "2027-01-01"),
    helped("s1", "stranger", "2026-01-02"),
    helped("gone", "nina", "2026-01-03"),
)
_OBLASTS = ("BY-MI", "BY-BR", "BY-VI")
LINKS = (("ganna", "ganna-2"), ("lida", "lida-2"))


def fill(office: Office, records: Sequence[New]) -> None:
    desk = office.desk
    with desk.store.transaction() as session:
        for kind, record, values in records:
            put(session, desk.author(), kind, record, values)
        for one, other in LINKS:
            pair = uid(one), uid(other)
            same.write(session, desk.author(), desk.clock.new_id(), pair, same.SAME, None, "{}")
        bury(session, desk.author(), uid("gone"), "entered_twice")


@pytest.fixture
def boss(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path / "boss", "coordinator", "Минск", seed=9)
    fill(office, RECORDS)
    yield office
    office.lock()


def load(office: Office, scope: Scope, wanted: Wanted = Wanted.PEOPLE) -> Facts:
    with office.desk.store.reading() as session:
        return reading.load(session, scope, TODAY.date(), wanted)


def count(office: Office, code: str, *by: str, scope: Scope = QUARTER) -> Table:
    indicator = INDICATORS[code]
    return indicator.count(load(office, scope, needs(indicator, by)), by)[0]


def cells(table: Table | Told) -> dict[str, int | None]:
    return {row: cell.value for (row, _column), cell in table.cells.items() if cell.value}


def total(table: Table) -> int:
    assert table.total is not None
    return table.total.value


def test_linked_persons_are_one_and_what_is_known_of_them_is_put_together(boss: Office) -> None:
    # Ganna, Lida, Vera, Nina, Zina, and the stranger of whom only a service came.
    assert total(count(boss, "victims_assisted_total")) == 6
    assert cells(count(boss, "victims_assisted_total", "sex")) == {"female": 3, "": 3}
    assert cells(count(boss, "victims_assisted_total", "age"))["35-44"] == 2
    assert cells(count(boss, "victims_assisted_total", "oblast")) == {"BY-VI": 5, "BY-MI": 1, "XX": 1}
    assert cells(count(boss, "citizenship")) == {"BY": 1, "RU": 1, "": 5}
    forms = {"sexual_exploitation": 1, "sex_prostitution": 1, "forced_labour": 1, "new_form": 1}
    assert cells(count(boss, "share_by_exploitation")) == forms


def test_new_is_who_was_never_helped_before(boss: Office) -> None:
    assert total(count(boss, "victims_assisted_new")) == 4  # not Nina, and not Vera: some day of 2025
    assert total(count(boss, "victims_assisted_new", scope=replace(QUARTER, oblast="BY-MI"))) == 0
    assert total(count(boss, "victims_assisted_cumulative")) == 6
    assert total(count(boss, "victims_assisted_cumulative", scope=Scope("2025-01", "2025-12"))) == 1


def test_who_may_stand_in_the_opening_balance_is_not_added_to_it(boss: Office) -> None:
    desk = boss.desk
    with desk.store.transaction() as session:
        session.add(
            EnteredFigure(
                uid=uid("balance"), code="assisted_before", key="", area="", first="2002-09", last="2025-12",
                value=100, currency="", source="IOM", entered_at="", entered_by=desk.staff,
            )
        )  # fmt: skip
    # Ganna, Lida, Zina, the stranger; Nina was helped in March 2025, Vera some day of that year.
    assert total(count(boss, "victims_assisted_cumulative")) == 104


def test_the_first_help_counts_under_whichever_entry_it_was_written(boss: Office) -> None:
    # Ganna's second case began on 1 February; on the 10th she was helped under her other entry: 5 and 9 days.
    assert cells(count(boss, "first_service_delay")) == {"": 7}


def test_unknown_codes_and_odd_values_are_counted_as_they_are(boss: Office) -> None:
    assert cells(count(boss, "services_by_type"))["hug"] == 1
    assert cells(count(boss, "witnesses")) == {}
    assert cells(count(boss, "open_cases", scope=Scope("2026-01"))) == {"Active": 2}  # none is opened in the future


def test_periods_and_doubtful_dates_make_the_whole(boss: Office) -> None:
    whole = total(count(boss, "table_services", scope=Scope()))
    parts = [count(boss, "table_services", scope=Scope(*years)) for years in (("", "2025-12"), ("2026-01", ""))]
    assert [one.remarks for one in parts] == [("date_doubtful/4",)] * 2
    assert sum(map(total, parts)) + 4 == whole == 12
    assert cells(count(boss, "table_services", "month", scope=Scope()))[""] == 4


def test_only_those_who_agreed_are_counted_for_others(boss: Office) -> None:
    table = count(boss, "victims_assisted_total", scope=replace(QUARTER, reporting=True))
    # Ganna and Zina. Lida has withdrawn, Vera's word has ended, Nina and the stranger were not asked.
    assert (total(table), table.left_out) == (2, 4)
    rate = count(boss, "consent_reporting_rate", scope=replace(QUARTER, reporting=True))
    assert cells(rate) == {"agrees": 2, "does_not_agree": 2}
    assert rate.unknown[""].value == 2


@pytest.mark.parametrize("scope", [QUARTER, replace(QUARTER, reporting=True, oblast="BY-VI"), Scope()])
def test_each_indicator_says_what_it_reads(boss: Office, scope: Scope) -> None:
    """Counted from what it asked for, each says the same as from all; what was not read cannot be counted as none."""
    with boss.desk.store.reading() as session:
        whole = reading.load(session, scope, TODAY.date(), Wanted.PEOPLE | Wanted.QUALITY)
        for indicator in INDICATORS.values():
            for by in ((), *((dimension,) for dimension in indicator.dimensions)):
                own = reading.load(session, scope, TODAY.date(), needs(indicator, by))
                assert indicator.count(own, by) == indicator.count(whole, by), (indicator.code, by)
        nothing = reading.load(session, scope, TODAY.date(), Wanted.NOTHING)
    with pytest.raises(RuntimeError, match="not read"):
        INDICATORS["victims_assisted_total"].count(nothing, ())


@pytest.mark.parametrize("oblast", ["", "BY-VI"])
def test_a_case_that_was_over_before_counts_for_who_was_helped_since(boss: Office, oblast: str) -> None:
    over = {"opened_on": "2025-01-01", "closed_on": "2025-03-01", "status": "Closed"}
    desk = boss.desk
    with desk.store.transaction() as session:
        for kind, record, values in (
            of("case", "vc", "vera", **over, border="internal", closure_reason="needs_met"),
            of("case", "lc", "lida-2", **over, border="internal"),
            of("case", "sc", "stranger", **over, border="cross_border"),
            person("kira"),
            of("case", "kc", "kira", **over, border="internal"),
        ):
            put(session, desk.author(), kind, record, values)
    scope = replace(QUARTER, oblast=oblast)
    assert cells(count(boss, "share_international", scope=scope)) == {
        "internal": 2,
        "cross_border": 1,
    }  # Kira was not helped
    assert cells(count(boss, "closure_reasons", scope=scope)) == {}
    assert cells(count(boss, "open_cases", scope=scope)) == {"Active": 2}


def test_a_case_kept_elsewhere_counts_for_who_was_helped_here(boss: Office) -> None:
    scope = replace(QUARTER, oblast="BY-MI")
    forms = {"sexual_exploitation": 1, "sex_prostitution": 1, "forced_labour": 1}
    assert cells(count(boss, "share_by_exploitation", scope=scope)) == forms
    assert cells(count(boss, "open_cases", scope=scope)) == {}


def test_new_in_an_oblast_is_who_was_helped_there_first(boss: Office) -> None:
    desk = boss.desk
    with desk.store.transaction() as session:
        for kind, record, values in (
            person("olga"),
            helped("o1", "olga", "2026-02-01", oblast="BY-BR"),
            helped("o2", "olga", "2026-01-31", oblast="BY-MI"),
            helped("t1", "stranger", "2026-01-01", oblast="BY-BR"),
        ):
            put(session, desk.author(), kind, record, values)
    new = {
        oblast: total(count(boss, "victims_assisted_new", scope=replace(QUARTER, oblast=oblast)))
        for oblast in _OBLASTS
    }
    # Olga in Minsk oblast; the stranger in Brest oblast; in Vitebsk oblast Ganna and Lida.
    assert new == {"BY-MI": 1, "BY-BR": 1, "BY-VI": 2}


def test_an_undone_link_counts_two_persons_again(boss: Office) -> None:
    with boss.desk.store.transaction() as session:
        desk = boss.desk
        pair = uid("ganna"), uid("ganna-2")
        same.write(session, desk.author(), desk.clock.new_id(), pair, same.DIFFERENT, None, "{}")
    assert total(count(boss, "victims_assisted_total")) == 7


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_in_which_records_came_does_not_matter(tmp_path: Path, boss: Office, seed: int) -> None:
    mixed = list(RECORDS)
    random.Random(seed).shuffle(mixed)
    other = new_office(tmp_path / "other", "coordinator", "Минск", seed=9)
    fill(other, mixed)
    for scope in (QUARTER, replace(QUARTER, reporting=True), Scope()):
        ours, theirs = load(boss, scope), load(other, scope)
        for indicator in INDICATORS.values():
            for by in ((), *((dimension,) for dimension in indicator.dimensions if dimension != "centre")):
                if indicator.chapter in {"persons", "cases", "services", "builder"}:
                    assert indicator.count(ours, by) == indicator.count(theirs, by), (indicator.code, by)
    other.lock()


def test_what_is_asked_for_others_is_protected_or_says_why_not(boss: Office) -> None:
    statistics = Statistics(boss.desk)
    ask = Question("victims_assisted_total", ("sex",), QUARTER)
    inside = statistics.ask(ask)
    assert (inside.problem, inside.told[0].total, inside.until) == ("", inside.told[0].total, ())
    assert inside.told[0].total is not None
    assert inside.told[0].total.value == 6
    outside = statistics.ask(replace(ask, audience=Audience.TASK_FORCE))
    assert not outside.problem
    assert set(cells(outside.told[0]).values()) <= {None}
    assert outside.told[0].hidden
    assert outside.told[0].scope.reporting
    half = replace(ask, scope=Scope("2026-01", "2026-06"), audience=Audience.PUBLIC)
    assert "not over yet" in statistics.ask(half).problem
    assert statistics.ask(half).told == ()
    internal = replace(ask, code="consent_reporting_rate", by=(), audience=Audience.TASK_FORCE)
    assert statistics.ask(internal).problem


@pytest.mark.parametrize(
    "question",
    [
        Question("beauty", (), QUARTER),
        Question("victims_assisted_total", ("outcome",), QUARTER),
        Question("table_persons", ("sex", "age", "form"), QUARTER),
        Question("table_persons", ("sex", "sex"), QUARTER),
        Question("table_persons", (), Scope("2026-03", "2026-01")),
        Question("table_persons", (), Scope("2026", "2026-13")),
        Question("table_persons", (), Scope(centre="Минск")),
    ],
)
def test_a_question_without_sense_is_refused(boss: Office, question: Question) -> None:
    with pytest.raises(UserError):
        Statistics(boss.desk).ask(question)


def test_questions_are_kept_under_a_name(boss: Office) -> None:
    statistics = Statistics(boss.desk)
    first = Question("table_persons", ("sex", "form"), Scope("2026-01", "2026-03", oblast="BY-VI"), Audience.PUBLIC)
    kept = statistics.save("  Квартал ", first)
    assert [(one.uid, one.name, one.question) for one in statistics.saved()] == [(kept, "Квартал", first)]
    assert statistics.save("Квартал", replace(first, by=())) == kept
    assert statistics.saved()[0].question.by == ()
    with boss.desk.store.transaction() as session:
        session.add(SavedReport(uid=uid("odd"), name="Ж", document='{"by":7}', saved_at=""))
    assert len(statistics.saved()) == 1
    statistics.forget(kept)
    assert statistics.saved() == ()
    with pytest.raises(UserError):
        statistics.save(" ", first)


def test_what_may_be_chosen(boss: Office) -> None:
    statistics = Statistics(boss.desk)
    assert statistics.months() == ["2025-03", "2026-01", "2026-02", "2026-03"]
    assert list(statistics.centres().values()) == ["Минск"]
    assert statistics.donors() == []
    assert {"table_persons", "victims_assisted_new"} <= {one.code for one in statistics.indicators()}


def test_until_which_bundle_a_centre_is_counted(tmp_path: Path, boss: Office) -> None:
    nurse = new_office(tmp_path / "nurse", "centre", "Витебск", seed=3)
    enrol(nurse, boss)
    with nurse.desk.store.transaction() as session:
        for kind, record, values in (person("maria", sex="female"), helped("m1", "maria", "2026-02-02")):
            put(session, nurse.desk.author(), kind, record, values)
    boss.take(nurse.send(tmp_path / "stick"))
    answer = Statistics(boss.desk).ask(Question("table_persons", ("centre",), QUARTER))
    assert [(one.centre, one.bundle, one.missing) for one in answer.until] == [("Витебск", 1, "")]
    assert cells(answer.told[0])[str(nurse.desk.me.centre)] == 1
    assert answer.told[0].rows.names[str(nurse.desk.me.centre)] == "Витебск"
    assert Statistics(nurse.desk).ask(Question("table_persons", (), QUARTER)).until == ()
    nurse.lock()
