"""R10: killed, closed or locked at a random moment while typing, at most the last two seconds are lost.

And what was typed stands in plain in no file of the data folder, of the temporary folder or of the home.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest

from app.usecases.access import lock
from app.usecases.drafts import Drafts
from tests.faults.marks import files_with_marks, typed_text
from tests.faults.rounds import Round, new_template, unlocked

PROMISED = 2.0
ENDINGS = ("kill", "lock", "close")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_template(tmp_path_factory.mktemp("typing"))


def drafted(folder: Path) -> str:
    """The text in the one draft that is there; nothing where there is none."""
    desk = unlocked(folder)
    drafts = Drafts(desk)
    texts = [
        str(value)
        for line in drafts.list()
        if (found := drafts.load(line.key)) is not None
        for value in found.contents["forms"][0].values()
        if "анарэйк" in str(value) or str(value).startswith("к")
    ]
    lock(desk)
    assert len(texts) <= 1
    return texts[0] if texts else ""


def judge(one: Round, ended: float) -> str:
    """What is wrong with this round; nothing where all is well."""
    if leaks := files_with_marks([one.folder, one.elsewhere]):
        return f"in plain in {[leak.name for leak in leaks]}"
    text = typed_text(one.seed)
    kept = drafted(one.folder)
    # A blank at the end is no part of a value; the record would not have it either.
    due = text[: one.typed_by(ended - PROMISED if one.ending == "kill" else ended)].rstrip()
    if not text.startswith(kept):
        return "the draft is not what was typed"
    if len(kept) < len(due):
        return f"{len(due)} letters were due, {len(kept)} are kept"
    if one.ending != "kill" and one.code:
        return f"the process ended with {one.code}"
    if one.ending == "lock":
        told = one.said[-1] if one.said else {}
        if (told.get("route"), told.get("inside")) != ("case_edit", True):
            return f"after the lock it came to {told.get('route')}, in the field: {told.get('inside')}"
        if told["text"].rstrip() != kept or told["cursor"] != len(told["text"]):
            return "the text or the cursor is not as it was"
    return ""


def campaign(template: Path, base: Path, rounds: int) -> Iterator[tuple[Round, str]]:
    """Several typists at a time; most of their time is waiting."""
    chance, endings = random.Random(rounds), cycle(ENDINGS)

    def play(number: int, ending: str, seconds: float) -> tuple[Round, str]:
        one = Round(base / f"round-{number}", number, ending, seconds)
        one.base.mkdir()
        one.prepare(template)
        found = judge(one, one.play())
        return one, found

    with ThreadPoolExecutor(3) as pool:
        plans = [(number, next(endings), chance.uniform(0.2, 4)) for number in range(rounds)]
        yield from pool.map(lambda plan: play(*plan), plans)


@pytest.mark.parametrize("rounds", [6, pytest.param(500, marks=pytest.mark.slow)])
def test_at_most_two_seconds_of_typing_are_lost(template: Path, tmp_path: Path, rounds: int) -> None:
    typed = 0
    for one, wrong in campaign(template, tmp_path, rounds):
        assert not wrong, f"round {one.seed}, {one.ending} after {one.seconds:.2f} s: {wrong}\n{one.stderr}"
        typed += one.typed_by(float("inf"))
    assert typed > rounds * 10, "the typists hardly ever came to type"


def test_a_disk_that_is_full_at_the_lock(template: Path, tmp_path: Path) -> None:
    """Locked all the same, the draft of two seconds before is there, and it is told after the lock."""
    one = Round(tmp_path / "round", 5, "lock", 3.5, full=True)
    one.base.mkdir()
    one.prepare(template)
    ended = one.play()
    told = one.said[-1]
    assert "could not be kept" in told["line"], one.stderr
    assert told["route"] == "case_edit"
    typed = one.typed_by(ended)
    moment = next(line["at"] for line in one.said if line.get("typed") == typed)
    kept = drafted(one.folder)
    assert (
        typed_text(5)[: one.typed_by(moment - PROMISED)].rstrip() == kept[: one.typed_by(moment - PROMISED)].rstrip()
    )
    assert 0 < len(kept) < typed, "else nothing was lost, and the test has not had its full disk"


def test_a_program_that_keeps_no_drafts_is_caught(template: Path, tmp_path: Path) -> None:
    """The control: had the draft not been written, the judge would say so."""
    one = Round(tmp_path / "round", 5, "kill", 4)
    one.base.mkdir()
    one.prepare(template)
    ended = one.play()
    assert one.typed_by(ended - PROMISED) > 3
    assert judge(one, ended) == ""
    desk = unlocked(one.folder)
    for line in Drafts(desk).list():
        Drafts(desk).forget(line.key)
    lock(desk)
    assert "letters were due, 0 are kept" in judge(one, ended)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be", "unicode_escape"])
def test_a_planted_file_is_found(tmp_path: Path, encoding: str) -> None:
    """The control: words in plain are seen, wherever they lie in a file."""
    planted = tmp_path / "deep" / "planted"
    planted.parent.mkdir()
    planted.write_bytes(b"\0\1\2" + typed_text(1, 30).encode(encoding) + b"\3")
    assert files_with_marks([tmp_path]) == [planted]
    planted.write_bytes(b"nothing")
    assert files_with_marks([tmp_path]) == []
