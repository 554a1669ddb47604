"""Where a record has got to, as a chip and as a line: the same words on every screen."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from app.i18n import _
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


def short(delivery: Delivery | None) -> str:
    """In few words, for a narrow line; nothing for a record of another centre."""
    if delivery is None:
        return ""
    day = short_date(delivery.on[:10]) if delivery.on else ""
    match delivery.state:
        case DeliveryState.SAVED:
            return _("saved here")
        case DeliveryState.SENT:
            return _("sent (bundle {number}, {date})").format(number=delivery.bundle, date=day)
        case DeliveryState.RECEIVED:
            return _("received ({date})").format(date=day)
        case DeliveryState.ATTENTION:
            return _("needs attention ({why})").format(why=delivery.why())


def brief(delivery: Delivery | None) -> str:
    """In a cell of a list: how far it is, and since when."""
    if delivery is None:
        return ""
    day = short_date(delivery.on[:10]) if delivery.on else ""
    match delivery.state:
        case DeliveryState.SAVED:
            return _("saved here")
        case DeliveryState.SENT:
            return _("sent {date}").format(date=day)
        case DeliveryState.RECEIVED:
            return _("received {date}").format(date=day)
        case DeliveryState.ATTENTION:
            return _("needs attention")


def chip(delivery: Delivery | None) -> Chip | None:
    """The chip for a record; None for one of another centre."""
    return Chip(short(delivery), KINDS[delivery.state]) if delivery is not None else None
