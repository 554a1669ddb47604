"""The page of one file: its contents, what it is called and says, whether it travels; deleting it with a reason."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.i18n import _
from app.ui.records.forms import Drafts
from app.ui.records.one_form import OneForm
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.ui.screens.attachment.viewer import Viewer
from app.ui.widgets.banner import Banner
from app.usecases.attachments import Attachments
from app.usecases.people import People


class AttachmentScreen(OneForm):
    """``AttachmentScreen(desk, people, attachments, today, drafts, person=..., attachment=...)``."""

    kind = "attachment"
    left_out = ("type", "size")

    def __init__(
        self,
        desk: Desk,
        people: People,
        attachments: Attachments,
        today: Callable[[], dt.date],
        drafts: Drafts,
        *,
        person: uuid.UUID,
        attachment: uuid.UUID,
    ) -> None:
        self._attachments = attachments
        self._people = people
        self.viewer: Viewer
        who = title_of(people.person(person), people.identity(person))
        super().__init__(desk, drafts, today, _("Attachment"), who, person, attachment, attachments.delete)

    def entered(self) -> None:
        super().entered()
        attachments, uid = self._attachments, self._record
        assert uid is not None
        self.desk.tasks.run(lambda _job: attachments.content(uid), self._show_content, self._not_here)

    def recorded(self, record: uuid.UUID) -> Mapping[str, Any]:
        return self._attachments.attachment(record)

    def above(self) -> list[QWidget]:
        self.viewer = Viewer()
        if self._named():
            return [self.viewer]
        words = _(
            "The person has not agreed that her name goes to the coordinator: a file stays here, also if ticked."
        )
        return [self.viewer, Banner(words, "info")]

    def store(self, *, sure: bool) -> None:
        assert self._record is not None
        self._attachments.change(self._record, self.values(), sure=sure)

    def _named(self) -> bool:
        return any(
            one.get("scope") == "coordinator_identifiable" and one.get("state") == "given"
            for _uid, one in self._people.consents(self._person)
        )

    def _show_content(self, content: bytes) -> None:
        assert self._record is not None
        self.viewer.show_content(str(self.recorded(self._record).get("type", "")), content)

    def _not_here(self, error: BaseException) -> None:
        if isinstance(error, UserError):
            self.viewer.say(error.sentence(), "")
        else:
            self.desk.tell(error)
