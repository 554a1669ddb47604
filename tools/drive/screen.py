"""A virtual screen with a window manager and a Russian keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

NEEDED: Final = ("Xvfb", "openbox", "xdotool", "setxkbmap", "import")
USUAL: Final = "ru"
"""A layout without a Latin letter: shortcuts must work on it all the same, as they must for a nurse."""
_PATIENCE: Final = 10.0


class DriveFailed(Exception):
    """The program did not do what the story tells; the text says what."""


def missing() -> list[str]:
    """The programs that are needed and not installed here."""
    return [name for name in NEEDED if shutil.which(name) is None]


class VirtualScreen:
    """``with VirtualScreen(1366, 768) as screen``: a display of this size for as long as the block lasts."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.environment = dict(os.environ)
        self._started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        reading, writing = os.pipe()
        width, height = self.size
        command = [
            "Xvfb",
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            f"{width}x{height}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]
        self._start(command, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise DriveFailed("the virtual screen did not start")
        self.environment["DISPLAY"] = f":{number}"
        self._start(["openbox"])
        self.layout(USUAL)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._started):
            process.terminate()
            process.wait(_PATIENCE)

    def run(self, *command: str) -> None:
        """Run a program on this screen."""
        end = time.monotonic() + _PATIENCE
        while (done := subprocess.run(command, env=self.environment, capture_output=True, check=False)).returncode:
            # The first ones may come before the screen is ready.
            if time.monotonic() > end:
                raise DriveFailed(f"{command[0]}: {done.stderr.decode(errors='replace')}")
            time.sleep(0.1)

    def layout(self, name: str) -> None:
        """Switch the keyboard: ``ru``, ``by`` or ``us``. Programs hear of it a moment later."""
        self.run("setxkbmap", name)
        time.sleep(0.3)

    def picture(self, file: Path) -> Path:
        """All that is seen on the screen now."""
        self.run("import", "-window", "root", str(file))
        return file

    def _start(self, command: list[str], pass_fds: tuple[int, ...] = ()) -> None:
        self._started.append(
            subprocess.Popen(
                command,
                env=self.environment,
                pass_fds=pass_fds,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
