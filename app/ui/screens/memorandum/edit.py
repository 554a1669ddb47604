"""The form of a memorandum. The signed document stays where it is; its SHA-256 is computed from the file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.forms.memorandum import MEMORANDUM
from app.i18n import N_, _
from app.ui.exchange.choosing import choose_files
from app.ui.records.form_page import FormPage, Today
from app.ui.records.forms import Drafts
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.ui.widgets.buttons import button
from app.usecases.partners import Partners


class MemorandumEdit(FormPage):
    """``MemorandumEdit(desk, partners, today, drafts, oblast=...)``; None for a new one, "" for the country's."""

    form = MEMORANDUM

    def __init__(
        self, desk: Desk, partners: Partners, today: Today, drafts: Drafts, *, oblast: str | None = None
    ) -> None:
        self._partners = partners
        self._oblast = oblast
        self._is_new = oblast is None
        if oblast is not None:
            self.left_out = ("oblast",)
        whose = (coded("oblasts", oblast) or _("the whole country")) if oblast is not None else ""
        title = _("Memorandum: {oblast}").format(oblast=whose) if whose else _("New memorandum")
        sub = _("Changes go to all centres with the next receipts.")
        super().__init__(desk, drafts, today, title, sub, f"memorandum/{'new' if oblast is None else oblast}")
        self.add_action(button(_("SHA-256 from the file…"), "document", self._choose_file))
        self.rebuild()

    def begins_with(self) -> Mapping[str, Any]:
        return {} if self._oblast is None else self._partners.memorandum(self._oblast)

    def store(self, *, sure: bool) -> None:
        self._oblast = self._partners.save_memorandum(self.values(), new=self._is_new, sure=sure)

    def saved(self, *, following: bool) -> None:
        self.desk.say(_("The memorandum is saved. The centres get the change with the next receipts."), "ok")
        self.desk.back()

    def take_hash(self, file: Path) -> None:
        """Compute the SHA-256 of the signed document in the background, and put it into its field."""
        self.desk.tasks.run(lambda _job: _sha256(file), self._put_hash, self._no_hash)

    def _choose_file(self) -> None:
        choose_files(self, _("The signed document"), lambda files: self.take_hash(files[0]), several=False)

    def _put_hash(self, digest: str) -> None:
        self.views[0].set_value("sha256", digest)
        self.views[0].go_to("sha256")

    def _no_hash(self, error: BaseException) -> None:
        self.desk.tell(error)


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise UserError(N_("The file cannot be read. Is the stick still in?")) from error
