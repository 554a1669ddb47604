"""A sheet of HTCDS 2.0 as rows of a register, which are then taken in like any other register.

Nothing that a row says is lost: what has no place in our forms, and words that mean nothing to us, stand in the note
on the case. What is not known is not made up: a case needs the day of the referral.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final

from app.codelists import ConsentScope
from app.forms import code as case_code
from app.forms import personal_number
from app.forms.case import CASE
from app.forms.text import clean_line
from app.i18n import N_
from app.sheets import dates
from app.sheets.codes import find_code
from app.sheets.htcds_columns import Found, columns
from app.sheets.htcds_values import SEX_SCHEME, choices, code_of, country_of, truth
from app.sheets.rows import SheetRow, Skipped, Weight
from app.sheets.table import Sheet, Words

SEVEN: Final = (
    ConsentScope.INTERVIEW,
    ConsentScope.PURPOSE_INFORMED,
    ConsentScope.USE_INFORMED,
    ConsentScope.ACCESS_RIGHT_INFORMED,
    ConsentScope.STORAGE_TIME_INFORMED,
    ConsentScope.WITHDRAWAL_INFORMED,
    ConsentScope.RESEARCH_INFORMED,
)
"""The seven questions behind the one box ``con_Consent``: it is ticked only where each was answered with yes."""
CROSSED: Final = N_(
    "In this form five columns of the address have a hidden name that is not the one that is seen. The address was "
    "read by what its columns hold."
)
_ONE: Final[Mapping[str, tuple[str, str, str]]] = {
    "prs_Gender": ("person", "sex", "sex"),
    "prs_MaritalStatus": ("person", "marital_status", "marital_status"),
    "prs_HighestLevelOfEducation": ("person", "education", "education"),
    "vic_TraffickingStatus": ("case", "formal_status", "formal_status"),
    "vic_TraffickingStatusDecisionMakingOrg": ("case", "decided_by", "decided_by"),
    "cas_Status": ("case", "status", "case_status"),
    "cas_ReasonForCaseClosure": ("case", "closure_reason", "closure_reasons"),
    "cas_ReferringOrganisation": ("case", "referring_agency", "agencies"),
}
_SEVERAL: Final[Mapping[str, tuple[str, str, str]]] = {
    "prs_Citizenship": ("person", "citizenships", "countries"),
    "vic_MethodOfRecruitment": ("case", "recruitment", "recruitment_methods"),
    "vic_MethodsOfControl": ("case", "means_of_control", "means_of_control"),
    "vic_TypeOfExploitation": ("case", "exploitation", "exploitation_types"),
    "vic_TypeOfSexExploitation": ("case", "exploitation", "exploitation_types"),
    "vic_ForcedLabourIndustry": ("case", "labour_sectors", "labour_sectors"),
    "vic_RelationshipToTrafficker": ("case", "recruiter", "recruiter_relations"),
    "vic_RecruitmentWebsitesAndApps": ("case", "platforms", "platforms"),
    "hte_Country": ("case", "exploitation_countries", "countries"),
}
_NAMES: Final = {"prs_SecondName": "surname", "prs_FirstName": "given", "prs_MiddleName": "patronymic"}
_TEXTS: Final = {"prs_Email": ("identity", "email"), "cas_CaseOwner": ("case", "case_worker")}
_NUMBERS: Final = {"prs_NumberOfChildren": ("person", "children"), "vic_AgeWhenTrafficked": ("case", "age_at_start")}
_ADDRESS: Final = ("prs_MailingStreet", "prs_MailingCity", "prs_MailingState", "prs_MailingPostalCode")
_READ_APART: Final = frozenset(
    {
        *_NAMES,
        *_ADDRESS,
        "prs_MailingCountry",
        "prs_Birthdate",
        "prs_HomePhone",
        "prs_MobilePhone",
        "prs_IdentityNumber",
        "con_Consent",
        "cas_IncomingReferralDate",
        "cas_ReasonForIncomingReferral",
        "hte_Type",
    }
)
_UNKNOWN: Final = N_("“{text}” is not known here. It stands in the note on the case.")
_IN_NOTE: Final = N_("There is no place of its own for this. It stands in the note on the case: {text}.")
_NO_DATE: Final = N_("“{text}” is not a date with a year.")
_NO_CASE_DAY: Final = N_(
    "The day of the incoming referral is missing, and with it the day on which the case was opened. Write it, or the "
    "year alone, into the sheet."
)
_HERE: Final = N_("This row comes from this very register: the person is recorded here already. Leave the row out.")
_NO_ONE: Final = N_("Neither a name nor a number says who this is.")
_CELL: Final = N_("A formula without a result, or an error of the sheet, stands here. Mend it in the sheet.")
_LABELS: Final = {column.name: column.label for column in columns()}


def read_rows(
    sheet: Sheet, found: Found, today: dt.date, codes_here: Collection[str] = ()
) -> tuple[list[SheetRow], Skipped]:
    """All rows that say something. ``codes_here`` are the case codes of this store: whoever has one is known."""
    rows = []
    for at in range(found.head + 1, len(sheet.rows)):
        reader = _Reader(sheet, at, found, today)
        if reader.says_something:
            rows.append(reader.row(codes_here))
    return rows, Skipped(0, 0)


def codes_in(sheet: Sheet, found: Found) -> set[str]:
    """The case codes that stand before the rows of a file that this program wrote."""
    return {code for row in sheet.rows[found.head + 1 :] if (code := _code_before(row, found))}


def _code_before(row: tuple[str, ...], found: Found) -> str:
    """The workbook numbers its rows in an unnamed first column; a case code stands there where we wrote the file."""
    if 0 in found.columns.values() or not row:
        return ""
    code = case_code.normalise(row[0])
    return code if case_code.is_valid(code) else ""


class _Reader:
    """Reads one row."""

    def __init__(self, sheet: Sheet, at: int, found: Found, today: dt.date) -> None:
        self._row = SheetRow(at + 1)
        self._today = today
        self._base_1904 = sheet.base_1904
        self._note: list[str] = []
        self._cells: dict[str, str] = {}
        for name, column in found.columns.items():
            if (at, column) in sheet.odd:
                self._row.error("", _CELL)
                self._cells[name] = ""
            elif column < len(sheet.rows[at]) and (text := sheet.rows[at][column].strip()):
                self._cells[name] = text
        self._code = _code_before(sheet.rows[at], found)

    @property
    def says_something(self) -> bool:
        """Does it say more than its number? The workbook has a thousand numbered empty rows."""
        return bool(self._cells)

    def row(self, codes_here: Collection[str]) -> SheetRow:
        """The whole row with everything that is to be said of it."""
        self._who()
        for name, text in self._cells.items():
            self._answer(name, text)
        self._birth_and_place()
        self._referral()
        if truth(self._cells.get("con_Consent", "")):
            self._row.consents = {scope.value: "given" for scope in SEVEN}
        self._finish()
        if self._code and self._code in codes_here:
            self._row.error("", _HERE)
        return self._row

    def _who(self) -> None:
        row, cells = self._row, self._cells
        form = {part: clean_line(cells[name]) for name, part in _NAMES.items() if cells.get(name)}
        if form:
            row.names.append(form)
        if self._code:
            row.own_number = self._code.lower()
        if number := personal_number.normalise(cells.get("prs_IdentityNumber", "")):
            self._put("identity", "personal_number", number)
        if not form and not self._code and not number:
            row.error("", _NO_ONE)

    def _answer(self, name: str, text: str) -> None:
        """One cell as an answer; what is no answer of ours goes into the note."""
        if name in _ONE:
            kind, field, codes = _ONE[name]
            value = code_of(codes, text)
            if value is None and name in ("cas_ReasonForCaseClosure", "cas_ReferringOrganisation"):
                self._remember(name, text)  # free text in the standard
            elif value is None:
                self._unknown(name, text)
            else:
                self._put(kind, field, value)
        elif name in _SEVERAL:
            self._choices(name, text)
        elif name in _TEXTS:
            self._put(*_TEXTS[name], clean_line(text))
        elif name in _NUMBERS:
            if text.isdecimal():
                self._put(*_NUMBERS[name], int(text))
            else:
                self._unknown(name, text)
        elif name == "cco_CaseComment":
            self._note.insert(0, text)
        elif name not in _READ_APART and text:
            self._remember(name, text)

    def _choices(self, name: str, text: str) -> None:
        kind, field, codes = _SEVERAL[name]
        scheme = SEX_SCHEME if name == "vic_TypeOfSexExploitation" else "htcds"
        known = list(self._row.parts.get(kind, {}).get(field, []))
        for choice in choices(text):
            code = country_of(choice) if codes == "countries" else code_of(codes, choice, scheme)
            if code is None:
                self._unknown(name, choice)
            elif code not in known:
                known.append(code)
        if known:
            self._put(kind, field, known)

    def _birth_and_place(self) -> None:
        cells = self._cells
        if text := cells.get("prs_Birthdate"):
            birth, told = dates.read_birth(text, self._today, self._today, base_1904=self._base_1904)
            self._row.tell("person.birth", told)
            if birth is None:
                self._row.error("person.birth", _NO_DATE, text=text)
            else:
                self._put("person", "birth", birth)
        phones = [clean_line(cells[name]) for name in ("prs_MobilePhone", "prs_HomePhone") if cells.get(name)]
        if phones:
            self._put("identity", "phone", "; ".join(dict.fromkeys(phones)))
        country = cells.get("prs_MailingCountry", "")
        oblast = find_code("oblasts", cells.get("prs_MailingState", ""))
        if oblast:
            self._put("person", "oblast", oblast)
        parts = [cells[name] for name in _ADDRESS if cells.get(name) and not (name == "prs_MailingState" and oblast)]
        if country and (country_of(country) != "BY" or not oblast):
            parts.append(country)
        if parts:
            self._put("identity", "address", clean_line(", ".join(parts)))

    def _referral(self) -> None:
        """The day of the referral is also the nearest that the standard has to the day on which a case was opened."""
        text = self._cells.get("cas_IncomingReferralDate", "")
        reason = self._cells.get("cas_ReasonForIncomingReferral", "")
        if reason:
            self._put("case", "referral_reason", clean_line(reason))
        if text:
            day, told = dates.read_date(text, self._today, base_1904=self._base_1904)
            self._row.tell("case.opened_on", told)
            if day is None:
                self._row.error("case.opened_on", _NO_DATE, text=text)
                return
            self._put("case", "opened_on", day)
        if reason or self._cells.get("cas_ReferringOrganisation"):
            # Somebody sent her; the standard does not say what kind of body it was.
            self._put("case", "referral_source", "other")
            if text:
                self._put("case", "referred_on", day)

    def _finish(self) -> None:
        if "case" in self._row.parts or self._note:
            self._irrelevant()
            if self._note:
                self._put("case", "case_note", "\n".join(self._note))
            if "opened_on" not in self._row.parts["case"] and not self._row.has_error:
                self._row.error("case.opened_on", _NO_CASE_DAY)

    def _irrelevant(self) -> None:
        """What our form would not ask beside the other answers (a sector of work without forced labour) is kept."""
        values = self._row.parts.get("case", {})
        written = {field: name for name, (_kind, field, _codes) in (*_ONE.items(), *_SEVERAL.items())}
        for field in CASE.fields:
            name = written.get(field.name)
            if name and field.name in values and field.relevant is not None and not field.relevant(values):
                del values[field.name]
                self._remember(name, self._cells[name])

    def _put(self, kind: str, field: str, value: Any) -> None:  # Any: a plain value of any kind of field
        self._row.parts.setdefault(kind, {})[field] = value

    def _unknown(self, name: str, text: str) -> None:
        self._note.append(f"{_LABELS[name]}: {text}")
        self._row.tell("", [Words(_UNKNOWN, {"text": text})], Weight.WARNING)

    def _remember(self, name: str, text: str) -> None:
        self._note.append(f"{_LABELS[name]}: {text}")
        self._row.tell("", [Words(_IN_NOTE, {"text": _LABELS[name]})])
