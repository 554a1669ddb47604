"""The form of a partner. What is saved stands here at once, and goes to the centres with the next receipts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.forms.agency import AGENCY
from app.i18n import _
from app.ui.records.form_page import FormPage, Today
from app.ui.records.forms import Drafts
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.usecases.partners import Partners


class PartnerEdit(FormPage):
    """``PartnerEdit(desk, partners, today, drafts, code=...)``; without ``code`` a new one."""

    form = AGENCY

    def __init__(self, desk: Desk, partners: Partners, today: Today, drafts: Drafts, *, code: str = "") -> None:
        self._partners = partners
        self._known = code
        self._code = code or partners.new_code()
        title = coded("agencies", code) if code else _("New partner")
        sub = _("Changes go to all centres with the next receipts.")
        if not code:
            self.left_out = ("retired",)
        super().__init__(desk, drafts, today, title, sub, f"partner/{code}")
        self.rebuild()

    def begins_with(self) -> Mapping[str, Any]:
        return self._partners.agency_values(self._known) if self._known else {}

    def store(self, *, sure: bool) -> None:
        self._partners.save_agency(self.values(), code=self._code, sure=sure)

    def saved(self, *, following: bool) -> None:
        self.desk.say(_("The partner is saved. The centres get the change with the next receipts."), "ok")
        self.desk.back()
