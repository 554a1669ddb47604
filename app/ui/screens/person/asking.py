"""At the coordinator's: which record of a person to ask her centre about, beside those that the page leads to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from app.i18n import _
from app.ui.records.places import name_of
from app.ui.widgets.menu_button import MenuButton

Asked = tuple[str, uuid.UUID, str]
"""Kind, record, and the purpose of a consent."""


class AskMenu(MenuButton):
    """``picked`` gives ``kind:record``."""

    def __init__(self, records: Sequence[Asked]) -> None:
        super().__init__(_("Ask the centre"), _("Ask the centre about a record of this person"))
        for kind, record, about in records:
            self.choices.addAction(name_of(kind, about)).setData(f"{kind}:{record}")
