"""HTCDS 2.0 read and written: the official workbooks, and each known defect of them both ways."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from app import codelists
from app.i18n import set_language
from app.reports.writers import htcds as writer
from app.reports.writers.htcds_row import Detail, Someone, fields_of, given_scopes
from app.sheets.htcds import SEVEN, read_rows
from app.sheets.htcds_columns import Found, columns, find
from app.sheets.htcds_values import choices, code_of, values_of
from app.sheets.opening import sheets_of
from app.sheets.rows import SheetRow
from app.sheets.table import Sheet, rectangle

TODAY: Final = dt.date(2026, 6, 15)
OFFICIAL: Final = Path(__file__).parents[3] / "shared" / "vectors" / "htcds"
PLAIN: Final = OFFICIAL / "HTCDS Excel Spreadsheet v2.0.xlsx"
VALIDATED: Final = OFFICIAL / "HTCDS Excel Spreadsheet single select with validation v2.0.xlsx"
official = pytest.mark.skipif(
    not PLAIN.exists(), reason="IOM's workbooks (CC BY 4.0) are not kept in this repository"
)
HEAD: Final = writer.Head("IOM", 0, TODAY, practice=False)


def sheet_of(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("Case Sheet", rectangle([*rows]))


def one_row(head: Mapping[str, str]) -> SheetRow:
    """A sheet of one row, with names as headings."""
    whole = {"prs_SecondName": "Іваноўская", "prs_FirstName": "Марыя", "prs_Gender": "", "cas_Status": "", **head}
    sheet = sheet_of(("", *whole), ("1", *whole.values()))
    found = find(sheet)
    assert found is not None
    (row,), _skipped = read_rows(sheet, found, TODAY)
    return row


def case(**values: Any) -> dict[str, Any]:
    return fields_of(Someone("K7M4-29Q", {}, {}, values, Detail.NAMED))


def with_case(**head: str) -> dict[str, Any]:
    return one_row({"cas_IncomingReferralDate": "2026-03-09", **head}).parts["case"]


def workbook(path: Path) -> Any:
    """One of the official workbooks. (openpyxl warns that it drops their validation.)"""
    with warnings.catch_warnings(action="ignore"):
        return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def filled(path: Path, rows: list[dict[str, str | dt.date]], *, by_label: bool = True) -> Sheet:
    """The official workbook, filled under the labels that a person sees, or under the hidden names."""
    book = workbook(path)
    sheet = book.worksheets[0]
    labels = {column.name: column.label for column in columns()}
    seen = {sheet.cell(2, at).value: at for at in range(2, 40)}
    hidden = {sheet.cell(1, at).value: at for at in range(2, 40)}
    for number, fields in enumerate(rows, 3):
        for name, value in fields.items():
            at = seen[labels[name]] if by_label else hidden[next(c.spelt for c in columns() if c.name == name)]
            sheet.cell(number, at, value)
    file = io.BytesIO()
    book.save(file)
    return sheets_of(file.getvalue())[0]


PEOPLE: Final[list[dict[str, str | dt.date]]] = [
    {
        "prs_FirstName": "Марыя",
        "prs_SecondName": "Іваноўская",
        "con_Consent": "TRUE",
        "prs_Birthdate": dt.date(1986, 3, 9),
        "prs_Gender": "Feminine",
        "prs_Citizenship": "Moldova, Republic of",
        "prs_Email": "m@example.org",
        "prs_MobilePhone": "+375 29 1",
        "prs_MailingStreet": "Сонечная 5",
        "prs_MailingCity": "Полацк",
        "prs_MailingState": "Vitebsk oblast",
        "prs_MailingPostalCode": "211400",
        "prs_MailingCountry": "Belarus",
        "vic_TraffickingStatus": "Possible victim of trafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "Court or prosecution",
        "vic_MethodOfRecruitment": "Through friends or social events",
        "vic_MethodsOfControl": "Debt bondage ",
        "vic_TypeOfExploitation": "Forced labour",
        "vic_ForcedLabourIndustry": "Water supply; sewerage, waste management and remediation",
        "cas_Status": "Follow up",
        "cas_IncomingReferralDate": dt.date(2026, 3, 9),
        "cas_ReasonForIncomingReferral": "Additional Services Required",
        "vic_LocationOfExploitation": "a farm",
    },
    {
        "prs_FirstName": "Oleg",
        "prs_SecondName": "Petrov",
        "prs_Gender": "Masculine",
        "cas_IncomingReferralDate": dt.date(2026, 4, 1),
        "vic_MethodsOfControl": "PhysicalThreats; DebtBondage ;Other",
        "vic_TypeOfExploitation": "SexualExploitation;ForcedBegging",
        "vic_TypeOfSexExploitation": "Prostitution;Remote Interactive Services",
    },
]


@official
@pytest.mark.parametrize("path", [PLAIN, VALIDATED])
@pytest.mark.parametrize("by_label", [True, False])
def test_the_official_workbook_filled_reads_back_equal(path: Path, by_label: bool) -> None:
    sheet = filled(path, PEOPLE, by_label=by_label)
    found = find(sheet)
    assert found is not None
    assert found.crossed
    rows, _skipped = read_rows(sheet, found, TODAY)
    assert [row.has_error for row in rows] == [False, False]
    first, second = rows
    assert first.names == [{"surname": "Іваноўская", "given": "Марыя"}]
    assert first.parts["person"] == {
        "sex": "female",
        "birth": "1986-03-09",
        "citizenships": ["MD"],
        "oblast": "BY-VI",
    }
    assert first.parts["identity"] == {
        "email": "m@example.org",
        "phone": "+375 29 1",
        "address": "Сонечная 5, Полацк, 211400",
    }
    assert first.parts["case"] == {
        "formal_status": "possible",
        "decided_by": "court_or_prosecution",
        "recruitment": ["friends"],
        "means_of_control": ["debt_bondage"],
        "exploitation": ["forced_labour"],
        "labour_sectors": ["E"],
        "status": "FollowUp",
        "opened_on": "2026-03-09",
        "referred_on": "2026-03-09",
        "referral_source": "other",
        "referral_reason": "Additional Services Required",
        "case_note": "Location of Exploitation: a farm",
    }
    assert set(first.consents) == set(SEVEN)
    assert second.parts["case"]["means_of_control"] == ["threats_to_person", "debt_bondage", "other"]
    assert second.parts["case"]["exploitation"] == [
        "sexual_exploitation",
        "forced_begging",
        "sex_prostitution",
        "sex_remote_interactive",
    ]
    assert not second.consents


@official
def test_ours_has_the_columns_of_the_official_workbook_but_for_its_defects() -> None:
    theirs = workbook(VALIDATED).worksheets[0]
    ours = openpyxl.load_workbook(io.BytesIO(writer.write([], HEAD, "en"))).worksheets[0]
    assert ours.title == theirs.title
    names = [(ours.cell(1, at).value, theirs.cell(1, at).value) for at in range(1, 40)]
    assert [pair for pair in names if pair[0] != pair[1]] == [("cas_ReasonForOutgoingReferral", None)]
    labels = [(ours.cell(2, at).value, theirs.cell(2, at).value) for at in range(1, 40)]
    assert sorted(one for one, other in labels if one != other) == sorted(
        ["Mailing City", "Mailing Country", "Mailing Street", "Mailing Zip/Postal Code"]
    )


@official
def test_every_value_of_the_workbooks_lists_is_understood() -> None:
    sheet = workbook(VALIDATED)["validation"]
    lists = {
        "B": "sex",
        "E": "countries",
        "F": "recruitment_methods",
        "G": "means_of_control",
        "H": "exploitation_types",
        "I": "labour_sectors",
        "L": "case_status",
        "O": "formal_status",
        "P": "decided_by",
    }
    for letter, name in lists.items():
        words = [cell.value for cell in sheet[letter][3:] if cell.value]
        assert words
        unknown = [word for word in words if choices(word) and code_of(name, choices(word)[0]) is None]
        assert not unknown, name
        assert all(len(choices(word)) == 1 for word in words), name


def test_what_we_write_reads_back_equal() -> None:
    person: dict[str, Any] = {
        "sex": "female",
        "birth": "1986-03-09",
        "citizenships": ["BY", "RU"],
        "education": "higher",
    }
    person |= {"marital_status": "partnership", "children": 2, "oblast": "BY-VI"}
    identity = {"names": [{"surname": "=Іваноўская", "given": "Марыя", "patronymic": "Янаўна"}], "phone": "8029"}
    told = {
        "opened_on": "2026-03",
        "status": "Closed",
        "closure_reason": "left_area",
        "formal_status": "actual",
        "decided_by": "police",
        "exploitation": ["sexual_exploitation", "forced_labour", "sex_pornography"],
        "labour_sectors": ["A", "T"],
        "means_of_control": ["takes_earnings", "withholds_documents"],
        "recruitment": ["online_social", "work"],
        "platforms": ["telegram", "tiktok"],
        "recruiter": ["stranger"],
        "age_at_start": 23,
        "exploitation_countries": ["RU", "PL"],
    }
    someone = Someone("K7M4-29Q", person, identity, told, Detail.NAMED, [scope.value for scope in SEVEN])
    data = writer.write([("1", fields_of(someone))], HEAD, "ru")
    assert not any(
        cell.data_type == "f" for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet for cell in row
    )
    sheet = sheets_of(data)[0]
    found = find(sheet)
    assert isinstance(found, Found)
    assert not found.crossed
    (row,), _skipped = read_rows(sheet, found, TODAY)
    assert row.parts["person"] == person
    assert row.parts["identity"] == {"phone": "8029"}
    assert row.names == identity["names"]
    assert row.parts["case"] == told
    assert set(row.consents) == set(SEVEN)


def test_restricted_movement_and_forced_criminality_leave_as_other() -> None:
    fields = case(means_of_control=["restricts_movement", "other"], exploitation=["forced_criminality"])
    assert fields["vic_MethodsOfControl"] == "Other"
    assert fields["vic_TypeOfExploitation"] == "Other"
    assert with_case(vic_MethodsOfControl="RestrictsMovement")["means_of_control"] == ["restricts_movement"]
    assert with_case(vic_MethodsOfControl="MethodsOfControlRestrictsMovement;Other")["means_of_control"] == [
        "restricts_movement",
        "other",
    ]
    assert with_case(vic_TypeOfExploitation="Forced criminality")["exploitation"] == ["forced_criminality"]


def test_debt_bondage_comes_with_a_blank_and_leaves_without() -> None:
    assert with_case(vic_MethodsOfControl="DebtBondage ")["means_of_control"] == ["debt_bondage"]
    assert case(means_of_control=["debt_bondage"])["vic_MethodsOfControl"] == "DebtBondage"


def test_unaquainted_is_kept_and_understood_in_both_spellings() -> None:
    assert case(recruiter=["stranger"])["vic_RelationshipToTrafficker"] == "Unaquainted"
    for text in ("Unaquainted", "Unacquainted", "unacquainted "):
        assert with_case(vic_RelationshipToTrafficker=text)["recruiter"] == ["stranger"]
    assert with_case(vic_RelationshipToTrafficker="Familial")["recruiter"] == ["relative"]


def test_names_of_the_survey_form_are_understood() -> None:
    sheet = sheet_of(
        ("prs_First_Name", "prs_Second_Name", "vic_Methods_of_Control", "cas_Incoming_Referral_Date", "prs_Gender"),
        ("Марыя", "Іваноўская", "FalsePromises", "2026-03-09", "Feminine"),
    )
    found = find(sheet)
    assert found is not None
    (row,), _skipped = read_rows(sheet, found, TODAY)
    assert row.names == [{"surname": "Іваноўская", "given": "Марыя"}]
    assert row.parts["case"]["means_of_control"] == ["false_promises"]


def test_a_title_labelled_second_name_is_no_surname() -> None:
    sheet = sheet_of(
        ("prs_FirstName", "prs_SecondName", "prs_Title", "prs_Gender"),
        ("First Name", "Second Name", "Second Name", "Gender"),
        ("Марыя", "Іваноўская", "Dr", "Feminine"),
    )
    found = find(sheet)
    assert found is not None
    (row,), _skipped = read_rows(sheet, found, TODAY)
    assert row.names == [{"surname": "Іваноўская", "given": "Марыя"}]


def test_one_box_is_ticked_only_for_seven_answers() -> None:
    seven = [{"scope": scope.value, "state": "given"} for scope in SEVEN]
    someone = Someone("c", {}, {}, {}, Detail.BARE, given_scopes(seven, TODAY))
    assert fields_of(someone)["con_Consent"] == "TRUE"
    run_out = [*seven[1:], {**seven[0], "expires_on": "2026-06-14"}]
    for consents in (seven[1:], run_out, [*seven[1:], {**seven[0], "state": "withdrawn"}]):
        someone = Someone("c", {}, {}, {}, Detail.BARE, given_scopes(consents, TODAY))
        assert fields_of(someone)["con_Consent"] == "FALSE"


def test_without_a_release_nothing_says_who_she_is() -> None:
    person = {"sex": "female", "birth": "1986-03-09", "birth_year": 1986, "oblast": "BY-VI", "raion": "BY-VI-x"}
    identity = {
        "names": [{"surname": "Іваноўская"}],
        "phone": "8029",
        "address": "Полацк",
        "personal_number": "4090386A",
    }
    told = {"opened_on": "2026-03-09", "case_worker": "Тамара", "case_note": "Яна", "referral_reason": "Яна"}
    for detail in (Detail.OWN, Detail.BARE):
        text = repr(fields_of(Someone("K7M4-29Q", person, identity, told, detail)))
        assert not re.search("Іван|8029|Пола|40903|Тамара|Яна|1986-|BY-VI|Vitebsk|K7M4", text)
    assert "1986" not in repr(fields_of(Someone("K7M4-29Q", person, identity, told, Detail.BARE)))
    named = repr(fields_of(Someone("K7M4-29Q", person, identity, told, Detail.NAMED)))
    assert "Іваноўская" in named
    assert "Яна" not in named


def test_what_has_no_place_and_unknown_words_stand_in_the_note() -> None:
    row = one_row(
        {
            "cas_IncomingReferralDate": "2026-03-09",
            "prs_Salutation": "Ms",
            "vic_MethodsOfControl": "Hypnosis;FalsePromises",
            "vic_ForcedLabourIndustry": "F_Construction",
            "cas_ReasonForCaseClosure": "she moved",
            "cas_ReferringOrganisation": "A partner abroad",
        }
    )
    note = row.parts["case"]["case_note"].split("\n")
    assert "Salutation: Ms" in note
    assert "Methods of Control: Hypnosis" in note
    assert "Forced Labour Industry: F_Construction" in note
    assert "Reason for Case Closure: she moved" in note
    assert "Referring Organisation: A partner abroad" in note
    assert row.parts["case"]["means_of_control"] == ["false_promises"]
    assert not row.has_error


def test_a_case_without_a_day_is_refused_in_words() -> None:
    set_language("en")
    row = one_row({"vic_TypeOfExploitation": "ForcedLabour"})
    assert row.has_error
    assert "incoming referral is missing" in row.remarks[-1].words.sentence()
    assert not one_row({"prs_Gender": "Feminine"}).has_error


def test_a_row_without_a_name_is_refused_unless_it_has_a_code() -> None:
    assert one_row({"prs_SecondName": "", "prs_FirstName": "", "prs_Gender": "Feminine"}).has_error


def test_several_choices_are_joined_by_semicolons() -> None:
    assert case(recruitment=["work", "family"])["vic_MethodOfRecruitment"] == "AtWork;ThroughFamilyOrFamilyEvents"
    assert choices(" A_AgricultureForestryAndFishing ; F_Construction;") == [
        "A_AgricultureForestryAndFishing",
        "F_Construction",
    ]


@pytest.mark.parametrize(
    "name",
    ["means_of_control", "exploitation_types", "recruitment_methods", "labour_sectors", "sex", "formal_status"],
)
def test_every_code_leaves_as_something_or_is_no_answer(name: str) -> None:
    silent = {"unknown", "declined", "not_specified", "child_sexual_abuse_related"}
    for code in set(codelists.get(name).codes) - silent:
        assert values_of(name, [code]) or values_of(name, [code], "htcds_sex"), code
