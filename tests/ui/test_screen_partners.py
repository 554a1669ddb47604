"""Partners and the memorandum on screen: found, read, changed by the coordinator, retired without harm."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app import codelists
from app.forms.spec import Field, Kind, Leaves
from app.ui.forms.code_choices import code_choices
from app.ui.forms.code_editor import CodeEditor
from app.ui.forms.codes_editor import CodesEditor
from app.ui.forms.context import FormContext
from app.ui.forms.yesno_editor import YesNoEditor
from app.ui.screens.memorandum import MemorandumEdit, MemorandumScreen
from app.ui.screens.partner_edit import PartnerEdit
from app.ui.screens.partners import PartnerScreen, PartnersScreen
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.text import WrapLabel
from app.usecases.access import lock
from app.usecases.partners import Partners
from tests.ui.screen_fixtures import Centre, _never, open_centre, save_by_keyboard, show

HOUSE = {
    "ru": "Дом «Надежда»",
    "be": "Дом «Надзея»",
    "en": "Hope House",
    "kind": "ngo",
    "oblast": "BY-HO",
    "phones": [{"number": "+375 232 00-00-00", "note": "дежурная"}],
    "hours": "9–18",
    "services": ["food_meals"],
}


@pytest.fixture
def boss(tmp_path: Path) -> Iterator[Centre]:
    """The coordinator's desk."""
    made = open_centre(tmp_path / "boss", _never, role="coordinator")
    yield made
    made.window.tasks.stop()
    lock(made.desk)


def names(screen: PartnersScreen) -> list[str]:
    rows = screen.table.rows
    return [str(rows.data(rows.index(at, 0))) for at in range(rows.rowCount())]


def test_a_partner_is_found_by_any_language_and_by_choices_and_opened(qtbot: QtBot, boss: Centre) -> None:
    partners = Partners(boss.desk)
    code = partners.save_agency(HOUSE)
    screen = PartnersScreen(boss.window, partners)
    show(qtbot, screen)
    screen.entered()
    assert screen.table.rows.rowCount() == len(codelists.shipped("agencies"))
    screen.search.setText("надзея")
    assert names(screen) == ["Hope House"]
    QTest.keyClick(screen.search, Qt.Key.Key_Return)
    assert boss.window.went[-1] == ("partner", {"code": code})
    screen.search.clear()
    screen.service.choose("food_meals")
    screen.look()
    assert names(screen) == ["Hope House"]
    screen.oblast.choose("BY-BR")
    screen.look()
    assert screen.views.currentWidget() is screen.nobody
    # What was looked for is there again after a lock.
    again = PartnersScreen(boss.window, partners)
    show(qtbot, again)
    again.entered()
    again.restore(screen.snapshot())
    assert (again.oblast.code(), again.service.code(), again.kind.code()) == ("BY-BR", "food_meals", "")


def test_a_partner_says_whom_to_call(qtbot: QtBot, boss: Centre, centre: Centre) -> None:
    code = Partners(boss.desk).save_agency(HOUSE)
    screen = PartnerScreen(boss.window, Partners(boss.desk), code=code)
    show(qtbot, screen)
    said = " ".join(one.text() for one in screen.findChildren(WrapLabel))
    for words in (
        "+375 232 00-00-00",
        "дежурная",
        "9–18",
        codelists.get("services").label("food_meals"),
        "Дом «Надзея»",
    ):
        assert words in said
    assert screen.change.isVisibleTo(screen)
    # At the centre it is read, and an unknown code is said calmly.
    at_centre = PartnerScreen(centre.window, Partners(centre.desk), code="a0123456789ab")
    show(qtbot, at_centre)
    assert "not in the directory yet" in at_centre.banner.text()
    assert not at_centre.change.isVisibleTo(at_centre)


