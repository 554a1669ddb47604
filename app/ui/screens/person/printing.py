"""The papers about a person, in a menu: her consent form, and the summary of her data (her right to see it)."""

from __future__ import annotations

from app.i18n import _
from app.ui.widgets.menu_button import MenuButton


class PrintMenu(MenuButton):
    """``picked`` gives the kind of paper, as the route ``paper`` takes it."""

    def __init__(self) -> None:
        super().__init__(_("Print"), _("Print about this person"))
        for kind, words in (("consent", _("Consent form")), ("summary", _("Summary of her data"))):
            self.choices.addAction(words).setData(kind)
