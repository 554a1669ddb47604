"""One round of the campaign: a copy of a centre, the typist in a process of its own, and what the parent saw."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any

from app.clock import SystemClock
from app.usecases.access import Access
from app.usecases.desk import Desk
from app.usecases.people import People
from tests.e2e.desks import PHRASE, new_office
from tests.faults.marks import name
from tests.faults.typist import GO_ON, QUICK

ROOT = Path(__file__).resolve().parents[2]
SECONDS_AT_MOST = 180


@dataclass
class Round:
    """Where it takes place. ``said`` is what the typist has told, line by line."""

    base: Path
    seed: int
    ending: str
    seconds: float
    scan: bool = False
    people_ms: int = 0
    full: bool = False
    said: list[dict[str, Any]] = field(default_factory=list)
    code: int = 0
    """How the process ended."""

    @property
    def folder(self) -> Path:
        """The centre's data."""
        return self.base / "centre"

    @property
    def elsewhere(self) -> Path:
        """The temporary folder and the home of the process: whatever it writes beside its data is here."""
        return self.base / "elsewhere"

    def prepare(self, template: Path) -> None:
        """A copy of the centre, and the plan."""
        shutil.copytree(template, self.folder)
        for place in (self.elsewhere, self.base / "signs"):
            place.mkdir()
        (self.base / "phrase").write_text(PHRASE, "utf-8")
        plan = {
            "folder": str(self.folder),
            "person": (template.parent / "person").read_text(),
            "seed": self.seed,
            "seconds": self.seconds,
            "ending": self.ending,
            "scan": self.scan,
            "people_ms": self.people_ms,
            "full": self.full,
            "phrase": str(self.base / "phrase"),
            "signs": str(self.base / "signs"),
        }
        (self.base / "plan.json").write_text(json.dumps(plan), "utf-8")

    def start(self) -> subprocess.Popen[str]:
        """The typist sits down."""
        here = str(self.elsewhere)
        places = dict.fromkeys(("TMPDIR", "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), here)
        command = [sys.executable, "-m", "tests.faults.typist", str(self.base / "plan.json")]
        with (self.base / "stderr").open("w") as complaints:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | places | {"QT_QPA_PLATFORM": "offscreen", "APORA_TEST_LIFE": "1"},
                stdout=subprocess.PIPE,
                stderr=complaints,
                text=True,
            )

    def play(self, on: Callable[[dict[str, Any], subprocess.Popen[str]], None] | None = None) -> float:
        """Until the process ends; answers when it was killed, locked or closed (the typist's clock)."""
        child = self.start()
        assert child.stdout is not None
        deadline = float("inf")
        watchdog = Timer(SECONDS_AT_MOST + self.seconds, child.kill)
        watchdog.start()
        for line in child.stdout:
            if not line.endswith("\n"):
                break
            told = json.loads(line)
            self.said.append(told)
            if on is not None:
                on(told, child)
            if "types" in told:
                deadline = told["at"] + self.seconds
            if told.get("life") == 2:
                Path(self.base, "signs", GO_ON).touch()
            if self.ending == "kill" and time.monotonic() >= deadline:
                break
        ended = time.monotonic()
        if self.ending == "kill":
            child.send_signal(signal.SIGKILL)
        child.stdout.close()
        self.code = child.wait(SECONDS_AT_MOST)
        watchdog.cancel()
        return ended

    @property
    def stderr(self) -> str:
        """What the process complained of."""
        return (self.base / "stderr").read_text("utf-8")

    def typed_by(self, moment: float) -> int:
        """How many letters were typed for certain before ``moment``."""
        return max((told["typed"] for told in self.said if "typed" in told and told["at"] <= moment), default=0)


def new_template(folder: Path, people: int = 1) -> Path:
    """A locked centre with people whose names can be found, and the id of one of them beside it."""
    office = new_office(folder / "template", "centre", "Витебск", seed=3)
    found = [
        People(office.desk).register(
            {"sex": "female"},
            {"names": [{"surname": name(number), "given": "Ганна", "kind": "current", "language": "be"}]},
            sure=True,
        )
        for number in range(people)
    ]
    (folder / "person").write_text(str(found[0]))
    office.lock()
    return folder / "template"


def unlocked(folder: Path) -> Desk:
    """The centre, opened after the round."""
    return Access(folder, SystemClock(), QUICK).unlock(PHRASE)
