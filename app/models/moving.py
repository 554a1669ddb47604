"""Records on their way to another owner."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class AwaitedHandover(Base):
    """The coordinator's word about a record that is not here yet: carried out when the record comes."""

    __tablename__ = "awaited_handover"

    record_uid: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    owner_rid: Mapped[int] = mapped_column(ForeignKey("installation.rid"))
    epoch: Mapped[int]
    former_owners: Mapped[str] = mapped_column(default="")
    """Whose it was, as in ``Record``: the last of them is to be asked for it."""
    row: Mapped[str] = mapped_column(default="")
    """The record's row as the coordinator holds it, as it travels: where what comes is older, it is brought up to
    it. Empty where the word came without it.
    """


class TransferDecision(Base):
    """At the coordinator: what she decided about a centre's wish to pass a person on."""

    __tablename__ = "transfer_decision"

    rid: Mapped[int] = mapped_column(primary_key=True)
    transfer_uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    """The record of the wish (kind ``transfer``)."""
    granted: Mapped[bool]
    to_rid: Mapped[int | None] = mapped_column(ForeignKey("installation.rid"))
    """Who got the records, where it was granted. Who had them owns the record of the wish, also a deleted one."""
    records: Mapped[str] = mapped_column(default="")
    """The ids of the records that changed their owner, separated by spaces: the wish may be taken back later."""
    decided_by: Mapped[uuid.UUID]
    decided_at: Mapped[str]
