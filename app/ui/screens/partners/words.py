"""A partner in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.i18n import _
from app.ui.dates import short_date
from app.ui.records.words import coded
from app.usecases.partners import AgencyRow


def in_memorandum(row: AgencyRow) -> str:
    """Party, invited, or nothing."""
    if row.party_in:
        return _("party")
    return _("invited") if row.invited_in else ""


def of_which(oblast: str) -> str:
    """Whose memorandum it is."""
    return coded("oblasts", oblast) or _("the whole country")


def membership(party: Mapping[str, Any]) -> str:
    """``signed, 01.03.2011 to 05.2014``."""
    joined, left = short_date(str(party.get("joined", ""))), short_date(str(party.get("left", "")))
    since = _("since {date}").format(date=joined) if joined and not left else joined
    days = _("{first} to {last}").format(first=joined or "…", last=left) if left else since
    return ", ".join(part for part in (coded("mou_status", party.get("status")), days) if part)
