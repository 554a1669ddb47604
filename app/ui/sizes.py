"""Sizes of files as people read them here."""

from __future__ import annotations

from app.i18n import language


def megabytes(count: int) -> str:
    """``12,3`` of 12,300,000 bytes; a point stands in English."""
    text = f"{count / 1_000_000:.1f}"
    return text if language() == "en" else text.replace(".", ",")
