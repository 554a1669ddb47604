"""The envelope of every record that travels: who owns it, which revision, and its values as one document.

The values stand in ``data`` exactly as they travel (canonical JSON). Columns that lists and reports need are
*projected* from it into the noun tables (person, service, …), whose rows exist for live records only.
So an unknown code is kept verbatim, a record is equal byte for byte on both ends, and every noun table can be
made anew from here (docs/adr/0001).
"""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Record(Base):
    """One record of any kind that travels (``app.forms.catalogue.KINDS``)."""

    __tablename__ = "record"
    __table_args__ = (
        Index("ix_record_owner_changed_seq", "owner_rid", "changed_seq"),
        # The list of people in the order of their last change, without a look at the records.
        Index("ix_record_person_changed_at", "changed_at", sqlite_where=text("kind = 'person'")),
        # Who keeps which case, need and referral: figures read them all, also without a look at the records.
        Index("ix_record_kept", "kind", "owner_rid", sqlite_where=text("kind IN ('case', 'need', 'referral')")),
    )

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    kind: Mapped[str]
    owner_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    epoch: Mapped[int]
    revision: Mapped[int]
    changed_seq: Mapped[int]
    """The owner's own counter, set at commit; a bundle holds all above the acknowledged one."""
    changed_at: Mapped[str]
    """UTC, ``2026-03-09T14:30:05Z``. Information only: field clocks are wrong."""
    changed_by: Mapped[uuid.UUID | None]
    state: Mapped[str]
    schema_version: Mapped[int]
    data: Mapped[str]
    digest: Mapped[bytes]
    """SHA-256 of the row as it came in a bundle (a repeated row is told from a fork by it); empty for own rows."""
    former_owners: Mapped[str] = mapped_column(default="")
    """Ids of earlier owners, separated by spaces: only their late rows become questions."""
    problems: Mapped[str | None]
    """Canonical JSON list of ``{"field", "code"}`` where the row needs attention; null where all is well."""
