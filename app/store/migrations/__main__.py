"""For developers: ``python -m app.store.migrations "what changes"`` writes the next revision from the models.

It makes a throw-away store in the newest form, compares it with ``app.models`` and writes the difference as
``versions/<number>.py``. Read what it wrote: Alembic does not see a renamed column, and data are moved by hand.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from app.models import Base
from app.store.migrate import Migrations
from app.store.revise import write_revision

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(write_revision(Path(scratch), Migrations(metadata=Base.metadata), sys.argv[1]))  # noqa: T201 - a developer's command
