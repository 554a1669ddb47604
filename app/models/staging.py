"""Bundles on their way in: verified, unpacked and checked, not yet merged.

A large bundle is laid here in small transactions and merged in small ones, so that no save waits for it. From the
moment its state is ``merging`` it is taken for good: what a cut leaves here is finished at the next opening.
"""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class StagedBundle(Base):
    """One bundle that is being laid down (``laying``) or merged (``merging``)."""

    __tablename__ = "staged_bundle"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID]
    from_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    schema_version: Mapped[int]
    state: Mapped[str]
    taken: Mapped[str]
    """Canonical JSON: the counts of what was merged until now."""


class StagedRow(Base):
    """One row as it came, in the order of its bundle."""

    __tablename__ = "staged_row"

    rid: Mapped[int] = mapped_column(primary_key=True)
    bundle_rid: Mapped[int] = mapped_column(ForeignKey("staged_bundle.rid"), index=True)
    line: Mapped[bytes] = mapped_column(LargeBinary)


class StagedContent(Base):
    """The bytes of an attachment of a staged bundle."""

    __tablename__ = "staged_content"

    rid: Mapped[int] = mapped_column(primary_key=True)
    bundle_rid: Mapped[int] = mapped_column(ForeignKey("staged_bundle.rid"), index=True)
    uid: Mapped[uuid.UUID]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
