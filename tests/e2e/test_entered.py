"""Entered figures in a real store: kept with their source, refused where two speak of one month, counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.models import AuditEntry, EnteredFigure
from app.reports.table import Scope
from app.usecases.entered import EnteredFigures, Figure, keys_of
from app.usecases.packs import Packs
from app.usecases.statistics_question import Question
from tests.e2e.desks import Office, count_of, new_office

BEFORE = Figure("assisted_before", "", "", "2002-09", "2006-12", 1125, "Отчёт МОМ, 2007")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "office", "coordinator", "Минск")
    yield made
    made.lock()


@pytest.fixture
def figures(office: Office) -> EnteredFigures:
    return EnteredFigures(office.desk)


@pytest.mark.parametrize(
    ("first", "last"), [("2006-12", "2007-06"), ("", "2002-09"), ("2003-01", "2004-01"), ("", "2030-12")]
)
def test_overlapping_periods_are_refused(figures: EnteredFigures, office: Office, first: str, last: str) -> None:
    figures.save(BEFORE)
    with pytest.raises(UserError, match="Overlapping periods") as refused:
        figures.save(replace(BEFORE, first=first, last=last))
    assert "09.2002" in refused.value.sentence()
    assert count_of(office.desk, EnteredFigure) == 1


def test_one_without_a_beginning_overlaps_all_before_its_end(figures: EnteredFigures) -> None:
    figures.save(replace(BEFORE, first=""))
    with pytest.raises(UserError, match="Overlapping"):
        figures.save(replace(BEFORE, first="1999-01", last="1999-12"))
    figures.save(replace(BEFORE, first="2007-01", last="2016-07"))


@pytest.mark.parametrize(
    "change", [{"key": "forced_labour"}, {"area": "BY-VI"}, {"first": "2007-01", "last": "2016-07"}]
)
def test_another_part_another_area_and_other_months_stand_beside(
    figures: EnteredFigures, change: dict[str, Any]
) -> None:
    figures.save(BEFORE)
    figures.save(replace(BEFORE, **change))
    assert len(figures.list()) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"code": "no_such"},
        {"code": ""},
        {"key": "female"},
        {"area": "BY-XX"},
        {"last": ""},
        {"last": "2006"},
        {"first": "2007-01"},
        {"value": -1},
        {"value": 2**41},
        {"source": " \n "},
        {"source": "x" * 600},
    ],
)
def test_what_cannot_be_right_is_refused_in_words(figures: EnteredFigures, change: dict[str, Any]) -> None:
    with pytest.raises(UserError) as refused:
        figures.save(replace(BEFORE, **change))
    assert refused.value.sentence()
    assert figures.list() == ()


def test_a_figure_is_corrected_in_its_place_and_deleted(figures: EnteredFigures, office: Office) -> None:
    uid = figures.save(BEFORE)
    assert figures.save(replace(BEFORE, value=1130, last="2007-01"), uid) == uid
    assert [(row.uid, row.figure.value, row.figure.last) for row in figures.list()] == [(uid, 1130, "2007-01")]
    figures.delete(uid)
    assert figures.list() == ()
    for again in (lambda: figures.delete(uid), lambda: figures.save(BEFORE, uid)):
        with pytest.raises(UserError, match="no longer here"):
            again()
    with office.desk.store.reading() as session:
        noted = session.execute(select(AuditEntry.action, AuditEntry.subject)).all()[-3:]
    assert [tuple(one) for one in noted] == [
        ("figure_entered", uid),
        ("figure_corrected", uid),
        ("figure_deleted", uid),
    ]


def test_the_parts_of_a_figure() -> None:
    assert ("sex", "female") in keys_of("population")
    assert keys_of("offences_registered") == ()
    assert keys_of("") == ()


def test_the_balance_is_added_once_and_ends_in_its_month(figures: EnteredFigures, office: Office) -> None:
    """Somebody helped in its last month stands in the balance; somebody first helped after it is added."""
    figures.save(replace(BEFORE, last="2026-02"))
    for on in ("2026-02-27", "2026-03-02"):
        person = office.people.register(
            {"sex": "female", "birth": "1990"}, {"names": [{"given": "Ганна"}]}, sure=True
        )
        office.help(person, "food_meals", on=on)
    question = Question("victims_assisted_cumulative", (), Scope("2026-01", "2026-03"))
    told = Packs(office.desk).of_table(question).pack.chapters[0].parts[0].table
    assert told.total is not None
    assert told.total.value == 1126
    assert "opening_balance/1125" in told.remarks
