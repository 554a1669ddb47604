"""The demonstration's screens as PNG files."""
from pathlib import Path
from collections.abc import Sequence
from app.usecases.desk import Desk

def shots(folder: Path, desks: Sequence[Desk]) -> list[Path]:
    return []
