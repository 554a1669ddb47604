"""Centres, as the coordinator watches over them: a table that shows silence and gaps first, and one laptop below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from app.errors import UserError
from app.i18n import _, ngettext
from app.ui import errors
from app.ui.routes import Desk
from app.ui.screens.watched.about import About
from app.ui.screens.watched.table import WatchedTable, name_of
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.page import Page
from app.usecases.enrolment import Enrolment
from app.usecases.watch import Watch, Watched


class WatchedScreen(Page):
    """``WatchedScreen(desk, watch, enrolment)``."""

    def __init__(self, desk: Desk, watch: Watch, enrolment: Enrolment) -> None:
        super().__init__(_("Centres"))
        self._desk = desk
        self._watch = watch
        self._enrolment = enrolment
        self.enrol = button(_("Enrol a laptop…"), "key", self._to_enrolling)
        self.add_action(self.enrol)
        self.table = WatchedTable()
        self.table.picked.connect(self._picked)
        self.card = Card()
        self.card.add(self.table)
        self.about = About()
        self.about.agreed.connect(self._agree)
        self.about.agreed_with_all.connect(self._agree_with_all)
        self.about.alarm_wanted.connect(self._to_alarm)
        self.about.revoke_wanted.connect(self.ask_revoke)
        self.about.replace_wanted.connect(self._to_replacing)
        self.about.files_wanted.connect(self._to_inbox)
        self.nobody = EmptyState(
            "centre",
            _("No centre is known yet"),
            _("Exchange cards on a stick with the first centre, then compare twenty digits by phone."),
            _("Enrol a laptop…"),
        )
        self.nobody.acted.connect(self._to_enrolling)
        for item in (self.nobody, self.card, self.about):
            item.hide()
            self.add(item)
        self.body.addStretch(1)
        self.banner.acted.connect(self._to_enrolling)

    def entered(self) -> None:
        """Read the list, in the background: with a hundred centres it counts many records."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the list again."""
        watch, enrolment = self._watch, self._enrolment

        def read() -> tuple[list[Watched], int]:
            return watch.centres(), sum(peer.trust == "pending" for peer in enrolment.peers())

        self._desk.tasks.run(lambda _job: read(), self._show, self._failed)

    def ask_revoke(self) -> None:
        """Ask above the screen; the verb stands on the button."""
        if (one := self.table.watched()) is not None:
            question = _(
                "Take nothing more from {name}? Do this when the laptop is lost or stolen. "
                "What came until now stays. It cannot be undone: a new laptop needs a new card."
            )
            self.confirm.ask(question.format(name=name_of(one)), _("Revoke"), self._revoke, danger=True)

    def _show(self, known: tuple[Sequence[Watched], int]) -> None:
        watched, pending = known
        self.nobody.setVisible(not watched)
        self.card.setVisible(bool(watched))
        self.about.setVisible(bool(watched))
        self.sub.setText(_words(watched))
        self.sub.setVisible(bool(watched))
        self.table.show_watched(watched)
        if pending:
            words = ngettext("{count} card waits for its digits.", "{count} cards wait for their digits.", pending)
            self.say(words.format(count=pending), "info", _("Compare the digits"))
        else:
            self.banner.clear()

    def _picked(self, _row: int) -> None:
        if (one := self.table.watched()) is not None:
            self.about.show_one(one)

    def _agree(self, days: int) -> None:
        self._do(lambda inst: self._watch.agree(days, inst))

    def _agree_with_all(self, days: int) -> None:
        def agree(inst: UUID) -> None:
            self._watch.agree(days)
            self._watch.agree(days, inst)

        self._do(agree)

    def _revoke(self) -> None:
        self._do(self._enrolment.revoke)

    def _do(self, what: Callable[[UUID], object]) -> None:
        if (one := self.table.watched()) is None:
            return
        try:
            what(one.peer.inst)
        except UserError as error:
            self.say(error.sentence(), "error")
        self.refresh()
        self._desk.refresh_status()

    def _failed(self, error: BaseException) -> None:
        self.say(errors.words(error).text, "error")

    def _to_enrolling(self) -> None:
        self._desk.go("enrol")

    def _to_alarm(self) -> None:
        if (one := self.table.watched()) is not None:
            self._desk.go("alarm", inst=one.peer.inst)

    def _to_replacing(self) -> None:
        self._desk.go("replace_laptop")

    def _to_inbox(self) -> None:
        self._desk.go("inbox")


def _words(watched: Sequence[Watched]) -> str:
    """At a glance: how many, and how many want a call."""
    known = ngettext("{count} laptop", "{count} laptops", len(watched)).format(count=len(watched))
    wanting = sum(one.is_alarm or bool(one.peer.missing) or one.overdue for one in watched)
    if not wanting:
        return _("{laptops}, all in order").format(laptops=known)
    call = ngettext("{count} wants a call", "{count} want a call", wanting).format(count=wanting)
    return f"{known} · {call}"
