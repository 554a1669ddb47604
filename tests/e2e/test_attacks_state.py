"""Forks, clones, revocation, stolen keys, and a power cut while a bundle is taken in."""

from __future__ import annotations

import os
import signal
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from app.models import Installation, Question, Record
from app.sync import directives, importer
from app.sync.card import CardRefused
from app.sync.errors import Answer
from app.sync.manifest import BundleType, PartKind
from app.usecases.inbox import carrying
from app.usecases.receiving import Receiving
from tests.e2e.conftest import Pair
from tests.e2e.desks import Office, card_of, content_digest, copied, count_of, reopened, trust_of
from tests.e2e.scene import RECORDS, Scene, make_scene, photo_part, photo_row, records
from tests.sync.crafting import NURSE, OTHER, Party, build, draft, json_source, row, uid, written

STOP = {"audit", "installation.trust"}
"""All that a fork may change: the sender is stopped, and the log says so."""


def same_number_other_content(scene: Scene) -> bytes:
    return build(draft(id=uid("clone")), records(row(77)))


def other_past(scene: Scene) -> bytes:
    return build(replace(scene.next, prev="f" * 64), records(row(77)))


def late_one_that_does_not_fit(scene: Scene) -> bytes:
    """Number 2, which never came; but number 3 came and names another one as the one before."""
    return build(replace(scene.late, id=uid("b2x")), records(row(77)))


def same_revision_other_content(scene: Scene) -> bytes:
    return build(scene.next, records(row(77), replace(RECORDS[0], data={"note": "иначе"})))


@pytest.mark.parametrize(
    "attack",
    [same_number_other_content, other_past, late_one_that_does_not_fit, same_revision_other_content],
    ids=lambda attack: attack.__name__,
)
def test_a_fork_stops_the_sender_until_a_person_decides(boss: Office, attack: Callable[[Scene], bytes]) -> None:
    scene = make_scene(boss)
    data, good = attack(scene), build(scene.next, records(row(7)))
    whole, before = content_digest(boss.desk), content_digest(boss.desk, STOP)
    file = boss.folder.parent / "fork.age"
    file.write_bytes(data)
    assert boss.receiving.inspect(file).answer == Answer.FORK
    assert content_digest(boss.desk) == whole, "looking stops nobody"
    verdict = boss.take_bytes(data)
    assert (verdict.ok, verdict.answer) == (False, Answer.FORK)
    assert "Alarm" in verdict.sentence
    assert content_digest(boss.desk, STOP) == before
    assert trust_of(boss.desk, NURSE.inst) == "stopped"
    assert trust_of(boss.desk, OTHER.inst) == "trusted"
    stopped = content_digest(boss.desk)
    assert boss.take_bytes(good).answer == Answer.FORK
    assert content_digest(boss.desk) == stopped
    assert boss.enrolment.peers()[0].inst == NURSE.inst, "those that need a decision come first"
    boss.enrolment.resume(NURSE.inst)
    assert boss.take_bytes(good).answer == "ACCEPTED"


def test_two_copies_of_one_laptop(pair: Pair, tmp_path: Path) -> None:
    """A clone sends its own number 1: the second to arrive is told apart, whichever it is."""
    pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    clone = copied(pair.nurse.folder, tmp_path / "clone", 400)
    clone.people.register({"sex": "male"}, {}, sure=True)
    first, second = pair.nurse.send(pair.stick), clone.send(pair.stick)
    clone.lock()
    assert pair.boss.take(first)[0].answer == "ACCEPTED"
    before = content_digest(pair.boss.desk, STOP)
    assert pair.boss.take(second)[0].answer == Answer.FORK
    assert content_digest(pair.boss.desk, STOP) == before
    assert trust_of(pair.boss.desk, pair.nurse.desk.me.uid) == "stopped"


def test_a_revoked_sender(boss: Office) -> None:
    scene = make_scene(boss)
    boss.enrolment.revoke(NURSE.inst)
    before = content_digest(boss.desk)
    verdict = boss.take_bytes(build(scene.next, records(row(7))))
    assert (verdict.ok, verdict.answer) == (False, Answer.REVOKED)
    assert content_digest(boss.desk) == before
    assert count_of(boss.desk, Record) == 8, "what came until then stays"


def test_a_revoked_laptop_cannot_announce_a_key_of_its_own(boss: Office) -> None:
    """The thief has the old key: a rotation would begin a stream whose first numbers were never revoked."""
    make_scene(boss)
    boss.enrolment.revoke(NURSE.inst)
    thief = _Rotated("nurse")
    announced = directives.trust_content(0, card_of(thief))
    before = content_digest(boss.desk)
    told = replace(draft(id=uid("rotation")), type=BundleType.TRUST)
    verdict = boss.take_bytes(build(told, [json_source(announced, PartKind.TRUST)]))
    assert verdict.answer == Answer.REVOKED
    assert content_digest(boss.desk) == before
    assert boss.take_bytes(build(draft(thief), records(row(7)), party=thief)).answer == Answer.UNKNOWN_SENDER


class _Rotated(Party):
    """The nurse with a new signing key."""

    @property
    def sign_seed(self) -> bytes:
        return b"new key of the same laptop.....!"


