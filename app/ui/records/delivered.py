"""Where a record has got to, as a chip and as a line: the same words on every screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.i18n import N_, translate
from app.ui.dates import short_date
from app.ui.widgets.chip import Chip, ChipKind
from app.usecases.delivery import Delivery, DeliveryState

KINDS: Final = MappingProxyType[DeliveryState, ChipKind](
    {
        DeliveryState.SAVED: "plain",
        DeliveryState.SENT: "accent",
        DeliveryState.RECEIVED: "ok",
        DeliveryState.ATTENTION: "danger",
    }
)
_SHORT: Final = {
    DeliveryState.SAVED: N_("saved here"),
    DeliveryState.SENT: N_("sent (bundle {number}, {date})"),
    DeliveryState.RECEIVED: N_("received ({date})"),
    DeliveryState.ATTENTION: N_("needs attention ({why})"),
}
_BRIEF: Final = {
    DeliveryState.SAVED: N_("saved here"),
    DeliveryState.SENT: N_("sent {date}"),
    DeliveryState.RECEIVED: N_("received {date}"),
    DeliveryState.ATTENTION: N_("needs attention"),
}


def short(delivery: Delivery | None) -> str:
    """In few words, for a narrow line; nothing for a record of another centre."""
    return _told(_SHORT, delivery)


def brief(delivery: Delivery | None) -> str:
    """In a cell of a list: how far it is, and since when."""
    return _told(_BRIEF, delivery)


def _told(words: Mapping[DeliveryState, str], delivery: Delivery | None) -> str:
    if delivery is None:
        return ""
    day = short_date(delivery.on[:10]) if delivery.on else ""
    return translate(words[delivery.state]).format(number=delivery.bundle, date=day, why=delivery.why())


def chip(delivery: Delivery | None) -> Chip | None:
    """The chip for a record; None for one of another centre."""
    return Chip(short(delivery), KINDS[delivery.state]) if delivery is not None else None
