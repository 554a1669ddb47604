"""Where words go and answers come from, and what an exit code means.

Results go to the standard output (one JSON object with ``--json``), all else to the standard error stream, so that a
script can read the one and a person the other.
"""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TextIO


class Exit(IntEnum):
    """Exit codes: part of what scripts rely on, never renumbered."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    CLOSED = 3
    INTERRUPTED = 130


@dataclass
class Terminal:
    """The streams of one run. ``as_json``: the result is for a program."""

    as_json: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    _shown: int = field(default=-1, init=False)

    def result(self, data: Mapping[str, object], text: str) -> None:
        """The result: ``data`` for programs, ``text`` for people."""
        line = json.dumps(data, ensure_ascii=False) if self.as_json else text
        if line:
            self.out.write(line + "\n")

    def say(self, text: str) -> None:
        """A word by the way; never part of the result."""
        self.err.write(text + "\n")

    def progress(self, done: int, of: int) -> None:
        """How far a long work is: in place on a terminal, else a line at each tenth."""
        percent = 100 * done // of if of else 100
        if percent < self._shown:
            self._shown = -1
        if self.err.isatty():
            self.err.write(f"\r{percent:3d} %" + ("\n" if done == of else ""))
            self.err.flush()
        elif percent // 10 > self._shown // 10:
            self.err.write(f"{percent} %\n")
        self._shown = percent

    def ask(self, question: str) -> str:
        """A line typed by a person; the question goes to the error stream."""
        self.err.write(question + " ")
        self.err.flush()
        return sys.stdin.readline().rstrip("\n")

    def ask_secret(self, question: str) -> str:
        """A line typed unseen."""
        return getpass.getpass(question + " ", stream=self.err)