def test_a_new_partner_is_saved_once_and_a_missing_name_is_asked(qtbot: QtBot, boss: Centre) -> None:
    partners = Partners(boss.desk)
    screen = PartnerEdit(boss.window, partners, boss.today, boss.drafts)
    show(qtbot, screen)
    form = screen.views[0]
    form.set_value("ru", "Дом «Вера»")
    form.set_value("kind", "ngo")
    save_by_keyboard(qtbot, form.boxes["ru"].editor.stops()[0])
    assert form.summary.isVisibleTo(form)  # two languages are missing: asked once
    save_by_keyboard(qtbot, form.boxes["ru"].editor.stops()[0])
    screen.save()
    assert len(partners.agencies("вера")) == 1
    assert boss.window.backs == 1


def test_a_retired_partner_keeps_its_words_and_is_not_offered(qtbot: QtBot, boss: Centre) -> None:
    partners = Partners(boss.desk)
    code = partners.save_agency(HOUSE)
    partners.save_agency({**HOUSE, "retired": "2026-11-01"}, code=code)
    one = Field("agency", Kind.CODE, "Organisation", Leaves.ALWAYS, codes="agencies")
    some = Field("panel", Kind.CODES, "Panel", Leaves.ALWAYS, codes="agencies")
    context = FormContext(choices=code_choices)
    single, several = CodeEditor(one, context), CodesEditor(some, context)
    for editor in (single, several):
        qtbot.addWidget(editor)
        combo = editor.findChild(QComboBox) or single.combo
        assert combo.findData(code) < 0
    single.set_value(code)
    several.set_value([code])
    assert single.combo.currentText() == "Hope House (no longer offered)"
    assert (single.value(), several.value()) == (code, [code])


def test_nobody_declines_to_answer_about_a_document(qtbot: QtBot) -> None:
    field = Field("confidentiality", Kind.YESNO, "An article?", Leaves.ALWAYS, special="fact")
    editor = YesNoEditor(field, FormContext(choices=code_choices))
    qtbot.addWidget(editor)
    assert list(editor.buttons) == ["yes", "no", "unknown"]


def test_the_memorandum_is_written_and_read(qtbot: QtBot, boss: Centre, tmp_path: Path) -> None:
    partners = Partners(boss.desk)
    page = MemorandumScreen(boss.window, partners)
    show(qtbot, page)
    page.entered()
    assert page.nothing.isVisibleTo(page)
    screen = MemorandumEdit(boss.window, partners, boss.today, boss.drafts)
    show(qtbot, screen)
    signed = tmp_path / "memorandum.pdf"
    signed.write_bytes(b"signed")
    screen.take_hash(signed)
    qtbot.waitUntil(lambda: "sha256" in screen.values())
    assert screen.values()["sha256"] == hashlib.sha256(b"signed").hexdigest()
    form = screen.views[0]
    form.set_value("oblast", "BY-HO")
    form.set_value("parties", [{"agency": "court_oblast", "status": "signed", "joined": "2026-01"}])
    screen.save()
    page.entered()
    (row,) = partners.memoranda()
    assert (row.oblast, row.parties) == ("BY-HO", 1)
    assert page.members.lines.rowCount() == 1
    assert any(hashlib.sha256(b"signed").hexdigest() in one.text() for one in page.facts.findChildren(WrapLabel))
    page.members.selectRow(0)
    page.members.activated.emit(page.members.currentIndex())
    assert boss.window.went[-1] == ("partner", {"code": "court_oblast"})
    # Changed later: the oblast stays what it was.
    again = MemorandumEdit(boss.window, partners, boss.today, boss.drafts, oblast="BY-HO")
    show(qtbot, again)
    again.views[0].set_value("version", "2")
    again.save()
    assert partners.memorandum("BY-HO")["version"] == "2"
    assert isinstance(page.facts, KeyValue)


def test_a_centre_reads_and_does_not_write(qtbot: QtBot, centre: Centre) -> None:
    partners = Partners(centre.desk)
    for screen in (PartnersScreen(centre.window, partners), MemorandumScreen(centre.window, partners)):
        show(qtbot, screen)
        screen.entered()
    memorandum = MemorandumScreen(centre.window, partners)
    show(qtbot, memorandum)
    assert not memorandum.new.isVisibleTo(memorandum)
    assert not memorandum.change.isVisibleTo(memorandum)
