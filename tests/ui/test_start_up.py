"""The unlock window comes first: what makes the start slow is not loaded before it is painted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from app.bootstrap import Program
from app.settings import Look
from app.ui.application import create_application

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWindowType():
            heavy = {"sqlalchemy", "alembic", "mnemonic"} & set(sys.modules)
            print("painted", *sorted(heavy), flush=True)
            import os
            os._exit(0)
        return False

app = create_application(["apora"])
folder = Path(sys.argv[1])
(folder / "store.key").write_bytes(b"{}")
watch = Watch()
app.installEventFilter(watch)
program = Program(app, folder, Look(language="en"))
program.start()
app.exec()
"""


def test_sqlalchemy_is_not_loaded_before_the_unlock_window(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    result = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(tmp_path)],
        cwd=root,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.stdout.split() == ["painted"], result.stderr
