"""Installations (this one and those we know), their centres, and this one's keys."""

from __future__ import annotations

import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Trust(StrEnum):
    """How far an installation is trusted."""

    SELF = "self"
    PENDING = "pending"  # its card lies here, the digits are not yet confirmed
    TRUSTED = "trusted"
    VOUCHED = "vouched"  # a centre of which the coordinator's list says that it may pass persons on to us
    STOPPED = "stopped"  # a fork was seen: nothing is taken until a person decides
    REVOKED = "revoked"


class Centre(Base):
    """A crisis centre or a Red Cross branch."""

    __tablename__ = "centre"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    name: Mapped[str]
    oblast: Mapped[str | None]
    raion: Mapped[str | None]


class Installation(Base):
    """One copy of the program: its public keys, and what we hold of it. Row 1 is this laptop."""

    __tablename__ = "installation"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    centre_rid: Mapped[int] = mapped_column(ForeignKey("centre.rid"))
    role: Mapped[str]
    name: Mapped[str]
    practice: Mapped[bool]
    trust: Mapped[str]
    card: Mapped[bytes | None]
    """The card file as it was received (for this laptop: as it is given out)."""
    sign_key: Mapped[bytes | None] = mapped_column(unique=True)
    receive_key: Mapped[bytes | None]
    recovery_key: Mapped[bytes | None]
    """The coordinator's second recipient; null for a centre."""
    revoked_after: Mapped[int | None]
    """The last good number of its ``records`` stream, where revoked."""
    accepts_schema: Mapped[int | None]
    app_version: Mapped[str | None]
    enrolled_at: Mapped[str | None]
    silence_days: Mapped[int | None]
    """After how many days without a bundle it is overdue; null: as agreed for all."""
    news: Mapped[int] = mapped_column(default=0)
    """How many decisions concern its persons that no receipt has told yet."""


class OwnKeys(Base):
    """This installation's two seeds. Never exported; a rotation adds a row, the newest is in use."""

    __tablename__ = "own_keys"

    rid: Mapped[int] = mapped_column(primary_key=True)
    sign_seed: Mapped[bytes]
    receive_seed: Mapped[bytes]
    created_at: Mapped[str]
