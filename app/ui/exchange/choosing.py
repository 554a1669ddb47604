"""Choosing files and folders in the system's own dialog, without blocking.

``open()`` rather than the static functions: those run an event loop of their own, and a lock would leave them
standing over the unlock window. A dialog here is a child of the window and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _


def choose_files(parent: QWidget, title: str, chosen: Callable[[list[Path]], object]) -> QFileDialog:
    """Ask for one or more files; ``chosen`` is not called when nothing was picked."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
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
    # Qt has no Belarusian catalogue: the words on the buttons are ours.
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("Choose"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, _("Do not choose"))
    return dialog
