"""Files: read into memory, kept encrypted, shown inside the program, never written to a disk."""

from __future__ import annotations

import hashlib
import uuid
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.forms.attachment import LARGEST
from app.ui.screens.attachment import AttachmentAdd, AttachmentScreen
from app.usecases.attachments import Attachments
from tests.ui.screen_fixtures import Centre, show

MB = 1 << 20


def picture(side: int = 40) -> bytes:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    buffer.close()
    return bytes(kept.data())


def idle(centre: Centre) -> bool:
    return not centre.window.tasks.busy


def add(qtbot: QtBot, centre: Centre, person: uuid.UUID, file: Path) -> AttachmentAdd:
    screen = AttachmentAdd(centre.window, centre.people, Attachments(centre.desk), person=person)
    show(qtbot, screen)
    screen.take([file])
    qtbot.waitUntil(partial(idle, centre), timeout=10_000)
    return screen


def opened(qtbot: QtBot, centre: Centre, person: uuid.UUID, attachment: uuid.UUID) -> AttachmentScreen:
    screen = AttachmentScreen(
        centre.window,
        centre.people,
        Attachments(centre.desk),
        centre.today,
        centre.drafts,
        person=person,
        attachment=attachment,
    )
    show(qtbot, screen)
    screen.entered()
    qtbot.waitUntil(partial(idle, centre), timeout=10_000)
    return screen


def kept(centre: Centre, name: str, content: bytes) -> tuple[uuid.UUID, uuid.UUID]:
    person = centre.person()
    return person, Attachments(centre.desk).add(person, name, content, {}, sure=True)


def test_a_file_is_kept_and_its_page_opened(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    person, file = centre.person(), tmp_path / "даведка.png"
    file.write_bytes(picture())
    add(qtbot, centre, person, file)
    ((uid, values),) = Attachments(centre.desk).of_person(person)
    assert values["name"] == "даведка.png"
    assert centre.window.went == [("attachment", {"person": person, "attachment": uid})]


def test_a_wrong_extension_is_told_before_it_is_kept(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    person, file = centre.person(), tmp_path / "даведка.pdf"
    file.write_bytes(picture())
    screen = add(qtbot, centre, person, file)
    assert Attachments(centre.desk).of_person(person) == []
    assert screen.confirm.accessibleName().endswith("Save it as a picture?")
    assert screen.zone.files.text().strip() == "Choose a file…", "one at a time"
    screen.confirm.findChildren(QPushButton)[0].click()
    assert len(Attachments(centre.desk).of_person(person)) == 1


@pytest.mark.parametrize(
    ("size", "head", "said"),
    [(30 * MB, b"%PDF-", "too large: 30 MB"), (0, b"", "empty"), (10, b"MZ\x00\x01", "cannot be kept")],
)
def test_what_cannot_be_kept_is_said_in_words(
    qtbot: QtBot, centre: Centre, tmp_path: Path, size: int, head: bytes, said: str
) -> None:
    person, file = centre.person(), tmp_path / "file.pdf"
    file.write_bytes((head + bytes(size))[:size])
    screen = add(qtbot, centre, person, file)
    assert said in screen.banner.text()
    assert Attachments(centre.desk).of_person(person) == []
    assert screen.zone.files.hasFocus()


def test_a_stick_that_is_gone_and_several_files_are_told(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    screen = add(qtbot, centre, centre.person(), tmp_path / "gone.pdf")
    assert "cannot be read" in screen.banner.text()
    screen.take([tmp_path / "a", tmp_path / "b"])
    assert "One file at a time" in screen.banner.text()


def test_a_picture_is_shown_from_memory_and_nothing_is_written(qtbot: QtBot, centre: Centre, tmp_path: Path) -> None:
    person, uid = kept(centre, "a.png", picture(1200))
    before = tree(tmp_path)
    screen = opened(qtbot, centre, person, uid)
    shown = screen.viewer.picture
    assert screen.viewer.currentWidget() is shown
    whole = shown.label.pixmap().width()
    assert 0 < whole < 1200
    shown.size_button.click()
    assert shown.label.pixmap().width() == 1200
    assert tree(tmp_path) == before


def tree(folder: Path) -> dict[str, str]:
    """All files but the store's own journal, with their contents."""
    files = (one for one in folder.rglob("*") if one.is_file() and not one.name.endswith("-journal"))
    return {str(one): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def test_text_is_shown_in_both_encodings(qtbot: QtBot, centre: Centre) -> None:
    for encoding in ("utf-8", "cp1251"):
        person, uid = kept(centre, "a.txt", "Даведка аб здароўі".encode(encoding, "replace"))
        assert "Даведка аб здаро" in opened(qtbot, centre, person, uid).viewer.text.toPlainText()


def test_what_cannot_be_shown_here_is_said_and_kept(qtbot: QtBot, centre: Centre) -> None:
    person, uid = kept(centre, "a.pdf", b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n")
    screen = opened(qtbot, centre, person, uid)
    assert screen.viewer.currentWidget() is screen.viewer.words
    assert Attachments(centre.desk).content(uid).startswith(b"%PDF")


def test_it_is_described_ticked_and_deleted_with_a_reason(qtbot: QtBot, centre: Centre) -> None:
    person, uid = kept(centre, "a.png", picture())
    attachments = Attachments(centre.desk)
    screen = opened(qtbot, centre, person, uid)
    screen.views[0].set_value("description", "З паліклінікі")
    screen.views[0].set_value("for_coordinator", "yes")
    screen.save()
    assert attachments.attachment(uid)["for_coordinator"] == "yes"
    again = opened(qtbot, centre, person, uid)
    again.reasons.ask()
    assert again.reasons.keep.hasFocus()
    again.reasons.buttons["asked_by_person"].click()
    assert attachments.of_person(person) == []


def test_the_bound_is_the_form_s(tmp_path: Path) -> None:
    assert LARGEST == 20 * MB
