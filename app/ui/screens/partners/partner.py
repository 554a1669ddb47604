"""One partner to be read: whom to call and when, what help it gives, since when it is a party of the memorandum."""

from __future__ import annotations

from functools import partial

from app.errors import UserError
from app.i18n import LANGUAGES, _
from app.ui.dates import short_date
from app.ui.exchange.columns import Columns
from app.ui.records.words import coded
from app.ui.routes import Desk
from app.ui.screens.partners.words import membership, of_which
from app.ui.widgets.buttons import ghost_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.column import column_of
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.page import Page
from app.ui.widgets.text import WrapLabel
from app.usecases.partners import Partners


class PartnerScreen(Page):
    """``PartnerScreen(desk, partners, code="court_oblast")``."""

    def __init__(self, desk: Desk, partners: Partners, *, code: str) -> None:
        super().__init__()
        self._partners = partners
        self._code = code
        self.back_button = ghost_button(_("Back (Esc)"), "", desk.back)
        self.add_action(self.back_button)
        self.change = primary_button(_("Change"), "pencil", partial(desk.go, "partner_edit", code=code))
        if partners.may_change:
            self.add_action(self.change)
        self.reach = Card(_("How to reach it"))
        self.help = Card(_("Help it gives"))
        self.memorandum = Card(_("Memorandum"))
        self.about = Card(_("About the organisation"))
        left, right = column_of(self.reach, self.help), column_of(self.memorandum, self.about)
        self.add(Columns(left, right, (3, 2)).top_aligned())
        self.body.addStretch(1)
        self._show()

    def entered(self) -> None:
        self.back_button.setFocus()

    def _show(self) -> None:
        try:
            row, values = self._partners.agency(self._code), self._partners.agency_values(self._code)
        except UserError as error:
            self.set_title(self._code)
            self.say(error.sentence(), "warn")
            for card in (self.reach, self.help, self.memorandum, self.about, self.change):
                card.hide()
            return
        parts = (coded("agency_kinds", row.kind), coded("agency_levels", row.level), coded("oblasts", row.oblast))
        self.set_title(row.name, " · ".join(part for part in parts if part))
        if row.retired:
            words = _("No longer offered since {date}. Old records keep the name.")
            self.say(words.format(date=short_date(row.retired)), "warn")
        for one in values.get("phones", ()):
            self.reach.add(WrapLabel(str(one.get("number", "")), "h2"))
            if one.get("note"):
                self.reach.add(WrapLabel(str(one["note"]), "sub"))
        facts = ((_("Opening hours"), row.hours), (_("Address"), str(values.get("address", ""))))
        self.reach.add(KeyValue(facts))
        if not (values.get("phones") or any(value for _name, value in facts)):
            self.reach.add(WrapLabel(_nothing(may_change=self._partners.may_change), "sub"))
        for service in row.services:
            self.help.add(WrapLabel(coded("services", service)))
        self.help.setVisible(bool(row.services))
        parties = self._partners.parties_of(self._code)
        self.memorandum.add(KeyValue([(of_which(oblast), membership(party)) for oblast, party in parties]))
        self.memorandum.setVisible(bool(parties))
        names = {"ru": _("Name in Russian"), "be": _("Name in Belarusian"), "en": _("Name in English")}
        security = _("only with the consent for security actors") if values.get("security") == "yes" else ""
        others = [(names[one], str(values.get(one, ""))) for one in LANGUAGES]
        self.about.add(KeyValue([*others, (_("Referrals"), security)]))


def _nothing(*, may_change: bool) -> str:
    if may_change:
        return _("No telephone, hours or address yet. “Change” adds them; they go to all centres.")
    return _("No telephone, hours or address yet. The coordinator adds them for all centres.")
