"""A laptop dies: its backup becomes a new installation, the coordinator hands over, and each service counts once."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.clock import SteadyClock
from app.errors import UserError
from app.models import BundleSeen, Installation, OwnKeys, Record, Service
from app.store.backup import listed
from app.usecases.handover import replace_laptop
from app.usecases.identity import waiting_for_handover
from app.usecases.restoring import Restoring
from app.usecases.safekeeping import Safekeeping
from tests.e2e.conftest import Country
from tests.e2e.desks import PHRASE, QUICK, TODAY, Office, count_of, enrol, reopened, silent


@dataclass
class Loss:
    """A centre with its coordinator, a backup, and the place where the laptop is restored."""

    old: Office
    boss: Office
    post: Path
    backups: Path
    home: Path

    def back_up(self) -> Path:
        keeping = Safekeeping(self.old.desk)
        keeping.choose_folder(self.backups)
        return keeping.back_up(silent).path

    def restore(self, seed: int = 77) -> Office:
        backup = listed(self.backups)[0].path
        desk = Restoring(self.home, SteadyClock(TODAY, seed), QUICK).restore(backup, PHRASE, silent)
        return Office(self.home, desk)

    def services(self) -> int:
        return count_of(self.boss.desk, Service)


@pytest.fixture
def loss(country: Country, tmp_path: Path) -> Iterator[Loss]:
    (old, *others), boss = country.open(tmp_path)
    for other in others:
        other.lock()
    for name in ("backups", "post"):
        (tmp_path / name).mkdir()
    yield Loss(old, boss, tmp_path / "post", tmp_path / "backups", tmp_path / "restored")
    old.lock()
    boss.lock()


def owners(office: Office) -> set[str]:
    with office.desk.store.reading() as session:
        query = select(Installation.uid).join(Record, Record.owner_rid == Installation.rid)
        return {str(uid) for uid in session.scalars(query)}


def test_each_service_is_counted_once_after_death_restore_and_handover(loss: Loss) -> None:
    old, boss, post = loss.old, loss.boss, loss.post
    anna = old.people.register({"sex": "female"}, {}, sure=True)
    first = old.help(anna, note="before everything")
    assert boss.take(old.send(post))[0].ok
    never_sent = old.help(anna, on="2026-06-01")
    loss.back_up()
    # After the backup: one record changed and one made, both sent; one made that nobody has seen.
    values = old.assistance.service(first)
    old.assistance.record_service(anna, {**values, "outcome": "declined"}, service=first, sure=True)
    lost_here = old.help(anna, on="2026-06-02")
    assert boss.take(old.send(post))[0].ok
    gone_for_good = old.help(anna, on="2026-06-03")
    former = old.desk.me.uid
    old.lock()

    new = loss.restore()
    assert new.desk.me.uid != former
    assert new.desk.me.centre == old.desk.me.centre
    with new.desk.store.reading() as session:
        assert waiting_for_handover(session) == {former: count_of(new.desk, Record)}
        assert count_of(new.desk, OwnKeys) == 1
        assert count_of(new.desk, BundleSeen) == 0
    # Old records can be read, not changed; new ones can be made.
    with pytest.raises(UserError, match="handed the records over"):
        new.assistance.delete_service(never_sent, "entered_by_mistake")
    made_meanwhile = new.help(anna, on="2026-06-10")
    enrol(new, boss)
    assert boss.take(new.send(post))[0].added == 1

    files = replace_laptop(boss.desk, former, new.desk.me.uid, post)
    verdicts = new.take(*files)
    assert [one.answer for one in verdicts] == ["ACCEPTED"]
    assert owners(new) == {str(new.desk.me.uid)}
    with new.desk.store.reading() as session:
        assert waiting_for_handover(session) == {}
    assert boss.take(new.send(post))[0].ok

    expected = {first, never_sent, lost_here, made_meanwhile}
    for office in (boss, new):
        with office.desk.store.reading() as session:
            query = select(Record.uid).where(Record.kind == "service", Record.state == "live")
            assert set(session.scalars(query)) == expected
        assert owners(office) == {str(new.desk.me.uid)}
    assert loss.services() == len(expected)
    assert gone_for_good not in expected
    # What was sent after the backup came back, and what never leaves was kept from the backup.
    assert new.assistance.service(first)["outcome"] == "declined"

    # And work goes on: a change of an old record arrives.
    again = new.assistance.service(first)
    new.assistance.record_service(anna, {**again, "outcome": "provided"}, service=first, sure=True)
    verdict = boss.take(new.send(post))[0]
    assert (verdict.answer, verdict.added, verdict.changed) == ("ACCEPTED", 0, 1)
    assert boss.assistance.service(first)["outcome"] == "provided"
    new.lock()


def test_after_a_restore_helping_goes_on_before_the_handover(loss: Loss) -> None:
    anna = loss.old.people.register({"sex": "female"}, {}, sure=True)
    loss.old.help(anna, next_on="2026-06-10", next_step="отвезти документы")
    loss.back_up()
    new = loss.restore()
    assert [one.what for one in new.agenda.today().follow_ups] == ["отвезти документы"]
    summary = new.deliveries.summary()
    assert (summary.unsent, summary.recorded) == (0, True), "nothing to send, but not nothing recorded"
    new.lock()


def test_the_dead_laptop_found_again_adds_nothing(loss: Loss, tmp_path: Path) -> None:
    old, boss, post = loss.old, loss.boss, loss.post
    anna = old.people.register({"sex": "female"}, {}, sure=True)
    old.help(anna)
    loss.back_up()
    new = loss.restore()
    enrol(new, boss)
    replace_laptop(boss.desk, old.desk.me.uid, new.desk.me.uid, post)
    assert [one.answer for one in boss.take(old.send(post))] == ["REVOKED"]
    assert new.take(*post.glob("*.age"))
    assert boss.take(new.send(post))[0].ok
    assert loss.services() == 1
    new.lock()


def test_a_copy_that_was_not_restored_is_a_fork(loss: Loss, tmp_path: Path) -> None:
    """The negative control: without a new identity the coordinator's alarm goes off."""
    old, boss, post = loss.old, loss.boss, loss.post
    anna = old.people.register({"sex": "female"}, {}, sure=True)
    backup = loss.back_up()
    old.help(anna)
    assert boss.take(old.send(post))[0].ok
    loss.home.mkdir()
    for name in ("store.db", "store.key"):
        shutil.copy(backup / name, loss.home / name)
    clone = reopened(loss.home, 99)
    clone.help(anna, on="2026-06-02")
    assert boss.take(clone.send(tmp_path / "other"))[0].answer == "FORK"
    clone.lock()


