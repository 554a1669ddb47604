"""The rules of the house that no type checker sees: who may import whom, and how large a file may grow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    ("file", "breach"),
    [
        ("app/usecases/desk.py", "import PySide6.QtCore"),
        ("app/ui/theme.py", "import app.store.engine"),
        ("app/forms/validate.py", "import sqlalchemy"),
        ("app/models/record.py", "import app.usecases.desk"),
    ],
)
def test_a_breach_is_refused(tmp_path: Path, file: str, breach: str) -> None:
    """Each contract is tried with a planted import, so that none is a contract in name only."""
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    for source in APP.rglob("*.py"):
        copy = tmp_path / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text("utf-8"), "utf-8")
    target = tmp_path / file
    target.write_text(f"{target.read_text('utf-8')}\n{breach}  # planted\n", "utf-8")
    result = _lint(tmp_path)
    assert result.returncode != 0, result.stdout
    assert "BROKEN" in result.stdout


def test_files_stay_small() -> None:
    """A file that grows past this holds more than one idea."""
    sizes = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in APP.rglob("*.py")}
    large = {str(path): size for path, size in sizes.items() if size > 400}
    assert not large


def test_no_layout_is_filled_before_it_lies_in_another() -> None:
    """There is one place that puts layouts into each other, empty; of the others Python would keep stale items."""
    ways = (".addLayout(", ".insertLayout(", ".setLayout(", ".itemAt(")
    sources = {str(path.relative_to(APP)): path.read_text("utf-8") for path in (APP / "ui").rglob("*.py")}
    found = [name for name, text in sources.items() if any(way in text for way in ways)]
    assert found == ["ui/widgets/nested.py"]


def test_only_the_engine_commits() -> None:
    """A transaction has one door: whoever else commits could keep half a record."""
    found = [str(path.relative_to(APP)) for path in APP.rglob("*.py") if ".commit()" in path.read_text("utf-8")]
    assert [name for name in found if not name.startswith("store/")] == []
