"""The page of a record that is one form about one person: case, need, appointment, grant.

They differ in what a new one starts with, in the use case that keeps it, and in the sentence after the save.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.forms.catalogue import form_for_kind
from app.forms.spec import Form
from app.i18n import _
from app.ui.forms.form_view import FormView
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.routes import Desk


class OneForm(EditPage):
    """``kind`` names form and draft; ``record`` is None for a new one; ``who`` stands under the title.

    ``delete`` is the use case that deletes it, where there is one.
    """

    kind = ""
    left_out: Collection[str] = ()

    def __init__(
        self,
        desk: Desk,
        drafts: Drafts,
        today: Callable[[], dt.date],
        title: str,
        who: str,
        person: uuid.UUID,
        record: uuid.UUID | None,
        delete: Callable[[uuid.UUID, str], object] | None = None,
    ) -> None:
        super().__init__(desk, drafts, title)
        self._today = today
        self._person = person
        self._record = record
        self.set_title(title, who)
        if record is not None and delete is not None:
            self.offer_deleting(partial(delete, record), of_person=True)
        self.rebuild()

    def recorded(self, record: uuid.UUID) -> Mapping[str, Any]:
        """The values as they are kept."""
        raise NotImplementedError

    def fresh(self) -> Mapping[str, Any]:
        """What a new one starts with."""
        return {}

    def view(self, form: Form, values: Mapping[str, Any]) -> FormView:
        """The form on screen; a kind with an editor of its own makes it otherwise."""
        return make_view(form, values, self._today)

    def above(self) -> list[QWidget]:
        """What stands over the form."""
        return []

    def done(self) -> str:
        """The sentence after the save."""
        return _("Saved on this laptop · not sent yet")

    def rebuild(self) -> None:
        self.clear()
        values = self.recorded(self._record) if self._record else self.fresh()
        view = self.view(asked(form_for_kind(self.kind), without=self.left_out), values)
        self.show_forms(f"{self.kind}/{self._person}/{self._record}", [view], self.above())

    def saved(self, *, following: bool) -> None:
        self.desk.say(self.done(), "ok")
        self.desk.back()
