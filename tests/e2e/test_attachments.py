"""Files with a person: recognised by their bytes, bounded, damaged ones told, and travelling only when ticked."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile

import pytest
from sqlalchemy import update

from app.errors import UserError
from app.forms.attachment import LARGEST
from app.models import AttachmentContent
from app.usecases.attachments import WRONG_EXTENSION
from app.usecases.checking import NeedsConfirmation
from app.usecases.file_types import EXTENSIONS, type_of
from tests.e2e.conftest import Pair
from tests.e2e.desks import Office, document_at, everything
from tests.unit.test_picture_metadata import SECRET, drawn, with_metadata

PDF = b"%PDF-1.7\n%\xe2\xe3\n" + b"statement " * 40


def archive(*names: str, mimetype: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, b"<x/>")
    return held.getvalue()


ODT = archive("content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
DOCX = archive("[Content_Types].xml", "word/document.xml")


@pytest.fixture
def person(nurse: Office) -> uuid.UUID:
    return nurse.people.register({"sex": "female"}, {}, sure=True)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (drawn("png"), "png"),
        (drawn("jpg"), "jpeg"),
        ("заява на пашпарт\n".encode(), "text"),
        ("заявление".encode("cp1251"), "text"),
        ("заява".encode("utf-16"), "text"),
        (DOCX, "docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (ODT, "odt"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), ""),
        (archive("content.xml", "Basic/Standard/x.xml", mimetype=b"application/vnd.oasis.opendocument.text"), ""),
        (archive("mimetype.txt"), ""),
        (archive("a", mimetype=b"application/epub+zip"), ""),
        (DOCX[:-30], ""),
        (b"MZ\x90\x00\x03\x00\x00\x00", ""),
        (b"GIF89a\x01\x00\x01\x00\x00", ""),
        (b"\x00\x01\x02", ""),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, kind: str) -> None:
    assert type_of(content) == kind


def test_a_file_is_kept_and_comes_back(nurse: Office, person: uuid.UUID) -> None:
    uid = nurse.attachments.add(person, "C:\\Users\\Тамара\\справка.PDF", PDF, {"description": "из школы"})
    values = nurse.attachments.attachment(uid)
    assert (values["name"], values["type"], values["size"]) == ("справка.PDF", "pdf", len(PDF))
    assert values["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert nurse.attachments.content(uid) == PDF
    assert [one for one, _ in nurse.attachments.of_person(person)] == [uid]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-" + bytes(30 * 2**20), "too large: 31 MB"),
        (b"%PDF-" + bytes(LARGEST - 4), "too large: 21 MB"),
        (b"MZ\x90\x00", "cannot be kept"),
        (drawn("png")[:-20], "damaged"),
    ],
)
def test_what_cannot_be_kept_is_told_in_a_sentence(
    nurse: Office, person: uuid.UUID, content: bytes, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        nurse.attachments.add(person, "скан.pdf", content, {}, sure=True)
    assert nurse.attachments.of_person(person) == []


def test_the_largest_file_is_kept(nurse: Office, person: uuid.UUID) -> None:
    uid = nurse.attachments.add(person, "скан.pdf", b"%PDF-" + bytes(LARGEST - 5), {})
    assert nurse.attachments.attachment(uid)["size"] == LARGEST


def test_a_wrong_extension_is_told(nurse: Office, person: uuid.UUID) -> None:
    for name in ("фото.pdf", "фото", "фото.exe"):
        with pytest.raises(NeedsConfirmation) as raised:
            nurse.attachments.add(person, name, drawn("jpg"), {})
        (problem,) = raised.value.problems
        assert (problem.field, problem.code) == ("name", "wrong_extension")
        assert problem.message.endswith("Save it as a picture?"), "a question: nothing is saved yet"
    uid = nurse.attachments.add(person, "фото.pdf", drawn("jpg"), {}, sure=True)
    assert nurse.attachments.attachment(uid)["type"] == "jpeg"
    assert nurse.attachments.add(person, "фото.JPG", drawn("jpg"), {})


@pytest.mark.parametrize("kind", sorted(EXTENSIONS))
def test_each_kind_is_asked_about_in_words(kind: str) -> None:
    assert WRONG_EXTENSION[kind].startswith("By its contents this file is a ")


def test_the_place_in_a_photograph_never_enters_the_store(nurse: Office, person: uuid.UUID) -> None:
    uid = nurse.attachments.add(person, "паспорт.jpg", with_metadata(drawn("jpg"), orientation=6), {})
    kept = nurse.attachments.content(uid)
    assert kept.startswith(b"\xff\xd8\xff")
    assert SECRET not in kept
    assert SECRET.decode() not in everything(nurse.desk)


def test_adding_twice_is_one_file_and_deleting_erases_it(nurse: Office, person: uuid.UUID) -> None:
    uid = nurse.attachments.new_id()
    for _ in range(2):
        nurse.attachments.add(person, "справка.pdf", PDF, {}, attachment=uid)
    with pytest.raises(UserError, match="anew"):
        nurse.attachments.add(person, "справка.pdf", PDF + b"!", {}, attachment=uid)
    assert [one for one, _ in nurse.attachments.of_person(person)] == [uid]
    nurse.attachments.delete(uid, "entered_by_mistake")
    assert nurse.attachments.of_person(person) == []
    assert PDF.decode("utf-8", "replace") not in everything(nurse.desk)
    with pytest.raises(UserError):
        nurse.attachments.content(uid)


def test_a_damaged_file_is_not_shown(nurse: Office, person: uuid.UUID) -> None:
    uid = nurse.attachments.add(person, "справка.pdf", PDF, {})
    with nurse.desk.store.transaction() as session:
        session.execute(update(AttachmentContent).values(content=PDF[:-1] + b"?"))
    with pytest.raises(UserError, match="damaged"):
        nurse.attachments.content(uid)


def test_only_a_ticked_file_of_one_who_agreed_travels(pair: Pair) -> None:
    nurse, boss = pair.nurse, pair.boss
    agreed, silent = (nurse.people.register({"sex": "female"}, {}, sure=True) for _ in range(2))
    nurse.people.set_consent(agreed, {"scope": "coordinator_identifiable", "state": "given", "on": "2026-06-02"})
    sent = nurse.attachments.add(agreed, "справка.pdf", PDF, {"for_coordinator": "yes", "description": "для Минска"})
    held = nurse.attachments.add(agreed, "дневник.txt", b"diary", {})
    without = nurse.attachments.add(silent, "фото.png", drawn("png"), {"for_coordinator": "yes"})
    (verdict,) = boss.take(nurse.send(pair.stick))
    assert verdict.ok
    assert boss.attachments.content(sent) == PDF
    assert boss.attachments.attachment(sent) == nurse.attachments.attachment(sent)
    for uid in (held, without):
        assert document_at(boss.desk, uid) == ("withheld", {})
        with pytest.raises(UserError):
            boss.attachments.content(uid)
    # Ticked later it goes with the next bundle; the tick taken away, its bytes are erased there.
    nurse.attachments.change(held, {"name": "дневник.txt", "for_coordinator": "yes"})
    boss.take(nurse.send(pair.stick))
    assert boss.attachments.content(held) == b"diary"
    nurse.attachments.change(held, {"description": "только здесь"})
    boss.take(nurse.send(pair.stick))
    assert document_at(boss.desk, held) == ("withheld", {})
    assert nurse.attachments.content(held) == b"diary"
    assert "diary" not in everything(boss.desk)
