"""The plan: what the person needs, the agreed step, and its progress, which is set here at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt

from app.i18n import _
from app.ui.dates import short_date
from app.ui.records.words import coded
from app.ui.screens.person.cards import RecordLine, SideCard
from app.ui.screens.person.sources import Known
from app.ui.widgets.buttons import ghost_button
from app.ui.widgets.chip import ChipKind
from app.ui.widgets.flow import Flow

_CHIPS: Final[dict[str, ChipKind]] = {"met": "ok", "in_progress": "accent"}
_NEXT: Final = {"in_progress": ("met", "not_applicable"), "met": ("in_progress",), "not_applicable": ("in_progress",)}


def plan_card(
    known: Known, go: Callable[[str, uuid.UUID | None], object], set_progress: Callable[[uuid.UUID, str], object]
) -> SideCard:
    """The needs in the order of the use case: those in progress first."""
    add = (_("New need"), partial(go, "need", None)) if known.mine else None
    card = SideCard(_("Needs and plan"), _("none yet"), add)
    for uid, values in known.needs:
        card.add_line(_line(known, uid, values, go, set_progress))
    return card


def _line(
    known: Known,
    uid: uuid.UUID,
    values: Mapping[str, Any],
    go: Callable[[str, uuid.UUID | None], object],
    set_progress: Callable[[uuid.UUID, str], object],
) -> RecordLine:
    progress = str(values.get("progress") or "in_progress")
    due = str(values.get("due", ""))
    late = progress == "in_progress" and bool(due) and due < known.today.isoformat()[: len(due)]
    line = RecordLine(
        str(values.get("goal") or values.get("need") or coded("service_groups", values.get("category"))),
        partial(go, "need", uid),
        chip=(_("late"), "warn") if late else (coded("need_progress", progress), _CHIPS.get(progress, "plain")),
        lines=(
            " · ".join(part for part in (str(values.get("step", "")), str(values.get("responsible", ""))) if part),
            _("due {date}").format(date=short_date(due)) if due else "",
            known.centre_of(uid),
        ),
        delivery=known.deliveries.get(uid),
    )
    if known.mine:
        flow = Flow(4)
        for state in _NEXT.get(progress, ("in_progress",)):
            press = ghost_button(coded("need_progress", state), "", partial(set_progress, uid, state))
            press.setProperty("progress", state)
            flow.add(press)
        line.column.addWidget(flow, 0, Qt.AlignmentFlag.AlignLeft)
    return line
