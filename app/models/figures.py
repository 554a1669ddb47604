"""What figures rest on beyond records, and what of them was told to others. All of it stays here."""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class EnteredFigure(Base):
    """A number that no record holds, with its source: what was before the program, population, court statistics."""

    __tablename__ = "entered_figure"
    __table_args__ = (Index("ix_entered_figure_code", "code", "area", "last"),)

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    code: Mapped[str]
    """What it says: a code of the list ``entered_figures``."""
    key: Mapped[str]
    """Of what within it (a form of exploitation, a year's offence); empty for the whole."""
    area: Mapped[str]
    """A code of ``oblasts``; empty for the country."""
    first: Mapped[str]
    """The first month it speaks of, ``2002-09``; empty where it reaches back without a beginning."""
    last: Mapped[str]
    """The last month it speaks of; a figure of a day stands in its month."""
    value: Mapped[int]
    """Whole things; sums of money in minor units."""
    currency: Mapped[str]
    source: Mapped[str]
    entered_at: Mapped[str]
    entered_by: Mapped[uuid.UUID]


class SavedReport(Base):
    """A question asked of the figures, kept under a name."""

    __tablename__ = "saved_report"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    name: Mapped[str]
    document: Mapped[str]
    """Canonical JSON of the question."""
    saved_at: Mapped[str]


class Release(Base):
    """Tables that left the coordinator, in one go: for whom, by which rule, over what, until which bundles."""

    __tablename__ = "release"

    rid: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[uuid.UUID] = mapped_column(unique=True)
    at: Mapped[str]
    by: Mapped[uuid.UUID]
    audience: Mapped[str]
    rule: Mapped[str]
    """Canonical JSON of the rule with its numbers, as it was then."""
    what: Mapped[str]
    """The code of the pack or the indicator."""
    area: Mapped[str]
    first: Mapped[str]
    last: Mapped[str]
    until: Mapped[str]
    """Canonical JSON: up to which bundle of each centre it counts, and what was missing."""


class ReleasedFigure(Base):
    """One quantity that a release told or hid. Each later table is held against all of them."""

    __tablename__ = "released_figure"

    rid: Mapped[int] = mapped_column(primary_key=True)
    release_rid: Mapped[int] = mapped_column(ForeignKey("release.rid"), index=True)
    quantity: Mapped[str] = mapped_column(index=True)
    """What it is a number of, spelt in one way (``app.reports.disclosure``)."""
    told: Mapped[int | None]
    """What was told; null where it was hidden."""
    true: Mapped[int]
    """What it was in truth. It never leaves this store."""
