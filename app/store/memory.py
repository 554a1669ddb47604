"""How much memory is free, so that deriving a key does not push a small laptop into swapping."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_MEMINFO: Final = Path("/proc/meminfo")


def available_kib() -> int | None:
    """Free memory in KiB, where the system tells it in a file (Linux); None elsewhere."""
    try:
        lines = _MEMINFO.read_text("ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")), None)


def comfortable(memory_kib: int) -> bool:
    """Whether ``memory_kib`` leaves as much again to everything else. True where the system does not say."""
    available = available_kib()
    return available is None or 2 * memory_kib <= available
