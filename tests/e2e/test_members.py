"""Staff and passphrases: a forgotten one is set anew with a colleague, who leaves opens nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.clock import SteadyClock
from app.errors import UserError
from app.models import AuditEntry
from app.store.files import KEY_NAME
from app.store.keyslots import KeyFile, PhraseTaken, WrongPassphrase
from app.usecases import members as words
from app.usecases.access import Access, SetUp, lock
from app.usecases.audit import broken_at
from app.usecases.desk import Desk
from app.usecases.members import Members
from tests.e2e.desks import PHRASE, QUICK, TODAY, silent

HERS = "снег снег снег снег снег бедный"
OTHER = "бедный снег снег снег снег снег"


class Door:
    """A store that can be locked and opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        access = self.access()
        made = access.create(SetUp("centre", False, "Гродно", "BY-HR", "", "Тамара", "nurse"), PHRASE, silent)
        access.prove_recovery(made.recovery_groups)
        self.groups = made.recovery_groups
        self.desk: Desk = access.unlock(PHRASE)

    def access(self) -> Access:
        return Access(self.folder, SteadyClock(TODAY, 4), QUICK)

    @property
    def members(self) -> Members:
        return Members(self.desk)

    def reopen(self, phrase: str) -> Desk:
        lock(self.desk)
        self.desk = self.access().unlock(phrase)
        return self.desk

    def actions(self) -> list[str]:
        with self.desk.store.reading() as session:
            assert broken_at(session) is None
            return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.rid)))


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    made = Door(tmp_path / "centre")
    yield made
    lock(made.desk)


def test_a_second_member_opens_with_her_own_phrase_and_is_known(door: Door) -> None:
    uid = door.members.add("  Ганна   П. ", "psychologist", HERS)
    desk = door.reopen(HERS)
    assert (desk.staff, desk.staff_name) == (uid, "Ганна П.")
    listed = {one.name: one for one in door.members.list()}
    assert (listed["Ганна П."].is_me, listed["Тамара"].is_me) == (True, False)
    assert all(one.can_open and one.active for one in listed.values())
    assert door.actions()[-1] == "staff_added"
    assert "Ганна" not in (door.folder / KEY_NAME).read_text("ascii")


def test_a_forgotten_phrase_is_set_anew_by_a_colleague(door: Door) -> None:
    uid = door.members.add("Ганна", "lawyer", HERS)
    door.members.set_passphrase(uid, OTHER)
    assert door.reopen(OTHER).staff == uid
    with pytest.raises(WrongPassphrase):
        door.access().unlock(HERS)
    assert door.actions()[-1] == "passphrase_set"


def test_my_own_needs_the_present_one(door: Door) -> None:
    uid = door.members.add("Ганна", "lawyer", HERS)
    for wrong in ("не та самая фраза", HERS):
        with pytest.raises(UserError) as refused:
            door.members.change_mine(wrong, OTHER)
        assert refused.value.message == words.NOT_MINE
    door.members.change_mine(PHRASE, OTHER)
    assert door.reopen(OTHER).staff != uid
    with pytest.raises(WrongPassphrase):
        door.access().unlock(PHRASE)


def test_who_leaves_opens_nothing_and_may_come_back(door: Door) -> None:
    uid = door.members.add("Ганна", "lawyer", HERS)
    door.members.deactivate(uid)
    with pytest.raises(WrongPassphrase):
        door.access().unlock(HERS)
    (gone,) = [one for one in door.members.list() if one.uid == uid]
    assert (gone.active, gone.can_open) == (False, False)
    door.members.set_passphrase(uid, OTHER)
    assert door.reopen(OTHER).staff_name == "Ганна"


def test_a_slot_whose_owner_is_out_opens_nothing(door: Door) -> None:
    """Cut short while she came back: the slot is there, the list says that she is out."""
    uid = door.members.add("Ганна", "lawyer", HERS)
    door.members.deactivate(uid)
    door.desk.keys.add_passphrase(door.desk.unlocked, uid, HERS)
    lock(door.desk)
    with pytest.raises(UserError, match="no longer works here"):
        door.access().unlock(HERS)
    door.desk = door.access().unlock(PHRASE)


def test_nobody_locks_everybody_out(door: Door) -> None:
    with pytest.raises(UserError) as refused:
        door.members.deactivate(door.desk.staff)
    assert refused.value.message == words.MYSELF
    with pytest.raises(ValueError, match="last"):
        door.desk.keys.remove_passphrase(door.desk.unlocked, door.desk.staff)


@pytest.mark.parametrize(
    ("name", "role", "phrase"),
    [
        ("", "nurse", HERS),
        ("А\N{RIGHT-TO-LEFT OVERRIDE}Б", "nurse", HERS),
        ("А", "cook", HERS),
        ("А", "nurse", "123"),
    ],
)
def test_bad_answers_add_nobody(door: Door, name: str, role: str, phrase: str) -> None:
    with pytest.raises(UserError):
        door.members.add(name, role, phrase)
    assert len(door.members.list()) == 1


def test_a_phrase_that_is_taken_adds_nobody(door: Door) -> None:
    with pytest.raises(PhraseTaken):
        door.members.add("Ганна", "lawyer", PHRASE)
    assert len(door.members.list()) == 1
    assert len(KeyFile.open(door.folder / KEY_NAME, QUICK).slot_ids) == 1


def test_a_refused_sheet_leaves_the_store_closed_so_that_one_can_try_again(door: Door) -> None:
    door.members.add("Ганна", "lawyer", HERS)
    lock(door.desk)
    sheet = door.access().open_by_sheet(door.groups)
    with pytest.raises(PhraseTaken):
        sheet.enter(sheet.candidates[0].uid, HERS)
    sheet.close()
    sheet = door.access().open_by_sheet(door.groups)
    door.desk = sheet.enter(sheet.candidates[0].uid, OTHER)
    assert door.actions()[-1] == "opened_by_sheet"
    assert door.reopen(HERS).staff_name == "Ганна"


def test_the_sheet_takes_nobody_over_but_whom_its_holder_names(door: Door) -> None:
    """She who forgot gets a new phrase and signs with her own name; the first one's phrase stays as it is."""
    hers = door.members.add("Ганна", "lawyer", HERS)
    gone = door.members.add("Вольга", "nurse", "ранак дождж вецер поле возера бераг")
    door.members.deactivate(gone)
    lock(door.desk)
    sheet = door.access().open_by_sheet(door.groups)
    assert [one.name for one in sheet.candidates] == ["Тамара", "Ганна"]
    with pytest.raises(UserError, match="who you are"):
        sheet.enter(gone, OTHER)
    door.desk = sheet.enter(hers, OTHER)
    assert (door.desk.staff, door.desk.staff_name) == (hers, "Ганна")
    with door.desk.store.reading() as session:
        last = session.query(AuditEntry).order_by(AuditEntry.rid.desc()).limit(1).one()
        assert (last.action, last.staff_uid, last.subject) == ("opened_by_sheet", hers, hers)
    assert door.reopen(PHRASE).staff_name == "Тамара"
    assert door.reopen(OTHER).staff_name == "Ганна"
