"""At the coordinator: a restored laptop is chosen to follow the lost one, and the word for it is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.clock import SteadyClock
from app.ui.screens.replace_laptop import ReplaceLaptop
from app.usecases.access import lock
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.handover import replace_laptop
from app.usecases.receiving import Receiving
from app.usecases.restoring import Restoring
from app.usecases.safekeeping import Safekeeping
from tests.ui.exchange_fixtures import QUICK_DIGITS, QUICK_KDF, House, World, open_world

PHRASE = "снег снег снег снег снег бедный"


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


def restored(centre: House, folder: Path) -> Desk:
    """The centre's laptop as it comes out of its backup."""
    centre.desk.keys.add_passphrase(centre.desk.unlocked, centre.desk.staff, PHRASE)
    made = Safekeeping(centre.desk).back_up_to(folder, lambda _done, _of: None)
    clock = SteadyClock(centre.clock.moment, 99)
    return Restoring(folder / "new", clock, QUICK_KDF).restore(made.path, PHRASE, lambda _step: None)


def test_the_new_laptop_gets_everything(world: World, qtbot: QtBot, tmp_path: Path) -> None:
    centre, boss = world.pair()
    other = world.centre("Гродно")
    boss.enrolment.confirm(boss.enrolment.receive(other.enrolment.my_card()).inst, other.enrolment.my_digits())
    centre.record(5)
    boss.receiving.take(world.put_on_stick(centre))
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    screen = ReplaceLaptop(
        world.desk, boss.enrolment, partial(replace_laptop, boss.desk), centre.sending.removable_folders
    )
    qtbot.addWidget(screen)
    screen.show()
    screen.entered()
    world.wait()
    screen.old.setCurrentIndex(screen.old.findData(str(centre.desk.me.uid)))
    assert screen.nobody.isVisible(), "a laptop of another centre never follows"
    assert not screen.write.isEnabled()

    new = restored(centre, shelf)
    card = Enrolment(new, QUICK_DIGITS)
    boss.enrolment.confirm(boss.enrolment.receive(card.my_card()).inst, card.my_digits())
    screen.entered()
    world.wait()
    assert screen.new.currentData() == str(new.me.uid)
    screen.write.click()
    assert not world.desk.tasks.busy, "asked first"
    press = next(one for one in screen.confirm.findChildren(QPushButton) if one.text() == "Hand the records over")
    press.click()
    world.wait()
    assert "Written and checked" in screen.done.text()
    answers = {Receiving(new).take(file).answer for file in world.stick.glob("*.age")}
    assert "ACCEPTED" in answers
    assert not Safekeeping(new).handover_waits()
    lock(new)


def test_it_fits_a_small_screen(world: World, qtbot: QtBot) -> None:
    boss = world.coordinator()
    screen = ReplaceLaptop(world.desk, boss.enrolment, partial(replace_laptop, boss.desk), list)
    qtbot.addWidget(screen)
    assert screen.minimumSizeHint().width() <= 1024
    assert screen.minimumSizeHint().height() <= 600
