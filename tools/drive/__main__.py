"""``python -m tools.drive --to FOLDER``: the story in each language, light and dark, on two sizes of screen."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

from app.i18n import set_language
from app.settings import Look
from tools.drive.hands import Hands
from tools.drive.program import Program
from tools.drive.screen import DriveFailed, VirtualScreen, missing
from tools.drive.stage import prepare
from tools.drive.story import Story

LARGE: Final = (1366, 768)
SMALL: Final = (1024, 768)
_LANGUAGES: Final = ("ru", "be", "en")
ALL: Final = [(name, dark, size) for size in (LARGE, SMALL) for name in _LANGUAGES for dark in (False, True)]


def play(folder: Path, name: str, dark: bool, size: tuple[int, int]) -> Story:
    """One telling of the story; its pictures lie in ``folder``."""
    set_language(name)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, VirtualScreen(*size) as screen:
        stage = prepare(Path(scratch), Look(language=name, dark=dark))
        with Program(screen, stage.centre) as program:
            story = Story(screen, program, Hands(screen), stage, folder)
            try:
                story.tell()
            except DriveFailed:
                screen.picture(folder / "failed.png")
                raise
    return story


def main() -> int:
    """Play all, or those that the arguments name."""
    parser = argparse.ArgumentParser(prog="python -m tools.drive")
    parser.add_argument("--to", type=Path, default=Path("drive-output"))
    parser.add_argument("--language", choices=_LANGUAGES)
    parser.add_argument("--dark", action=argparse.BooleanOptionalAction)
    parser.add_argument("--size", choices=("large", "small"))
    given = parser.parse_args()
    if absent := missing():
        print(f"These programs are needed and not installed: {', '.join(absent)}", file=sys.stderr)
        return 2
    wanted = {"large": LARGE, "small": SMALL}.get(given.size)
    for name, dark, size in ALL:
        if given.language not in {None, name} or given.dark not in {None, dark} or wanted not in {None, size}:
            continue
        where = given.to / f"{name}-{'dark' if dark else 'light'}-{size[0]}"
        try:
            story = play(where, name, dark, size)
        except DriveFailed as failure:
            print(f"{where.name}: {failure}", file=sys.stderr)
            return 1
        counts = ", ".join(f"{what}: {count}" for what, count in story.counted.items())
        print(f"{where.name}: {len(story.pictures)} pictures; keys besides text: {counts}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
