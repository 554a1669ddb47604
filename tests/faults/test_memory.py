"""L3: after the lock, the memory of the fresh process holds no name, no typed word, no passphrase and no key.

The same scan, just before the lock, finds them: else it would find nothing anywhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.usecases.access import lock
from tests.e2e.desks import PHRASE
from tests.faults.marks import forms_of, marks_in, memory_of, name, secrets_in, typed_text
from tests.faults.rounds import Round, new_template, unlocked

PEOPLE = 200


@dataclass
class Seen:
    """What stood in a process's memory."""

    marks: set[str] = field(default_factory=set)
    secrets: set[bytes] = field(default_factory=set)

    @classmethod
    def of(cls, pid: int, secrets: list[bytes]) -> Seen:
        """Look through all of it."""
        seen = cls()
        for region in memory_of(pid):
            seen.marks |= marks_in(region)
            seen.secrets |= secrets_in(region, secrets)
        return seen


def _may_look() -> str:
    """Why the memory of another process cannot be read here; nothing where it can."""
    if not sys.platform.startswith("linux"):
        return "only Linux shows the memory of a process as a file"
    if os.geteuid() != 0:
        return "the program forbids its own user to read its memory (faults L19); only root may"
    with subprocess.Popen(["sleep", "20"]) as child:
        try:
            next(iter(memory_of(child.pid)))
        except OSError:
            return "this machine lets not even root read the memory of a process"
        finally:
            child.kill()
    return ""


def _key_of(folder: Path) -> list[bytes]:
    """The raw key and its digits, as SQLCipher is given it."""
    desk = unlocked(folder)
    master = bytes(desk.unlocked.key.master)
    lock(desk)
    return [master, master.hex().encode(), master.hex().upper().encode()]


@dataclass
class Watcher:
    """Looks just before the lock, and once more when the window of the fresh process is up."""

    signs: Path
    secrets: list[bytes]
    before: Seen = field(default_factory=Seen)
    after: Seen = field(default_factory=Seen)

    def __call__(self, told: dict[str, Any], child: subprocess.Popen[str]) -> None:
        if told.get("scan"):
            self.before = Seen.of(child.pid, self.secrets)
            (self.signs / "scanned").touch()
        elif told.get("life") == 2:
            # With all that it loads by itself.
            time.sleep(0.8)
            self.after = Seen.of(child.pid, self.secrets)


@pytest.mark.parametrize("locks", [1, pytest.param(50, marks=pytest.mark.slow)])
def test_after_the_lock_nothing_of_it_is_in_memory(tmp_path: Path, locks: int) -> None:
    if why := _may_look():
        pytest.skip(why)
    template = new_template(tmp_path, PEOPLE)
    names = {name(number)[1:] for number in range(PEOPLE)}
    for number in range(locks):
        one = Round(tmp_path / f"round-{number}", number, "lock", 1.2, scan=True, people_ms=800)
        one.base.mkdir()
        one.prepare(template)
        key = _key_of(one.folder)
        seen = Watcher(one.base / "signs", [*key, *forms_of(PHRASE)])
        one.play(seen)
        assert one.said[-1].get("inside"), one.stderr
        assert len(seen.before.marks & names) > PEOPLE // 4, "the names were on the screen: the scan must see them"
        assert typed_text(number)[1:11] in seen.before.marks
        assert seen.before.secrets & set(key), "the key is in use: the scan must see it"
        assert (seen.after.marks, seen.after.secrets) == (set(), set())
