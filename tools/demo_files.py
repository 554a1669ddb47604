"""Packs of the demonstration as files: for ourselves and protected, as XLSX, CSV and PDF.

They are made as in the program: what is for others goes into the register of releases before a file of it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QApplication

from app.reports.pack import Pack
from app.reports.paper.pack import pack_paper
from app.reports.table import Audience
from app.reports.writers import csv, xlsx
from app.ui.application import create_application
from app.ui.printing.pages import Pages
from app.ui.printing.pdf import pdf_of
from app.usecases.desk import Desk
from app.usecases.packs import PackDraft, Packs

Months = tuple[str, str]
_LANGUAGE: Final = "ru"


def _pdf(pack: Pack, language: str) -> bytes:
    return pdf_of(Pages(pack_paper(pack, language)))


_WRITERS: Final[Mapping[str, Callable[[Pack, str], bytes]]] = MappingProxyType(
    {"xlsx": xlsx.write, "csv": csv.write_pack, "pdf": _pdf}
)


def write(folder: Path, coordinator: Desk, oblast: str, quarter: Months, donor: str, half: Months) -> list[Path]:
    """One pack for a task force and one for a donor, each for ourselves and as it leaves; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or create_application(["apora"])
    assert isinstance(app, QApplication), "pages are painted with the fonts of an application"
    packs = Packs(coordinator)
    drafts: Mapping[str, PackDraft] = {
        "task-force-internal": packs.task_force(oblast, *quarter, Audience.INTERNAL),
        "task-force": packs.task_force(oblast, *quarter, Audience.TASK_FORCE),
        "donor-internal": packs.donor(donor, *half, Audience.INTERNAL),
    }
    files = [file for name, draft in drafts.items() for file in _files(folder, name, packs, draft)]
    # Drafted after the first one was released: it is held against that.
    return files + _files(folder, "donor", packs, packs.donor(donor, *half, Audience.PUBLIC))


def _files(folder: Path, name: str, packs: Packs, draft: PackDraft) -> list[Path]:
    packs.release(draft)
    files = []
    for ending, make in _WRITERS.items():
        file = folder / f"{name}.{ending}"
        file.write_bytes(make(draft.pack, _LANGUAGE))
        files.append(file)
    return files
