"""The command line, as a script uses it: from two empty folders to figures and a receipt."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.cli import main
from app.cli.context import write_new
from app.cli.setup import _groups, sheet
from app.clock import SystemClock
from app.errors import UserError
from app.store.files import STORE_NAME
from app.store.single import SingleInstance
from app.usecases.access import Access, Created, lock
from tests.e2e.desks import QUICK

PHRASE = "моя собственная длинная фраза для пробы"


@dataclass(frozen=True)
class Ran:
    """What a run came to."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object on the standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Apora = Callable[..., Ran]


@pytest.fixture
def apora(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Apora:
    """Runs ``apora --home <name> ...`` in English with a passphrase from a file."""
    (tmp_path / "phrase").write_text(f"{PHRASE}\n", "utf-8-sig")

    def run(home: str, *arguments: str | Path, phrase: str = "phrase") -> Ran:
        start = ["--lang", "en", "--home", str(tmp_path / home), "--passphrase-file", str(tmp_path / phrase)]
        code = main([*start, *map(str, arguments)], make_access=lambda to: Access(to, SystemClock(), QUICK))
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    return run


def init(apora: Apora, folder: Path, name: str, *more: str) -> Ran:
    """A practice store called ``name``; the sheet itself is the proof."""
    role = "coordinator" if name == "head" else "centre"
    sheet = folder / f"{name}.sheet"
    asked = ["--role", role, "--centre-name", name, "--oblast", "BY-BR", "--staff-name", "Анна", "--practice"]
    return apora(name, "init", *asked, "--recovery-sheet", sheet, "--proof-file", sheet, *more)


@pytest.fixture
def pair(apora: Apora, tmp_path: Path) -> Path:
    """A centre and a coordinator that trust each other; returns their stick."""
    stick = tmp_path / "stick"
    stick.mkdir()
    cards = {}
    for name in ("centre", "head"):
        assert init(apora, tmp_path, name).code == 0
        cards[name] = apora(name, "--json", "card", "export", "--to", stick).data["file"]
    for here, there in (("centre", "head"), ("head", "centre")):
        assert apora(here, "card", "import", cards[there]).code == 0
        digits = apora(there, "card", "digits").out
        assert apora(here, "card", "confirm", "--digits", digits).code == 0
    return stick


def test_from_nothing_to_a_receipt(apora: Apora, pair: Path, tmp_path: Path) -> None:
    made = apora("centre", "practice", "--months", "2", "--people", "4", "--seed", "3", "--json")
    assert (made.code, made.data["seed"]) == (0, 3)
    assert "100 %" in made.err

    sent = apora("centre", "export", "--to", pair, "--json")
    assert (sent.code, sent.data["seq"]) == (0, 1)
    assert Path(sent.data["file"]).stat().st_size == sent.data["size"]

    looked = apora("head", "inspect", pair, "--json")
    assert looked.code == 0
    assert apora("head", "--json", "stats", "--by", "").data["total"]["services"] == 0, "looking takes nothing"
    taken = apora("head", "import", pair, "--json")
    (verdict,) = taken.data["verdicts"]
    assert (taken.code, verdict["answer"]) == (0, "ACCEPTED")
    # That a file stays at the centre is a row for the coordinator, but no record that the nurse is told of.
    assert verdict["rows"] >= sent.data["rows"] > 50
    again = apora("head", "import", sent.data["file"], "--json")
    assert (again.code, again.data["verdicts"][0]["answer"]) == (0, "ALREADY_IMPORTED")

    assert len(apora("head", "receipt", "export", "--to", pair, "--json").data["files"]) == 2
    read = apora("centre", "receipt", "import", pair, "--json")
    answers = sorted(one["answer"] for one in read.data["verdicts"])
    assert (read.code, answers) == (0, ["ACCEPTED", "ACCEPTED", "NOT_FOR_US"])
    named = apora("centre", "receipt", "import", pair, sent.data["file"])
    assert named.code == 1, "what lies in a folder may be for others; what is named outright may not"
    next_one = apora("centre", "export", "--to", pair, "--json")
    assert next_one.data["rows"] == 0, "the receipt moved the base"

    mine = apora("centre", "--json", "stats", "--by", "month,group,sex,age")
    hers = apora("head", "--json", "stats", "--by", "month,group,sex,age")
    assert mine.data == hers.data
    assert hers.data["total"]["services"] > 10


def test_figures_for_people_and_for_a_spreadsheet(apora: Apora, pair: Path, tmp_path: Path) -> None:
    apora("centre", "practice", "--months", "3", "--people", "4", "--seed", "3")
    file = tmp_path / "figures.csv"
    shown = apora("centre", "stats", "--by", "sex,age", "--csv", file)
    lines = shown.out.splitlines()
    assert lines[0].split() == ["Sex", "Age", "Persons", "Services"]
    assert len({len(line) for line in lines}) == 1, "columns are aligned"
    assert lines[-1].split()[0] == "Total"
    assert file.read_text("utf-8-sig").startswith("Practice: all data are invented.")
    assert apora("centre", "stats", "--csv", file).code == 1, "an existing file is not written over"

    whole = apora("centre", "--json", "stats", "--by", "month").data
    months = [cell["key"][0] for cell in whole["cells"]]
    part = apora("centre", "--json", "stats", "--by", "month", "--from", months[1], "--until", months[1]).data
    assert part["total"]["services"] == whole["cells"][1]["services"] < whole["total"]["services"]


def test_a_damaged_file_is_refused_and_the_rest_goes_on(apora: Apora, pair: Path) -> None:
    apora("centre", "practice", "--months", "1", "--people", "2", "--seed", "1")
    good = Path(apora("centre", "export", "--to", pair, "--json").data["file"])
    bad = pair / "0000000000000000.age"
    bad.write_bytes(good.read_bytes()[:-100])
    ran = apora("head", "import", pair, "--json")
    assert ran.code == 1
    assert sorted(one["ok"] for one in ran.data["verdicts"]) == [False, True]
    assert apora("head", "import", pair / "nowhere.age").code == 1
    assert apora("head", "import", pair.parent / "head").code == 1, "a folder without bundles"
    own = apora("centre", "import", good, "--json")
    assert (own.code, own.data["verdicts"][0]["answer"]) == (1, "NOT_FOR_US"), "named outright, it counts"


def test_wrong_digits_are_named_and_trust_nobody(apora: Apora, tmp_path: Path) -> None:
    for name in ("centre", "head"):
        init(apora, tmp_path, name)
    card = apora("head", "--json", "card", "export", "--to", tmp_path).data["file"]
    apora("centre", "card", "import", card)
    groups = apora("head", "card", "digits").out.split()
    groups[2] = "00000" if groups[2] != "00000" else "11111"
    ran = apora("centre", "card", "confirm", "--digits", " ".join(groups))
    assert ran.code == 1
    assert "Group 3 is different" in ran.err
    (peer,) = apora("centre", "--json", "card", "list").data["peers"]
    assert peer["trust"] == "pending"
    assert apora("centre", "export", "--to", tmp_path).code == 1
    assert apora("centre", "card", "confirm", "ffff", "--digits", "1").code == 1
    assert apora("centre", "card", "import", tmp_path / "phrase").code == 1, "not a card"


def test_init_without_proof_makes_nothing(apora: Apora, tmp_path: Path) -> None:
    sheet, proof = tmp_path / "sheet", tmp_path / "proof"
    proof.write_text("000011 " * 8, "utf-8")
    asked = ["--role", "centre", "--centre-name", "A", "--oblast", "BY-BR", "--staff-name", "Анна"]
    ran = apora("new", "init", *asked, "--recovery-sheet", sheet, "--proof-file", proof)
    assert ran.code == 1
    assert "another recovery sheet" in ran.err
    assert not sheet.exists(), "the sheet of a store that does not exist"
    assert apora("new", "stats").code == 3, "no store was made"
    sheet.write_text("mine", "utf-8")
    assert apora("new", "init", *asked, "--recovery-sheet", sheet, "--proof-file", proof).code == 1
    assert sheet.read_text("utf-8") == "mine"


def test_the_coordinator_proves_her_recovery_key_too(apora: Apora, tmp_path: Path) -> None:
    assert init(apora, tmp_path, "head").code == 0
    text = (tmp_path / "head.sheet").read_text("utf-8")
    assert "AGE-SECRET-KEY-PQ-1" in text
    assert (tmp_path / "head.sheet").stat().st_mode & 0o077 == 0
    assert init(apora, tmp_path, "centre").code == 0
    assert "AGE-SECRET" not in (tmp_path / "centre.sheet").read_text("utf-8")
    again = apora(
        "head", "init", "--role", "centre", "--centre-name", "B", "--oblast", "BY-BR", "--staff-name", "Анна",
        "--recovery-sheet", tmp_path / "other",
    )  # fmt: skip
    assert (again.code, (tmp_path / "other").exists()) == (1, False)


def test_digits_inside_the_recovery_key_are_no_groups() -> None:
    made = Created(("000011",) * 8, "AGE-SECRET-KEY-PQ-1QQ234567LL200222RR")
    assert _groups(sheet(made)) == ["000011"] * 8
    assert _groups("000011" * 8) == ["000011"] * 8, "typed without spaces"


def test_what_is_typed_at_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without files: the passphrase is shown and typed back, the sheet is typed back, then it opens."""
    paper = tmp_path / "sheet"
    phrases: list[str] = []

    def secret(_self: object, _question: str) -> str:
        shown = capsys.readouterr().err
        if "Your passphrase" in shown:
            phrases.append(shown.split("\n\n")[1].strip())
        return phrases[0]

    def groups(_self: object, _question: str) -> str:
        return "".join(line.split()[-1] for line in paper.read_text("utf-8").splitlines() if line[:1].isdigit())

    monkeypatch.setattr("app.cli.terminal.Terminal.ask_secret", secret)
    monkeypatch.setattr("app.cli.terminal.Terminal.ask", groups)
    start = ["--lang", "en", "--home", str(tmp_path / "typed")]
    asked = ["--role", "centre", "--centre-name", "A", "--oblast", "BY-BR", "--staff-name", "Анна"]

    def run(*arguments: str) -> int:
        return main([*start, *arguments], make_access=lambda to: Access(to, SystemClock(), QUICK))

    assert run("init", *asked, "--recovery-sheet", str(paper)) == 0
    assert len(phrases[0].split()) == 6
    assert run("stats") == 0
    assert run("practice", "--months", "1") == 1, "a real store takes no invented data"


def test_a_store_that_does_not_open_is_code_3(apora: Apora, tmp_path: Path) -> None:
    assert apora("nowhere", "stats").code == 3
    assert not (tmp_path / "nowhere").exists()
    init(apora, tmp_path, "centre")
    (tmp_path / "wrong").write_text("не та фраза, совсем не та", "utf-8")
    ran = apora("centre", "--json", "stats", phrase="wrong")
    assert (ran.code, ran.data["ok"]) == (3, False)
    assert ran.data["error"] == ran.err.strip()
    with SingleInstance(tmp_path / "centre"):
        assert apora("centre", "stats").code == 3
    assert apora("centre", "stats", phrase="no such file").code == 3
    store = tmp_path / "centre" / STORE_NAME
    store.write_bytes(bytes(store.stat().st_size))
    assert apora("centre", "stats").code == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["frob"],
        [],
        ["stats", "--by", "colour"],
        ["stats", "--from", "2026-13"],
        ["practice", "--months", "0"],
        ["init", "--role", "nurse"],
        ["import"],
        ["--lang", "xx", "stats"],
    ],
)
def test_what_is_not_understood_is_code_2(apora: Apora, arguments: list[str]) -> None:
    assert apora("any", *arguments).code == 2


def test_the_help_is_enough_to_work_from(apora: Apora) -> None:
    ran = apora("any", "--help")
    assert ran.code == 0
    for word in ("init", "card", "export", "inspect", "import", "receipt", "stats", "practice", "self-test"):
        assert f"\n    {word}" in ran.out
        assert apora("any", word, "--help").code == 0
    assert "exit codes" in ran.out
    assert "apora card confirm" in ran.out


def test_the_self_test_finds_a_store_whole_and_a_broken_chain(apora: Apora, tmp_path: Path) -> None:
    init(apora, tmp_path, "centre")
    ran = apora("centre", "self-test", "--json")
    assert (ran.code, ran.data["checks"]) == (0, {"store": True, "audit": True, "bundle": True})
    access = Access(tmp_path / "centre", SystemClock(), QUICK)
    desk = access.unlock(PHRASE)
    with desk.store.transaction() as session:
        session.execute(text("UPDATE audit SET action = 'nothing'"))
    lock(desk)
    broken = apora("centre", "self-test", "--json")
    assert (broken.code, broken.data["checks"]["audit"], broken.data["checks"]["store"]) == (1, False, True)


def test_a_practice_country(apora: Apora, tmp_path: Path) -> None:
    made = apora(
        "x", "practice", "--to", tmp_path / "land", "--centres", "2", "--months", "1", "--people", "7", "--json"
    )
    assert made.code == 0
    assert len(made.data["folders"]) == 3
    (peer,) = apora("land/centre-1", "--json", "card", "list").data["peers"]
    assert (peer["role"], peer["trust"]) == ("coordinator", "trusted")
    assert [p["trust"] for p in apora("land/coordinator", "--json", "card", "list").data["peers"]] == ["trusted"] * 2
    one, two = (apora(f"land/centre-{n}", "--json", "stats", "--by", "month").data["total"] for n in (1, 2))
    assert one["services"] > 0
    assert two["services"] > 0


def test_htcds_goes_out_after_a_yes_and_comes_in_once(apora: Apora, pair: Path, tmp_path: Path) -> None:
    apora("head", "practice", "--months", "2", "--people", "6", "--seed", "3")
    file = tmp_path / "people.xlsx"
    refused = apora("centre", "htcds", "export", "--to", file, "--yes")
    assert (refused.code, file.exists()) == (1, False)
    sent = apora("head", "--json", "htcds", "export", "--to", file, "--yes")
    assert sent.code == 0
    assert sent.data["rows"] >= sent.data["persons"] > 0
    assert sent.data["named"] == 0
    assert "data of single people" in sent.err
    assert apora("head", "htcds", "export", "--to", file, "--yes").code == 1, "a file is never written over"
    assert apora("head", "htcds", "import", file).code == 1, "her own people do not come back as others"
    looked = apora("centre", "--json", "htcds", "import", file, "--look", "--leave-out")
    taken = apora("centre", "--json", "htcds", "import", file, "--leave-out")
    assert looked.data["records"] == taken.data["written"] > 0
    again = apora("centre", "--json", "htcds", "import", file, "--leave-out")
    assert (again.code, again.data["written"]) == (0, 0)


def test_packs_are_protected_by_whom_they_are_for(apora: Apora, pair: Path, tmp_path: Path) -> None:
    apora("centre", "practice", "--months", "12", "--people", "8", "--seed", "3")
    apora("centre", "export", "--to", pair)
    apora("head", "import", pair)
    ours, theirs = tmp_path / "ours.xlsx", tmp_path / "theirs.csv"
    assert apora("head", "pack", "summary", "--period", "2026-13", "--to", ours).code == 2
    today = SystemClock().today()
    half = f"{today.year}-01:{today.year}-06" if today.month > 6 else f"{today.year - 1}-07:{today.year - 1}-12"
    pack = ("--json", "pack", "task-force", "--period", half)
    made = apora("head", *pack, "--audience", "internal", "--to", ours)
    assert (made.code, made.data["hidden"]) == (0, 0)
    assert made.data["until"][0]["bundle"] == 1
    told = apora("head", *pack, "--audience", "public", "--format", "csv", "--to", theirs)
    assert told.code == 0
    assert told.data["hidden"] > 0
    assert b"fewer than" in theirs.read_bytes()
    assert b"<f>" not in ours.read_bytes()
    assert apora("head", *pack, "--audience", "public", "--to", theirs).code == 1, "never over another file"
    line = ("--json", "pack", "summary", "--period", half, "--to", tmp_path / "ctdc.csv")
    assert apora("head", *line).code == 0
    assert b"variable;value;category;persons" in (tmp_path / "ctdc.csv").read_bytes()


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.cli.context.os.fsync", full)
    with pytest.raises(UserError):
        write_new(tmp_path / "pack.xlsx", b"x")
    assert not list(tmp_path.iterdir())
