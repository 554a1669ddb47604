"""The way out: what leaves, for whom, by which rule, in which language, as which file. Written down before it leaves.

Only after the pack stands in the register of releases is a file made (a burnt entry harms nobody, an unknown file
does). What is for our own use is not in the register; its file says that it is not for release.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from app.errors import UserError
from app.i18n import LANGUAGES, N_, _, language, ngettext
from app.reports import words
from app.reports.pack import Pack, PackKind
from app.reports.paper.pack import pack_paper
from app.reports.paper.tongue import Tongue
from app.reports.table import Audience
from app.reports.writers import csv, ctdc, xlsx
from app.ui.exchange.choosing import choose_new_file
from app.ui.printing.pages import Pages
from app.ui.printing.pdf import keep_file, pdf_of
from app.ui.routes import Desk
from app.ui.widgets.buttons import button, ghost_button, segment_button
from app.ui.widgets.card import Card
from app.ui.widgets.flow import Flow
from app.ui.widgets.text import WrapLabel, label
from app.usecases.packs import PackDraft, Packs

# Each language in its own words, as its reader knows it.
_LANGUAGES: Final = {"ru": "Русский", "be": "Беларуская", "en": "English"}
Write = Callable[[Pack, str], bytes]


def _pdf(pack: Pack, tongue: str) -> bytes:
    return pdf_of(Pages(pack_paper(pack, tongue)))


FORMATS: Final[dict[str, tuple[str, Write]]] = {
    "xlsx": (N_("Spreadsheet (XLSX)"), xlsx.write),
    "csv": (N_("Plain table (CSV)"), csv.write_pack),
    "pdf": (N_("To print (PDF)"), _pdf),
    "ctdc": (N_("Names of CTDC (CSV)"), ctdc.write),
}
_ENDINGS: Final = {"ctdc": "ctdc.csv"}


def file_name(pack: Pack, kind: str) -> str:
    """``task_force-2026-01-2026-03.xlsx``: what and when, no place and no name."""
    parts = [pack.kind.value, pack.scope.first, pack.scope.last]
    return "-".join(part for part in parts if part) + f".{_ENDINGS.get(kind, kind)}"


class Giving(Card):
    """``offer(draft)`` shows what would leave; ``put_off`` fires at "Not now"."""

    put_off = Signal()

    def __init__(self, desk: Desk, packs: Packs) -> None:
        super().__init__(_("What leaves"))
        self._desk = desk
        self._packs = packs
        self._draft: PackDraft | None = None
        self._released: PackDraft | None = None
        self._said = WrapLabel("", "")
        self._rule = WrapLabel("", "small")
        self.languages = QButtonGroup(self)
        self.formats: dict[str, QPushButton] = {}
        self.add(self._said)
        self.add(self._rule)
        self.add(label(_("Language of the file"), "field"))
        tongues = Flow(6)
        for tongue in LANGUAGES:
            press = segment_button(_LANGUAGES[tongue])
            press.setProperty("tongue", tongue)
            press.setChecked(tongue == language())
            self.languages.addButton(press)
            tongues.add(press)
        self.add(tongues)
        self.add(label(_("Save as"), "field"))
        files = Flow(6)
        for kind, (name, _write) in FORMATS.items():
            self.formats[kind] = button(_(name), "download", partial(self.ask_where, kind))
            files.add(self.formats[kind])
        files.add(ghost_button(_("Not now"), "", self.put_off.emit))
        self.add(files)
        self.hide()

    def offer(self, draft: PackDraft) -> None:
        """Say what would leave. Nothing has left yet."""
        self._draft, say = draft, Tongue(language())
        pack = draft.pack
        tables = [part.table for chapter in pack.chapters for part in chapter.parts]
        count = ngettext("{count} table", "{count} tables", len(tables)).format(count=len(tables))
        hidden = sum(told.hidden for told in tables)
        places = ngettext("{count} place is hidden in it.", "{count} places are hidden in it.", hidden)
        lines = [f"{words.audience(pack.audience, say)} · {words.scope(pack.scope, say)} · {count}"]
        if hidden:
            lines.append(places.format(count=hidden))
        if pack.audience is Audience.INTERNAL:
            lines.append(_("The file says that it is not for release. Keep it as you keep names."))
        else:
            lines.append(_("It is written down in the register of releases before the file is made."))
        missing = [one.centre for one in pack.until if one.missing]
        if missing:
            lines.append(_("Incomplete: bundles are missing of {centres}.").format(centres=", ".join(missing)))
        self._said.setText("\n".join(lines))
        self._rule.setText(" ".join(words.rule(pack.rule, say)))
        self.formats["ctdc"].setVisible(pack.kind is PackKind.SUMMARY)
        self.show()
        self.formats["xlsx"].setFocus()

    def ask_where(self, kind: str) -> None:
        """Where to save."""
        if self._draft is not None:
            name = file_name(self._draft.pack, kind)
            choose_new_file(self, _("Save the figures"), name, partial(self.save_to, kind))

    def save_to(self, kind: str, file: Path) -> None:
        """Write the pack down, then write the file: whole, or not at all."""
        draft = self._draft
        if draft is None:
            return
        try:
            if draft is not self._released:
                self._packs.release(draft)
                self._released = draft  # the same tables as another file are the same release
            keep_file(file, self._content(draft.pack, kind))
        except UserError as error:
            self._desk.tell(error)
            return
        said = _("Saved as {name} in the folder {folder}.")
        self._desk.say(said.format(name=file.name, folder=file.parent.name or str(file.parent)), "ok")

    def _content(self, pack: Pack, kind: str) -> bytes:
        chosen = self.languages.checkedButton()
        return FORMATS[kind][1](pack, str(chosen.property("tongue")) if chosen else language())
