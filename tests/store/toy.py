"""A toy form of a store and the revisions that lead to it: parents with children, and a search index."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import app.store
from app.store.migrate import Migrations


class ToyBase(DeclarativeBase):
    pass


class Parent(ToyBase):
    __tablename__ = "parent"
    rid: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Child(ToyBase):
    __tablename__ = "child"
    rid: Mapped[int] = mapped_column(primary_key=True)
    parent_rid: Mapped[int] = mapped_column(ForeignKey("parent.rid", ondelete="CASCADE"))


FIRST = """
op.create_table(
    "parent",
    sa.Column("rid", sa.Integer, primary_key=True),
    sa.Column("name", sa.String, nullable=False),
)
op.create_table(
    "child",
    sa.Column("rid", sa.Integer, primary_key=True),
    sa.Column("parent_rid", sa.Integer, sa.ForeignKey("parent.rid", ondelete="CASCADE"), nullable=False),
)
op.execute("CREATE VIRTUAL TABLE finder USING fts5(words)")
"""

REBUILD_PARENT = """
with op.batch_alter_table("parent", recreate="always") as batch:
    batch.add_column(sa.Column("note", sa.String))
"""


def toy_migrations(folder: Path, *bodies: str, declared: str = "") -> Migrations:
    """An Alembic folder with one revision for each body; ``declared`` tables may change in the last one."""
    ours = Path(next(iter(app.store.__path__))) / "migrations"
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    for name in ("env.py", "script.py.mako"):
        shutil.copy(ours / name, folder)
    for number, body in enumerate(bodies, 1):
        down = f'"{number - 1:04d}"' if number > 1 else "None"
        meant = declared if number == len(bodies) else ""
        lines = "\n    ".join(body.strip().splitlines())
        (folder / "versions" / f"{number:04d}.py").write_text(
            "import sqlalchemy as sa\nfrom alembic import op\n"
            f'revision = "{number:04d}"\ndown_revision = {down}\n'
            f"ROWS_MAY_CHANGE = frozenset({meant.split()!r})\n"
            f"def upgrade():\n    {lines}\n",
            "utf-8",
        )
    return Migrations(folder, ToyBase.metadata)
