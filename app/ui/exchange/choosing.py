"""Choosing files and folders in the system's own dialog, without blocking.

``open()`` rather than the static functions: those run an event loop of their own, and a lock would leave them
standing over the unlock window. A dialog here is a child of the window and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import N_, _, translate

# Qt's Russian catalogue is older than these labels ("Look in:" got its mnemonic later), and it has no Belarusian one.
_LABELS: Final = {
    QFileDialog.DialogLabel.LookIn: N_("Folder:"),
    QFileDialog.DialogLabel.FileName: N_("Name:"),
    QFileDialog.DialogLabel.FileType: N_("Kind:"),
}
_last: list[str] = []
"""The folder chosen last, as long as the program runs. Written nowhere: a path tells tales."""


def choose_files(
    parent: QWidget, title: str, chosen: Callable[[list[Path]], object], *, several: bool = True
) -> QFileDialog:
    """Ask for one or ``several`` files; ``chosen`` is not called when nothing was picked."""
    dialog = _dialog(parent, title)
    modes = QFileDialog.FileMode
    dialog.setFileMode(modes.ExistingFiles if several else modes.ExistingFile)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask for a folder."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def choose_new_file(parent: QWidget, title: str, name: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask where to save; ``name`` is proposed."""
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Save"))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda picked: chosen(Path(picked)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for place, words in _LABELS.items():
        dialog.setLabelText(place, translate(words))
    dialog.setNameFilter(_("All files (*)"))
    # Not the folder of the program, where a paper would lie for everybody.
    dialog.setDirectory(_last[0] if _last and Path(_last[0]).is_dir() else str(Path.home()))
    dialog.accepted.connect(partial(_remember, dialog))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Choose"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, _("Do not choose"))
    return dialog


def _remember(dialog: QFileDialog) -> None:
    _last[:] = [dialog.directory().absolutePath()]
