"""A register is taken in from a sheet: looked at, all or nothing, twice is once, and what a hand changed stays."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import uuid
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.errors import UserError
from app.models import Record, Setting
from app.sheets.opening import sheets_of
from app.sheets.table import Sheet
from app.sync.ledger import put
from app.usecases.taking_in import Choices, Plan, State, TakingIn
from tests.e2e.desks import Office, canonical_dump, content_digest, everything, new_office, silent

HEAD = ("№", "ФИО", "Дата рождения", "Пол", "Область", "Телефон", "Вид помощи", "Дата", "Сумма", "Примечание")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("1", "Саковіч Марыя Іванаўна", "09.03.1986", "ж", "Гомельская", "+375 29 1", "Лечение", "01.02.2025", "", ""),
    ("1", "Сакович Мария Ивановна", "1986", "ж", "", "", "Психологическое консультирование", "05.02.2025", "", ""),
    ("2", "Петров Иван", "12.1990", "м", "г. Минск", "", "Лечение", "02.02.2025", "20,50", "бинты"),
    ("3", "Кавалёва Ганна", "34", "ж", "", "", "", "", "", ""),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "centre", "centre", "Филиал")
    yield made
    made.lock()


def xlsx(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> bytes:
    """A real workbook."""
    data = BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet("Журнал")
    for at, row in enumerate((head, *rows)):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(at, column, cell, book.add_format({"num_format": "dd.mm.yyyy"}))
            else:
                sheet.write(at, column, cell)
    book.close()
    return data.getvalue()


def sheet_of(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> Sheet:
    return sheets_of(xlsx(rows, head))[0]


def look(office: Office, sheet: Sheet, choices: Choices | None = None, **columns: Any) -> Plan:
    taker = TakingIn(office.desk)
    understood = taker.remembered(sheet) or taker.guess(sheet)
    for key, (text, code) in columns.items():
        understood = understood.with_value(key.replace("__", "."), text, code)
    return taker.plan(sheet, understood, choices or Choices(), silent)


def take(office: Office, sheet: Sheet, choices: Choices | None = None) -> Plan:
    plan = look(office, sheet, choices)
    if plan.ready:
        TakingIn(office.desk).carry_out(plan, silent)
    return plan


def words(plan: Plan) -> str:
    return "\n".join(f"{row.number} {one.weight}: {one.words.sentence()}" for row in plan.rows for one in row.remarks)


def person_named(office: Office, text: str) -> uuid.UUID:
    people = office.people
    (row,) = people.rows(people.find(text))
    return row.uid


def test_a_register_becomes_people_with_their_help(office: Office) -> None:
    plan = take(office, sheet_of(ROWS))
    assert words(plan).count("error") == 0, words(plan)
    assert plan.count("person", State.NEW) == 3
    assert plan.count("service", State.NEW) == 3
    maria = person_named(office, "Саковіч Марыя")
    assert office.people.person(maria) | {"code": ""} == {
        "birth": "1986-03-09",
        "birth_year": 1986,
        "code": "",
        "oblast": "BY-HO",
        "sex": "female",
    }
    assert {form["surname"] for form in office.people.identity(maria)["names"]} == {"Саковіч", "Сакович"}
    assert {row.on for row in office.assistance.timeline(maria)} == {"2025-02-01", "2025-02-05"}
    (help_,) = office.assistance.timeline(person_named(office, "Петров"))
    assert help_.note == "бинты\n20.50 BYN"
    assert office.people.consents(maria) == []


def test_twice_changes_nothing(office: Office) -> None:
    take(office, sheet_of(ROWS))
    before = canonical_dump(office.desk)
    again = look(office, sheet_of(ROWS))
    assert not again.ready
    assert {state for _kind, state in again.counts} == {State.UNCHANGED}
    with pytest.raises(UserError):
        TakingIn(office.desk).carry_out(again, silent)
    assert canonical_dump(office.desk) == before


def test_equal_help_in_another_order_is_the_same_help(office: Office) -> None:
    rows = [("1", "Новак Анна", "1990", "ж", "", "", "Лечение", "01.02.2025", "", note) for note in "вбаг"]
    take(office, sheet_of(rows))
    assert {row.note for row in office.assistance.timeline(person_named(office, "Новак"))} == set("вбаг")
    assert not look(office, sheet_of(rows[::-1])).to_write


def test_while_a_row_has_an_error_nothing_is_taken(office: Office) -> None:
    bad = (*ROWS, ("4", "Сидорова Анна", "31.02.1990", "жэ", "", "", "Лечение", "вчера", "", ""))
    before = content_digest(office.desk, {"setting"})
    plan = look(office, sheet_of(bad))
    assert plan.errors == 1
    assert not plan.ready
    with pytest.raises(UserError):
        TakingIn(office.desk).carry_out(plan, silent)
    assert content_digest(office.desk, {"setting"}) == before
    assert "жэ" in words(plan)
    assert "31.02.1990" in words(plan)
    take(office, sheet_of(bad), Choices(leave_out=True))
    assert len(office.people.find("")) == 3
    # Mended, only what was left out is new.
    mended = (*ROWS, ("4", "Сидорова Анна", "28.02.1990", "ж", "", "", "Лечение", "01.03.2025", "", ""))
    plan = take(office, sheet_of(mended))
    assert (plan.count("person", State.NEW), plan.count("service", State.NEW)) == (1, 1)


def test_what_a_person_said_of_a_word_is_remembered(office: Office) -> None:
    sheet = sheet_of([("7", "Новак Анна", "1990", "жэ", "", "", "", "", "", "")])
    plan = look(office, sheet, person__sex=("жэ", "female"))
    TakingIn(office.desk).carry_out(plan, silent)
    next_year = sheet_of([("8", "Новак Яна", "1991", "жэ", "", "", "", "", "", "")])
    plan = look(office, next_year)
    assert plan.ready
    assert plan.writes[0].values["sex"] == "female"


def test_a_changed_sheet_changes_and_a_changed_record_stays(office: Office) -> None:
    take(office, sheet_of(ROWS))
    ivan, hanna = person_named(office, "Петров"), person_named(office, "Кавалёва")
    names = office.people.identity(hanna)
    office.people.change_identity(hanna, names | {"phone": "by hand"}, sure=True)
    # The sheet says what it said: nothing is asked about what a hand changed.
    same = look(office, sheet_of(ROWS))
    assert {state for _kind, state in same.counts} == {State.UNCHANGED}
    changed = [list(row) for row in ROWS]
    changed[2][5], changed[3][5] = "+375 44 2", "+375 33 3"
    plan = take(office, sheet_of(changed))
    assert plan.count("identity", State.CHANGED) == 1
    assert plan.count("identity", State.KEPT) == 1
    assert office.people.identity(ivan)["phone"] == "+375 44 2"
    assert office.people.identity(hanna)["phone"] == "by hand"
    (clash,) = [row for row in plan.rows if row.clash]
    take(office, sheet_of(changed), Choices(sheet_wins=frozenset({clash.key})))
    assert office.people.identity(hanna)["phone"] == "+375 33 3"
    assert not look(office, sheet_of(changed)).ready


def test_who_was_deleted_here_does_not_come_back(office: Office) -> None:
    take(office, sheet_of(ROWS))
    maria = person_named(office, "Саковіч")
    office.people.delete(maria, "error")
    new_help = (*ROWS, ("1", "Саковіч Марыя", "1986", "ж", "", "", "Лечение", "09.09.2025", "", ""))
    plan = look(office, sheet_of(new_help))
    assert not plan.ready
    assert plan.count("service", State.KEPT) == 3


def test_rows_under_one_number_that_speak_of_two_people_are_named(office: Office) -> None:
    plan = look(
        office,
        sheet_of(
            [
                ("5", "Новак Анна", "1990", "ж", "", "", "", "", "", ""),
                ("5", "Казлоў Пётр", "1990", "ж", "", "", "", "", "", ""),
                ("6", "Яна Лось", "1991", "ж", "", "", "", "", "", ""),
                ("6", "Яна Лось", "1992", "ж", "", "", "", "", "", ""),
            ]
        ),
    )
    assert plan.errors == 4
    told = [row.remarks[-1].words.values["rows"] for row in plan.rows]
    assert told == ["2, 3", "2, 3", "4, 5", "4, 5"]


def test_another_list_that_also_begins_with_one_overwrites_nobody(office: Office) -> None:
    take(office, sheet_of(ROWS))
    other = sheet_of([("1", "Зайцев Олег", "1970", "м", "", "", "", "", "", "")])
    plan = look(office, other)
    assert plan.errors == 1
    taker = TakingIn(office.desk)
    renamed = dataclasses.replace(taker.guess(other), register="2019")
    plan = taker.plan(other, renamed, Choices(), silent)
    assert plan.count("person", State.NEW) == 1


def test_somebody_known_is_shown_and_may_be_said_to_be_her(office: Office) -> None:
    before = office.people.register(
        {"sex": "female", "birth": "1986-03-09"},
        {"names": [{"surname": "Сакович", "given": "Мария", "patronymic": "Ивановна"}]},
        sure=True,
    )
    sheet = sheet_of(ROWS)
    plan = look(office, sheet)
    (row,) = [row for row in plan.rows if row.likely]
    assert row.likely[0].uid == before
    assert plan.count("person", State.NEW) == 3
    same = Choices(same={row.key: before})
    take(office, sheet, same)
    assert len(office.people.find("")) == 3
    assert len(office.assistance.timeline(before)) == 2
    # The answer is remembered: the next time nobody is asked, and nobody is doubled.
    assert not look(office, sheet).to_write


def test_alike_rows_under_two_keys_are_warned_of_and_not_merged(office: Office) -> None:
    rows = [
        ("8", "Саковіч Марыя Іванаўна", "09.03.1986", "ж", "", "", "", "", "", ""),
        ("9", "Сакович Мария Ивановна", "09.03.1986", "ж", "", "", "", "", "", ""),
    ]
    plan = look(office, sheet_of(rows))
    assert plan.ready
    assert plan.count("person", State.NEW) == 2
    assert words(plan).count("2, 3") == 2, words(plan)


def test_a_change_between_looking_and_taking_takes_nothing(office: Office) -> None:
    take(office, sheet_of(ROWS))
    changed = [list(row) for row in ROWS]
    changed[2][5] = "+375 44 2"
    plan = look(office, sheet_of(changed))
    ivan = person_named(office, "Петров")
    office.people.change_identity(ivan, office.people.identity(ivan) | {"phone": "by hand"}, sure=True)
    before = content_digest(office.desk)
    with pytest.raises(UserError):
        TakingIn(office.desk).carry_out(plan, silent)
    assert content_digest(office.desk) == before


def test_it_breaks_in_the_middle_and_nothing_is_there(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = look(office, sheet_of(ROWS))
    before = content_digest(office.desk)
    calls = iter(range(100))

    def failing(*arguments: Any) -> Any:
        if next(calls) == 4:
            raise UserError("stop")
        return put(*arguments)

    monkeypatch.setattr("app.usecases.taking_in.taking.put", failing)
    with pytest.raises(UserError):
        TakingIn(office.desk).carry_out(plan, silent)
    assert content_digest(office.desk) == before


HEAD_CONSENT = (*HEAD[:5], "Согласие координатору")


def test_consents_come_by_their_column_and_an_answer_given_here_counts_more(office: Office) -> None:
    sheet = sheet_of(
        [("1", "Новак Анна", "1990", "ж", "", "да"), ("2", "Лось Яна", "1991", "ж", "", "нет")], HEAD_CONSENT
    )
    taker = TakingIn(office.desk)
    guess = taker.guess(sheet)
    assert "consent.coordinator_identifiable" not in guess.taken.values()
    take(office, sheet)
    anna, yana = person_named(office, "Новак"), person_named(office, "Лось")
    refused = {"scope": "coordinator_identifiable", "state": "refused", "on": "2026-01-01"}
    office.people.set_consent(anna, refused, sure=True)
    seq = {anna: _seq(office, anna), yana: _seq(office, yana)}
    plan = taker.plan(sheet, guess.with_column(5, "consent.coordinator_identifiable"), Choices(), silent)
    taker.carry_out(plan, silent)
    assert [values["state"] for _uid, values in office.people.consents(anna)] == ["refused"]
    assert [values["state"] for _uid, values in office.people.consents(yana)] == ["refused"]
    # What may leave of her has changed, so she travels anew; of the other nothing has.
    assert _seq(office, yana) > seq[yana]
    assert _seq(office, anna) == seq[anna]


def _seq(office: Office, uid: uuid.UUID) -> int:
    with office.desk.store.reading() as session:
        return session.scalars(select(Record.changed_seq).where(Record.uid == uid)).one()


def test_grants_are_recorded_for_their_payments(office: Office) -> None:
    grant = "Реинтеграционный грант (первые три месяца после возвращения)"
    rows = [("1", "Новак Анна", "1990", "ж", "", "", grant, f"0{n}.02.2025", f"{n}00,50 руб.", "") for n in (1, 2)]
    plan = take(office, sheet_of(rows))
    assert words(plan).count("error") == 0, words(plan)
    (balance,) = office.assistance.grants(person_named(office, "Новак"))
    assert (balance.approved, balance.paid, balance.left) == (30_100, 30_100, 0)


def test_ids_tell_nothing_without_the_secret_and_the_file_leaves_no_name(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "реестр-Саковіч-2025.xlsx"
    path.write_bytes(xlsx(ROWS))
    before = path.read_bytes(), path.stat().st_mtime_ns
    taker = TakingIn(office.desk)
    (sheet,) = taker.open(path)
    taker.carry_out(taker.plan(sheet, taker.guess(sheet), Choices(), silent), silent)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert "реестр" not in everything(office.desk)
    other = new_office(tmp_path / "other", "centre", "Филиал", seed=5)
    take(other, sheet_of(ROWS))
    assert not _uids(office) & _uids(other)
    other.lock()


def _uids(office: Office) -> set[uuid.UUID]:
    with office.desk.store.reading() as session:
        assert session.get(Setting, "register_salt") is not None
        return set(session.scalars(select(Record.uid)))


NAMES = st.sampled_from(["Новак Анна", "Novak Anna", "Лось Яна", "Зайцев Олег", "Казлоў Пётр", ""])
CELLS = st.tuples(
    st.sampled_from(["1", "2", "3", ""]),
    NAMES,
    st.sampled_from(["1990", "09.03.1990", "31", "", "32874"]),
    st.sampled_from(["ж", "м", "", "жэ"]),
    st.just(""),
    st.sampled_from(["", "+375 1", "+375 2"]),
    st.sampled_from(["Лечение", "Лечение", "Обед", ""]),
    st.sampled_from(["01.02.2025", "02.02.2025", "2025", ""]),
    st.sampled_from(["", "10", "20,5"]),
    st.sampled_from(["", "а", "б"]),
)


@given(rows=st.lists(CELLS, min_size=1, max_size=9), seed=st.integers(0, 1000))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_sheet_twice_and_in_any_order_is_once(tmp_path_factory: Any, rows: list[Any], seed: int) -> None:
    office = new_office(tmp_path_factory.mktemp("any") / "centre", "centre", "Филиал")
    first = take(office, sheet_of(rows), Choices(leave_out=True))
    before = canonical_dump(office.desk)
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    again = take(office, sheet_of(shuffled), Choices(leave_out=True))
    assert again.to_write == 0, (first.counts, again.counts)
    assert canonical_dump(office.desk) == before
    office.lock()


def test_a_formula_without_a_result_is_told(office: Office) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(HEAD))
    book.active.append(["1", "Новак Анна", "=1980+10", "ж"])
    data = BytesIO()
    book.save(data)
    plan = look(office, sheets_of(data.getvalue())[0])
    assert plan.errors == 1
    assert "formula" in words(plan) or "ормул" in words(plan)
