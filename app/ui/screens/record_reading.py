"""A record of another centre, for reading: all its answers in the order of the form. Only its owner changes it.

The coordinator asks that owner from here: about one field, or about the whole record.
"""

from __future__ import annotations

import uuid

from app.forms.catalogue import form_for_record
from app.forms.derived import typed_in
from app.forms.spec import Values
from app.i18n import _, translate
from app.ui.records.ask_the_centre import AskTheCentre
from app.ui.records.places import name_of
from app.ui.records.question_line import answer_of, state_of, values_of, what_of
from app.ui.records.words import answer, shown, title_of
from app.ui.routes import Desk
from app.ui.widgets.buttons import button
from app.ui.widgets.card import Card
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.assistance import Assistance
from app.usecases.people import People
from app.usecases.questions import Questions


class RecordReading(Page):
    """``RecordReading(desk, people, assistance, questions, person=..., kind=..., record=...)``.

    Without ``questions`` (at a centre) nothing is asked. ``field`` is the one that she came to ask about.
    """

    def __init__(
        self,
        desk: Desk,
        people: People,
        assistance: Assistance,
        questions: Questions | None = None,
        *,
        person: uuid.UUID | None,
        kind: str,
        record: uuid.UUID,
        field: str = "",
    ) -> None:
        values = assistance.service(record)
        # What is about no single person (an activity) has nobody's name under its title.
        super().__init__(name_of(kind), title_of(people.person(person), people.identity(person)) if person else "")
        self._questions = questions
        self._record = record
        self.back = button(_("Back"), "chevron-left", desk.back)
        self.add_action(self.back)
        card = Card(_("Recorded by another centre: for reading"))
        self.lines = [*_derived(kind, values), *shown(form_for_record(kind, values), values)]
        card.add(KeyValue(self.lines))
        self.add(card)
        self.panel: AskTheCentre | None = None
        self.asked = Card(_("Asked about this record"))
        self._lines = 0
        if questions is not None:
            self.panel = AskTheCentre(
                desk, questions, kind=kind, record=record, values=values, asked=self._show_asked
            )
            if field:
                self.panel.choose(field)
            self.add(self.asked)
            self.add(self.panel)
            self._show_asked()
        self.body.addStretch(1)

    def entered(self) -> None:
        self.back.setFocus()

    def _show_asked(self) -> None:
        """What was asked about it already, the newest first."""
        assert self._questions is not None
        rows = self._questions.about(self._record)
        for _line in range(self._lines):
            item = self.asked.body.takeAt(1)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._lines = len(rows)
        for row in rows:
            words = [what_of(row), *values_of(row), answer_of(row), state_of(row)]
            self.asked.add(WrapLabel("\n".join(one for one in words if one)))
        self.asked.setVisible(bool(rows))


def _derived(kind: str, values: Values) -> list[tuple[str, str]]:
    """What is computed at the centre (the year of birth) where that from which it comes may not be known here."""
    return [
        (translate(field.label), answer(field, values[field.name], values))
        for field in form_for_record(kind, values).fields
        if field.special == "derived" and field.name in values and typed_in(field.name) not in values
    ]
