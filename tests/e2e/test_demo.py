"""The demonstration on a small scale, and that it would notice a figure that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from app.usecases.practice import Act, Event, Truth
from tests.e2e.desks import QUICK, QUICK_DIGITS
from tools import demo_figures
from tools.demo import Demo, DemoFailed, main, prepare
from tools.demo_country import Country, Size

SMALL = Size(people=7, months=6, kdf=QUICK, digits=QUICK_DIGITS)


def _demo(folder: Path) -> Demo:
    prepare(folder)
    return Demo(folder, SMALL)


def test_the_story_ends_in_figures_agree(tmp_path: Path) -> None:
    demo = _demo(tmp_path / "out")
    found = demo.run()
    assert demo.judge(found) == 0
    assert demo.country is not None
    demo.country.close()
    story = (tmp_path / "out" / "story.txt").read_text("utf-8")
    assert story.splitlines()[-1] == "figures agree"
    for told in ("is lost on the way", "was taken before", "out of date", "nothing is missing"):
        assert told in story
    figures = (tmp_path / "out" / "figures" / "all.csv").read_text("utf-8-sig")
    assert figures.count("\n") > 50
    assert len(list((tmp_path / "out" / "figures").iterdir())) == 3


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
    assert all(line.startswith(("after round 3", "after the same persons were found")) for line in found)
    assert (tmp_path / "out" / "story.txt").read_text("utf-8").splitlines()[-1] == f"{len(found)} cells differ"
    if spoil is _lose_one_service:
        assert any("total:" in line for line in found)
    else:
        assert any("sex other" in line for line in found)
        assert not any(line.startswith("after round 3: month") and "sex" not in line for line in found)


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
