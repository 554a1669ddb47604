"""Folders: where the program's resources lie and where a store may live. Nothing here opens a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent


def resources(*parts: str) -> Path:
    """A path below ``resources/``, in a checkout as well as in a frozen build."""
    root = Path(getattr(sys, "_MEIPASS", _HERE.parent))
    return root.joinpath("resources", *parts)


def data_folder() -> Path:
    """The folder of the store: ``APORA_HOME`` if set, else the place that the system gives to programs.

    The name says nothing about the work. The folder is not created here.
    """
    if home := os.environ.get("APORA_HOME"):
        return Path(home)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Apora"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Apora"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "apora"
