"""Packs out of a real register: exact for ourselves, protected and written down for others."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.i18n import set_language
from app.models import AuditEntry, Release
from app.reports import words
from app.reports.indicators import INDICATORS
from app.reports.pack import Pack, PackKind
from app.reports.paper.tongue import Tongue
from app.reports.table import Audience, Cell, Scope, Told
from app.usecases.activities import Activities
from app.usecases.packs import PackDraft, Packs
from app.usecases.partners import Partners
from app.usecases.same_person import SamePersons
from app.usecases.statistics_question import Question
from app.usecases.task_force import TaskForce
from tests.e2e.desks import Office, count_of, new_office, silent
from tests.e2e.test_inbox_heap import stream
from tests.sync.crafting import NURSE

INTERNAL, TASK_FORCE, PUBLIC = Audience.INTERNAL, Audience.TASK_FORCE, Audience.PUBLIC
HALF_YEAR = ("2025-07", "2025-12")
QUARTER = ("2025-10", "2025-12")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    set_language("en")
    made = new_office(tmp_path / "office", "coordinator", "Минск", practice=True)
    yield made
    made.lock()


def somebody(office: Office, *, agrees: bool = True, sex: str = "female") -> uuid.UUID:
    person = office.people.register({"sex": sex, "birth": "1990"}, {"names": [{"given": "Ганна"}]}, sure=True)
    state = "given" if agrees else "refused"
    office.people.set_consent(person, {"scope": "reporting", "state": state, "on": "2025-07-01"}, sure=True)
    return person


def granted(office: Office, person: uuid.UUID, amounts: dict[str, int], **payment: Any) -> None:
    """A grant of the IOM with payments by day, in the grant's currency."""
    currency = payment.get("currency", "BYN")
    values = {"grant_kind": "reintegration", "currency": currency, "approved": sum(amounts.values()), "donor": "iom"}
    grant = office.assistance.approve_grant(person, values | {"approved_on": min(amounts)}, sure=True)
    for day, amount in amounts.items():
        paid = {"grant": str(grant), "currency": currency, "amount": amount, "on": day, "donor": "iom"}
        office.help(person, "grant_reintegration", **(paid | payment))


def tables(draft: PackDraft) -> dict[tuple[str, str, str, str], Told]:
    """By code, unit, currency and the dimension of the rows."""
    found = {}
    for chapter in draft.pack.chapters:
        for part in chapter.parts:
            told = part.table
            found[told.code, told.measure.value, told.currency, told.rows.dimension] = told
    return found


def shown(told: Told) -> dict[str, int | None]:
    return {row: one.value for (row, _column), one in told.cells.items()}


def total(told: Told) -> int | None:
    assert told.total is not None
    return told.total.value


def test_the_donor_pack_for_ourselves_is_exact_to_the_kopeck(office: Office) -> None:
    for at in range(3):
        granted(office, somebody(office, agrees=at > 0), {"2025-08-05": 100_01 + at, "2025-12-31": 3})
    granted(
        office,
        somebody(office),
        {"2025-09-01": 555},
        currency="EUR",
        rate_currency="BYN",
        rate="3.5",
        rate_on="2025-09-01",
    )
    granted(office, somebody(office), {"2025-09-01": 700}, currency="USD")
    granted(office, somebody(office), {"2026-01-01": 9})
    office.help(somebody(office), "food_meals", on="2025-07-02", donor="iom", project="Дом")
    office.help(somebody(office), "food_meals", on="2025-07-02", donor="eu")
    draft = Packs(office.desk).donor("iom", *HALF_YEAR, INTERNAL)
    found = tables(draft)
    assert draft.protection is None
    assert draft.pack.practice
    assert shown(found["grants", "grants", "", "grant_kind"]) == {"reintegration": 5}
    assert shown(found["grants_paid", "money", "BYN", "grant_kind"]) == {"reintegration": 3 * 100_01 + 3 + 3 * 3}
    assert total(found["grants_paid", "money", "EUR", "grant_kind"]) == 555
    assert total(found["grants_approved", "money", "USD", "grant_kind"]) == 700
    roubles = found["grants_converted", "money", "BYN", "grant_kind"]
    assert total(roubles) == 30_015 + 1_942, "5.55 EUR are 19.425 BYN, rounded to the even kopeck"
    assert roubles.remarks == ("rate_missing/USD/1",)
    assert (
        words.remark(roubles.remarks[0], Tongue("en")) == "1 payment without an exchange rate is not converted (USD)."
    )
    assert total(found["table_persons", "persons", "", "sex"]) == 6
    assert shown(found["funded_services", "services", "", "project"]) == {"Дом": 1, "": 8}
    assert (draft.pack.kind, draft.pack.left_out) == (PackKind.DONOR, 0)


