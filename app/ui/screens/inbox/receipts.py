"""Who waits for a receipt, where to write them, one button."""

from __future__ import annotations

from collections.abc import Callable

from app.i18n import _, ngettext
from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel
from app.usecases.sending import Sending


class ReceiptsCard(Card):
    """``show_due`` says how many wait; ``offer`` lets the button be pressed where it would do something."""

    def __init__(self, sending: Sending, last: LastFolder | None, write: Callable[[], object]) -> None:
        super().__init__(_("Receipts"))
        self._due = 0
        self.due = WrapLabel("")
        self.places = PlaceChooser(sending.removable_folders, _("Where to write the receipts"), last)
        self.write = button(_("Write receipts for all senders"), "send", write)
        presses = Flow()
        presses.add(self.write)
        for item in (self.due, self.places, presses):
            self.add(item)

    def show_due(self, due: int) -> None:
        """For how many a receipt is to be written."""
        self._due = due
        words = ngettext("{count} sender waits for a receipt.", "{count} senders wait for a receipt.", due)
        self.due.setText(words.format(count=due) if due else _("No sender waits for a receipt."))
        self.places.setVisible(due > 0)
        self.write.setVisible(due > 0)

    def offer(self, *, busy: bool) -> None:
        """Let the button be pressed, or not."""
        self.write.setEnabled(not busy and self._due > 0 and self.places.place() is not None)


def written(count: int, *, on_stick: bool) -> str:
    """They are there, and read back."""
    text = ngettext(
        "Receipts for all senders are written and checked ({count} file).",
        "Receipts for all senders are written and checked ({count} files).",
        count,
    )
    end = _("You may take the stick out.") if on_stick else _("Carry them back to the centres.")
    return f"{text.format(count=count)} {end}"
