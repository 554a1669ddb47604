"""Members of staff, settings, and the audit log. None of these travels."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Staff(Base):
    """A member of staff; ``uid`` is also the id of her slot in the key file."""

    __tablename__ = "staff"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    active: Mapped[bool]


class Setting(Base):
    """One setting of this store, as text."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class AuditEntry(Base):
    """Who did what, when. Each holds the hash of the one before, so that none can be taken out unseen."""

    __tablename__ = "audit"

    rid: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    staff_uid: Mapped[uuid.UUID | None]
    action: Mapped[str]
    subject: Mapped[uuid.UUID | None]
    """The record, installation or bundle concerned. Never its contents."""
    chain: Mapped[bytes]
