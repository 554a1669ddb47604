"""The alarm "two histories": what is known, what to ask the centre by phone, and three ways on.

Both histories are kept until she decides; each way says beforehand what it does.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.i18n import _, ngettext
from app.ui import errors
from app.ui.exchange.moments import moment
from app.ui.exchange.work import Ticker, WorkStrip
from app.ui.routes import Desk
from app.ui.widgets.buttons import button, danger_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.forks import Forks, OtherHistory


class AlarmScreen(Page):
    """``AlarmScreen(desk, forks, inst)``."""

    def __init__(self, desk: Desk, forks: Forks, inst: UUID) -> None:
        super().__init__(_("Alarm: two histories"))
        self._desk = desk
        self._forks = forks
        self._inst = inst
        self._after: Callable[[], object] = self._to_centres
        self._unreadable = 0
        self.known = Card(_("What is known"))
        self.facts = KeyValue()
        self.known.add(WrapLabel(_why(), "sub"))
        self.known.add(self.facts)
        self.work = WorkStrip(desk.tasks)
        self.work.finished.connect(self._finished)
        self.add(self.known)
        self.add(self._call_card())
        self.add(self._ways_card())
        self.add(self.work)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Look into the files of the other history."""
        forks, inst = self._forks, self._inst
        self.work.run(
            _("Looking into the files of the other history…"), lambda _t: forks.other(inst), self._show, self._failed
        )
        self._offer()

    def keep_and_replace(self) -> None:
        """Another laptop follows: keep both histories, take nothing more from this one, then hand over."""
        forks, inst = self._forks, self._inst

        def work(_ticker: Ticker) -> None:
            forks.keep_both(inst)
            forks.revoke(inst)

        self._do(work, self._to_replacing)

    def keep_and_go_on(self) -> None:
        """One laptop goes on alone: keep both histories, and trust it again."""
        forks, inst = self._forks, self._inst

        def work(_ticker: Ticker) -> None:
            forks.keep_both(inst)
            forks.go_on(inst)

        self._do(work, self._to_centres)

    def revoke(self) -> None:
        """Stolen, or nobody knows: the other history is not taken, its files stay as proof."""
        forks, inst = self._forks, self._inst

        def work(_ticker: Ticker) -> None:
            forks.revoke(inst)

        self._do(work, self._to_centres)

    def _call_card(self) -> Card:
        card = Card(_("1. Call the centre and ask"))
        for words in (
            _("Which laptop do you work on now? Is there another one with the same program and data?"),
            _("Was a backup or a copy of the folder put back, on this laptop or on another?"),
            _("Is a laptop, a disk or a stick with a backup missing?"),
        ):
            card.add(WrapLabel(f"• {words}"))
        return card

    def _ways_card(self) -> Card:
        card = Card(_("2. What did they say?"))
        self.presses: list[QPushButton] = []
        ways = (
            (
                _("A backup was put back, or another laptop is used now."),
                _(
                    "Both histories are kept. From this laptop nothing more is taken; its records go over to the one "
                    "that follows."
                ),
                primary_button(_("Keep both, then hand over…"), "return", self._ask_replace),
            ),
            (
                _("A copy was opened by mistake. It is gone, and one laptop goes on alone."),
                _("Both histories are kept. The laptop is trusted again, and what it sent meanwhile is taken."),
                button(_("Keep both and trust it again…"), "undo", self._ask_go_on),
            ),
            (
                _("Something was stolen, or nobody can explain it."),
                _(
                    "Nothing of the other history is taken. Its files stay set aside as proof. A new laptop needs a "
                    "new card."
                ),
                danger_button(_("Revoke this laptop…"), "cross", self._ask_revoke),
            ),
        )
        for said, does, press in ways:
            card.add(WrapLabel(said, "strong"))
            card.add(WrapLabel(does, "sub"))
            card.add(press)
            press.setSizePolicy(press.sizePolicy().Policy.Maximum, press.sizePolicy().verticalPolicy())
            self.presses.append(press)
        return card

    def _ask_replace(self) -> None:
        self._ask(
            _("Keep both histories and take nothing more from this laptop? It cannot be undone."),
            _("Keep both"),
            self.keep_and_replace,
            keeping=True,
        )

    def _ask_go_on(self) -> None:
        self._ask(
            _("Are you sure that the copy is gone? If it is used again, there will be another alarm."),
            _("Trust it again"),
            self.keep_and_go_on,
            keeping=True,
        )

    def _ask_revoke(self) -> None:
        self._ask(
            _("Take nothing more from this laptop? It cannot be undone. What came until now stays."),
            _("Revoke"),
            self.revoke,
        )

    def _ask(self, question: str, verb: str, action: Callable[[], object], *, keeping: bool = False) -> None:
        if keeping and self._unreadable:
            lost = _("Files of the other history are missing here: what they alone hold is not kept.")
            question = f"{lost} {question}"
        self.confirm.ask(question, verb, action, danger=True)

    def _do(self, work: Callable[[Ticker], None], after: Callable[[], object]) -> None:
        self._after = after
        self.work.run(_("Keeping what both histories hold…"), work, self._done, self._failed)
        self._offer()

    def _done(self, _nothing: None) -> None:
        said = _("Decided. Questions about records of which both histories speak go with the next receipt.")
        self._desk.say(said, "ok")
        self._desk.refresh_status()
        self._after()

    def _failed(self, error: BaseException) -> None:
        self.say(errors.words(error).text, "error")

    def _finished(self) -> None:
        self._offer()
        self.presses[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self) -> None:
        for press in self.presses:
            press.setEnabled(not self.work.is_busy())

    def _show(self, found: OtherHistory) -> None:
        self._unreadable = found.unreadable
        self.set_title(_("Alarm: two histories"), found.centre)
        taken = _("number {number}, taken in {when}").format(number=found.last_seq, when=moment(found.last_at))
        self.facts.show_rows(
            (
                (_("Last bundle of the history that was taken"), taken if found.last_seq else ""),
                (_("Files of the other history"), _files(found)),
                (_("Records that the other history alone has"), str(found.more) if found.files else ""),
                (_("Records of which it says something else"), str(found.other) if found.files else ""),
            )
        )

    def _to_centres(self) -> None:
        self._desk.go("centres")

    def _to_replacing(self) -> None:
        self._desk.go("replace_laptop")


def _why() -> str:
    return _(
        "Two bundles contradict each other although both are signed with the key of this laptop. The first history "
        "stands in the register. The files of the other are kept aside, sealed as they came. Nothing more is taken "
        "from this laptop until you decide."
    )


def _files(found: OtherHistory) -> str:
    words = ngettext("{count} file", "{count} files", found.files).format(count=found.files)
    if not found.unreadable:
        return words
    lost = ngettext(
        "{count} could not be kept: ask for it again",
        "{count} could not be kept: ask for them again",
        found.unreadable,
    )
    return f"{words}; {lost.format(count=found.unreadable)}"
