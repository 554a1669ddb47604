"""The program as a process of its own, and what it shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from tools.drive.observed import PIPE
from tools.drive.screen import DriveFailed, VirtualScreen

Seen = Mapping[str, Any]
PATIENCE: Final = 20.0


class Program:
    """``with Program(screen, home) as program``: started, and closed at the end whatever happens."""

    def __init__(self, screen: VirtualScreen, home: Path) -> None:
        self._screen = screen
        self._home = home
        self._seen: Seen = {}
        self._news = threading.Condition()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        environment = self._screen.environment | {"APORA_HOME": str(self._home), PIPE: str(writing)}
        environment.pop("QT_QPA_PLATFORM", None)
        # The pipe outlives a lock: the fresh process that takes this one's place writes to it too.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.drive.observed"], env=environment, pass_fds=(writing,)
        )
        os.close(writing)
        threading.Thread(target=self._listen, args=(reading,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(PATIENCE)

    def wait(self, what: str, holds: Callable[[Seen], bool]) -> Seen:
        """Wait until ``holds`` of what is seen. Raises DriveFailed, with ``what`` and what is seen instead."""
        with self._news:
            if not self._news.wait_for(lambda: holds(self._seen), PATIENCE):
                raise DriveFailed(f"waited in vain for {what}; seen: {dict(self._seen)}")
            return self._seen

    def wait_for(self, **wanted: str) -> Seen:
        """Wait until each of these is seen as it is told here (``route="today"``); ``said`` is a part of a line."""

        def holds(seen: Seen) -> bool:
            for key, value in wanted.items():
                if key == "said":
                    if not any(value in line for line in seen.get("said", ())):
                        return False
                elif seen.get(key) != value:
                    return False
            return True

        return self.wait(str(wanted), holds)

    def settle(self) -> None:
        """Let a screen load what it loads in the background, before a picture is taken."""
        time.sleep(0.6)

    def _listen(self, reading: int) -> None:
        with os.fdopen(reading, encoding="utf-8") as lines:
            for line in lines:
                with self._news:
                    self._seen = json.loads(line)
                    self._news.notify_all()
