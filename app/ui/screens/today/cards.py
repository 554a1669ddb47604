"""The cards at the side of Today: what is on its way, how old the last backup is; and where a newcomer begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.i18n import _, ngettext, translate
from app.ui.exchange.moments import or_never
from app.ui.widgets.buttons import button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel, label
from app.usecases.delivery import Summary
from app.usecases.safekeeping import BackupState

Go = Callable[[], object]
_PERCENT: Final = 100


class SentCard(Card):
    """What is not sent yet, and when something was sent and received last."""

    def __init__(self, to_send: Callable[[], object]) -> None:
        super().__init__(_("On its way"))
        self.unsent = WrapLabel("", "h2")
        self.state = KeyValue()
        self.send = button(_("Send and receive"), "send", to_send)
        self.add(self.unsent)
        self.add(self.state)
        row = row_in(self.body)
        row.addWidget(self.send)
        row.addStretch(1)

    def show_summary(self, summary: Summary) -> None:
        """Say it."""
        self.unsent.setText(not_sent(summary))
        self.state.show_rows(
            [
                (_("Sent last"), or_never(summary.last_sent_at)),
                (_("Receipt read last"), or_never(summary.last_receipt_at)),
            ]
        )


class BackupCard(Card):
    """How old the last backup is, with a button that makes one."""

    def __init__(self, back_up: Callable[[], object], to_backups: Callable[[], object]) -> None:
        super().__init__(_("Backup"))
        self.last = WrapLabel("", "strong")
        self.problem = WrapLabel("", "doubt")
        self.now = button(_("Back up now"), "shield", back_up)
        self.choose = button(_("Choose a folder or stick"), "usb", to_backups)
        presses = Flow(8)
        presses.add(self.now)
        presses.add(self.choose)
        for item in (self.last, self.problem, presses):
            self.add(item)

    def show_state(self, state: BackupState) -> None:
        """Say it; where there is nowhere to put one, the button leads to choosing."""
        self.last.setText(_("Last backup: {moment}").format(moment=or_never(state.last_at)))
        self.problem.setText(translate(state.problem) if state.problem else "")
        self.problem.setVisible(bool(state.problem))
        self.now.setVisible(state.is_there)
        self.choose.setVisible(not state.is_there)
        self.busy(False)

    def busy(self, on: bool) -> None:
        """A backup is being made."""
        self.now.setEnabled(not on)
        self.now.setText(_("Making the backup…") if on else _("Back up now"))

    def progress(self, done: int, of: int) -> None:
        """How far it is."""
        if of:
            self.now.setText(_("Making the backup… {percent} %").format(percent=_PERCENT * done // of))


class FirstSteps(Card):
    """What to do first, in three steps, the first one being the person who is sitting here."""

    def __init__(
        self, new_person: Callable[[], object], cards: Callable[[], object], backup: Callable[[], object]
    ) -> None:
        super().__init__(_("Where to begin"))
        steps = (
            (
                _("1. Start with the person in front of you: a code is made at once, a name is not needed."),
                primary_button(_("New person"), "person", new_person),
            ),
            (
                _("2. Exchange cards with the coordinator, so that what you record can be sent."),
                button(_("Exchange cards"), "key", cards),
            ),
            (
                _("3. Choose a stick or folder for backups: they are encrypted, and are made by themselves."),
                button(_("Choose a place"), "usb", backup),
            ),
        )
        for words, press in steps:
            row = row_in(self.body)
            row.setSpacing(12)
            row.addWidget(WrapLabel(words), 1)
            row.addWidget(press)
        self.add(label(_("Afterwards this screen shows what waits for you each day."), "sub"))
        self.hide()


def not_sent(summary: Summary) -> str:
    """How many records are only on this laptop."""
    if not summary.unsent:
        if summary.last_sent_at:
            return _("Everything is sent.")
        return _("There is nothing to send yet.") if summary.recorded else _("Nothing is recorded yet.")
    text = ngettext("{count} record is not sent yet.", "{count} records are not sent yet.", summary.unsent)
    return text.format(count=summary.unsent)
