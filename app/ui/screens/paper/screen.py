"""A paper before it is printed: the pages as they will come out, the language chosen, then print or save."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.errors import UserError
from app.i18n import N_, _, ngettext, translate
from app.reports.paper.blocks import PaperKind
from app.ui import shortcuts, theme
from app.ui.exchange.choosing import choose_new_file
from app.ui.printing.pages import Pages
from app.ui.printing.pdf import keep_file, neutral_name, pdf_of
from app.ui.printing.preview import PagesView
from app.ui.printing.printer import ask_printer, print_pages
from app.ui.routes import Desk
from app.ui.widgets.buttons import button, ghost_button, primary_button, segment_button
from app.ui.widgets.flow import Flow
from app.ui.widgets.page import Page
from app.ui.widgets.text import label
from app.usecases.papers import Papers

AskPrinter = Callable[[QWidget, int, Callable[[QPrinter], object]], object]

_TITLES: Final[Mapping[PaperKind, str]] = {
    PaperKind.CONSENT: N_("Consent form"),
    PaperKind.REFERRAL: N_("Referral letter"),
    PaperKind.SUMMARY: N_("Summary of the person's data"),
    PaperKind.RECEIPT: N_("Receipt for a grant"),
    PaperKind.MINUTES: N_("Minutes"),
}
# Each language in its own words, as the person who will hold the paper reads it.
_LANGUAGES: Final = {"ru": "Русский", "be": "Беларуская", "en": "English"}


class PaperScreen(Page):
    """``PaperScreen(desk, papers, today, kind="referral", record=uid)``; for a person's papers ``person=uid``."""

    def __init__(
        self,
        desk: Desk,
        papers: Papers,
        today: Callable[[], dt.date],
        *,
        kind: str,
        person: uuid.UUID | None = None,
        record: uuid.UUID | None = None,
        ask: AskPrinter = ask_printer,
    ) -> None:
        self.kind = PaperKind(kind)
        super().__init__(translate(_TITLES[self.kind]), scroll=False)
        subject = record or person
        if subject is None:
            raise ValueError(kind)
        self.desk = desk
        self._papers = papers
        self._today = today
        self._subject = subject
        self._ask = ask
        self.pages: Pages | None = None
        self.print_button = primary_button(_("Print …"), "printer", self.print_paper)
        self.save_button = button(_("Save as PDF …"), "download", self.save_as)
        self.view = PagesView()
        self.languages = QButtonGroup(self)
        for action in (ghost_button(_("Back (Esc)"), "", desk.back), self.save_button, self.print_button):
            self.add_action(action)
        self.add(self._language_row())
        self.add(self.view, 1)
        shortcuts.bind(self, shortcuts.PRINT, self.print_paper, within=True)
        self.show_in(papers.language_for(self.kind, subject))

    def language_button(self, language: str) -> QPushButton:
        """The button that puts the paper into ``language``."""
        found = self.languages.button(list(_LANGUAGES).index(language))
        assert isinstance(found, QPushButton)
        return found

    def show_in(self, language: str) -> None:
        """Compose the paper in ``language`` and show its pages, or say why there is none."""
        self.language_button(language).setChecked(True)
        try:
            self.pages = Pages(self._papers.compose(self.kind, self._subject, language))
        except UserError as error:
            self.pages = None
            self.say(error.sentence(), "error")
        else:
            self.view.show_pages(self.pages)
            count = len(self.pages)
            self.set_title(
                self.title.text(), ngettext("{count} page, A4", "{count} pages, A4", count).format(count=count)
            )
        for press in (self.print_button, self.save_button):
            press.setEnabled(self.pages is not None)

    def entered(self) -> None:
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_paper(self) -> None:
        """Ask for the printer (Ctrl+P)."""
        if self.pages is None:
            return
        self.say("")
        try:
            self._ask(self, len(self.pages), self.send_to)
        except UserError as error:
            self.say(error.sentence(), "error")

    def send_to(self, printer: QPrinter) -> None:
        """Print on ``printer``."""
        if self.pages is None:
            return
        try:
            print_pages(self.pages, printer)
        except UserError as error:
            self.say(error.sentence(), "error")
            return
        self._papers.printed(self.kind, self._subject)
        self.say(_("Sent to the printer. Take the pages out at once."), "ok")

    def save_as(self) -> None:
        """Warn that the file will lie open, then ask where to."""
        self.confirm.ask(
            _("The file is not encrypted: whoever finds it can read it. Print it soon and delete it."),
            _("Save without encryption …"),
            self._choose_file,
        )

    def save_to(self, path: Path) -> None:
        """Write the PDF."""
        if self.pages is None:
            return
        try:
            keep_file(path.with_suffix(".pdf"), pdf_of(self.pages))
        except UserError as error:
            self.say(error.sentence(), "error")
            return
        self._papers.saved_as_file(self.kind, self._subject)
        self.say(_("Saved. Print it where nobody reads along, then delete the file."), "ok")

    def _choose_file(self) -> None:
        choose_new_file(self, _("Save as PDF"), neutral_name(self._today()), self.save_to)

    def _language_row(self) -> Flow:
        row = Flow(8)
        asked = _("Language of the paper")
        words = label(asked, "field")
        words.setMinimumHeight(theme.px(theme.CONTROL))  # in line with the words on the buttons
        row.add(words)
        for number, (language, word) in enumerate(_LANGUAGES.items()):
            press = segment_button(word)
            press.setAccessibleName(f"{asked}: {word}")
            press.setObjectName(language)
            self.languages.addButton(press, number)
            row.add(press)
        self.languages.setExclusive(True)
        self.languages.buttonClicked.connect(self._language_chosen)
        return row

    def _language_chosen(self, press: QPushButton) -> None:
        self.say("")
        self.show_in(press.objectName())
