"""Where the shared folder is: address, login, token, the server's certificate; tried out before it is used."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.errors import UserError
from app.i18n import _
from app.ui import errors
from app.ui.exchange import choosing
from app.ui.exchange.columns import Columns
from app.ui.exchange.line_work import LineStrip, LineWork
from app.ui.routes import Desk
from app.ui.shortcuts import SAVE, bind
from app.ui.widgets.buttons import button, danger_button, icon_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import flow_of
from app.ui.widgets.nested import row_in
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, label
from app.usecases.line import LineState
from app.usecases.line_settings import LineSettings, LineWish, mark_of, read_certificate

LONGEST = 1000


class LineSettingsScreen(Page):
    """What is typed is remembered by "Save" alone; "Try it out" asks the server once and remembers nothing."""

    def __init__(self, desk: Desk, work: LineWork) -> None:
        super().__init__(_("Sending by internet"))
        self._desk = desk
        self._line = work.line
        self._work = work
        self._certificate = ""
        self._kept: LineSettings | None = None
        self.add(Columns(self._folder_card(), _what_leaves(), (3, 2)).top_aligned())
        self.body.addStretch(1)

    def entered(self) -> None:
        """Show what is set. The token is never shown."""
        line = self._line
        self._desk.tasks.run(lambda _job: line.state(), self._show)

    def _show(self, state: LineState) -> None:
        kept = self._kept = state.settings
        self.address.setText(kept.address if kept else "")
        self.login.setText(kept.login if kept else "")
        self.token.clear()
        self._use_certificate(kept.certificate if kept else "")
        self.kept.setVisible(kept is not None)
        self.forget.setVisible(kept is not None)

    def _folder_card(self) -> Card:
        card = Card(_("The shared folder"))
        self.address = _line_edit(_("Address"))
        self.address.setPlaceholderText("https://")
        self.login = _line_edit(_("Login"))
        self.token = _line_edit(_("Token"))
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.eye = icon_button("eye", _("Show what is typed"), self._turn)
        self.eye.setCheckable(True)
        self.kept = WrapLabel(_("A token is kept. Type one only to change it."), "sub")
        self.mark = WrapLabel("", "")
        self.choose = button(_("Choose a certificate file…"), "folder", self._choose)
        self.without = button(_("Without a file"), "cross", partial(self._use_certificate, ""))
        told = _(
            "The address, the login and the token come from the coordinator. "
            "A link to a Nextcloud share is enough: then no login is needed."
        )
        card.add(WrapLabel(told, "sub"))
        for field in (self.address, self.login):
            card.add(label(field.accessibleName(), "field"))
            card.add(field)
        card.add(label(self.token.accessibleName(), "field"))
        hidden = row_in(card.body)
        hidden.addWidget(self.token, 1)
        hidden.addWidget(self.eye)
        card.add(self.kept)
        card.add(label(_("Certificate of the server"), "field"))
        card.add(self.mark)
        card.add(flow_of(self.choose, self.without))
        self.save = primary_button(_("Save"), "check", self._save)
        self.attempt = button(_("Try it out"), "refresh", self._try_out)
        self.forget = danger_button(_("Forget the folder"), "trash", self._ask_forget)
        card.add(flow_of(self.save, self.attempt, self.forget))
        card.add(LineStrip(self._work))
        self._work.began.connect(self._offer)
        self._work.ended.connect(self._tried)
        bind(self, SAVE, self.save.click)
        self._offer()
        return card

    def _turn(self) -> None:
        shown = self.eye.isChecked()
        self.token.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def _choose(self) -> None:
        choosing.choose_files(self, _("The certificate of the server"), self._chosen, several=False)

    def _chosen(self, files: list[Path]) -> None:
        try:
            self._use_certificate(read_certificate(files[0]))
        except UserError as error:
            self.say(errors.words(error).text, "error")
        else:
            self.banner.clear()  # it spoke of the certificate before

    def _use_certificate(self, pem: str) -> None:
        self._certificate = pem
        self.mark.setText(
            _("Only a certificate signed by this file counts: {mark}. Compare it by phone.").format(mark=mark_of(pem))
            if pem
            else _("The server must show a certificate that this laptop trusts, as in a browser.")
        )
        self.without.setVisible(bool(pem))

    def _wish(self) -> LineWish:
        return LineWish(self.address.text(), self.login.text(), self.token.text(), self._certificate)

    def _save(self) -> None:
        try:
            self._line.save(self._wish())
        except UserError as error:
            self.say(errors.words(error).text, "error")
            return
        self.say(_("Saved in the encrypted store of this laptop. Nothing was sent."), "ok")
        self.entered()

    def _try_out(self) -> None:
        line, wish = self._line, self._wish()
        self.banner.clear()
        self._work.run(_("Asking the server…"), lambda ticker: line.try_out(wish, ticker.stopped))

    def _tried(self, result: object) -> None:
        self._offer()
        if isinstance(result, BaseException):
            self.say(errors.words(result).text, "error")
        elif result is True:
            good = _("It works: the folder can be read, written and cleaned, and the certificate holds.")
            unsaved = "" if self._kept and not self._changed() else _("Save it to use it.")
            self.say(f"{good} {unsaved}".strip(), "ok")
        elif result is False:
            self.say(_("Stopped. Nothing is known about the folder."), "info")
        if not any(one.hasFocus() for one in (self.address, self.login, self.token)):
            # It could not keep the focus while the server was asked.
            (self.save if result is True else self.attempt).setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self) -> bool:
        wish, kept = self._wish(), self._kept
        return kept is None or (wish.address, wish.login, wish.token, wish.certificate) != (
            kept.address,
            kept.login,
            "",
            kept.certificate,
        )

    def _ask_forget(self) -> None:
        question = _("Forget address, login and token? What lies on the server stays there, sealed.")
        self.confirm.ask(question, _("Forget the folder"), self._forget, danger=True)

    def _forget(self) -> None:
        try:
            self._line.forget()
        except UserError as error:
            self.say(errors.words(error).text, "error")
            return
        self.say(_("The shared folder is forgotten. Sticks do all that it did."), "ok")
        self.entered()

    def _offer(self) -> None:
        for press in (self.save, self.attempt, self.forget):
            press.setEnabled(not self._work.busy)


def _line_edit(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(LONGEST)
    return made


def _what_leaves() -> Card:
    card = Card(_("What leaves this laptop"))
    for words in (
        _("Sealed files, the same as on a stick. Neither the server nor its operator can open them."),
        _("Nothing goes by itself: a file goes when you press “Upload now”, and comes when you press “Fetch now”."),
        _(
            "The operator of the server sees when this laptop connects, from which internet address, "
            "and how large the files are."
        ),
        _(
            "Whoever has the token can delete files there but read none. "
            "A receipt that does not come shows it, and a stick mends it."
        ),
        _("The address, the login and the token are kept in the encrypted store alone."),
    ):
        card.add(WrapLabel(words, ""))
    return card
