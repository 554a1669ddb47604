"""The demonstration on a small scale, and that it would notice a figure that is wrong."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.usecases.practice import Act, Event, Truth
from tests.e2e.desks import QUICK, QUICK_DIGITS
from tools import demo_figures, demo_packs
from tools.demo import Demo, DemoFailed, main, prepare
from tools.demo_country import Country, Size

SMALL = Size(people=7, months=6, kdf=QUICK, digits=QUICK_DIGITS)


def _demo(folder: Path) -> Demo:
    prepare(folder)
    return Demo(folder, SMALL)


def test_the_story_ends_in_figures_agree(tmp_path: Path) -> None:
    demo = _demo(tmp_path / "out")
    found = demo.run()
    demo.pack_files()
    assert demo.judge(found) == 0
    assert demo.country is not None
    demo.country.close()
    story = (tmp_path / "out" / "story.txt").read_text("utf-8")
    assert story.splitlines()[-1] == "figures agree"
    for told in (
        "is lost on the way",
        "was taken before",
        "out of date",
        "nothing is missing",
        "cells in both packs agree",
    ):
        assert told in story
    figures = (tmp_path / "out" / "figures" / "all.csv").read_text("utf-8-sig")
    assert figures.count("\n") > 50
    assert len(list((tmp_path / "out" / "figures").iterdir())) == 3
    assert {file.name for file in (tmp_path / "out" / "packs").iterdir()} == {
        f"{pack}{audience}.{ending}"
        for pack in ("task-force", "donor")
        for audience in ("", "-internal")
        for ending in ("xlsx", "csv", "pdf")
    }


def _lose_one_service(country: Country) -> None:
    """A record vanishes from the coordinator's figures without a word."""
    with country.coordinator.desk.store.transaction() as session:
        session.execute(text("DELETE FROM service WHERE rid = (SELECT min(rid) FROM service)"))


def _change_one_sex(country: Country) -> None:
    with country.coordinator.desk.store.transaction() as session:
        session.execute(text("UPDATE service SET sex = 'other' WHERE rid = (SELECT max(rid) FROM service)"))


@pytest.mark.parametrize("spoil", [_lose_one_service, _change_one_sex])
def test_a_wrong_figure_is_named(tmp_path: Path, spoil: object) -> None:
    demo = _demo(tmp_path / "out")
    assert callable(spoil)
    found = demo.run(disturb=spoil)
    assert demo.judge(found) == 1
    assert demo.country is not None
    demo.country.close()
    assert found
    assert all(
        line.startswith(("after round 3", "after the same persons were found", "in the packs")) for line in found
    )
    # A pack takes the sex from the person.
    assert any(line.startswith("in the packs") for line in found) == (spoil is _lose_one_service)
    assert (tmp_path / "out" / "story.txt").read_text("utf-8").splitlines()[-1] == f"{len(found)} cells differ"
    if spoil is _lose_one_service:
        assert any("total:" in line for line in found)
    else:
        assert any("sex other" in line for line in found)
        assert not any(line.startswith("after round 3: month") and "sex" not in line for line in found)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demonstration that was told to its end and agrees."""
    demo = _demo(tmp_path_factory.mktemp("demo") / "out")
    assert demo.run() == []
    yield demo
    assert demo.country is not None
    demo.country.close()


# What the packs alone would notice: which record is spoilt, how, and what must be named.
SPOILT = {
    "a kopeck": ("service", "amount_minor > 0", "amount_minor = amount_minor + 1", "sums_paid, money"),
    "an outcome": ("service", "outcome = 'unavailable'", "outcome = 'declined'", "referral_gap"),
    "a project": ("service", "donor = 'iom' AND project IS NOT NULL", "project = 'X'", "by project"),
    "a consent": ("consent", "scope = 'reporting' AND state = 'given'", "state = 'refused'", "those who agreed"),
    "a referral": ("referral", "TRUE", "status = 'revoked'", "cell revoked"),
    "a call": ("activity", "code = 'hotline_operation'", "month = '1999-01'", "hotline_calls"),
    "a form": ("case_file", "TRUE", "$.exploitation=organ_removal", "by form; cell organ_removal"),
    "a reason": ("case_file", "status = 'Closed'", "$.closure_reason=died", "closure_reasons"),
    "a listener": ("activity", "code = 'lecture'", "$.attendances=100000", "activities, attendances"),
}


def _spoil(session: Session, table: str, which: str, change: str) -> None:
    """Change the latest record of ``table`` that is meant, past the program: its row, or its document ($)."""
    where = f"rid = (SELECT max(rid) FROM {table} WHERE {which})"
    if change.startswith("$"):
        place, _, value = change.partition("=")
        new = value if value.isdigit() else f'["{value}"]' if place == "$.exploitation" else f'"{value}"'
        # Of a case figures read what is kept apart for them.
        table, column = ("case_file", "counted") if table == "case_file" else ("record", "data")
        change = f"{column} = json_set({column}, '{place}', json('{new}'))"
    assert session.connection().exec_driver_sql(f"UPDATE {table} SET {change} WHERE {where}").rowcount == 1


class _Undone(Exception):
    """Nothing of it stays."""


@pytest.mark.parametrize("name", SPOILT)
def test_a_wrong_number_in_a_pack_is_named(told: Demo, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told.country is not None
    desk = told.country.coordinator.desk
    oblasts = [centre.desk.me.oblast for centre in told.country.centres]
    table, which, change, named = SPOILT[name]
    with contextlib.suppress(_Undone), desk.store.transaction() as session:
        _spoil(session, table, which, change)
        monkeypatch.setattr(desk.store, "reading", lambda: contextlib.nullcontext(session))
        judged = demo_packs.judge(desk, told.packs, oblasts, SMALL.span)
        assert judged.cells > 2000
        assert any(named in line for line in judged.wrong), judged.wrong
        raise _Undone


def test_a_truth_that_knows_more_is_noticed(tmp_path: Path) -> None:
    """The comparison goes both ways: a cell that the coordinator does not have at all is a difference too."""
    demo = _demo(tmp_path / "out")
    demo.run()
    assert demo.country is not None
    truth = Truth()
    day = SMALL.span.start
    truth.tell("nowhere", Event(day, Act.REGISTER, "p", {"sex": "female"}, human="p"))
    truth.tell("nowhere", Event(day, Act.SERVICE, "p", {"service": "other", "on": "1999-01-01"}, subject="s"))
    found = list(demo_figures.differences(demo.country.coordinator.desk, truth))
    assert any("month 1999-01, group other, centre nowhere, sex female, age unknown: 0 persons" in x for x in found)
    demo.country.close()


def test_other_folders_are_not_touched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(DemoFailed):
        prepare(tmp_path)
    assert main(["--to", str(tmp_path)]) == 1
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"
    assert "other things" in capsys.readouterr().err
    (tmp_path / "story.txt").write_text("", "utf-8")
    prepare(tmp_path)
    assert list(tmp_path.iterdir()) == []
