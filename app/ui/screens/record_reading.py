"""A record of another centre, for reading: all its answers in the order of the form. Only its owner changes it."""

from __future__ import annotations

import uuid

from app.forms.catalogue import form_for_record
from app.i18n import _
from app.ui.records.places import name_of
from app.ui.records.words import shown, title_of
from app.ui.routes import Desk
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.usecases.assistance import Assistance
from app.usecases.people import People


class RecordReading(Page):
    """``RecordReading(desk, people, assistance, person=..., kind=..., record=...)``."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        assistance: Assistance,
        *,
        person: uuid.UUID,
        kind: str,
        record: uuid.UUID,
    ) -> None:
        values = assistance.service(record)
        super().__init__(name_of(kind), title_of(people.person(person), people.identity(person)))
        self.back = button(_("Back"), "chevron-left", desk.back)
        self.add_action(self.back)
        card = Card(_("Recorded by another centre: for reading"))
        self.lines = shown(form_for_record(kind, values), values)
        card.add(KeyValue(self.lines))
        self.add(card)
        self.body.addStretch(1)

    def entered(self) -> None:
        self.back.setFocus()
