"""The person's services as lines of the timeline, with where each record has got to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping

from app import codelists
from app.codelists import Outcome
from app.forms import partial
from app.i18n import _, language
from app.ui.records.words import amount, coded
from app.ui.widgets.chip import ChipKind
from app.ui.widgets.timeline_items import TimelineItem
from app.usecases.assistance import ServiceRow
from app.usecases.delivery import Delivery, DeliveryState

_KINDS: Mapping[DeliveryState, ChipKind] = {
    DeliveryState.SAVED: "plain",
    DeliveryState.SENT: "accent",
    DeliveryState.RECEIVED: "ok",
    DeliveryState.ATTENTION: "danger",
}


def items(rows: Iterable[ServiceRow], deliveries: Mapping[uuid.UUID, Delivery], tile: str = "") -> list[TimelineItem]:
    """The lines for ``rows`` in their order; ``tile`` leaves only its kinds of help."""
    return [
        _item(row, deliveries.get(row.uid)) for row in rows if not tile or codelists.service_tile(row.code) == tile
    ]


def _item(row: ServiceRow, delivery: Delivery | None) -> TimelineItem:
    parts = [coded("outcomes", row.outcome) if row.outcome != Outcome.PROVIDED else ""]
    if row.amount_minor is not None:
        parts.append(amount(row.amount_minor, row.currency))
    parts.append(coded("service_groups", row.group))
    return TimelineItem(
        key=str(row.uid),
        on=row.on,
        title=coded("services", row.code),
        sub=" · ".join(part for part in parts if part),
        note=row.note.replace("\n", " "),
        group=codelists.service_tile(row.code),
        group_word=coded("tiles", codelists.service_tile(row.code)),
        chip=_where(delivery) if delivery else "",
        chip_kind=_KINDS[delivery.state] if delivery else "plain",
    )


def _where(delivery: Delivery) -> str:
    """Where the record has got to, in few words: the line is narrow and there are many of them."""
    day = partial.display(delivery.on[:10], language()) if delivery.on else ""
    match delivery.state:
        case DeliveryState.SAVED:
            return _("saved here")
        case DeliveryState.SENT:
            return _("sent (bundle {number})").format(number=delivery.bundle)
        case DeliveryState.RECEIVED:
            return _("received ({date})").format(date=day)
        case DeliveryState.ATTENTION:
            return delivery.words()