def test_a_rotated_key_goes_on_and_the_old_one_ends(boss: Office) -> None:
    scene = make_scene(boss)
    new = _Rotated("nurse")
    announced = directives.trust_content(0, card_of(new))
    told = replace(draft(id=uid("rotation")), type=BundleType.TRUST)
    assert boss.take_bytes(build(told, [json_source(announced, PartKind.TRUST)])).answer == "ACCEPTED"
    before = content_digest(boss.desk)
    assert boss.take_bytes(build(scene.next, records(row(7)))).answer == Answer.UNKNOWN_SENDER
    assert content_digest(boss.desk) == before
    verdict = boss.take_bytes(build(draft(new, id=uid("n1")), records(*RECORDS, row(7)), party=new))
    assert (verdict.answer, verdict.added, verdict.changed) == ("ACCEPTED", 1, 0)


def test_nobody_takes_the_key_of_another(boss: Office) -> None:
    """A card, or a rotation, to a signing key that another laptop has."""
    make_scene(boss)

    class Twin(Party):
        @property
        def sign_seed(self) -> bytes:
            return NURSE.sign_seed

    before = content_digest(boss.desk)
    with pytest.raises(CardRefused):
        boss.enrolment.receive(card_of(Twin("twin")))
    announced = directives.trust_content(0, card_of(Twin("other")))
    told = replace(draft(OTHER, id=uid("rotation")), type=BundleType.TRUST)
    verdict = boss.take_bytes(build(told, [json_source(announced, PartKind.TRUST)], party=OTHER))
    assert verdict.answer == Answer.SENDER_MISMATCH
    assert content_digest(boss.desk) == before


def test_a_late_row_of_an_old_owner_becomes_a_question(boss: Office) -> None:
    """After a handover the old owner's bundle is taken, and its late rows are asked about, attachments included."""
    scene = make_scene(boss)
    with boss.desk.store.transaction() as session:
        other = session.scalars(select(Installation).where(Installation.uid == OTHER.inst)).one()
        assert directives.hand_over(session, [RECORDS[0].id, uid("photo")], other, 1) == 2
    late = [replace(RECORDS[0], revision=2, data={"note": "иначе"}), photo_row(b"newer", revision=2), row(7)]
    verdict = boss.take_bytes(build(scene.next, [*records(*late), photo_part(b"newer")]))
    assert (verdict.answer, verdict.added, verdict.changed) == ("ACCEPTED", 1, 0)
    assert count_of(boss.desk, Question) == 2
    owned = replace(RECORDS[0], owner=OTHER.inst, epoch=1, revision=2)
    assert boss.take_bytes(build(scene.others, records(owned), party=OTHER)).changed == 1


def _in_a_child(office: Office, file: Path, seed: int, prepare: Callable[[], None], delay: float | None) -> None:
    """Take ``file`` in a child process that is killed: by itself where ``prepare`` says, or after ``delay``."""
    office.lock()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            there = reopened(office.folder, seed)
            os.write(writing, b"!")
            Receiving(there.desk).take(file)
            if delay is None:
                os._exit(3)
            os._exit(0)
        finally:
            os._exit(4)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read(1) == b"!"
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    if delay is None:
        assert os.WIFSIGNALED(status), "the child was not killed where it should"


def _die(*_arguments: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_after_the_rows_are_merged() -> None:
    merge = importer.merge

    def last(*arguments: object, **named: object) -> None:
        merge(*arguments, **named)  # type: ignore[arg-type]  # handed through
        _die()

    vars(carrying)["merge"] = last


def _die_before_the_bundle_is_remembered() -> None:
    vars(carrying)["remember"] = _die


@pytest.mark.parametrize("prepare", [_die_after_the_rows_are_merged, _die_before_the_bundle_is_remembered])
def test_a_power_cut_in_pass_two_leaves_nothing(boss: Office, prepare: Callable[[], None]) -> None:
    scene = make_scene(boss)
    file = boss.folder.parent / "long.age"
    file.write_bytes(build(scene.next, records(*(row(n) for n in range(1000, 1400)))))
    before = content_digest(boss.desk)
    _in_a_child(boss, file, 500, prepare, None)
    boss = reopened(boss.folder, 501)
    assert content_digest(boss.desk) == before
    verdict = boss.receiving.take(file)
    assert (verdict.answer, verdict.added) == ("ACCEPTED", 400)
    boss.lock()


def test_killed_at_random_instants_a_bundle_is_wholly_in_or_wholly_out(boss: Office) -> None:
    kills = int(os.environ.get("APORA_KILLS", "5"))
    scene, chance = make_scene(boss), Random(3)
    following, number = scene.next, 1000
    rows_before = count_of(boss.desk, Record)
    for round_ in range(kills):
        found = [row(n) for n in range(number, number + 400)]
        data, result = written(replace(following, id=uuid.UUID(int=round_ + 1)), records(*found))
        file = boss.folder.parent / "long.age"
        file.write_bytes(data)
        _in_a_child(boss, file, 600 + round_, lambda: None, chance.random() * 0.25)
        boss = reopened(boss.folder, 700 + round_)
        rows_now = count_of(boss.desk, Record)
        assert rows_now in (rows_before, rows_before + 400)
        verdict = boss.receiving.take(file)
        assert verdict.answer == ("ACCEPTED" if rows_now == rows_before else Answer.ALREADY_IMPORTED)
        rows_before += 400
        assert count_of(boss.desk, Record) == rows_before
        number += 400
        following = replace(following, seq=following.seq + 1, prev=result.manifest_hash)
    boss.lock()
