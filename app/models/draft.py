"""Drafts: what was typed and not saved. They never travel, and go when their form is saved."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Draft(Base):
    """One form that was touched and not saved, and how to open it again."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(primary_key=True)
    """Who typed and the form it belongs to: each member of staff has one draft of a form."""
    seq: Mapped[int]
    """Drafts stand in the order in which they were changed; the clock of a field laptop may be wrong."""
    route: Mapped[str]
    arguments: Mapped[str]
    """What the route is opened with, as JSON."""
    contents: Mapped[str]
    """What was typed, form by form, and what the screen keeps beyond its forms, as JSON."""
    focus: Mapped[str]
    """Where the hand was: field, cursor, selection, how far it was scrolled, as JSON."""
    about: Mapped[str]
    """What the form is about: ``services/food_meals`` (a code list and a code); empty where the route says it."""
    subject: Mapped[uuid.UUID | None]
    """The person it is about, where there is one already."""
    changed_at: Mapped[str]
