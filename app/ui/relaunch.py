"""Lock ends the process: after a careful lock within it nearly all names were still in memory, after this none.

(Measured: 200 names, 0.2 s.) Nothing but the arguments is handed on, and those hold no secret.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from PySide6.QtCore import QProcess


def relaunch(arguments: Sequence[str]) -> None:
    """Replace this process by a fresh one: ``arguments`` is the whole command, the program first.

    On POSIX it does not return. On Windows ``exec`` would leave the console and the parent confused, so a new
    process is started and this one ends at once, without running any more of its own code.
    """
    command = list(arguments)
    if sys.platform == "win32":
        QProcess.startDetached(command[0], command[1:])
        os._exit(0)
    try:
        os.execv(command[0], command)  # noqa: S606 - our own program, with our own arguments and no shell
    finally:
        # The program is no longer there (an update took it away): this process ends all the same.
        os._exit(1)


def own_command() -> list[str]:
    """The command that started this process: the frozen program, or the interpreter with its module."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *sys.argv[1:]]
    return [sys.executable, *sys.orig_argv[1:]]