def test_the_centre_s_own_answers_outlive_what_comes_back(loss: Loss) -> None:
    """A consent given later, a name corrected after the backup: nothing of it is lost, nothing private is emptied."""
    old, boss, post = loss.old, loss.boss, loss.post
    anna = old.people.register(
        {"sex": "female", "birth": "1994-05-14"}, {"names": [{"surname": "Коваль", "kind": "current"}]}, sure=True
    )
    loss.back_up()
    old.people.change_person(anna, {"sex": "female", "birth": "1994-05-14", "education": "higher"}, sure=True)
    assert boss.take(old.send(post))[0].ok
    former = old.desk.me.uid
    old.lock()
    new = loss.restore()
    enrol(new, boss)
    assert new.take(*replace_laptop(boss.desk, former, new.desk.me.uid, post))[0].ok
    held = new.people.person(anna)
    assert held["education"] == "higher"
    assert held["birth"] == "1994-05-14", "never sent, hence kept from the backup"
    assert new.people.identity(anna)["names"][0]["surname"] == "Коваль"
    new.lock()


def test_restored_twice_before_the_handover_both_former_ones_are_followed(loss: Loss, tmp_path: Path) -> None:
    old, boss, post = loss.old, loss.boss, loss.post
    anna = old.people.register({"sex": "female"}, {}, sure=True)
    loss.back_up()
    former = [old.desk.me.uid]
    old.lock()
    second = loss.restore(78)
    second.help(anna)
    keeping = Safekeeping(second.desk)
    keeping.choose_folder(loss.backups)
    keeping.back_up(silent)
    former.append(second.desk.me.uid)
    enrol(second, boss)
    second.lock()
    loss.home = tmp_path / "restored again"
    third = loss.restore(79)
    with third.desk.store.reading() as session:
        assert set(waiting_for_handover(session)) == set(former)
    enrol(third, boss)
    for one in former:
        (file,) = replace_laptop(boss.desk, one, third.desk.me.uid, post)
        assert third.take(file)[0].ok
    assert owners(third) == {str(third.desk.me.uid)}
    assert boss.take(third.send(post))[0].ok
    assert loss.services() == 1
    third.lock()


