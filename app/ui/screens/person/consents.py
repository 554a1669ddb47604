"""Consents as small marks with words: colour and icon say the same as the word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton

from app.codelists import ConsentScope, ConsentState
from app.forms.spec import Values
from app.i18n import N_, _, ngettext, translate
from app.ui import icons, theme
from app.ui.records.words import coded
from app.ui.widgets.buttons import ghost_button
from app.ui.widgets.flow import Flow

SHORT: Final = {
    ConsentScope.SERVICES: N_("Help"),
    ConsentScope.REPORTING: N_("Statistics"),
    ConsentScope.COORDINATOR_IDENTIFIABLE: N_("Name to the coordinator"),
    ConsentScope.CONTACT: N_("Contact"),
}


class ConsentMarks(Flow):
    """The four that matter daily, and how many more are recorded. ``wanted`` gives the scope, "" for all."""

    wanted = Signal(str)

    def __init__(self, consents: Iterable[Values], *, mine: bool) -> None:
        super().__init__(6)
        states = {str(one.get("scope")): str(one.get("state")) for one in consents}
        self.marks: list[QPushButton] = []
        for scope, word in SHORT.items():
            state = states.pop(scope, "")
            mark = _mark(translate(word), state)
            mark.setProperty("scope", scope.value)
            mark.setToolTip(coded("consent_scopes", scope.value))
            mark.setEnabled(mine)
            mark.clicked.connect(self._pressed)
            self.marks.append(mark)
            self.add(mark)
        more = ngettext("and {count} more", "and {count} more", len(states)).format(count=len(states))
        rest = ghost_button(more if states else _("All consents"))
        rest.setProperty("scope", "")
        rest.clicked.connect(self._pressed)
        rest.setEnabled(mine)
        self.add(rest)

    def _pressed(self) -> None:
        mark = self.sender()
        if isinstance(mark, QPushButton):
            self.wanted.emit(str(mark.property("scope")))


def _mark(word: str, state: str) -> QPushButton:
    t = theme.tokens()
    icon, colour = {
        ConsentState.GIVEN.value: ("check", t.ok),
        ConsentState.REFUSED.value: ("cross", t.danger),
        ConsentState.WITHDRAWN.value: ("cross", t.danger),
        ConsentState.EXPIRED.value: ("clock", t.warn),
    }.get(state, ("question", t.warn))
    answer = coded("consent_states", state or ConsentState.NOT_ASKED.value)
    mark = ghost_button(_("{purpose}: {answer}").format(purpose=word, answer=answer.lower()))
    side = theme.px(16)
    mark.setIcon(icons.icon(icon, colour, side))
    mark.setIconSize(QSize(side, side))
    return mark
