"""Steps about who works here: the centre (or the card of another laptop of it), and the first member of staff."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import codelists
from app.codelists import Role
from app.i18n import _
from app.ui.exchange.choosing import choose_files
from app.ui.screens.first_start.draft import Draft
from app.ui.screens.first_start.step import Question, Step, combo, fill, line
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import link_button

# A card is a few kilobytes; anything larger is another file that was chosen by mistake.
LARGEST_CARD = 1 << 20


def _entries(name: str, parent: str = "") -> list[tuple[str, str]]:
    return [
        (entry.code, codelists.get(name).label(entry.code)) for entry in codelists.get(name) if entry.parent == parent
    ]


class CentreStep(Step):
    """Name, oblast and raion. A second laptop of a centre takes name and identity from the card of the first."""

    def __init__(self, draft: Draft) -> None:
        coordinator = draft.role == "coordinator"
        super().__init__(
            draft,
            _("The coordinator's office") if coordinator else _("Your centre"),
            _("The name stands in what you send and on your card. It is never shown before the laptop is unlocked."),
        )
        hint = "" if coordinator else _("For example: crisis room of the city")
        self.name_line = line(draft.centre_name)
        self.oblasts = combo(_entries("oblasts"), draft.oblast)
        self.raions = combo([])
        self.name = Question(_("Name of the centre"), self.name_line, hint)
        self.oblast = Question(_("Oblast"), self.oblasts)
        self.raion = Question(_("Raion or city"), self.raions)
        self._card = Banner("", closable=True)
        self._card.closed.connect(self._drop_card)
        self._take = link_button(
            _("This centre has another laptop already: take the centre from its card …"), self.choose_card
        )
        for item in (self.name, self.oblast, self.raion, self._card, self._take):
            self.body.addWidget(item)
        self._take.setVisible(not coordinator)
        self.body.addStretch(1)
        self._oblast_chosen()
        self.oblasts.currentIndexChanged.connect(self._oblast_chosen)
        for changed in (
            self.name_line.textChanged,
            self.oblasts.currentIndexChanged,
            self.raions.currentIndexChanged,
        ):
            changed.connect(self._keep)
        self._show_card()

    def first(self) -> QWidget | None:
        return self.oblasts if self.draft.centre_card else self.name_line

    def accept(self) -> bool:
        self._keep()
        draft = self.draft
        if draft.centre_card is not None:
            self.name.problem("")
            return self.oblast.needs(draft.oblast)
        # The last one asked has the focus: from below upwards, so that the first gap is where the person is taken.
        return all([self.oblast.needs(draft.oblast), self.name.needs(draft.centre_name)])

    def _keep(self) -> None:
        """At each stroke: Back, another language and other colours build the step anew from the draft."""
        self.draft.centre_name = self.name_line.text().strip()
        self.draft.oblast = str(self.oblasts.currentData() or "")
        self.draft.raion = str(self.raions.currentData() or "")

    def choose_card(self) -> None:
        """Ask for the file of the card."""
        choose_files(self, _("The card of the other laptop"), self._chosen)

    def _chosen(self, paths: list[Path]) -> None:
        self.take_card(paths[0])

    def take_card(self, path: Path) -> None:
        """Keep the card's bytes; whether it is a card is found out when the store is made."""
        try:
            with path.open("rb") as file:
                card = file.read(LARGEST_CARD + 1)
        except OSError:
            self._card.say(
                _("The file cannot be read. Put the stick in again and choose the card once more."), "error"
            )
            return
        if len(card) > LARGEST_CARD:
            self._card.say(_("This file is not a card. Choose the card that the other laptop has saved."), "error")
            return
        self.draft.centre_card, self.draft.card_name = card, path.name
        self._show_card()

    def refuse(self, sentence: str) -> None:
        """Say why the name or the card was not taken when the keys were to be made."""
        if self.draft.centre_card is not None:
            self._drop_card()
            self._card.say(sentence, "error")
        else:
            self.name.problem(sentence)

    def _drop_card(self) -> None:
        self.draft.centre_card, self.draft.card_name = None, ""
        self._show_card()

    def _show_card(self) -> None:
        taken = self.draft.centre_card is not None
        self.name.setVisible(not taken)
        if taken:
            self._card.say(_("The centre is taken from the card {file}.").format(file=self.draft.card_name), "ok")
        else:
            self._card.clear()

    def _oblast_chosen(self) -> None:
        oblast = str(self.oblasts.currentData() or "")
        fill(self.raions, _entries("raions", oblast) if oblast else [], self.draft.raion)
        self.raions.setEnabled(bool(oblast))


class StaffStep(Step):
    """The first member of staff: who owns the passphrase that comes next."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(
            draft,
            _("Who works here?"),
            _("The first member of staff. Others are added later, each with a passphrase of their own."),
        )
        coordinator = draft.role == "coordinator"
        roles = [(code, words) for code, words in _entries("roles") if coordinator or code not in _AT_COORDINATOR]
        chosen = draft.staff_role or (Role.COORDINATOR if coordinator else "")
        self.name_line = line(draft.staff_name)
        self.roles = combo(roles, chosen)
        self.name = Question(_("Your name"), self.name_line, _("As it should stand beside what you record."))
        self.role = Question(_("Your work"), self.roles)
        self.body.addWidget(self.name)
        self.body.addWidget(self.role)
        self.body.addStretch(1)
        self.name_line.textChanged.connect(self._keep)
        self.roles.currentIndexChanged.connect(self._keep)

    def first(self) -> QWidget | None:
        return self.name_line

    def _keep(self) -> None:
        self.draft.staff_name = self.name_line.text().strip()
        self.draft.staff_role = str(self.roles.currentData() or "")

    def accept(self) -> bool:
        self._keep()
        return all([self.role.needs(self.draft.staff_role), self.name.needs(self.draft.staff_name)])


_AT_COORDINATOR = (Role.COORDINATOR, Role.STATISTICIAN, Role.AUDITOR)
