"""The card at the side about a transfer to another centre: how it stands, and the way to its page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from app.i18n import _
from app.ui.records.passing_words import told
from app.ui.screens.person.cards import RecordLine, SideCard
from app.ui.screens.person.sources import Known
from app.ui.widgets.buttons import link_button
from app.ui.widgets.text import WrapLabel
from app.usecases.transfer_state import Passing


def passing_card(known: Known, go: Callable[[str, uuid.UUID | None], object]) -> SideCard | None:
    """None where nobody can pass the person on: at the coordinator's, and where nobody thinks of it elsewhere."""
    state = known.passing
    if state is None and not known.mine:
        return None
    card = SideCard(_("Another centre"))
    if state is not None:
        card.add(WrapLabel(told(state), "sub"))
    own = state is not None and state.wish is not None
    if own and state is not None and state.passing is not Passing.DECLINED:
        card.add_line(RecordLine(_("Open the transfer"), partial(go, "transfer", None)))
    elif known.mine:
        card.add(link_button(_("Pass on to another centre…"), partial(go, "transfer", None)))
    return card
