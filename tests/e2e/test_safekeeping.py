"""Backups as a person meets them: where, when, what is told; and a restore that is refused changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.clock import SteadyClock
from app.errors import UserError
from app.models import Record
from app.store import backup as backups
from app.store import places, restore, troubles
from app.store.connection import connect
from app.store.files import KEY_NAME, STORE_NAME
from app.store.keyslots import KeyFile, WrongPassphrase
from app.store.medium import INCOMPLETE
from app.store.migrate import StoreNewer
from app.usecases import safekeeping
from app.usecases.access import Access, SetUp, lock
from app.usecases.restoring import Restoring
from app.usecases.safekeeping import BackupStopped, Safekeeping
from tests.e2e.desks import PHRASE, QUICK, TODAY, Office, count_of, silent

NEW_PHRASE = "снег снег снег снег снег бедный"


class Shelf:
    """An office, the clock on its wall, a folder for backups, and the recovery sheet in the drawer."""

    def __init__(self, folder: Path) -> None:
        self.home, self.place = folder / "centre", folder / "shelf"
        self.place.mkdir()
        self.clock = SteadyClock(TODAY, 3)
        access = Access(self.home, self.clock, QUICK)
        made = access.create(SetUp("centre", False, "Гродно", "BY-HR", "", "Тамара", "nurse"), PHRASE, silent)
        access.prove_recovery(made.recovery_groups)
        self.groups = made.recovery_groups
        self.office = Office(self.home, access.unlock(PHRASE))
        self.keeping = Safekeeping(self.office.desk, list)

    def backup(self) -> Path:
        return self.keeping.back_up_to(self.place, silent).path

    def restoring(self, home: Path) -> Restoring:
        return Restoring(home, SteadyClock(TODAY, 50), QUICK)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.office.lock()


def test_what_is_told_from_the_first_day_on(shelf: Shelf) -> None:
    keeping = shelf.keeping
    state = keeping.state()
    assert (state.folder, state.last_at, state.overdue, state.due) == (None, "", True, False)
    assert state.problem == safekeeping.NO_FOLDER
    assert keeping.choose_folder(shelf.place) == (safekeeping.SAME_DISK,)
    assert keeping.state().problem == safekeeping.NEVER
    made = keeping.back_up_if_due(silent)
    assert made is not None
    assert made.same_disk
    assert not made.damaged
    state = keeping.state()
    assert (state.problem, state.due, state.overdue, state.where) == ("", False, False, str(shelf.place))
    assert keeping.back_up_if_due(silent) is None, "once a day by itself"
    shelf.clock.set(TODAY + dt.timedelta(hours=21))
    assert keeping.state().due
    shelf.clock.set(TODAY + dt.timedelta(days=4))
    assert keeping.state().problem == safekeeping.TOO_OLD
    (row,) = keeping.list()
    assert (row.name, row.made_on, row.mine) == (made.path.name, "2026-06-15", True)
    keeping.verify(row.path)


@pytest.mark.parametrize("year", [1970, 2040])
def test_a_wrong_clock_makes_a_backup_rather_than_none(shelf: Shelf, year: int) -> None:
    shelf.keeping.choose_folder(shelf.place)
    first = shelf.keeping.back_up(silent).path
    shelf.clock.set(dt.datetime(year, 1, 1, tzinfo=dt.UTC))
    second = shelf.keeping.back_up_if_due(silent)
    assert second is not None
    shelf.clock.set(TODAY + dt.timedelta(days=1))
    third = shelf.keeping.back_up_if_due(silent)
    assert third is not None
    assert [row.path for row in shelf.keeping.list()] == [third.path, second.path, first]


def test_a_stick_that_is_out_is_told_and_its_mount_point_is_not_written(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "on_same_disk", lambda _folder, _home: False)
    assert shelf.keeping.choose_folder(shelf.place) == ()
    monkeypatch.undo()
    state = shelf.keeping.state()
    assert (state.is_there, state.due, state.problem) == (False, False, safekeeping.NOT_THERE)
    with pytest.raises(UserError) as refused:
        shelf.keeping.back_up(silent)
    assert refused.value.message == safekeeping.NOT_THERE
    assert list(shelf.place.iterdir()) == []


def test_doubtful_places_are_warned_of(shelf: Shelf, tmp_path: Path) -> None:
    cloud = tmp_path / "OneDrive"
    cloud.mkdir()
    assert safekeeping.IN_CLOUD in shelf.keeping.choose_folder(cloud)
    inside = shelf.home / "copies"
    inside.mkdir()
    assert safekeeping.IN_STORE in shelf.keeping.choose_folder(inside)
    with pytest.raises(UserError):
        shelf.keeping.choose_folder(tmp_path / "nowhere")
    (shelf.home / "store (conflicted copy).db").touch()
    assert safekeeping.CONFLICTS in shelf.keeping.state().warnings


def test_stopped_by_the_person_leaves_the_older_one_alone(shelf: Shelf) -> None:
    shelf.keeping.choose_folder(shelf.place)
    first = shelf.keeping.back_up(silent)
    with pytest.raises(BackupStopped):
        shelf.keeping.back_up(silent, lambda: True)
    assert [row.path for row in shelf.keeping.list()] == [first.path]
    assert [path.name for path in shelf.place.iterdir()] == [first.path.name]


def test_damaged_older_ones_are_named(shelf: Shelf) -> None:
    shelf.keeping.choose_folder(shelf.place)
    first = shelf.keeping.back_up(silent)
    (first.path / KEY_NAME).write_bytes(b"rot")
    assert shelf.keeping.back_up(silent).damaged == (first.path.name,)
    with pytest.raises(UserError):
        shelf.keeping.verify(first.path)


def test_restore_by_the_sheet_of_that_time(shelf: Shelf, tmp_path: Path) -> None:
    shelf.office.people.register({"sex": "female"}, {}, sure=True)
    shelf.backup()
    home = tmp_path / "new"
    (found,) = shelf.restoring(home).find(shelf.place)
    sheet = shelf.restoring(home).restore_by_sheet(found.path, shelf.groups, silent)
    desk = sheet.enter(sheet.candidates[0].uid, NEW_PHRASE)
    assert count_of(desk, Record) == 1
    lock(desk)
    lock(Access(home, shelf.clock, QUICK).unlock(NEW_PHRASE))
    with pytest.raises(WrongPassphrase):
        Access(home, shelf.clock, QUICK).unlock(PHRASE)


def refused(shelf: Shelf, backup: Path, home: Path, phrase: str = PHRASE, *, replace: bool = True) -> UserError:
    """A restore that must be refused and leave ``home`` as it was."""
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} if home.exists() else {}
    with pytest.raises(UserError) as caught:
        shelf.restoring(home).restore(backup, phrase, silent, replace=replace)
    after = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} if home.exists() else {}
    assert after == before
    assert not (home / restore.STAGE_NAME).exists()
    return caught.value


def test_refusals_change_nothing(shelf: Shelf, tmp_path: Path) -> None:
    made = shelf.backup()
    shelf.office.lock()
    assert isinstance(refused(shelf, made, shelf.home, "не та самая фраза вообще"), WrongPassphrase)
    assert "put aside" in refused(shelf, made, shelf.home, replace=False).message
    assert refused(shelf, shelf.home, shelf.home).message == restore.ITSELF
    assert refused(shelf, tmp_path, shelf.home).message == INCOMPLETE
    (made / KEY_NAME).rename(tmp_path / "key")
    assert refused(shelf, made, shelf.home).message == INCOMPLETE
    (tmp_path / "key").rename(made / KEY_NAME)
    data = bytearray((made / STORE_NAME).read_bytes())
    data[6000] ^= 1
    (made / STORE_NAME).write_bytes(data)
    assert refused(shelf, made, tmp_path / "new").message == backups.DAMAGED
    data[0] ^= 1
    (made / STORE_NAME).write_bytes(data)
    assert refused(shelf, made, tmp_path / "new").message in (troubles.FOREIGN, troubles.DAMAGED)


def test_a_backup_of_a_newer_program_is_refused_with_its_number(shelf: Shelf, tmp_path: Path) -> None:
    made = shelf.backup()
    key = KeyFile.open(made / KEY_NAME, QUICK).unlock(PHRASE).key
    with closing(connect(made / STORE_NAME, key)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert isinstance(refused(shelf, made, tmp_path / "new"), StoreNewer)


def test_find_lists_newest_first_and_takes_a_backup_itself(shelf: Shelf, tmp_path: Path) -> None:
    made = [shelf.backup() for _each in range(2)]
    assert [one.path for one in shelf.restoring(tmp_path).find(shelf.place)] == made[::-1]
    assert [one.path for one in shelf.restoring(tmp_path).find(made[0])] == [made[0]]
    assert shelf.restoring(tmp_path).find(tmp_path) == []
