"""Who is the same person: decisions that are only ever added or revoked, and what is derived from them.

Records are never merged. A decision names two persons by the ids of their records; groups are the classes of the
standing decisions "same" and are made anew whenever one is added or revoked.
"""

from __future__ import annotations

import uuid

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base

_STANDS = text("revoked_at IS NULL")


class PersonDecision(Base):
    """What was decided about two persons, by whom, on which evidence. Undone by revoking it, never by deleting."""

    __tablename__ = "person_decision"
    __table_args__ = (
        # One decision stands for a pair; the revoked ones stay as history.
        Index("ix_person_decision_pair", "one_uid", "other_uid", unique=True, sqlite_where=_STANDS),
        Index("ix_person_decision_other_uid", "other_uid"),
    )

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    one_uid: Mapped[uuid.UUID]
    """The smaller of the two ids."""
    other_uid: Mapped[uuid.UUID]
    verdict: Mapped[str]
    """``same``, ``different`` or ``later``."""
    score: Mapped[float | None]
    """The weight in bits when it was decided; null where the two were put together by hand."""
    evidence: Mapped[str]
    """Canonical JSON: the version of the weights and the codes of the findings, no values."""
    decided_by: Mapped[uuid.UUID]
    decided_at: Mapped[str]
    revoked_by: Mapped[uuid.UUID | None]
    revoked_at: Mapped[str | None]


class SamePerson(Base):
    """Derived: the group of each person who is linked with another. A person in no row is a group of her own."""

    __tablename__ = "same_person"

    person_uid: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    group_uid: Mapped[uuid.UUID] = mapped_column(index=True)
    """The smallest id of the group: whatever the order of the decisions, it is the same."""


class Candidate(Base):
    """Derived: two persons who may be one, and about whom nothing is decided."""

    __tablename__ = "candidate"
    __table_args__ = (Index("ix_candidate_score", "score"), Index("ix_candidate_other_uid", "other_uid"))

    one_uid: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    other_uid: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    score: Mapped[float]
    found_at: Mapped[str]


class Unmatched(Base):
    """A person who was new or changed since candidates were last looked for."""

    __tablename__ = "unmatched"

    person_rid: Mapped[int] = mapped_column(primary_key=True)