def test_a_donor_with_one_grant_learns_nothing_of_it(office: Office) -> None:
    granted(office, somebody(office), {"2025-08-05": 120_000})
    packs = Packs(office.desk)
    inside, outside = packs.donor("iom", *HALF_YEAR, INTERNAL), packs.donor("iom", *HALF_YEAR, PUBLIC)
    assert total(tables(inside)["grants_paid", "money", "BYN", "grant_kind"]) == 120_000
    assert outside.protection is not None
    for told in tables(outside).values():
        everything = (*told.cells.values(), *told.row_totals.values(), told.total)
        assert not [one for one in everything if one is not None and one.value], told.code
    assert "1200" not in repr(outside.pack)


def test_only_those_who_agreed_are_counted_for_others_and_how_many_are_left_out_is_said(office: Office) -> None:
    for at in range(15):
        granted(office, somebody(office, agrees=at < 13), {"2025-08-05": 100_000})
    draft = Packs(office.desk).donor("iom", *HALF_YEAR, PUBLIC)
    # All are of one kind: the table falls together into one number.
    assert total(tables(draft)["grants", "grants", "", ""]) == 15, "13 are told as 15"
    assert total(tables(draft)["grants_paid", "money", "BYN", ""]) == 1_300_000
    assert draft.pack.left_out is None, "two are too few to be told"


def test_a_project_of_few_is_not_named_outside(office: Office) -> None:
    for at in range(22):
        project = "Дорога домой" if at < 12 else f"Дом {at}"
        office.help(somebody(office), "food_meals", on="2025-08-02", donor="iom", project=project)
    packs = Packs(office.desk)
    assert "Дом 21" in repr(packs.donor("iom", *HALF_YEAR, INTERNAL).pack)
    outside = packs.donor("iom", *HALF_YEAR, PUBLIC)
    assert "Дом" not in repr(outside.pack)
    services = tables(outside)["funded_services", "services", "", "project"]
    assert set(shown(services)) == {"Дорога домой", "other_projects"}
    assert words.key(services.rows, "other_projects", Tongue("en")) == "Other projects"


@pytest.mark.parametrize(
    ("first", "last", "audience"),
    [("2026-04", "2026-06", TASK_FORCE), ("2025-10", "2025-11", TASK_FORCE), ("2025-12", "2025-10", INTERNAL),
     ("", "", INTERNAL), ("2026-01", "2026-03", PUBLIC)],
)  # fmt: skip
def test_a_period_that_is_open_or_none_is_refused(office: Office, first: str, last: str, audience: Audience) -> None:
    with pytest.raises(UserError) as refused:
        Packs(office.desk).task_force("BY-VI" if audience is not PUBLIC else "", first, last, audience)
    assert refused.value.sentence()
    assert count_of(office.desk, Release) == 0


