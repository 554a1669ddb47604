"""New keys for a laptop: announced under the old ones, taken by all who trust it, and nothing under way is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.usecases.delivery import DeliveryState
from app.usecases.keys import rotate_keys
from tests.e2e.desks import Office, digests_at, enrol, new_office, outgoing_rows


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Office, Office]:
    centre = new_office(tmp_path / "centre", "centre", "Витебск", seed=1)
    boss = new_office(tmp_path / "boss", "coordinator", "Минск", seed=2)
    enrol(centre, boss)
    return centre, boss


def test_a_centre_with_new_keys_is_taken_once_they_were_announced(
    pair: tuple[Office, Office], tmp_path: Path
) -> None:
    centre, boss = pair
    person = centre.people.register({"sex": "female"}, {}, sure=True)
    service = centre.help(person)
    assert boss.take(centre.send(tmp_path / "first"))[0].ok
    announced = tmp_path / "announced"
    announced.mkdir()
    (word,) = rotate_keys(centre.desk, announced)
    later = centre.help(person)
    bundle = centre.send(tmp_path / "second")
    assert not boss.take(bundle)[0].ok, "a key that nobody announced is a stranger's"
    assert boss.take(word)[0].ok
    assert boss.take(bundle)[0].ok
    assert len(digests_at(boss.desk, centre.desk.me.uid)) == len(outgoing_rows(centre.desk))
    for receipt in boss.receipts(tmp_path / "back"):
        centre.take(receipt)
    delivered = centre.deliveries.of_person(person)
    assert {delivered[uid].state for uid in (person, service, later)} == {DeliveryState.RECEIVED}


def test_a_bundle_under_way_to_a_coordinator_with_new_keys_still_opens(
    pair: tuple[Office, Office], tmp_path: Path
) -> None:
    centre, boss = pair
    person = centre.people.register({"sex": "female"}, {}, sure=True)
    under_way = centre.send(tmp_path / "first")
    announced = tmp_path / "announced"
    announced.mkdir()
    (word,) = rotate_keys(boss.desk, announced)
    assert boss.take(under_way)[0].ok
    assert centre.take(word)[0].ok
    for receipt in boss.receipts(tmp_path / "back"):
        assert centre.take(receipt)[0].ok, "signed with the key that was announced"
    assert centre.deliveries.of_person(person)[person].state is DeliveryState.RECEIVED
    centre.help(person)
    assert boss.take(centre.send(tmp_path / "second"))[0].ok


def test_an_announcement_under_another_key_is_not_taken(pair: tuple[Office, Office], tmp_path: Path) -> None:
    centre, boss = pair
    announced = tmp_path / "announced"
    announced.mkdir()
    rotate_keys(centre.desk, announced)
    (second,) = rotate_keys(centre.desk, announced)
    assert not boss.take(second)[0].ok, "it is signed with a key that the coordinator has never seen"
