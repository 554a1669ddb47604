"""How the interface looks: language, colours, size of text, idle minutes. Needed before unlock, so not secret."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.i18n import DEFAULT_LANGUAGE, LANGUAGES

FILE_NAME = "look.json"


@dataclass(frozen=True, slots=True)
class Look:
    """``scale`` is 1.0 to 2.0; ``idle_minutes`` is how long the program stays open untouched."""

    language: str = DEFAULT_LANGUAGE
    dark: bool = False
    scale: float = 1.0
    idle_minutes: int = 10


def load(folder: Path) -> Look:
    """The look that was kept; whatever cannot be read is the ordinary one."""
    try:
        found = json.loads((folder / FILE_NAME).read_text("utf-8"))
        look = Look(
            language=str(found["language"]),
            dark=bool(found["dark"]),
            scale=float(found["scale"]),
            idle_minutes=int(found["idle_minutes"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Look()
    sound = look.language in LANGUAGES and 1.0 <= look.scale <= 2.0 and 1 <= look.idle_minutes <= 240
    return look if sound else Look()


def save(folder: Path, look: Look) -> None:
    """Keep the look. A disk that is full loses no work by it: then it is the old one next time."""
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / FILE_NAME).write_text(json.dumps(asdict(look)), "utf-8")
