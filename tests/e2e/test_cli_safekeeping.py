"""Backup, restore and handover from the command line: a laptop is lost, and the coordinator misses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.test_cli import Apora, apora, init, pair

__all__ = ["apora", "pair"]


def test_lost_restored_handed_over(apora: Apora, pair: Path, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    assert apora("centre", "practice", "--months", "1", "--people", "3", "--seed", "3").code == 0
    assert apora("centre", "export", "--to", pair).code == 0
    assert apora("head", "import", pair).code == 0
    counted = apora("head", "--json", "stats", "--by", "").data["total"]
    made = apora("centre", "backup", "--to", shelf, "--json")
    assert made.code == 0
    assert Path(made.data["folder"]).parent == shelf
    shown = apora("centre", "backups", shelf, "--json")
    assert [one["problem"] for one in shown.data["backups"]] == [""]

    restored = apora("new", "restore", "--from", shelf, "--json")
    assert restored.code == 0, restored.err
    (former,), inst = restored.data["former"], restored.data["installation"]
    assert former != inst
    assert restored.data["records"] > 0
    card = apora("new", "--json", "card", "export", "--to", tmp_path).data["file"]
    assert apora("head", "card", "import", card).code == 0
    digits = apora("new", "card", "digits").out
    assert apora("head", "card", "confirm", inst[-8:], "--digits", digits).code == 0
    word = apora("head", "handover", "--old", former[-8:], "--new", inst[-8:], "--to", pair, "--json")
    assert word.code == 0, word.err
    assert apora("new", "import", word.data["file"]).code == 0
    assert apora("new", "export", "--to", pair).code == 0
    assert apora("head", "import", pair).code == 0
    assert apora("head", "--json", "stats", "--by", "").data["total"] == counted


def test_refusals_are_sentences(apora: Apora, tmp_path: Path) -> None:
    assert init(apora, tmp_path, "centre").code == 0
    assert apora("centre", "backup").code == 1, "no folder was chosen"
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    nothing = apora("new", "restore", "--from", shelf)
    assert (nothing.code, "no backup there" in nothing.err) == (1, True)
    assert apora("centre", "backup", "--to", shelf).code == 0
    again = apora("centre", "restore", "--from", shelf)
    assert (again.code, "--replace" in again.err) == (1, True)
    (tmp_path / "wrong").write_text("совсем не та фраза", "utf-8")
    wrong = apora("new", "restore", "--from", shelf, phrase="wrong")
    assert (wrong.code, "opens nothing" in wrong.err) == (3, True)
    assert apora("centre", "restore", "--from", shelf, "--replace").code == 0
    assert (tmp_path / "centre" / "replaced-1" / "store.db").exists()


@pytest.mark.parametrize("verb", ["backup", "backups", "restore", "handover"])
def test_each_verb_explains_itself(apora: Apora, verb: str) -> None:
    told = apora("anywhere", verb, "--help")
    assert (told.code, "usage: apora" in told.out) == (0, True)
