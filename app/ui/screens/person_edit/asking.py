"""The consents asked of a new person in one go: those that matter daily. Others have their own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import codelists
from app.codelists import ConsentScope, ConsentState
from app.forms import partial
from app.i18n import _
from app.ui.forms.editor import CalmCombo
from app.ui.records.words import coded
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import segment_button
from app.ui.widgets.card import Card
from app.ui.widgets.nested import row_in
from app.ui.widgets.text import WrapLabel

SCOPES: Final = (
    ConsentScope.INTERVIEW,
    ConsentScope.SERVICES,
    ConsentScope.CONTACT,
    ConsentScope.REPORTING,
    ConsentScope.COORDINATOR_IDENTIFIABLE,
)
_AGE_OF_CONSENT: Final = 16  # law 99-Z of Belarus


class Answer(QWidget):
    """Agrees, refuses; pressing the chosen one again means "not asked"."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._buttons: dict[str, QPushButton] = {
            ConsentState.GIVEN.value: segment_button(_("agrees")),
            ConsentState.REFUSED.value: segment_button(_("refuses")),
        }
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for made in self._buttons.values():
            made.setAccessibleName(f"{title}: {made.text()}")
            made.clicked.connect(self._pressed)
            row.addWidget(made)

    def state(self) -> str:
        """``given``, ``refused`` or nothing."""
        return next((state for state, made in self._buttons.items() if made.isChecked()), "")

    def choose(self, state: str) -> None:
        """Show ``state``."""
        for key, made in self._buttons.items():
            made.setChecked(key == state)

    def _pressed(self) -> None:
        pressed = self.sender()
        for made in self._buttons.values():
            if made is not pressed:
                made.setChecked(False)
        self.changed.emit()


class ConsentAsking(Card):
    """``answers(...)`` gives the values of one consent for each question that was answered."""

    changed = Signal()

    def __init__(self, today: Callable[[], dt.date], staff_name: str) -> None:
        super().__init__(_("Consent"))
        self._today = today
        self._staff = staff_name
        self._child = False
        self.add(WrapLabel(_("Ask before you write more. Help is given all the same if the answer is no."), "sub"))
        self.rows: dict[str, Answer] = {}
        for scope in SCOPES:
            title = coded("consent_scopes", scope.value)
            answer = Answer(title)
            answer.changed.connect(self.changed)
            self.rows[scope.value] = answer
            line = row_in(self.body)
            line.setSpacing(12)
            line.addWidget(WrapLabel(title), 1)
            line.addWidget(answer)
        self.assent = Answer(_("The child agrees"))
        self.assent.changed.connect(self.changed)
        self._minor = QWidget()
        column = QVBoxLayout(self._minor)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Banner(_("Under 16 the legal representative answers, and the child is asked too."), "warn"))
        line = row_in(column)
        line.addWidget(WrapLabel(_("The child agrees")), 1)
        line.addWidget(self.assent)
        self._ask_for_representative(row_in(column))
        self._minor.hide()
        self.add(self._minor)

    @property
    def child(self) -> bool:
        """Is the person under 16 by every reading of the birth date?"""
        return self._child

    def follow(self, birth: object) -> None:
        """The birth date was typed: under 16 the representative answers."""
        ages = partial.ages(birth, self._today()) if birth is not None else None
        self._child = ages is not None and ages[1] < _AGE_OF_CONSENT
        self._minor.setVisible(self._child)

    def _ask_for_representative(self, line: QHBoxLayout) -> None:
        """Who answers for the child: a consent of nobody in particular is none."""
        self.relation = CalmCombo()
        self.relation.setAccessibleName(_("Who the representative is"))
        self.relation.addItem(_("not chosen"), "")
        for entry in codelists.get("representative_relations"):
            self.relation.addItem(coded("representative_relations", entry.code), entry.code)
        self.relation.currentIndexChanged.connect(self.changed)
        line.addWidget(WrapLabel(_("Who the representative is")), 1)
        line.addWidget(self.relation)

    def answers(self) -> list[dict[str, object]]:
        """The consents to be recorded."""
        return [self._values(scope, row.state()) for scope, row in self.rows.items() if row.state()]

    def kept(self) -> Mapping[str, str]:
        """For a draft."""
        return {scope: row.state() for scope, row in self.rows.items()} | {
            "assent": self.assent.state(),
            "relation": str(self.relation.currentData() or ""),
        }

    def bring_back(self, kept: Mapping[str, object]) -> None:
        """From a draft."""
        for scope, row in self.rows.items():
            row.choose(str(kept.get(scope, "")))
        self.assent.choose(str(kept.get("assent", "")))
        self.relation.setCurrentIndex(max(0, self.relation.findData(str(kept.get("relation", "")))))

    def _values(self, scope: str, state: str) -> dict[str, object]:
        values: dict[str, object] = {
            "scope": scope,
            "state": state,
            "on": self._today().isoformat(),
            "given_by": "caregiver" if self._child else "individual",
            "recorded_by": self._staff,
        }
        if self._child and self.relation.currentData():
            values["representative_relation"] = self.relation.currentData()
        if self._child and self.assent.state():
            values["child_assent"] = "yes" if self.assent.state() == ConsentState.GIVEN else "no"
        return values
