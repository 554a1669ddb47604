"""HTCDS out and in on real stores: who leaves and how much of her, the audit log, all or nothing, twice is once."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models import AuditEntry
from app.reports.writers import htcds as writer
from app.sync import same
from app.usecases.htcds import OURSELVES, Htcds, Outlook
from app.usecases.partners import Partners
from app.usecases.taking_in import Choices, State
from tests.e2e.desks import Office, canonical_dump, content_digest, new_office, silent

IOM = "iom_belarus"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "coordinator", "coordinator", "Минск")
    parties = [{"agency": IOM, "status": "signed"}, {"agency": "moi", "status": "invited"}]
    Partners(made.desk).save_memorandum({"oblast": "BY-VI", "parties": parties}, new=True, sure=True)
    yield made
    made.lock()


def someone(office: Office, surname: str, *consents: dict[str, str]) -> uuid.UUID:
    """A person with a case and these answers."""
    person = office.people.register(
        {"sex": "female", "birth": "1986-03-09", "oblast": "BY-VI", "citizenships": ["BY"]},
        {"names": [{"kind": "current", "surname": surname, "given": "Марыя"}], "phone": "80291112233"},
        sure=True,
    )
    for consent in consents:
        office.people.set_consent(person, {"on": "2026-03-01", "given_by": "individual", **consent}, sure=True)
    values = {"opened_on": "2026-03-01", "exploitation": ["forced_labour"], "means_of_control": ["debt_bondage"]}
    office.cases.save(person, values, sure=True)
    return person


COUNTED = {"scope": "reporting", "state": "given"}
RELEASED = {"scope": "release_psychosocial", "state": "given", "organisation": IOM}


def rows_of(data: bytes) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[writer.SHEET]
    names = [cell.value for cell in sheet[1]]
    return [
        {name or "": cell.value for name, cell in zip(names, row, strict=True) if cell.value is not None}
        for row in sheet.iter_rows(min_row=3)
    ]


def actions(office: Office) -> list[str]:
    with office.desk.store.reading() as session:
        return list(session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("htcds"))))


def test_only_who_agreed_leaves_and_by_name_only_to_whom_she_named(office: Office) -> None:
    someone(office, "Нямаўская")
    someone(office, "Лічаная", COUNTED)
    someone(office, "Названая", COUNTED, RELEASED)
    someone(office, "Іншая", COUNTED, {**RELEASED, "organisation": "moi"})
    someone(office, "Адкліканая", COUNTED, {**RELEASED, "state": "withdrawn"})
    someone(office, "Скончаная", COUNTED, {**RELEASED, "expires_on": "2026-06-01"})
    someone(office, "Адмовіла", RELEASED, {"scope": "reporting", "state": "refused"})
    data, outlook = Htcds(office.desk).export(IOM, "en")
    assert outlook == Outlook(persons=5, rows=5, named=1, left_out=2)
    rows = rows_of(data)
    assert [row["prs_SecondName"] for row in rows if "prs_SecondName" in row] == ["Названая"]
    bare = [row for row in rows if "prs_SecondName" not in row]
    for row in bare:
        assert set(row) <= {
            "",
            "con_Consent",
            "prs_Gender",
            "prs_Citizenship",
            "vic_TypeOfExploitation",
            "vic_MethodsOfControl",
            "cas_IncomingReferralDate",
        }
    assert sorted(row[""] for row in rows) == ["1", "2", "3", "4", "5"]
    assert actions(office) == [f"htcds_exported {IOM}"] * 5


def test_for_ourselves_a_code_and_no_name(office: Office) -> None:
    person = someone(office, "Названая", COUNTED, RELEASED)
    data, _outlook = Htcds(office.desk).export(OURSELVES, "ru")
    (row,) = rows_of(data)
    assert row[""] == office.people.person(person)["code"]
    assert row["prs_Birthdate"] == "1986"
    assert "Названая" not in repr(row)


def test_who_is_no_party_today_gets_nothing_and_nothing_is_noted(office: Office) -> None:
    someone(office, "Названая", COUNTED, RELEASED)
    use = Htcds(office.desk)
    assert [code for code, _name in use.receivers()] == [IOM]
    for code in ("moi", "other", "gpo"):
        with pytest.raises(UserError):
            use.look(code)
        with pytest.raises(UserError):
            use.export(code, "en")
    assert actions(office) == []


def test_a_centre_writes_none(tmp_path: Path) -> None:
    centre = new_office(tmp_path / "centre", "centre", "Віцебск")
    with pytest.raises(UserError):
        Htcds(centre.desk).export(OURSELVES, "en")
    centre.lock()


def test_one_person_of_two_entries_is_one_person_and_her_no_counts_for_both(office: Office) -> None:
    one, other = someone(office, "Саковіч", COUNTED), someone(office, "Сакович", COUNTED)
    with office.desk.store.transaction() as session:
        same.write(session, office.desk.author(), uuid.uuid4(), (one, other), same.SAME, None, "{}")
    data, outlook = Htcds(office.desk).export(IOM, "en")
    assert (outlook.persons, outlook.rows) == (1, 2)
    assert [row[""] for row in rows_of(data)] == ["1", "1"]
    office.people.set_consent(other, {**COUNTED, "state": "withdrawn", "on": "2026-06-01"}, sure=True)
    with pytest.raises(UserError):
        Htcds(office.desk).export(IOM, "en")


def filled(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "filled.xlsx"
    head = writer.Head("", 0, dt.date(2026, 6, 15), practice=False)
    file.write_bytes(writer.write([(str(at), row) for at, row in enumerate(rows, 1)], head, "en"))
    return file


ROW = {
    "prs_SecondName": "Саковіч",
    "prs_FirstName": "Марыя",
    "prs_Birthdate": "1986",
    "con_Consent": "TRUE",
    "vic_TypeOfExploitation": "ForcedLabour",
    "cas_IncomingReferralDate": "2026-03-01",
}
OTHER_ROW = {**ROW, "prs_SecondName": "Петров", "prs_FirstName": "Олег", "prs_Gender": "Masculine"}


def test_a_filled_workbook_is_taken_in_and_twice_is_once(office: Office, tmp_path: Path) -> None:
    use = Htcds(office.desk)
    opened = use.open(filled(tmp_path, ROW, OTHER_ROW))
    before = content_digest(office.desk, ("setting",))
    plan = use.plan(opened, "IOM 2026", Choices(), silent)
    assert content_digest(office.desk, ("setting",)) == before
    assert (plan.errors, plan.count("person", State.NEW), plan.count("consent", State.NEW)) == (0, 2, 14)
    use.take_in(opened, plan, silent)
    dump = canonical_dump(office.desk)
    people = [office.people.rows([rid])[0] for rid in office.people.find("Саковіч")]
    assert len(people) == 1
    states = {values["scope"]: values["state"] for _uid, values in office.people.consents(people[0].uid)}
    assert states["interview"] == "given"
    assert "reporting" not in states
    again = use.plan(opened, "IOM 2026", Choices(), silent)
    assert not again.ready
    assert canonical_dump(office.desk) == dump


def test_rows_with_problems_are_told_and_nothing_is_taken_in(office: Office, tmp_path: Path) -> None:
    use = Htcds(office.desk)
    bad = {**OTHER_ROW, "prs_Birthdate": "вчера"}
    opened = use.open(filled(tmp_path, ROW, bad))
    plan = use.plan(opened, "IOM", Choices(), silent)
    assert [row.number for row in plan.rows if any(one.weight == "error" for one in row.remarks)] == [4]
    before = canonical_dump(office.desk)
    with pytest.raises(UserError):
        use.take_in(opened, plan, silent)
    assert canonical_dump(office.desk) == before
    done = use.take_in(opened, use.plan(opened, "IOM", Choices(leave_out=True), silent), silent)
    assert done.persons == 1


def test_our_own_file_does_not_come_back_as_other_people(office: Office, tmp_path: Path) -> None:
    someone(office, "Названая", COUNTED)
    file = tmp_path / "own.xlsx"
    file.write_bytes(Htcds(office.desk).export(OURSELVES, "en")[0])
    use = Htcds(office.desk)
    plan = use.plan(use.open(file), "own", Choices(), silent)
    assert plan.errors == 1
    assert not plan.to_write


def test_another_register_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("ФИО;Пол\nСаковіч;ж\n", encoding="utf-8")
    with pytest.raises(UserError, match="HTCDS"):
        Htcds(office.desk).open(file)
