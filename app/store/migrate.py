"""From one form of the store to the next: on a copy that is checked, and then swapped in.

Alembic's batch mode builds a table anew and drops the old one; with foreign keys on, the drop cascades and silently
deletes the children (100 rows to 0 in a trial). So foreign keys are off while revisions run, the number of rows of
each table is compared before and after, references and pages are checked, and only then is the copy renamed over the
store. The former file stays until the new one has been used and closed once (``Store.close``).

A fresh store is made by running the same revisions, so that there is one way to the newest form, not two.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, StaticPool, create_engine, event
from sqlcipher3 import dbapi2

from app.errors import UserError
from app.i18n import N_
from app.store import connection as driver
from app.store.copying import COPY_NAME, CopyFaulty, check_whole, copy_store, discard, put_in_place
from app.store.files import STORE_NAME, flush_file
from app.store.key import StoreKey
from app.store.schema import row_counts

_HERE: Final = Path(__file__).resolve().parent
FRESH_NAME: Final = STORE_NAME + ".fresh"


class StoreNewer(UserError):
    """Written by a later version of the program."""


@dataclass(frozen=True)
class Migrations:
    """Where the revisions lie (an Alembic script folder), and for writing new ones, the tables they lead to."""

    folder: Path = _HERE / "migrations"
    metadata: MetaData | None = field(default=None, repr=False)

    def config(self) -> Config:
        """Alembic's configuration, without an ini file."""
        config = Config()
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.set_main_option("file_template", "%%(rev)s")
        config.attributes["metadata"] = self.metadata
        return config

    def numbers(self) -> tuple[str, ...]:
        """The revisions from the first to the newest."""
        script = ScriptDirectory.from_config(self.config())
        return tuple(reversed([one.revision for one in script.walk_revisions()]))


APORA: Final = Migrations()


def pending(folder: Path, key: StoreKey, migrations: Migrations = APORA) -> tuple[str, ...]:
    """The revisions that the store has yet to go through; raises StoreNewer when it knows one that we do not."""
    numbers = migrations.numbers()
    with closing(driver.connect(folder / STORE_NAME, key)) as connection:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    current = str(rows[0][0]) if rows else ""
    if current not in numbers:
        raise StoreNewer(
            N_(
                "The store was written by a newer version of the program: it has form {found}, this program knows "
                "forms up to {known}. Install the newer program. Nothing was changed."
            ),
            found=current,
            known=numbers[-1],
        )
    return numbers[numbers.index(current) + 1 :]


def migrate(folder: Path, key: StoreKey, migrations: Migrations = APORA) -> tuple[str, ...]:
    """Bring the store to the newest form; returns the revisions run (none: nothing was touched).

    Raises StoreNewer, CopyFaulty, or whatever a revision raised; the store is then as it was.
    """
    to_run = pending(folder, key, migrations)
    if not to_run:
        return ()
    copy = copy_store(folder, key, key)
    try:
        _upgrade_checked(copy, key, migrations, to_run)
        put_in_place(folder, keep_former=True)
    except BaseException:
        discard(folder / COPY_NAME)
        raise
    return to_run


def build_fresh(folder: Path, key: StoreKey, migrations: Migrations = APORA) -> Path:
    """Make an empty store in the newest form beside where it will lie, as ``store.db.fresh``."""
    if not migrations.numbers():
        raise ValueError("there are no revisions to make a store from")
    path = folder / FRESH_NAME
    discard(path)
    _upgrade(driver.connect_new(path, key), migrations)
    with closing(driver.connect(path, key)) as connection:
        check_whole(connection)
    flush_file(path)
    return path


def engine_of_one(raw: driver.Connection) -> Engine:
    """An engine over one connection of the driver; ``dispose`` closes it."""
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: raw, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _upgrade_checked(path: Path, key: StoreKey, migrations: Migrations, to_run: tuple[str, ...]) -> None:
    before, after = _upgrade(driver.connect(path, key, foreign_keys=False), migrations)
    meant = _meant_to_change(migrations, to_run)
    changed = sorted(name for name, count in before.items() if name not in meant and after.get(name) != count)
    if changed:
        raise CopyFaulty(
            N_(
                "The step to the newer form would have changed the number of rows in {tables}. The store was left "
                "as it was. Go on with the former version of the program and tell the coordinator."
            ),
            tables=", ".join(changed),
        )
    with closing(driver.connect(path, key)) as connection:
        check_whole(connection)


def _upgrade(raw: driver.Connection, migrations: Migrations) -> tuple[dict[str, int], dict[str, int]]:
    """Run what is pending in one transaction on ``raw``, then close it; returns rows by table before and after."""
    engine = engine_of_one(raw)
    config = migrations.config()
    try:
        with engine.begin() as connection:
            before = row_counts(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return before, row_counts(connection)
    finally:
        engine.dispose()


def _meant_to_change(migrations: Migrations, to_run: tuple[str, ...]) -> frozenset[str]:
    script = ScriptDirectory.from_config(migrations.config())
    named: Iterator[frozenset[str]] = (
        getattr(script.get_revision(number).module, "ROWS_MAY_CHANGE", frozenset()) for number in to_run
    )
    return frozenset[str]().union(*named)