def test_the_task_force_pack_holds_persons_work_and_partners(office: Office) -> None:
    for sex in ("female", "female", "male"):
        office.help(somebody(office, sex=sex), "food_meals", on="2025-11-03", oblast="BY-VI")
    office.help(somebody(office), "food_meals", on="2025-11-03", oblast="BY-HO")
    office.help(somebody(office), "food_meals", on="2025-09-30", oblast="BY-VI")
    activities = Activities(office.desk)
    lecture = {"activity": "lecture", "on": "2025-10-09", "oblast": "BY-VI", "sessions": 4, "attendances": 130}
    activities.save(lecture, activity=activities.new_id(), sure=True)
    activities.save(lecture | {"oblast": "BY-HO"}, activity=activities.new_id(), sure=True)
    tour = {"activity": "installation_tour", "on": "2025-11-01", "items": 3, "attendances": 900,
            "places": [{"oblast": "BY-VI", "visitors": 250}, {"oblast": "BY-HO", "visitors": 650}]}  # fmt: skip
    activities.save(tour, activity=activities.new_id(), sure=True)
    force = TaskForce(office.desk)
    came = {"attendees": [{"agency": "brcs", "count": 2}, {"agency": "gender_perspectives"}], "panel": ["brcs"]}
    meeting = force.save_meeting({"on": "2025-12-10", "oblast": "BY-VI", **came}, sure=True)
    for status in ("done", "open"):
        force.save_decision(meeting, {"text": "…", "status": status, "due": "2026-01-31"}, sure=True)
    parties = [
        {"agency": "brcs", "status": "signed", "joined": "2014-05-14"},
        {"agency": "gender_perspectives", "status": "invited"},
    ]
    Partners(office.desk).save_memorandum({"oblast": "BY-VI", "parties": parties}, new=True, sure=True)
    draft = Packs(office.desk).task_force("BY-VI", *QUARTER, INTERNAL)
    found = tables(draft)
    assert total(found["victims_assisted_total", "persons", "", "age"]) == 3
    assert shown(found["victims_assisted_new", "persons", "", "sex"])["female"] == 2
    assert shown(found["table_services", "services", "", "group"])["shelter"] == 3
    assert shown(found["activities", "events", "", "activity"]) == {"lecture": 4, "installation_tour": 1}
    assert shown(found["activities", "attendances", "", "activity"]) == {"lecture": 130, "installation_tour": 250}
    assert total(found["task_force_meetings", "events", "", ""]) == 1
    assert total(found["task_force_meetings", "attendances", "", ""]) == 2
    assert total(found["task_force_agencies", "things", "", ""]) == 2
    made = found["task_force_decisions", "things", "", "decision_status"]
    assert (shown(made), made.remarks) == ({"open": 1, "done": 1}, ("overdue/1",))
    assert total(found["mou_parties", "things", "", "agency_kind"]) == 1
    for_others = tables(Packs(office.desk).task_force("BY-VI", *QUARTER, TASK_FORCE))
    assert total(for_others["activities", "attendances", "", "activity"]) == 380, "about nobody: not protected"
    assert {total(told) for told in for_others.values() if told.code == "victims_assisted_total"} == {None}


def test_a_release_is_written_down_before_any_file_and_stands_against_later_ones(office: Office) -> None:
    people = [somebody(office) for _ in range(12)]
    for person in people:
        office.help(person, "food_meals", on="2025-08-03")
    packs = Packs(office.desk)
    draft = packs.donor("own", *HALF_YEAR, PUBLIC)
    assert count_of(office.desk, Release) == 0
    question = Question("table_persons", ("sex",), Scope(*HALF_YEAR), PUBLIC)
    first, again = packs.of_table(question), packs.of_table(question)
    packs.release(first)
    packs.release(draft)
    assert count_of(office.desk, Release) == 2
    assert again.pack == first.pack
    packs.release(again)  # the same once more (another kind of file): nothing new is told


def test_what_was_released_meanwhile_is_noticed(office: Office) -> None:
    for _ in range(12):
        office.help(somebody(office), "food_meals", on="2025-08-03")
    packs = Packs(office.desk)
    question = Question("table_persons", ("sex",), Scope(*HALF_YEAR), PUBLIC)
    stale = packs.of_table(question)
    for _ in range(4):
        office.help(somebody(office, sex="male"), "food_meals", on="2025-08-05")
        office.help(somebody(office), "food_meals", on="2025-08-05")
    packs.release(packs.of_table(question))
    with pytest.raises(UserError, match="meanwhile"):
        packs.release(stale)
    assert count_of(office.desk, Release) == 1


def test_an_internal_pack_leaves_a_trace_and_no_release(office: Office) -> None:
    packs = Packs(office.desk)
    packs.release(packs.task_force("", *QUARTER, INTERNAL))
    assert count_of(office.desk, Release) == 0
    with office.desk.store.reading() as session:
        assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.rid.desc())).first() == "pack_task_force"


def test_questions_that_are_not_for_others_or_not_known(office: Office) -> None:
    packs = Packs(office.desk)
    for question in (
        Question("nothing", (), Scope(*HALF_YEAR)),
        Question("lectures", ("no_such",), Scope(*HALF_YEAR)),
        Question("data_quality", (), Scope(*HALF_YEAR), PUBLIC),
    ):
        with pytest.raises(UserError):
            packs.of_table(question)
    draft = packs.of_table(Question("data_quality", (), Scope(*HALF_YEAR)))
    assert {part.table.code for part in draft.pack.chapters[0].parts} == {
        "data_quality",
        "quality_bundles",
        "quality_linked",
    }


