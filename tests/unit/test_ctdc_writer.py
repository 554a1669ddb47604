"""The summary after CTDC: their names for our codes, hidden places in words, and nothing about one person."""

from __future__ import annotations

import csv
import io

from app.reports.table import Audience, Axis, Measure, Scope, Shown, Told, Why
from app.reports.writers import ctdc
from tests.unit.test_xlsx_writer import pack_of

SCOPE = Scope("2026-01", "2026-03")


def told(dimension: str, cells: dict[str, Shown], measure: Measure = Measure.PERSONS) -> Told:
    rows = Axis(dimension, tuple(cells), adds_up=False)
    return Told("x", measure, SCOPE, Audience.PUBLIC, {(key, ""): one for key, one in cells.items()}, rows)


def lines(*tables: Told) -> list[list[str]]:
    data = ctdc.write(pack_of(*tables, audience=Audience.PUBLIC), "en")
    found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    return found[found.index(list(ctdc.HEAD)) + 1 :]


def test_our_codes_stand_under_their_columns() -> None:
    found = lines(
        told("sex", {"female": Shown(40), "male": Shown(why=Why.SMALL), "": Shown(10)}),
        told("age", {"9-17": Shown(15)}),
        told("citizenship", {"BY": Shown(50)}),
        told("means", {"restricts_movement": Shown(25), "unknown": Shown(10)}),
        told("form", {"forced_begging": Shown(10), "child_sexual_abuse_related": Shown(20)}),
        told("relation", {"parent": Shown(10), "relative": Shown(15)}),
        told("group", {"medical": Shown(30)}),
        told("sex", {"female": Shown(99)}, Measure.SERVICES),
    )
    assert found == [
        ["gender", "Female", "Female", "40"],
        ["gender", "Male", "Male", "hidden, so that nobody can be recognised"],
        ["gender", "-99", "not known", "10"],
        ["ageBroad", "9--17", "9–17 years", "15"],
        ["citizenship", "BY", "Belarus", "50"],
        ["meansOfControlRestrictsMovement", "1", "Restricts movement, isolates", "25"],
        ["typeOfLabourBegging", "1", "Forced begging", "10"],
        ["recruiterRelationFamily", "1", "Parent or guardian", "10"],
        ["recruiterRelationFamily", "1", "Other relative", "15"],
    ]
