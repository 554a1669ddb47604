"""First start keeps what is typed, and tells an error at its very end."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.errors import UserError
from app.ui.screens.first_start.draft import Stop
from app.ui.screens.first_start.prove import ProveSheetStep
from app.ui.screens.first_start.who import CentreStep, StaffStep
from app.ui.screens.first_start.working import WorkingStep
from app.usecases import access as access_module
from app.usecases.access import lock
from app.usecases.desk import Desk
from tests.ui.first_start_visit import NAME, Visit


@pytest.fixture
def visit(qtbot: QtBot, tmp_path: Path) -> Visit:
    return Visit(qtbot, tmp_path / "store")


def test_a_new_window_and_the_way_back_keep_what_is_typed(visit: Visit) -> None:
    """Another language or other colours build the window anew; Back leaves a step without its being accepted."""
    visit.to(Stop.CENTRE)
    step = visit.screen.step
    assert isinstance(step, CentreStep)
    step.name_line.setText(NAME)
    step.oblasts.setCurrentIndex(step.oblasts.findData("BY-HO"))
    step.raions.setCurrentIndex(2)
    raion = step.raions.currentData()
    for again in range(2):
        if again:
            visit.screen.back.click()
            visit.screen.on.click()
        else:
            visit.screen = visit.window()
        step = visit.screen.step
        assert isinstance(step, CentreStep)
        typed = (step.name_line.text(), step.oblasts.currentData(), step.raions.currentData())
        assert typed == (NAME, "BY-HO", raion)
    visit.screen.on.click()
    step = visit.screen.step
    assert isinstance(step, StaffStep)
    step.name_line.setText("Т. Саковіч")
    step.roles.setCurrentIndex(2)
    role = step.roles.currentData()
    visit.screen = visit.window()
    step = visit.screen.step
    assert isinstance(step, StaffStep)
    assert (step.name_line.text(), step.roles.currentData()) == ("Т. Саковіч", role)
    visit.to(Stop.PROVE_SHEET)
    step = visit.screen.step
    assert isinstance(step, ProveSheetStep)
    step.edit.set_digits("123456 78")
    visit.screen = visit.window()
    step = visit.screen.step
    assert isinstance(step, ProveSheetStep)
    assert step.edit.digits() == "12345678"


def test_a_failed_writing_is_told_and_can_be_tried_again(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first save fails: nothing half made stays, the bar stops, and one press does it once more."""
    fill = access_module._fill

    def refuse(*_arguments: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(access_module, "_fill", refuse)
    visit.to(Stop.PROVE_SHEET)
    visit.answer()
    step = visit.screen.step
    assert isinstance(step, WorkingStep)
    visit.qtbot.waitUntil(lambda: not step.retry.isHidden(), timeout=15_000)
    assert (step.error.text(), step.bar.isHidden()) == ("The disk is full.", True)
    assert visit.screen.cancel.isEnabled()
    monkeypatch.setattr(access_module, "_fill", fill)
    step.retry.click()
    assert not step.bar.isHidden()
    visit.qtbot.waitUntil(lambda: bool(visit.desks), timeout=15_000)
    desk = visit.desks[0]
    assert isinstance(desk, Desk)
    lock(desk)
