"""The consent gate in words: whether this organisation may be told, since when, and what to do where it may not."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.codelists import ConsentState
from app.forms.referral import release_scopes
from app.i18n import _
from app.ui.dates import short_date
from app.ui.records.words import coded
from app.ui.widgets.banner import Banner
from app.ui.widgets.text import WrapLabel


class Gate(QWidget):
    """``consent_wanted`` gives the purpose and the organisation for which the person is to be asked."""

    consent_wanted = Signal(str, str)

    def __init__(self, release: Callable[[Mapping[str, Any]], uuid.UUID | None], colleagues: Sequence[str]) -> None:
        super().__init__()
        self._release = release
        self._colleagues = colleagues
        self._scopes: tuple[str, ...] = ()
        self._agency = ""
        self.consent: uuid.UUID | None = None
        self.banner = Banner()
        self.banner.acted.connect(self._wanted)
        self.more = WrapLabel("", "sub")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.banner)
        column.addWidget(self.more)

    def look(self, values: Mapping[str, Any], consents: Mapping[uuid.UUID, Mapping[str, Any]]) -> None:
        """Say how the gate stands for ``values``; ``consent`` is then the release that opens it, or None."""
        service, self._agency = str(values.get("service", "")), str(values.get("agency", ""))
        self.consent = self._release(values) if self._agency else None
        self._scopes = release_scopes(service, self._agency) if self._agency else ()
        organisation = str(values.get("agency_other") or coded("agencies", self._agency))
        self.more.hide()
        if not self._agency:
            self.banner.say(_("Choose the organisation: then it is said here whether the person agreed."), "info")
        elif self.consent is not None:
            day = short_date(str(consents.get(self.consent, {}).get("on", "")))
            words = _("The person has agreed that this organisation is told of her: {organisation}, {date}")
            self.banner.say(words.format(organisation=organisation, date=day or _("date not known")), "ok")
        else:
            words = _("The person has not agreed that this organisation is told of her: {organisation}")
            self.banner.say(words.format(organisation=organisation), "warn", _("Record her consent"))
            self._say_otherwise()

    def say_since(self, state: str) -> None:
        """How the consent of a referral that was sent stands today (a consent state, or empty for none)."""
        if state in (ConsentState.GIVEN.value, ""):
            return
        words = _("It was sent with consent; since then: {state}. Nothing more may be told to this organisation.")
        self.banner.say(words.format(state=coded("consent_states", state).lower()), "error")

    def _say_otherwise(self) -> None:
        text = _(
            "Without it nothing is sent, except where life or health is in danger or the law demands it: then write "
            "below why, and which colleague decided with you."
        )
        if self._colleagues:
            names = _("Colleagues here: {names}").format(names=", ".join(self._colleagues))
            text = f"{text} {names}"
        self.more.setText(text)
        self.more.show()

    def _wanted(self) -> None:
        if self._scopes:
            self.consent_wanted.emit(self._scopes[0], self._agency)
