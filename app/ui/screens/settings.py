"""Settings: how the program looks and when it locks, and who and what this laptop is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from app.i18n import N_, _
from app.ui.application import Preferences
from app.ui.exchange.columns import Columns
from app.ui.routes import Desk
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.column import column_of
from app.ui.widgets.flow import Flow
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel, label

# Each language in its own words: who chose the wrong one must find the way back.
LANGUAGES: Final = (("ru", "Русский"), ("be", "Беларуская"), ("en", "English"))
SCALES: Final = (1.0, 1.125, 1.25, 1.5, 1.75, 2.0)
IDLE_MINUTES: Final = (2, 5, 10, 15, 30)
ROLES: Final = {"centre": N_("Centre"), "coordinator": N_("Coordinator")}


@dataclass(frozen=True, slots=True)
class Who:
    """Who works here, on which laptop (its id, of which the end is shown), with which program."""

    staff_name: str
    centre_name: str
    role: str
    installation: str
    practice: bool
    version: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a choice does. ``theme`` toggles light and dark, ``scale`` takes a step (``0.25``), ``idle`` minutes."""

    language: Callable[[str], object]
    theme: Callable[[], object]
    scale: Callable[[float], object]
    idle: Callable[[int], object]


class SettingsScreen(Page):
    """The window is built again after a change of looks; this screen is then a new one."""

    def __init__(self, desk: Desk, who: Who, preferences: Preferences, idle_minutes: int, changes: Changes) -> None:
        super().__init__(_("Settings"))
        self._desk = desk
        self._preferences = preferences
        self._changes = changes
        if who.practice:
            self.add(Banner(_("Practice: all data here are invented. They never mix with real work."), "warn"))
        beside = column_of(_about(who), self._safety(), self._exchange())
        self.add(Columns(self._looks(idle_minutes), beside).top_aligned())
        self.body.addStretch(1)

    def _looks(self, idle_minutes: int) -> Card:
        card = Card(_("How it looks and when it locks"))
        now = self._preferences
        self.language = _choice(_("Language"), list(LANGUAGES), now.language)
        self.theme = _choice(_("Colours"), [("light", _("Light")), ("dark", _("Dark"))], _theme(now))
        scales = sorted({*SCALES, now.scale})
        self.scale = _choice(_("Text size"), [(s, f"{round(s * 100)} %") for s in scales], now.scale)
        minutes = sorted({*IDLE_MINUTES, idle_minutes})
        words = _("after {minutes} min without a touch")
        self.idle = _choice(_("Lock by itself"), [(m, words.format(minutes=m)) for m in minutes], idle_minutes)
        for box, chosen in (
            (self.language, self._language_chosen),
            (self.theme, self._theme_chosen),
            (self.scale, self._scale_chosen),
            (self.idle, self._idle_chosen),
        ):
            card.add(label(box.accessibleName(), "field"))
            card.add(box)
            box.activated.connect(chosen)
        card.add(WrapLabel(_("F12 or Ctrl+L locks at once."), "sub"))
        return card

    def _safety(self) -> Card:
        card = Card(_("Backup and passphrases"))
        self.backup = button(_("Backup"), "shield", partial(self._desk.go, "backup"))
        self.staff = button(_("Staff and passphrases"), "key", partial(self._desk.go, "staff"))
        presses = Flow(8)
        presses.add(self.backup)
        presses.add(self.staff)
        card.add(WrapLabel(_("Where backups go and whether they are whole; a forgotten passphrase set anew."), "sub"))
        card.add(presses)
        return card

    def _exchange(self) -> Card:
        card = Card(_("Internet and tables"))
        self.line = button(_("Shared folder"), "send", partial(self._desk.go, "line"))
        self.take_in = button(_("Take in a register"), "register", partial(self._desk.go, "take_in"))
        presses = Flow(8)
        presses.add(self.line)
        presses.add(self.take_in)
        card.add(WrapLabel(_("Sending by internet, where there is a line; a table that was kept before."), "sub"))
        card.add(presses)
        return card

    def _language_chosen(self) -> None:
        if (chosen := str(self.language.currentData())) != self._preferences.language:
            self._changes.language(chosen)

    def _theme_chosen(self) -> None:
        if self.theme.currentData() != _theme(self._preferences):
            self._changes.theme()

    def _scale_chosen(self) -> None:
        step = float(self.scale.currentData()) - self._preferences.scale
        if step:
            self._changes.scale(step)

    def _idle_chosen(self) -> None:
        minutes = int(self.idle.currentData())
        self._changes.idle(minutes)
        self.say(_("From now on the program locks after {minutes} min.").format(minutes=minutes), "ok")


def _theme(preferences: Preferences) -> str:
    return "dark" if preferences.dark else "light"


def _choice(name: str, items: list[tuple[object, str]], chosen: object) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, words in items:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _about(who: Who) -> QWidget:
    card = Card(_("Who and what"))
    card.add(
        KeyValue(
            [
                (_("You"), who.staff_name),
                (_("Centre"), who.centre_name),
                (_("This laptop is"), _(ROLES.get(who.role, who.role))),
                (_("Number of this laptop"), who.installation[-12:]),
                (_("Kind of work"), _("Practice") if who.practice else _("Real")),
                (_("Program"), f"Apora {who.version}"),
            ]
        )
    )
    return card
