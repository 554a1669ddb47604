"""A laptop dies in the middle of a transfer: who was passed on stays with the next centre, whoever follows."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.clock import SteadyClock
from app.store.backup import listed
from app.usecases.handover import replace_laptop
from app.usecases.restoring import Restoring
from app.usecases.safekeeping import Safekeeping
from tests.e2e.conftest import Country
from tests.e2e.desks import PHRASE, QUICK, TODAY, Office, enrol, silent
from tests.e2e.transfers import Move, agreed, heads


@dataclass
class Passed:
    move: Move
    person: uuid.UUID
    wish: uuid.UUID
    folder: Path

    def back_up(self, office: Office) -> None:
        keeping = Safekeeping(office.desk)
        keeping.choose_folder(self.folder)
        keeping.back_up(silent)

    def restore(self, dead: Office) -> Office:
        """The laptop comes out of its backup, and the coordinator lets it follow the dead one."""
        dead.lock()
        home, boss = self.folder.parent / "restored", self.move.boss
        backup = listed(self.folder)[0].path
        new = Office(home, Restoring(home, SteadyClock(TODAY, 77), QUICK).restore(backup, PHRASE, silent))
        enrol(new, boss)
        assert new.take(*replace_laptop(boss.desk, dead.desk.me.uid, new.desk.me.uid, self.move.post))[0].ok
        return new


@pytest.fixture
def passed(country: Country, tmp_path: Path) -> Iterator[Passed]:
    (one, following, third), boss = country.open(tmp_path)
    move = Move(one, following, third, boss, tmp_path / "post")
    move.lists()
    person = one.people.register({"sex": "female"}, {}, sure=True)
    one.help(person)
    move.agree(person)
    wish = move.wish(person)
    boss.take(one.send(move.post))
    folder = tmp_path / "backups"
    folder.mkdir()
    yield Passed(move, person, wish, folder)
    for office in (one, following, third, boss):
        office.lock()


def test_the_old_centre_restored_from_before_does_not_claim_her_again(passed: Passed) -> None:
    move = passed.move
    passed.back_up(move.one)
    file = move.write(passed.wish)
    move.deciding.grant(passed.wish)
    move.next.take(file, *move.words().values())
    new = passed.restore(move.one)
    expected = {passed.person: (move.next.desk.me.uid, 1)}
    assert heads(new, {passed.person}) == heads(move.boss, {passed.person}) == expected
    mine = new.people.register({"sex": "male"}, {}, sure=True)
    assert move.boss.take(new.send(move.post))[0].ok, "and her bundles are taken"
    assert heads(move.boss, {mine})[mine][0] == new.desk.me.uid
    move.boss.take(move.next.send(move.post))
    assert agreed(move.boss, move.next)
    new.lock()


def test_the_next_centre_restored_from_before_gets_her(passed: Passed) -> None:
    move = passed.move
    passed.back_up(move.next)
    move.deciding.grant(passed.wish)
    move.next.take(move.write(passed.wish), *move.words().values())
    new = passed.restore(move.next)
    files = move.boss.receipts(move.post)
    new.take(*files)
    move.one.take(*files)
    # The file for the laptop that follows: the old one is on no list any more.
    new.take(move.write(passed.wish))
    assert heads(new, {passed.person})[passed.person][0] == new.desk.me.uid
    assert move.boss.take(new.send(move.post))[0].ok
    assert agreed(move.boss, new)
    new.lock()


def test_a_wish_taken_back_after_the_grant_does_not_silence_the_word(passed: Passed) -> None:
    move = passed.move
    move.deciding.grant(passed.wish)
    move.wishing.withdraw(passed.wish, "no_longer_needed")
    move.boss.take(move.one.send(move.post))
    words = move.words()
    move.one.take(words["one"])
    move.next.take(words["next"])
    for office in (move.one, move.boss):
        assert heads(office, {passed.person}) == {passed.person: (move.next.desk.me.uid, 1)}
