"""One laptop: what is known of it, how often it is to send, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSpinBox

from app.i18n import _, ngettext
from app.ui import theme
from app.ui.dates import long_date
from app.ui.exchange.moments import moment
from app.ui.screens.watched.table import name_of, state_of
from app.ui.widgets.buttons import button, danger_button, ghost_button, link_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.text import WrapLabel, label
from app.usecases.watch import LONGEST_DAYS, Watched


class About(Card):
    """``show_one`` says whom it is about."""

    agreed = Signal(int)
    agreed_with_all = Signal(int)
    alarm_wanted = Signal()
    revoke_wanted = Signal()
    replace_wanted = Signal()
    files_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = WrapLabel("", "h2")
        self.advice = WrapLabel("")
        self.rows = KeyValue()
        self.days = QSpinBox()
        self.days.setRange(1, LONGEST_DAYS)
        self.days.setAccessibleName(_("Days without a bundle after which this centre is overdue"))
        self.days.setFixedSize(theme.px(96), theme.px(36))
        self.days.valueChanged.connect(self._days_changed)
        self.agree = button(_("Agree on this"), "check", self._agree)
        self.decide = primary_button(_("Decide about the alarm…"), "warning", self.alarm_wanted.emit)
        self.files = link_button(_("Show the files that were not taken"), self.files_wanted.emit)
        self.replaced = button(_("A laptop is lost or was restored…"), "return", self.replace_wanted.emit)
        self.revoke = danger_button(_("Revoke this laptop…"), "cross", self.revoke_wanted.emit)
        self.for_all = ghost_button(_("The same with all centres"), "", self._agree_with_all)
        self._agreed_days = 0
        self._lay_out()

    def show_one(self, one: Watched) -> None:
        """Show this laptop."""
        peer = one.peer
        self.name.setText(name_of(one))
        self.advice.setText(_advice(one))
        self.rows.show_rows(
            (
                (_("State"), state_of(one)[2]),
                (_("Known since"), long_date(peer.enrolled_at[:10]) if peer.enrolled_at else ""),
                (_("Last bundle"), _last(one)),
                (_("Missing bundles"), peer.missing),
                (_("Program and form of the records"), _program(one)),
                (_("Number of the laptop"), str(peer.inst)[-12:]),
            )
        )
        self._agreed_days = one.agreed_days
        self.days.setValue(one.agreed_days)
        self._days_changed()
        revoked = peer.trust == "revoked"
        self.days.setEnabled(not revoked)
        self.decide.setVisible(one.is_alarm)
        self.revoke.setVisible(not revoked)
        self.files.setVisible(bool(one.set_aside))

    def _lay_out(self) -> None:
        row = Flow(8)
        words = label(_("Agreed: a bundle at least every (days)"), "field")
        words.setMinimumHeight(theme.px(36))
        for part in (words, self.days, self.agree, self.for_all):
            row.add(part)
        presses = Flow(8)
        for press in (self.decide, self.replaced, self.revoke):
            presses.add(press)
        for item in (self.name, self.advice, self.rows, self.files, row, presses):
            self.add(item)

    def _days_changed(self) -> None:
        self.agree.setEnabled(self.days.isEnabled() and self.days.value() != self._agreed_days)

    def _agree(self) -> None:
        self.agreed.emit(self.days.value())

    def _agree_with_all(self) -> None:
        self.agreed_with_all.emit(self.days.value())


def _last(one: Watched) -> str:
    peer = one.peer
    if not peer.last_seq:
        return ""
    return _("number {number}, taken in {when}").format(number=peer.last_seq, when=moment(peer.last_received_at))


def _program(one: Watched) -> str:
    peer = one.peer
    if not peer.app_version:
        return ""
    return _("program {program}, form {schema}").format(program=peer.app_version, schema=peer.schema or "—")


def _advice(one: Watched) -> str:
    """What to do about it, in a sentence; empty where there is nothing to do."""
    if one.is_alarm:
        return _(
            "Two different histories came from this laptop: it was copied, an old backup was restored on it, or its "
            "key was stolen. Nothing more is taken from it until you decide. Call the centre first."
        )
    if one.peer.missing:
        return _(
            "Bundles {numbers} have not come, and no later one brought what was in them. Ask the centre to send "
            "again from the beginning."
        ).format(numbers=one.peer.missing)
    if one.overdue:
        days = ngettext("{count} day", "{count} days", one.agreed_days).format(count=one.agreed_days)
        return _("A bundle was agreed at least every {days}. Call the centre.").format(days=days)
    return ""
