"""Moments as people read them: ``20.11.2026, 14:33`` in this laptop's time. The store keeps UTC."""

from __future__ import annotations

import datetime as dt

from app.i18n import _


def moment(stamp: str) -> str:
    """``stamp`` (ISO 8601, UTC where no zone stands) as day and time here; empty stays empty."""
    when = _read(stamp)
    return when.strftime("%d.%m.%Y, %H:%M") if when else stamp


def day(stamp: str) -> str:
    """The day alone: ``20.11.2026``."""
    when = _read(stamp)
    return when.strftime("%d.%m.%Y") if when else stamp


def or_never(stamp: str) -> str:
    """The moment, or the word "never"."""
    return moment(stamp) if stamp else _("never")


def _read(stamp: str) -> dt.datetime | None:
    try:
        read = dt.datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=dt.UTC)).astimezone()
