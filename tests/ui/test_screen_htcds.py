"""The HTCDS screen: nothing is written before a yes, and nothing is taken in before it was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.ui.screens.htcds import HtcdsScreen
from app.ui.tasks import Tasks
from app.usecases.htcds import Htcds
from app.usecases.partners import Partners
from tests.e2e.desks import Office, new_office
from tests.e2e.test_htcds import COUNTED, IOM, OTHER_ROW, RELEASED, ROW, filled, someone
from tests.ui.exchange_fixtures import DeskDouble, drop
from tests.ui.screen_fixtures import show


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = new_office(tmp_path / "coordinator", "coordinator", "Минск")
    parties = [{"agency": IOM, "status": "signed"}]
    Partners(made.desk).save_memorandum({"oblast": "BY-VI", "parties": parties}, new=True, sure=True)
    yield made
    made.lock()


def screen(office: Office, qtbot: QtBot) -> HtcdsScreen:
    failures: list[BaseException] = []
    made = HtcdsScreen(DeskDouble(Tasks(failures.append)), Htcds(office.desk))
    show(qtbot, made)
    made.entered()
    done(qtbot, made)
    return made


def done(qtbot: QtBot, made: HtcdsScreen) -> None:
    qtbot.waitUntil(lambda: not made.work.is_busy())


def test_a_file_is_written_after_the_warning_is_agreed_to(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    someone(office, "Лічаная", COUNTED)
    someone(office, "Названая", COUNTED, RELEASED)
    someone(office, "Нямаўская")
    made = screen(office, qtbot)
    assert "People: 2. By name: 0. Left out, for they did not agree: 1." in made.outlook.text()
    made.receiver.setCurrentIndex(made.receiver.findData(IOM))
    made.receiver.activated.emit(1)
    done(qtbot, made)
    assert "By name: 1" in made.outlook.text()
    assert not made.write.isEnabled()
    made.agreed.click()
    assert made.write.isEnabled()
    made.write_to(tmp_path / "cases.xlsx")
    done(qtbot, made)
    assert (tmp_path / "cases.xlsx").stat().st_size > 1000
    assert "Saved as cases.xlsx, with 2 persons" in made.banner.text()
    assert not made.agreed.isChecked(), "each file is agreed to by itself"


def test_a_file_that_cannot_be_written_leaves_nothing(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    someone(office, "Лічаная", COUNTED)
    made = screen(office, qtbot)
    made.write_to(tmp_path / "no such folder" / "cases.xlsx")
    done(qtbot, made)
    assert "could not be written" in made.banner.text()
    assert not list(tmp_path.glob("**/cases*"))


def test_a_filled_workbook_is_looked_at_and_taken_in(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    made = screen(office, qtbot)
    bad = {**OTHER_ROW, "prs_Birthdate": "вчера"}
    assert drop(made.zone, filled(tmp_path, ROW, bad))
    done(qtbot, made)
    assert made.rows.table.lines.rowCount() == 2
    assert "not a date" in made.rows.words.text()
    assert not made.take_in.isEnabled()
    assert office.people.find() == []
    made.leave_out.click()
    assert made.take_in.isEnabled()
    made.take_in.click()
    done(qtbot, made)
    assert len(office.people.find()) == 1
    assert made.preview.isHidden()


def test_a_centre_takes_in_and_writes_none(tmp_path: Path, qtbot: QtBot) -> None:
    centre = new_office(tmp_path / "centre", "centre", "Віцебск")
    made = screen(centre, qtbot)
    assert made.out.isHidden()
    assert made.in_.isVisible()
    centre.lock()
