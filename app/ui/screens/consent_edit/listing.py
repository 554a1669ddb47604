"""All purposes with the answer that is recorded: one press for the usual answers, one for the form.

A release names its organisation, and a child's representative answers: those have the form alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app import codelists
from app.codelists import ConsentState
from app.forms import partial
from app.forms.spec import Values
from app.i18n import N_, _, language, translate
from app.ui.dates import short_date
from app.ui.exchange.columns import Columns
from app.ui.records.consent_words import about_names, withdrawal
from app.ui.records.words import coded
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip, ChipKind
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel

_RELEASE: Final = "release_"
_KINDS: Final[dict[str, ChipKind]] = {
    ConsentState.GIVEN.value: "ok",
    ConsentState.REFUSED.value: "danger",
    ConsentState.WITHDRAWN.value: "danger",
    ConsentState.EXPIRED.value: "warn",
}
_DAILY: Final = ("interview", "services", "reporting", "coordinator_identifiable", "contact")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be answered: a purpose, and for a release the number of the recorded answer (-1: a new one)."""

    scope: str
    number: int = -1
    state: str = ""
    """The answer that one press gives; empty: the form is wanted."""


class ConsentListing(QWidget):
    """``wanted`` gives a Wish. ``consents`` are the recorded answers in their order.

    ``quick``: the person answers for herself, so one press is enough.
    """

    wanted = Signal(object)

    def __init__(self, consents: Sequence[Values], *, quick: bool) -> None:
        super().__init__()
        self._quick = quick
        self._consents = list(enumerate(consents))
        self._wishes: dict[QPushButton, Wish] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        scopes = codelists.get("consent_scopes").codes
        releases = [one for one in scopes if one.startswith(_RELEASE)]
        groups = (
            (N_("For help, figures and contact"), [one for one in scopes if one in _DAILY]),
            (N_("Release to other organisations"), releases),
            (N_("The talk and its form"), [one for one in scopes if one not in (*_DAILY, *releases)]),
        )
        for title, codes in groups:
            card = Card(translate(title))
            for code in codes:
                self._show(card, code)
            column.addWidget(card)

    def button_for(self, scope: str, number: int = -1, state: str = "") -> QPushButton:
        """The button of a line: of its form, or of one answer."""
        return next(press for press, wish in self._wishes.items() if wish == Wish(scope, number, state))

    def _show(self, card: Card, scope: str) -> None:
        known = [(number, one) for number, one in self._consents if one.get("scope") == scope]
        for number, one in known:
            self._line(card, coded("consent_scopes", scope), one, Wish(scope, number), _("Details"))
        if not known:
            verb = _("Details") if self._quick and not scope.startswith(_RELEASE) else _("Ask")
            self._line(card, coded("consent_scopes", scope), {}, Wish(scope), verb)
        elif scope.startswith(_RELEASE):
            self._line(card, _("… to another organisation"), {}, Wish(scope), _("Ask"))

    def _line(self, card: Card, title: str, one: Values, wish: Wish, verb: str) -> None:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(WrapLabel(title))
        if more := _more(one):
            column.addWidget(WrapLabel(more, "small"))
        state = str(one.get("state") or ConsentState.NOT_ASKED.value)
        answers = Flow(8)
        answers.add(Chip(coded("consent_states", state), _KINDS.get(state, "plain")))
        for answer, word in self._answers(wish.scope, state):
            answers.add(self._press(word, title, replace(wish, state=answer)))
        answers.add(self._press(verb, title, wish))
        card.add(Columns(words, answers))

    def _answers(self, scope: str, state: str) -> list[tuple[str, str]]:
        """What one press can say: yes or no where nothing was said, the way back where it was."""
        if not self._quick or scope.startswith(_RELEASE):
            return []
        if state == ConsentState.GIVEN:
            return [(ConsentState.WITHDRAWN.value, _("takes it back"))]
        agrees = (ConsentState.GIVEN.value, _("agrees"))
        unsaid = state in {ConsentState.NOT_ASKED, ConsentState.EXPIRED}
        return [agrees, (ConsentState.REFUSED.value, _("refuses"))] if unsaid else [agrees]

    def _press(self, word: str, title: str, wish: Wish) -> QPushButton:
        made = button(word)
        made.setAccessibleName(f"{word}: {title}")
        made.clicked.connect(self._pressed)
        self._wishes[made] = wish
        return made

    def _pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            self.wanted.emit(self._wishes[pressed])


def _more(one: Values) -> str:
    organisation = str(one.get("organisation_other") or coded("agencies", one.get("organisation")))
    day = partial.display(one["on"], language()) if one.get("on") else ""
    by = coded("consent_given_by", one.get("given_by"))
    child = _("the child agrees") if one.get("child_assent") == "yes" else ""
    until = _("valid until {date}").format(date=short_date(str(one["expires_on"]))) if one.get("expires_on") else ""
    names = ""
    if about_names(str(one.get("scope")), str(one.get("state"))):
        names = withdrawal()
    return " · ".join(part for part in (organisation, day, by, child, until, names) if part)
