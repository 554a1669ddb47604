"""Writing the next revision from the models: a developer's step, run by ``python -m app.store.migrations``."""

from __future__ import annotations

from pathlib import Path

from alembic import command

from app.store.connection import connect_new
from app.store.key import StoreKey
from app.store.migrate import FRESH_NAME, Migrations, engine_of_one


def write_revision(scratch: Path, migrations: Migrations, message: str) -> Path:
    """Write what leads from the newest revision to ``migrations.metadata``; returns the file.

    ``scratch`` is an empty folder, in which a throw-away store is made in the newest form to compare with.
    """
    number = f"{len(migrations.numbers()) + 1:04d}"
    config = migrations.config()
    engine = engine_of_one(connect_new(scratch / FRESH_NAME, StoreKey.random()))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=number)
    finally:
        engine.dispose()
    return migrations.folder / "versions" / f"{number}.py"
