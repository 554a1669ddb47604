"""After a restore, until the handover has come: what to do next, with the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from app.i18n import _, ngettext
from app.ui.widgets.banner import Banner


class RestoredNotice(Banner):
    """Hidden while nothing waits. ``acted``: she wants to give the card."""

    def show_waits(self, waits: Mapping[UUID, int]) -> None:
        """``waits``: how many records wait, by the former number of this laptop."""
        count = sum(waits.values())
        if not count:
            self.clear()
            return
        text = ngettext(
            "This laptop was restored: give its new card to the coordinator. {count} record waits for the handover; "
            "until then it can be read, not changed.",
            "This laptop was restored: give its new card to the coordinator. {count} records wait for the handover; "
            "until then they can be read, not changed.",
            count,
        )
        self.say(text.format(count=count), "warn", _("Give the card"))