def test_a_restored_coordinator_is_enrolled_anew_and_gets_everything_again(loss: Loss, tmp_path: Path) -> None:
    nurse, boss, post = loss.old, loss.boss, loss.post
    anna = nurse.people.register({"sex": "female"}, {}, sure=True)
    nurse.help(anna)
    assert boss.take(nurse.send(post))[0].ok
    keeping = Safekeeping(boss.desk)
    keeping.choose_folder(loss.backups)
    keeping.back_up(silent)
    nurse.help(anna, on="2026-06-01")
    assert boss.take(nurse.send(post))[0].ok
    boss.lock()
    loss.boss = loss.restore()
    enrol(nurse, loss.boss)
    # The newest trusted coordinator is the one to whom a centre sends; clocks in tests stand still.
    with nurse.desk.store.transaction() as session:
        later = dt.datetime(2027, 1, 1, tzinfo=dt.UTC).isoformat()
        session.execute(
            update(Installation).where(Installation.uid == loss.boss.desk.me.uid).values(enrolled_at=later)
        )
    assert loss.boss.take(nurse.send(post))[0].ok
    assert loss.services() == 2


def test_only_a_laptop_of_the_same_centre_follows_and_only_the_coordinator_says_so(
    country: Country, tmp_path: Path
) -> None:
    (one, other, third), boss = country.open(tmp_path)
    with pytest.raises(UserError, match="different centres"):
        replace_laptop(boss.desk, one.desk.me.uid, other.desk.me.uid, tmp_path)
    with pytest.raises(UserError, match="Only the coordinator"):
        replace_laptop(one.desk, other.desk.me.uid, third.desk.me.uid, tmp_path)
    for office in (one, other, third, boss):
        office.lock()


def test_files_come_back_from_the_backup_and_a_consent_withdrawn_since_holds(loss: Loss) -> None:
    old, boss, post = loss.old, loss.boss, loss.post
    anna = old.people.register({"sex": "female", "raion": "BY-VI-01"}, {}, sure=True)
    consent = {"scope": "coordinator_identifiable", "on": "2026-06-02"}
    old.people.set_consent(anna, {**consent, "state": "given"}, sure=True)
    kept = old.attachments.add(anna, "справка.txt", b"in the backup", {"for_coordinator": "yes"})
    assert boss.take(old.send(post))[0].ok
    loss.back_up()
    gone = old.attachments.add(anna, "другая.txt", b"made later", {"for_coordinator": "yes"})
    assert boss.take(old.send(post))[0].ok
    assert boss.attachments.content(gone) == b"made later"
    old.people.set_consent(anna, {**consent, "state": "withdrawn"}, sure=True)
    assert boss.take(old.send(post))[0].ok
    former = old.desk.me.uid
    old.lock()
    new = loss.restore()
    enrol(new, boss)
    assert new.take(*replace_laptop(boss.desk, former, new.desk.me.uid, post))[0].ok
    assert new.attachments.content(kept) == b"in the backup"
    assert [uid for uid, _values in new.attachments.of_person(anna)] == [kept]
    (verdict,) = boss.take(new.send(post))
    assert verdict.ok, verdict.sentence
    with pytest.raises(UserError):
        boss.attachments.content(kept)
    (given,) = [values for _uid, values in new.people.consents(anna) if values["scope"] == consent["scope"]]
    assert given["state"] == "withdrawn"
    new.people.set_consent(anna, {**consent, "state": "given", "on": "2026-06-10"}, sure=True)
    assert boss.take(new.send(post))[0].ok
    assert boss.attachments.content(kept) == b"in the backup"
    new.lock()
