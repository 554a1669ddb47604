"""Passing a person on, at the screen: the nurse's wish and file, the coordinator's word, and where it stands."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.exchange.place_chooser import LastFolder
from app.ui.records.passing_words import told
from app.ui.screens.transfer import TransferScreen
from app.ui.screens.transfers import TransfersScreen
from app.usecases.drafts import Drafts
from app.usecases.transfer_desk import TransferDesk
from app.usecases.transfer_state import Passing
from app.usecases.transfers import Transfers
from tests.ui.exchange_fixtures import House, World, befriend, open_world

RELEASE = {"scope": "release_other", "state": "given", "organisation": "other", "organisation_other": "Гродно"}


@dataclass
class Stage:
    world: World
    one: House
    following: House
    boss: House
    person: uuid.UUID

    def page(self, qtbot: QtBot) -> TransferScreen:
        """The nurse's page, as the window shows it."""
        one, last = self.one, LastFolder(self.world.stick)
        screen = TransferScreen(
            self.world.desk,
            one.people,
            Transfers(one.desk),
            one.clock.today,
            Drafts(one.desk),
            last,
            person=self.person,
        )
        qtbot.addWidget(screen)
        screen.resize(1100, 700)
        screen.show()
        screen.entered()
        return screen

    def desk(self, qtbot: QtBot) -> TransfersScreen:
        """The coordinator's."""
        screen = TransfersScreen(self.world.desk, TransferDesk(self.boss.desk), LastFolder(self.world.stick))
        qtbot.addWidget(screen)
        screen.resize(1100, 700)
        screen.show()
        screen.entered()
        self.world.wait()
        return screen

    def deliver(self) -> None:
        """All that lies on the stick, to everybody."""
        for office in (self.one, self.following, self.boss):
            office.receiving.take_all([self.world.stick], lambda *_counts: None)


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    with open_world(tmp_path, qtbot) as world:
        one, following, boss = world.centre("Витебск"), world.centre("Гродно"), world.coordinator()
        for centre in (one, following):
            befriend(centre, boss)
        names = {"names": [{"kind": "current", "surname": "Ясная", "given": "Ирина"}]}
        person = one.people.register({"sex": "female", "birth": "1994-05-14"}, names, sure=True)
        made = Stage(world, one, following, boss, person)
        boss.receiving.write_receipts(world.stick)
        made.deliver()
        yield made


def test_from_the_wish_to_the_word(stage: Stage, qtbot: QtBot) -> None:
    page = stage.page(qtbot)
    assert page.whither is not None
    assert page.writing is not None
    page.whither.centre.setFocus()
    QTest.keyClick(page.whither.centre, Qt.Key.Key_Down)
    assert page.whither.name() == "Гродно"
    assert "not recorded" in page.whither.consent.text()
    page.save()
    assert "has not agreed" in page.banner.text()
    page.whither.consent.acted.emit()
    route, arguments = stage.world.desk.went[-1]
    assert (route, arguments["organisation"]) == ("consent_edit", "Гродно"), "nobody types the name of a centre"
    stage.one.people.set_consent(stage.person, RELEASE, sure=True)
    page.entered()
    assert "has agreed" in page.whither.consent.text()
    assert not page.writing.write.isEnabled(), "first the wish"
    page.save()
    assert page.writing.write.isEnabled()
    assert page.back_button.isVisible()
    page.writing.write.click()
    stage.world.wait()
    assert "Written and checked" in page.writing.done.text()
    stage.world.put_on_stick(stage.one)
    stage.deliver()
    coming = Transfers(stage.following.desk).of_person(stage.person)
    assert coming is not None
    assert "On the way to us from Витебск" in told(coming)

    desk = stage.desk(qtbot)
    (card,) = desk.cards
    assert card.grant.isEnabled()
    card.grant.click()
    desk.confirm._buttons[0].click()
    stage.world.wait()
    assert desk.write_button.isEnabled()
    desk.write_button.click()
    stage.world.wait()
    assert "2 files" in desk.done.text()
    assert not desk.write_button.isEnabled()
    stage.deliver()
    assert stage.following.people.rows(stage.following.people.find())[0].mine
    passed = stage.page(qtbot)
    assert passed.whither is None
    assert passed.writing is not None
    assert passed.writing.write.isEnabled(), "the file can be written again, if it was lost"


def test_nobody_is_known_yet(stage: Stage, qtbot: QtBot) -> None:
    stage.boss.enrolment.revoke(stage.following.desk.me.uid)
    stage.boss.receiving.write_receipts(stage.world.stick)
    stage.deliver()
    page = stage.page(qtbot)
    assert page.whither is None
    assert not page.save_button.isVisible()


def test_declined_with_words_and_taken_back(stage: Stage, qtbot: QtBot) -> None:
    stage.one.people.set_consent(stage.person, RELEASE, sure=True)
    transfers = Transfers(stage.one.desk)
    first = transfers.save(stage.person, stage.following.desk.me.uid, transfers.defaults(), sure=True)
    stage.world.put_on_stick(stage.one)
    stage.deliver()
    desk = stage.desk(qtbot)
    (card,) = desk.cards
    card.decline.click()
    assert card.why.isVisible()
    card.why.words.setText("Мест нет")
    card.why.press.click()
    stage.world.wait()
    assert not desk.cards
    stage.boss.receiving.write_receipts(stage.world.stick)
    stage.deliver()
    state = transfers.of_person(stage.person)
    assert state is not None
    assert (state.passing, state.wish) == (Passing.DECLINED, first)
    page = stage.page(qtbot)
    assert page.whither is not None
    page.whither.choose(stage.following.desk.me.uid)
    page.save()
    assert page.back_button.isVisible()
    page.back_button.click()
    page.confirm._buttons[0].click()
    assert not page.back_button.isVisible()
