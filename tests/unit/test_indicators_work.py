"""Activities, task forces, the hotline, entered figures and the quality of data: hand-made facts, known answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.reports.disclosure import protect, rule_for
from app.reports.facts import Facts
from app.reports.facts.people import PeopleFacts
from app.reports.facts.rows import Rows, Someone
from app.reports.facts.work import WorkFacts
from app.reports.facts.work_entered import ASSISTED_BEFORE, opening, opening_remarks, opening_until
from app.reports.facts.work_kinds import Act, Bundles, Decided, Doubts, Entered, Met, Missing, Party, Register
from app.reports.indicators import INDICATORS
from app.reports.indicators.work import activities
from app.reports.table import Audience, Cell, Measure, Scope, Shown, Table

QUARTER = Scope("2026-01", "2026-03")
BLANK = Act(
    code="lecture", month="2026-02", oblast="BY-VI", centre="c1", donor="iom", project="", sessions=None,
    attendances=None, women=None, men=None, minors=None, numbers={}, audiences=(), agencies=(), topic="",
    referred_to="", amount=None, currency="",
)  # fmt: skip


def facts(**work: object) -> Facts:
    return Facts(QUARTER, PeopleFacts(), WorkFacts(scope=QUARTER, **work))  # type: ignore[arg-type]


def count(code: str, found: Facts, *by: str) -> tuple[Table, ...]:
    return INDICATORS[code].count(found, by)


def values(table: Table) -> dict[tuple[str, str], int]:
    return {key: cell.value for key, cell in table.cells.items()}


def by_row(table: Table) -> dict[str, int]:
    assert not table.columns.dimension
    return {row: cell.value for (row, _column), cell in table.cells.items()}


LECTURES = (
    replace(BLANK, sessions=3, attendances=90, women=60, men=20, minors=50, audiences=("pupils", "teachers")),
    replace(BLANK, sessions=1, attendances=12, oblast="BY-HO", month="2026-03"),
    replace(BLANK),
    replace(BLANK, code="seminar", sessions=9, attendances=900),
)


def test_lectures_are_sessions_and_attendances_and_one_without_a_number_is_one_event() -> None:
    events, came = count("lectures", facts(activities=LECTURES))
    assert (events.measure, came.measure) == (Measure.EVENTS, Measure.ATTENDANCES)
    assert (values(events)["", ""], values(came)["", ""]) == (5, 102)
    assert events.remarks == ("sessions_missing/1",)
    assert came.remarks == ("attendances_missing/1",)
    assert not events.about_persons
    assert not came.about_persons


def test_lectures_by_oblast_and_audience() -> None:
    events, came = count("lectures", facts(activities=LECTURES), "oblast")
    assert by_row(events) == {"BY-VI": 4, "BY-HO": 1}
    assert by_row(came) == {"BY-VI": 90, "BY-HO": 12}
    events, came = count("lectures", facts(activities=LECTURES), "audience", "month")
    assert values(came)["pupils", "2026-02"] == 90
    assert values(came)["", "2026-03"] == 12
    assert came.row_totals["teachers"].value == 90
    assert not came.rows.adds_up
    assert came.total == Cell(102, 0)


def test_those_who_came_by_sex_and_minors_and_the_rest_is_not_known() -> None:
    (came,) = count("lectures", facts(activities=LECTURES), "sex")
    assert by_row(came) == {"female": 60, "male": 20, "": 22}
    (came,) = count("lectures", facts(activities=LECTURES), "majority")
    assert by_row(came) == {"minor": 50, "adult": 40, "": 12}


def test_parts_that_are_more_than_the_whole_are_not_known() -> None:
    odd = replace(BLANK, attendances=10, women=8, men=8, minors=11)
    assert by_row(count("lectures", facts(activities=(odd,)), "sex")[0]) == {"": 10}
    assert by_row(count("lectures", facts(activities=(odd,)), "majority")[0]) == {"": 10}


def test_trainings_by_organisation_and_its_kind() -> None:
    training = replace(
        BLANK, code="training", sessions=2, attendances=30, agencies=(("brcs", 17), ("gender_perspectives", 5))
    )
    language = replace(BLANK, code="language_course", attendances=15)
    found = facts(activities=(training, language, LECTURES[0]))
    events, came = count("trainings", found, "agency")
    assert by_row(events) == {"brcs": 2, "gender_perspectives": 2, "": 1}
    assert events.total == Cell(3, 0)
    assert by_row(came) == {"brcs": 17, "gender_perspectives": 5, "": 23}
    assert by_row(count("trainings", found, "agency_kind")[1]) == {"ngo": 22, "": 23}


def test_publications_and_media_have_no_total_of_different_things() -> None:
    found = facts(
        activities=(
            replace(
                BLANK, code="publication", numbers={"titles": 2, "copies_printed": 1000, "copies_distributed": 800}
            ),
            replace(BLANK, code="publication", numbers={"copies_printed": 500}, oblast="BY-HO"),
            replace(BLANK, code="psa_video", numbers={"spots": 4, "broadcasts": 120}),
            replace(BLANK, code="press_conference", numbers={"articles": 7}),
        )
    )
    (copies,) = count("publications", found)
    assert by_row(copies) == {"titles": 2, "copies_printed": 1500, "copies_distributed": 800}
    assert copies.total is None
    (copies,) = count("publications", found, "oblast")
    assert values(copies)["copies_printed", "BY-HO"] == 500
    assert copies.row_totals["copies_printed"].value == 1500
    (media,) = count("media", found)
    assert by_row(media) == {"spots": 4, "broadcasts": 120, "articles": 7, "press_conferences": 1}


def test_calls_are_from_persons_and_are_in_no_other_figure() -> None:
    call = replace(BLANK, code="hotline_operation", topic="work_abroad")
    found = facts(
        activities=(
            call,
            call,
            replace(call, topic="", referred_to="brcs"),
            replace(call, sessions=5, topic="violence"),
        )
    )
    (calls,) = count("hotline_calls", found, "topic")
    assert by_row(calls) == {"work_abroad": 2, "violence": 5, "": 1}
    assert calls.about_persons
    assert calls.cells["work_abroad", ""] == Cell(2, 2)
    assert calls.total == Cell(8, 8)
    assert by_row(count("hotline_calls", found, "answer")[0]) == {"yes": 1, "no": 7}
    assert activities(found, ())[0].total == Cell(0, 0)


def test_task_forces_count_each_organisation_once() -> None:
    found = facts(
        meetings=(
            Met("2026-02", "BY-VI", (("brcs", 2), ("gender_perspectives", None))),
            Met("2026-03", "BY-VI", (("brcs", 3),)),
            Met("2026-03", "BY-HO", (("brcs", 1),)),
        ),
        decisions=(
            Decided("BY-VI", "2026-02", "brcs", "", "done", is_overdue=False),
            Decided("BY-VI", "2026-02", "brcs", "", "open", is_overdue=True),
            Decided("BY-HO", "2026-03", "", "", "open", is_overdue=False),
        ),
    )
    meetings, people, organisations, made = count("task_force_meetings", found, "oblast")
    assert by_row(meetings) == {"BY-VI": 2, "BY-HO": 1}
    assert by_row(people) == {"BY-VI": 5, "BY-HO": 1}
    assert by_row(organisations) == {"BY-VI": 2, "BY-HO": 1}
    assert organisations.total is not None
    assert organisations.total.value == 2
    assert not organisations.about_persons
    assert values(made) == {("BY-VI", "open"): 1, ("BY-VI", "done"): 1, ("BY-HO", "open"): 1, ("BY-HO", "done"): 0}
    assert made.remarks == ("overdue/1",)
    assert by_row(count("task_force_meetings", found)[3]) == {"open": 2, "done": 1}


def test_a_party_of_two_memoranda_is_one_organisation() -> None:
    (parties,) = count(
        "mou_parties", facts(parties=(Party("brcs", "BY-VI"), Party("brcs", "BY-HO"), Party("x", "BY-HO"))), "oblast"
    )
    assert by_row(parties) == {"BY-VI": 1, "BY-HO": 2}
    assert parties.total is not None
    assert parties.total.value == 2


def entered(code: str, value: int, last: str, first: str = "", key: str = "", area: str = "") -> Entered:
    return Entered(code, key, area, first, last, value, "", "Белстат")


def test_prosecution_is_what_was_entered_for_the_years_of_the_period() -> None:
    found = facts(
        entered=(
            entered("offences_registered", 12, "2026-12", "2026-01"),
            entered("persons_convicted", 5, "2026-12", "2026-01"),
            entered("offences_registered", 9, "2025-12", "2025-01"),
            entered("offences_registered", 3, "2026-12", "2026-01", area="BY-VI"),
        )
    )
    (table,) = count("prosecution", found)
    assert values(table) == {("offences_registered", "2026"): 12, ("persons_convicted", "2026"): 5}
    assert table.remarks == ("source/Белстат",)


def test_feedback_is_a_share_of_the_forms_returned() -> None:
    found = facts(entered=(entered("feedback_forms", 40, "2026-02"), entered("feedback_satisfied", 31, "2026-02"),
                           entered("feedback_forms", 99, "2026-04")))  # fmt: skip
    (table,) = count("client_feedback", found)
    assert by_row(table) == {"satisfied": 31, "not_satisfied": 9}
    assert table.base[""] == Cell(40, 40)
    assert table.about_persons
    assert count("client_feedback", facts())[0].total == Cell(0, 0)


def newly_assisted(*sexes: str) -> PeopleFacts:
    persons: Mapping[bytes, Someone] = {
        bytes([at]): Someone(bytes([at]), sex, 1990, "25-34", (), (), (), "") for at, sex in enumerate(sexes)
    }
    return PeopleFacts(counted=Rows(persons=persons, new=frozenset(persons)))


def test_the_rate_is_against_the_population_of_its_own_sex() -> None:
    people = newly_assisted("female", "female", "female", "male", "")
    work = WorkFacts(
        scope=QUARTER,
        entered=(
            entered("population", 9_000_000, "2025-12", "2025-01"),
            entered("population", 6_000_000, "2025-12", "2025-01", "female"),
            entered("population", 1, "2026-12", "2026-04"),
        ),
    )
    found = Facts(QUARTER, people, work)
    (rate,) = count("rate_per_100k", found)
    assert rate.total == Cell(6, 5), "5 / 9,000,000 * 100,000 = 0.0556: 6 hundredths"
    (rate,) = count("rate_per_100k", found, "sex")
    assert values(rate) == {("female", ""): 5}, "of men, and of those not known, no population was entered"
    assert rate.remarks == ("source/Белстат",)
    (rate,) = count("rate_per_100k", Facts(QUARTER, people, WorkFacts(scope=QUARTER)))
    assert not rate.cells
    assert rate.remarks == ("population_missing",)


def test_no_exact_number_follows_from_a_rate_for_others() -> None:
    """Everybody knows the population, so a rate for the public is that of as many persons as are told: 15, not 13."""
    scope = Scope("2025-01", "2025-12", reporting=True)
    work = WorkFacts(scope=scope, entered=(entered("population", 1_000_000, "2025-12"),))
    (rate,) = count("rate_per_100k", Facts(scope, newly_assisted(*["female"] * 13), work))
    assert rate.cells["", ""] == Cell(130, 13)
    told = protect([rate], rule_for(Audience.PUBLIC)).told[0]
    assert (told.total, told.cells["", ""].value) == (Shown(150), 150)


def test_an_opening_balance_ends_in_its_month_and_names_its_source() -> None:
    work = WorkFacts(
        scope=QUARTER,
        entered=(
            entered(ASSISTED_BEFORE, 1125, "2006-12", "2002-09"),
            entered(ASSISTED_BEFORE, 2175, "2016-07", "2007-01"),
            entered(ASSISTED_BEFORE, 830, "2016-07", key="forced_labour"),
            entered(ASSISTED_BEFORE, 10, "2016-07", area="BY-VI"),
        ),
    )
    assert opening(work, ASSISTED_BEFORE, "2026-03") == 3300
    assert opening(work, ASSISTED_BEFORE, "2010-01") == 1125
    assert opening(work, ASSISTED_BEFORE, "") == 3300
    assert opening(work, ASSISTED_BEFORE, "2026-03", "forced_labour") == 830
    assert opening_until(work, ASSISTED_BEFORE, "2026-03") == "2016-07"
    assert opening_remarks(work, ASSISTED_BEFORE, "2026-03") == ("opening_balance/3300", "source/Белстат")
    assert opening(replace(work, scope=replace(QUARTER, oblast="BY-VI")), ASSISTED_BEFORE, "2026-03") == 10
    assert opening_remarks(WorkFacts(), ASSISTED_BEFORE, "") == ()


def test_the_quality_of_data_is_internal() -> None:
    register = Register(
        missing=(
            Missing("person.sex", "c1", 2, 10),
            Missing("person.sex", "c2", 1, 5),
            Missing("service.day", "c1", 0, 50),
        ),
        bundles=(Bundles("c1", 12, 3),),
        linked={"c1": 4, "c2": 1},
    )
    found = facts(register=register, centres={"c1": "Орша", "c2": "Витебск"})
    fields, bundles, linked = count("data_quality", found)
    assert values(fields) == {
        ("person.sex", "missing"): 3,
        ("person.sex", "given"): 12,
        ("service.day", "missing"): 0,
        ("service.day", "given"): 50,
    }
    assert fields.row_totals["person.sex"].value == 15
    assert values(bundles) == {("c1", "in_time"): 9, ("c1", "late"): 3}
    assert by_row(linked) == {"c2": 1, "c1": 4}
    fields = count("data_quality", found, "centre")[0]
    assert values(fields)["person.sex", "c2"] == 1
    assert INDICATORS["data_quality"].internal


def test_what_stands_in_no_month_is_said() -> None:
    events, _came = count("lectures", facts(activities=LECTURES[:2], doubts=Doubts(activities=2)))
    assert events.remarks == ("date_doubtful/2",)
