"""A need and its plan: what is needed, the goal in the person's words, the agreed step and how far it has come."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import _
from app.ui.records.forms import Drafts
from app.ui.records.one_form import OneForm
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.usecases.people import People
from app.usecases.planning import Planning


class NeedEdit(OneForm):
    """``NeedEdit(desk, people, planning, today, drafts, person=..., need=...)``."""

    kind = "need"

    def __init__(
        self,
        desk: Desk,
        people: People,
        planning: Planning,
        today: Callable[[], dt.date],
        drafts: Drafts,
        *,
        person: uuid.UUID,
        need: uuid.UUID | None = None,
    ) -> None:
        self._planning = planning
        who = title_of(people.person(person), people.identity(person))
        title = _("Need and plan") if need else _("New need")
        super().__init__(desk, drafts, today, title, who, person, need, planning.delete)

    def recorded(self, record: uuid.UUID) -> Mapping[str, Any]:
        return self._planning.record(record)

    def fresh(self) -> Mapping[str, Any]:
        return self._planning.need_defaults(self._person)

    def store(self, *, sure: bool) -> None:
        self._record = self._planning.save_need(self._person, self.values(), need=self._record, sure=sure)

    def done(self) -> str:
        return _("The need is saved on this laptop · not sent yet")
