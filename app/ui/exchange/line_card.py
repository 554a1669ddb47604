"""The line on a screen of exchange: upload, fetch, what waits. One quiet line where no shared folder is set.

Nothing here goes by itself; each button does one thing once. The card knows no bundles: what was fetched it gives to
its screen (``fetched``), and the screen says which files are decided (``settle``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.i18n import _, ngettext
from app.ui import errors
from app.ui.exchange.line_work import LineStrip, LineWork
from app.ui.exchange.moments import moment
from app.ui.exchange.work import Ticker
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner, BannerKind
from app.ui.widgets.buttons import button, link_button
from app.ui.widgets.card import Card
from app.ui.widgets.confirm import ConfirmBar
from app.ui.widgets.flow import flow_of
from app.ui.widgets.nested import column_in, empty
from app.ui.widgets.reveal import reveal
from app.ui.widgets.text import WrapLabel
from app.usecases.line import Carried, Fetched, GivenUp, LineState
from app.usecases.line_tray import WaitingFile

MOST_ROWS = 5


class LineCard(Card):
    """``LineCard(desk, work, told)``; ``told`` says what "Upload now" carries on this screen."""

    fetched = Signal(list)
    """Paths of whole files for the ordinary receiving."""
    changed = Signal()
    """Files went up or were given up: what counts as sent is another."""

    def __init__(self, desk: Desk, work: LineWork, told: str) -> None:
        super().__init__(_("By internet"))
        self._desk = desk
        self._line = work.line
        self._work = work
        self._held = self._pressed_here = False
        self.where = WrapLabel("", "sub")
        self.upload = button(_("Upload now"), "send", self._send)
        self.go_on = button(_("Go on"), "send", self._go_on)
        self.fetch = button(_("Fetch now"), "download", self._fetch)
        self.read = button(_("Read again"), "refresh", self._read_again)
        self.remove = button(_("Delete there and here"), "trash", self._ask_remove)
        self.setting = link_button(_("Set up the shared folder"), partial(desk.go, "line"))
        self.told = WrapLabel(told, "sub")
        self.undecided = WrapLabel("", "")
        self.strip = LineStrip(work)
        self.done = Banner(closable=True)
        self.confirm = ConfirmBar()
        self._give_ups: list[QPushButton] = []
        self._pressed = flow_of(self.upload, self.go_on, self.fetch, self.setting)
        self._deciding = flow_of(self.read, self.remove)
        self.add(self.where)
        self.add(self.told)
        self._rows = column_in(self.body)
        self._rows.setSpacing(4)
        for item in (self._pressed, self.undecided, self._deciding, self.strip, self.confirm, self.done):
            self.add(item)
        work.began.connect(self._offer)
        work.ended.connect(self._tell)
        self._show(LineState(None, (), 0))

    def refresh(self) -> None:
        """Look again at what is set and what waits. Asks nobody over the net."""
        line = self._line
        self._desk.tasks.run(lambda _job: line.state(), self._show)

    def carries(self) -> bool:
        """Is something under way?"""
        return self._work.busy

    def hold(self, *, held: bool) -> None:
        """While the screen itself writes or reads, nothing begins here: two bundles at once could cross."""
        self._held = held
        self._offer()

    def _offer(self) -> None:
        free = not self._held and not self._work.busy
        for press in (self.upload, self.go_on, self.fetch, self.read, self.remove, *self._give_ups):
            press.setEnabled(free)

    def settle(self, files: Sequence[Path]) -> None:
        """These were taken in or put aside: they go from the server. What fails comes with the next fetch."""
        line, decided = self._line, list(files)
        if decided:
            self._work.tasks.run(lambda _job: line.done_with(decided), self._settled, self._failed)

    def _settled(self, _left: int) -> None:
        self.refresh()

    def _show(self, state: LineState) -> None:
        is_set, waits = state.settings is not None, bool(state.waiting)
        self.where.setText(
            _("Shared folder on {host}. Only sealed files go there.").format(host=state.settings.host)
            if state.settings
            else _("Sending by internet is not set up. Sticks do all that it does.")
        )
        self.setting.setText(_("Settings of the folder") if is_set else _("Set up the shared folder"))
        self.setting.setAccessibleName(self.setting.text())
        for widget, shown in (
            (self.told, is_set),
            (self.upload, is_set and not waits),
            (self.go_on, is_set and waits),
            (self.fetch, is_set),
        ):
            widget.setVisible(shown)
        self._list(state.waiting)
        self.undecided.setText(_undecided(state.arrived))
        for part in (self.undecided, self._deciding):
            part.setVisible(bool(state.arrived))
        self._offer()
        if self._pressed_here and not self._work.busy:
            # A button that is switched off while it works loses the focus to whatever stands near.
            self._pressed_here = False
            (self.go_on if waits else self.upload).setFocus(Qt.FocusReason.OtherFocusReason)
            reveal(self.done)

    def _list(self, waiting: Sequence[WaitingFile]) -> None:
        self._give_ups = []
        empty(self._rows)
        for one in waiting[:MOST_ROWS]:
            give_up = link_button(_("Give up"), partial(self._ask_give_up, one))
            give_up.setAccessibleName(_("Give up the file for {name}").format(name=one.to))
            self._give_ups.append(give_up)
            self._rows.addWidget(_row(WrapLabel(waits(one)), give_up))
        if (rest := len(waiting) - MOST_ROWS) > 0:
            more = ngettext("… and {count} more file", "… and {count} more files", rest).format(count=rest)
            self._rows.addWidget(WrapLabel(more, "sub"))

    def _send(self) -> None:
        line = self._line
        self._run(_("Sealing and uploading…"), lambda ticker: line.send(ticker.progress, ticker.stopped))

    def _go_on(self) -> None:
        line = self._line
        self._run(_("Uploading the rest…"), lambda ticker: line.go_on(ticker.progress, ticker.stopped))

    def _fetch(self) -> None:
        line = self._line
        self._run(_("Fetching…"), lambda ticker: line.fetch(ticker.progress, ticker.stopped))

    def _run(self, words: str, work: Callable[[Ticker], object]) -> None:
        self.done.clear()
        self.confirm.dismiss()
        self._pressed_here = True
        self._work.run(words, work)

    def _tell(self, result: object) -> None:
        """What the worker answered; also of work that was begun before this screen was opened."""
        if isinstance(result, Carried):
            self.done.say(*sent_words(result))
            self.changed.emit()
        elif isinstance(result, Fetched):
            self.done.say(*fetched_words(result))
            if result.files:
                self.fetched.emit(list(result.files))
        elif isinstance(result, GivenUp):
            self.done.say(_("The file was given up. What it held counts as not sent."), "info")
            self.changed.emit()
        elif isinstance(result, BaseException):
            self.done.say(errors.words(result).text, "error")
        self.refresh()

    def _read_again(self) -> None:
        if files := self._line.arrived():
            self.fetched.emit(files)

    def _ask_remove(self) -> None:
        question = _(
            "Delete the files that were fetched and not taken, here and on the server? Nobody can read them then."
        )
        self.confirm.ask(question, _("Delete there and here"), self._remove, danger=True)

    def _remove(self) -> None:
        self.settle(self._line.arrived())

    def _ask_give_up(self, one: WaitingFile) -> None:
        question = _("Give up this file? What it holds counts as not sent and goes with the next one.")
        self.confirm.ask(question, _("Give up"), partial(self._give_up, one.rid))

    def _give_up(self, rid: int) -> None:
        line = self._line
        self._run(_("Giving up…"), lambda _ticker: line.give_up(rid))

    def _failed(self, error: BaseException) -> None:
        self.done.say(errors.words(error).text, "error")
        self.refresh()


def megabytes(size: int) -> str:
    """A size in words of a person: ``3.2 MB``, below a tenth of one ``48 KB``."""
    if size < 100_000:
        return _("{number} KB").format(number=-(-size // 1000))
    return _("{number} MB").format(number=f"{size / 1_000_000:.1f}")


def waits(one: WaitingFile) -> str:
    """What waits, for whom, and how much of it is there."""
    words = _("A file for {name}, sealed on {moment}: {there} of {size} are there.")
    when = moment(one.prepared_at)
    return words.format(name=one.to, moment=when, there=megabytes(one.there), size=megabytes(one.size))


def sent_words(carried: Carried) -> tuple[str, BannerKind]:
    """What one press carried, and how loud it is."""
    went = ngettext(
        "{count} file is on the server, whole: {size}.",
        "{count} files are on the server, whole: {size}.",
        carried.sent,
    ).format(count=carried.sent, size=megabytes(carried.size))
    said = went if carried.sent else ""
    if carried.trouble is not None:
        return f"{said} {errors.words(carried.trouble).text}".strip(), "error"
    if carried.stopped:
        stopped = _("Stopped. What is there stays there; go on when you like.")
        return f"{said} {stopped}".strip(), "warn"
    if carried.sent:
        counts = _("It counts as received when its receipt has come.")
        return f"{said} {counts}", "ok"
    return _("There was nothing to upload."), "info"


def fetched_words(found: Fetched) -> tuple[str, BannerKind]:
    """What one press brought."""
    count = len(found.files)
    came = ngettext("{count} file was fetched.", "{count} files were fetched.", count).format(count=count)
    said = came if count else ""
    if found.trouble is not None:
        return f"{said} {errors.words(found.trouble).text}".strip(), "error"
    if found.stopped:
        stopped = _("Stopped. What is here stays here; fetch again when you like.")
        return f"{said} {stopped}".strip(), "warn"
    return (said, "ok") if count else (_("Nothing lies there for this laptop."), "info")


def _undecided(count: int) -> str:
    words = ngettext(
        "{count} file was fetched and is not taken in. It stays on the server until you decide.",
        "{count} files were fetched and are not taken in. They stay on the server until you decide.",
        count,
    )
    return words.format(count=count) if count else ""


def _row(words: QWidget, press: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(words, 1)
    row.addWidget(press)
    return made
