"""The look is kept, and a file that is damaged does not stop the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import settings
from app.settings import Look


def test_the_look_comes_back(tmp_path: Path) -> None:
    look = Look("be", dark=True, scale=1.25, idle_minutes=5)
    settings.save(tmp_path, look)
    assert settings.load(tmp_path) == look


@pytest.mark.parametrize("text", ["", "{", "[]", '{"language": "xx", "dark": 0, "scale": 9, "idle_minutes": 0}'])
def test_a_damaged_file_gives_the_ordinary_look(tmp_path: Path, text: str) -> None:
    (tmp_path / settings.FILE_NAME).write_text(text, "utf-8")
    assert settings.load(tmp_path) == Look()


def test_nothing_secret_is_kept(tmp_path: Path) -> None:
    settings.save(tmp_path, Look())
    assert set((tmp_path / settings.FILE_NAME).read_text("utf-8").split('"')[1::2]) <= {
        "language", "ru", "dark", "scale", "idle_minutes",
    }  # fmt: skip
