"""Papers that cross: whatever is written, lost until late, repeated and read in any order, in the end all agree.

Agreeing means: owner and epoch of each record on all three laptops; between the new owner and the coordinator every
byte that leaves; and of the old owner's edits the last one is either in the new owner's record or asked about there.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.errors import UserError
from app.usecases.transfer_desk import WishState
from tests.e2e.conftest import Country
from tests.e2e.desks import Office
from tests.e2e.transfers import Move, agreed, asked, awaited, heads

STEPS = 45


@dataclass
class Post:
    """Papers on their way, each to all who might read it; a paper may be carried twice."""

    move: Move
    chance: random.Random
    persons: list[uuid.UUID]
    wishes: list[uuid.UUID]
    waiting: list[tuple[Office, Path]] = field(default_factory=list)
    last: dict[uuid.UUID, int] = field(default_factory=dict)
    number: int = 0

    def hand(self, files: list[Path], *to: Office) -> None:
        for office in to:
            self.waiting += [(office, file) for file in files]

    def edit_old(self) -> None:
        person = self.chance.choice(self.persons)
        if self.move.state(self.move.one, person) is None or not self._owns(self.move.one, person):
            return
        self.number += 1
        self._change(self.move.one, person, children=self.number)
        self.last[person] = self.number

    def edit_new(self) -> None:
        person = self.chance.choice(self.persons)
        if self._owns(self.move.next, person):
            self._change(self.move.next, person, oblast=self.chance.choice(("BY-BR", "BY-HR", "BY-MA", "BY-HO")))

    def help_old(self) -> None:
        person = self.chance.choice(self.persons)
        if self._owns(self.move.one, person):
            self.move.one.help(person)

    def file(self) -> None:
        self.hand([self.move.write(self.chance.choice(self.wishes))], self.move.next)

    def send_old(self) -> None:
        self.hand([self.move.one.send(self.move.post)], self.move.boss)

    def send_new(self) -> None:
        self.hand([self.move.next.send(self.move.post)], self.move.boss)

    def receipts(self) -> None:
        self.hand(self.move.boss.receipts(self.move.post), self.move.one, self.move.next)

    def grant(self) -> None:
        waiting = [one.uid for one in self.move.deciding.wishes() if one.state is WishState.WAITING]
        if waiting and self.chance.random() < 0.4:
            self.move.deciding.grant(self.chance.choice(waiting))
            self.hand(self.move.deciding.write_words(self.move.post), self.move.one, self.move.next)

    def carry(self) -> None:
        if self.waiting:
            place = self.chance.randrange(len(self.waiting))
            office, file = self.waiting[place]
            if self.chance.random() < 0.8:
                del self.waiting[place]
            office.take(file)

    def _owns(self, office: Office, person: uuid.UUID) -> bool:
        return heads(office, {person}).get(person, (None,))[0] == office.desk.me.uid

    def _change(self, office: Office, person: uuid.UUID, **values: object) -> None:
        known = {key: value for key, value in office.people.person(person).items() if key != "code"}
        office.people.change_person(person, {**known, **values}, sure=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_sides_agree_in_the_end(country: Country, tmp_path: Path, seed: int) -> None:
    (one, following, third), boss = country.open(tmp_path, seed)
    move = Move(one, following, third, boss, tmp_path / "post")
    move.lists()
    persons = [one.people.register({"sex": "female"}, {}, sure=True) for _each in range(2)]
    for person in persons:
        one.help(person)
        move.agree(person)
    post = Post(move, random.Random(seed), persons, [move.wish(person) for person in persons])
    boss.take(one.send(move.post))
    acts: list[Callable[[], None]] = [post.edit_old, post.edit_new, post.help_old, post.file, post.send_old]
    acts += [post.send_new, post.receipts, post.grant, *4 * [post.carry]]
    for _step in range(STEPS):
        post.chance.choice(acts)()
    for wish in move.deciding.wishes():
        if wish.state is WishState.WAITING:
            move.deciding.grant(wish.uid)
    settle(post)
    uids = {row.uid for person in persons for row in one.assistance.timeline(person)} | set(persons)
    owner = dict.fromkeys(uids, (following.desk.me.uid, 1))
    for office in (one, following, boss):
        assert heads(office, uids) == owner
    assert agreed(boss, following)
    assert awaited(following) == 0
    for person, number in post.last.items():
        told = [following.people.person(person).get("children"), *(doc.get("children") for doc in asked(following))]
        assert number in told, "an edit of the old owner is lost"
    for office in (one, following, third, boss):
        office.lock()


def settle(post: Post) -> None:
    """Everything that lies about is carried, in any order; then each has its say until nothing is left to say."""
    move = post.move
    for _round in range(3):
        post.send_old()
        while post.waiting:
            post.carry()
        for wish in post.wishes:
            try:
                move.deciding.grant_rest(wish)
            except UserError:  # the record was withdrawn with its consent
                continue
            post.hand(move.deciding.write_again(wish, move.post), move.one, move.next)
        for wish in post.wishes:
            post.hand([move.write(wish)], move.next)
        while post.waiting:
            post.carry()
        post.send_new()
        post.receipts()
        while post.waiting:
            post.carry()
