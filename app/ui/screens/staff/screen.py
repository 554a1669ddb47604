"""The staff of this laptop: a list, and what can be done for the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.i18n import _
from app.ui import errors
from app.ui.exchange.plain_table import Head, Line, PlainTable
from app.ui.routes import Desk
from app.ui.screens.staff.panel import PassphrasePanel
from app.ui.widgets.buttons import button, danger_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.members import Member, Members


class StaffScreen(Page):
    """``roles``: codes with their words."""

    def __init__(self, desk: Desk, members: Members, roles: Sequence[tuple[str, str]]) -> None:
        super().__init__(_("Staff and passphrases"), _("Each opens this laptop with a passphrase of her own."))
        self._desk = desk
        self._members = members
        self._words = dict(roles)
        self._rows: list[Member] = []
        self.add(self._list_card())
        self.panel = PassphrasePanel(members.new_passphrase, roles)
        self.panel.closed.connect(self._offer)
        self.add(self.panel)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Read the list."""
        members = self._members
        self._desk.tasks.run(lambda _job: members.list(), self._show, self._failed)

    def leaving(self) -> None:
        """A passphrase that was being chosen is forgotten."""
        self.panel.put_away()

    def member(self) -> Member | None:
        """The one under the cursor."""
        return self._rows[self.table.row()] if 0 <= self.table.row() < len(self._rows) else None

    def add_member(self) -> None:
        """A new member of staff."""
        self.panel.open_for_new(self._added)

    def change_mine(self) -> None:
        """My own passphrase."""
        self.panel.open_for_me(self._changed)

    def set_passphrase(self) -> None:
        """A new passphrase for the colleague under the cursor."""
        if (one := self.member()) is not None:
            uid, name = one.uid, one.name

            def accept() -> None:
                members, phrase = self._members, self.panel.phrase.text()
                words = _("{name} has a new passphrase; the one of before opens nothing.").format(name=name)
                self._run(lambda: members.set_passphrase(uid, phrase), words)

            self.panel.open_for_colleague(name, accept)

    def ask_take_out(self) -> None:
        """Ask before somebody's passphrase is taken away."""
        if (one := self.member()) is None:
            return
        uid, name, members = one.uid, one.name, self._members
        question = _(
            "Take {name} out? The passphrase opens this laptop no more. "
            "An older backup still opens with it, as it was then."
        )
        words = _("{name} can no longer open this laptop.").format(name=name)
        self.confirm.ask(
            question.format(name=name),
            _("Take out"),
            lambda: self._run(lambda: members.deactivate(uid), words),
            danger=True,
        )

    def _list_card(self) -> Card:
        card = Card(_("Who works here"))
        self.table = PlainTable(_("Who works here"))
        self.table.picked.connect(self._offer)
        self.new = primary_button(_("New member of staff"), "plus", self.add_member)
        self.mine = button(_("Change my passphrase"), "key", self.change_mine)
        self.anew = button(_("Set a new passphrase"), "refresh", self.set_passphrase)
        self.out = danger_button(_("Take out…"), "cross", self.ask_take_out)
        presses = Flow(8)
        for press in (self.new, self.mine, self.anew, self.out):
            presses.add(press)
        told = _(
            "Somebody has forgotten her passphrase? "
            "Choose her in the list and set a new one together, at this keyboard."
        )
        for item in (self.table, presses, WrapLabel(told, "sub")):
            card.add(item)
        return card

    def _added(self) -> None:
        members, panel = self._members, self.panel
        name, role, phrase = panel.name.text(), str(panel.role.currentData()), panel.phrase.text()
        words = _("{name} can open this laptop now.").format(name=name.strip())
        self._run(lambda: members.add(name, role, phrase), words)

    def _changed(self) -> None:
        members, present, phrase = self._members, self.panel.present.text(), self.panel.phrase.text()
        self._run(lambda: members.change_mine(present, phrase), _("Your passphrase is changed."))

    def _run(self, act: Callable[[], object], words: str) -> None:
        def work(_job: object) -> str:
            act()
            return words

        self._desk.tasks.run(work, self._done, self._failed)

    def _done(self, words: str) -> None:
        self.panel.put_away()
        self.say(words, "ok")
        self.entered()

    def _failed(self, error: BaseException) -> None:
        sentence = errors.words(error).text
        if self.panel.isHidden():
            self.say(sentence, "error")
        else:
            self.panel.refuse(sentence)

    def _show(self, rows: Sequence[Member]) -> None:
        self._rows = list(rows)
        heads = (Head(_("Name"), wide=True), Head(_("Work")), Head(_("Passphrase")))
        self.table.show_lines(heads, [self._line(row) for row in rows])
        self._offer()

    def _line(self, row: Member) -> Line:
        name = _("{name} (you)").format(name=row.name) if row.is_me else row.name
        opens = _("has one") if row.can_open else _("has none")
        return Line((name, self._words.get(row.role, row.role), opens if row.active else _("no longer works here")))

    def _offer(self) -> None:
        one = self.member()
        other = one is not None and not one.is_me
        self.anew.setEnabled(other)
        self.out.setVisible(other and one is not None and one.active)
