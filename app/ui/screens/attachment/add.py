"""Adding a file: chosen or dropped, read into memory, and stored at once, so that nothing waits to be lost.

The file outside stays where it is, and the program says so: it is not protected there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.forms.attachment import LARGEST
from app.i18n import N_, _
from app.ui.exchange.drop_zone import DropZone
from app.ui.forms.problems import sentence
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.ui.widgets.buttons import ghost_button
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.attachments import Attachments
from app.usecases.checking import NeedsConfirmation
from app.usecases.people import People

_MB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: its name without folders, and its bytes."""

    name: str
    content: bytes


class AttachmentAdd(Page):
    """``AttachmentAdd(desk, people, attachments, person)``; afterwards the file's own page is shown."""

    def __init__(self, desk: Desk, people: People, attachments: Attachments, *, person: uuid.UUID) -> None:
        super().__init__(_("Add a file"), title_of(people.person(person), people.identity(person)))
        self._desk = desk
        self._attachments = attachments
        self._person = person
        self._read: Read | None = None
        # Drawn once for this page: a double click adds one file.
        self._uid = attachments.new_id()
        self.zone = DropZone(_("Drop one file here, or choose it."), folders=False, several=False)
        self.zone.dropped.connect(self.take)
        self.add_action(ghost_button(_("Back (Esc)"), "", desk.back))
        self.add(self.zone)
        for words in (
            _("Kept are PDF, pictures (JPEG, PNG), plain text, and documents of Word, Excel and OpenDocument."),
            _("At most {most} MB. Where a picture was taken, and with what, is removed from it.").format(
                most=LARGEST // _MB
            ),
            _(
                "The file is kept encrypted in this program and is looked at here only. "
                "The one outside stays where it is and is not protected: delete it there when you are done."
            ),
        ):
            self.add(WrapLabel(words, "sub"))
        self.body.addStretch(1)

    def entered(self) -> None:
        self.zone.files.setFocus()

    def take(self, paths: list[Path]) -> None:
        """Read the first of ``paths`` and keep it. In the background: a stick may be slow."""
        self.confirm.dismiss()
        if len(paths) != 1:
            self.say(_("One file at a time, please: each gets its own description."), "warn")
            return
        path = paths[0]
        self.say(_("Reading the file…"))
        self._desk.tasks.run(lambda _job: read_file(path), self._was_read, self._failed)

    def _was_read(self, read: Read) -> None:
        self._read = read
        self._keep(sure=False)

    def _keep(self, *, sure: bool) -> None:
        read = self._read
        if read is None:
            return
        try:
            self._attachments.add(self._person, read.name, read.content, {}, attachment=self._uid, sure=sure)
        except NeedsConfirmation as error:
            self.say("")
            question = " ".join(sentence(problem) for problem in error.problems)
            self.confirm.ask(question, _("Save it so"), self._keep_all_the_same, stay=_("Choose another"))
        except UserError as error:
            self._failed(error)
        else:
            self._read = None
            self._desk.refresh_status()
            self._desk.say(_("The file is kept on this laptop, encrypted."), "ok")
            # First back, so that a way back from the file's page does not lead here.
            self._desk.back()
            self._desk.go("attachment", person=self._person, attachment=self._uid)

    def _keep_all_the_same(self) -> None:
        self._keep(sure=True)

    def _failed(self, error: BaseException) -> None:
        self._read = None
        if not isinstance(error, UserError):
            self.say("")
            self._desk.tell(error)
            return
        self.say(error.sentence(), "error")
        self.zone.files.setFocus()


def read_file(path: Path) -> Read:
    """The bytes of a file, never more than one byte beyond the bound. Raises UserError in words."""
    try:
        if path.is_dir():
            raise UserError(N_("This is a folder. Choose one file."))
        size = path.stat().st_size
        if size > LARGEST:
            raise UserError(
                N_("This file is too large: {size} MB. At most {most} MB can be kept. Scan it with less detail."),
                size=-(-size // _MB),
                most=LARGEST // _MB,
            )
        with path.open("rb") as source:
            return Read(path.name, source.read(LARGEST + 1))
    except OSError:
        raise UserError(N_("The file cannot be read. Is the stick still in? Choose it once more.")) from None