def test_a_centre_with_a_gap_makes_the_pack_incomplete(boss: Office, tmp_path: Path) -> None:
    files = stream(NURSE, 4, tmp_path / "stick")
    boss.receiving.take_all([files[0], files[2], files[3]], silent)
    pack: Pack = Packs(boss.desk).task_force("", *QUARTER, INTERNAL).pack
    (nurse,) = [one for one in pack.until if one.bundle]
    assert (nurse.bundle, nurse.missing) == (1, "2")
    lines = words.head_lines(pack, Tongue("en"))
    assert any("incomplete" in line and "missing: 2" in line for line in lines)
    boss.receiving.take_all([files[1]], silent)
    pack = Packs(boss.desk).task_force("", *QUARTER, INTERNAL).pack
    assert [(one.bundle, one.missing) for one in pack.until if one.bundle] == [(4, "")]


def test_the_summary_is_for_everybody(office: Office) -> None:
    for _ in range(11):
        office.help(somebody(office), "food_meals", on="2025-08-03")
    draft = Packs(office.desk).summary(*HALF_YEAR)
    assert (draft.pack.kind, draft.pack.audience) == (PackKind.SUMMARY, PUBLIC)
    assert {told.audience for told in tables(draft).values()} == {PUBLIC}


def test_every_indicator_counts_in_an_empty_register(office: Office) -> None:
    """By everything it may be broken down by, and by two at once."""
    packs = Packs(office.desk)
    for indicator in INDICATORS.values():
        for by in [(), *[(one,) for one in indicator.dimensions], indicator.dimensions[:2]]:
            assert packs.of_table(Question(indicator.code, by, Scope(*QUARTER))).pack.chapters


def test_a_refusal_at_one_centre_holds_for_all_entries_of_a_person(office: Office) -> None:
    for at in range(11):
        one = somebody(office)
        granted(office, one, {"2025-08-05": 100_000})
        if at == 0:
            other = somebody(office, agrees=False)
            SamePersons(office.desk).decide(one, other, "same")
    inside, outside = (Packs(office.desk).donor("iom", *HALF_YEAR, audience) for audience in (INTERNAL, PUBLIC))
    paid = [table for table in outside.tables if table.code == "grants_paid"]
    assert {table.total for table in paid} == {Cell(1_000_000, 10, (100_000, 100_000))}
    assert {table.left_out for table in paid} == {1}
    assert total(tables(inside)["grants_paid", "money", "BYN", "grant_kind"]) == 1_100_000


def test_the_month_after_return_follows_from_the_case_where_nobody_wrote_it_down(office: Office) -> None:
    for returned, month in (("2025-06-20", None), ("2025-05-04", None), ("2025-05-04", 3), ("", None)):
        person = somebody(office)
        case = {"opened_on": "2025-06-21", "border": "cross_border"} | ({"returned_on": returned} if returned else {})
        office.cases.save(person, case, sure=True)
        granted(office, person, {"2025-08-05": 10_000}, month_after_return=month)
    told = tables(Packs(office.desk).donor("iom", *HALF_YEAR, INTERNAL))
    first = told["grant_in_first_3_months", "persons", "", "answer"]
    assert shown(first) == {"yes": 2, "no": 1}
    assert (first.base[""].value, first.unknown[""].value) == (3, 1)


def test_what_is_missing_in_the_data_is_told_by_field(office: Office) -> None:
    one = office.people.register({"oblast": "BY-VI"}, {"names": [{"given": "Ганна"}]}, sure=True)
    office.help(somebody(office), "food_meals", on="2025-08-03")
    office.help(one, "food_meals", on="2025-08", donor="iom")
    pack = Packs(office.desk).of_table(Question("data_quality", (), Scope(*HALF_YEAR))).pack
    fields = pack.chapters[0].parts[0].table
    missing = {row: cell.value for (row, column), cell in fields.cells.items() if column == "missing"}
    assert {name: missing[name] for name in ("person.sex", "person.oblast", "service.day", "service.donor")} == {
        "person.sex": 1, "person.oblast": 1, "service.day": 1, "service.donor": 1,
    }  # fmt: skip
    assert words.key(fields.rows, "service.donor", Tongue("en")) == "Help: donor"
