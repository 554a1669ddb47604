"""The list of what the nurse is asked agrees with the forms, the tables and the design; and it can disagree."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tools import fields
from tools.fields import Asked, LeftOut, gaps, read_left_out, read_list

NOWHERE = Path("/nowhere")


def changed(form: str, field: str, /, **values: object) -> list[Asked]:
    """The list with one line altered, or taken out where there are no ``values``."""
    found = []
    for line in read_list():
        if (line.form, line.field) != (form, field):
            found.append(line)
        elif values:
            found.append(dataclasses.replace(line, **values))  # type: ignore[arg-type]  # as named by the test
    assert len(found) < len(read_list()) or found != read_list()
    return found


def test_the_list_the_forms_and_the_tables_agree() -> None:
    assert gaps(read_list(), read_left_out(), NOWHERE) == []


def test_the_design_is_covered() -> None:
    if not fields.DESIGN.is_dir():
        pytest.skip("the design's code lists are not beside this repository")
    assert gaps(read_list(), read_left_out()) == []


def test_what_the_data_model_says_of_leaving_is_listed_so() -> None:
    """Some words of the data model itself, so that list and forms cannot err together."""
    leaves = {(line.form, line.field): line.leaves for line in read_list()}
    assert {leaves["identity", name] for form, name in leaves if form == "identity"} == {"identified"}
    assert {leaves["attachment", name] for form, name in leaves if form == "attachment"} == {"identified"}
    for name in ("pregnancy_status", "suicide_risk", "wounds_body_sites", "hiv_test_offered", "pep_offered"):
        assert leaves["medical", name] == "never"
    assert leaves["person", "birth"] == "identified"
    assert leaves["person", "birth_year"] == leaves["person", "oblast"] == "always"
    assert leaves["person", "pregnant_at_intake"] == leaves["psychological", "psych_notes"] == "never"
    assert leaves["service", "note"] == "identified"
    assert leaves["grant_payment", "amount"] == leaves["consent", "state"] == "always"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (changed("need", "goal"), "need.goal is asked and not listed"),
        (changed("service", "note"), "general.note is asked and not listed"),
        (changed("psychological", "note"), "psychological.note leaves never, and is listed as identified"),
        (changed("medical", "medicines.medicine_dose"), "medical.medicines.medicine_dose is asked and not listed"),
        (changed("legal", "lawyer", leaves="always"), "legal.lawyer leaves identified, and is listed as always"),
        (changed("journey", "escort", field="guide"), "journey.guide is listed and not asked"),
        (changed("journey", "escort", form="trip"), "trip is no form"),
        (changed("need", "due", columns=()), "column need.due is in a table and comes from no listed field"),
        (changed("need", "due", columns=("need.by",)), "column need.by is listed and is in no table"),
        ([*read_list(), read_list()[0]], "person.code is listed twice"),
    ],
)
def test_a_gap_is_found(lines: list[Asked], words: str) -> None:
    assert [gap for gap in gaps(lines, read_left_out(), NOWHERE) if gap.startswith(words)]


@pytest.mark.parametrize(
    ("lines", "left_out", "words"),
    [
        (changed("medical", "pulse", clinical=()), read_left_out(), "clinical: pulse is not listed"),
        (
            changed("medical", "pulse", clinical=("pulse", "aura")),
            read_left_out(),
            "clinical: aura is listed and unk",
        ),
        (changed("person", "sex", htcds=()), read_left_out(), "htcds: prs_Gender is not listed"),
        (
            read_list(),
            [*read_left_out(), LeftOut("htcds", "prs_Gender", "no")],
            "htcds: prs_Gender is recorded and yet",
        ),
        (
            read_list(),
            [*read_left_out(), LeftOut("htcds", "prs_Shoe", "no")],
            "htcds: prs_Shoe is listed and unknown",
        ),
        (
            read_list(),
            [LeftOut(one.source, one.name, " ") for one in read_left_out()],
            "model: Agency is left out wi",
        ),
        (read_list(), [one for one in read_left_out() if one.source != "model"], "model: Agency is not listed"),
        (
            [line for line in read_list() if line.form != "need"],
            read_left_out(),
            "model: Need and plan is not listed",
        ),
    ],
)
def test_what_the_design_asks_and_nobody_records_is_found(
    lines: list[Asked], left_out: list[LeftOut], words: str
) -> None:
    if not fields.DESIGN.is_dir():
        pytest.skip("the design's code lists are not beside this repository")
    assert [gap for gap in gaps(lines, left_out) if gap.startswith(words)]


def test_the_command_prints_the_table_and_fails_on_a_gap(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert fields.main() == 0
    told = capsys.readouterr().out
    assert "grant_payment.amount" in told
    assert " 0 gaps" in told
    monkeypatch.setattr(fields, "read_list", lambda: changed("need", "goal"))
    assert fields.main() == 1
    assert "GAP need.goal is asked and not listed" in capsys.readouterr().out
