"""Any order, repetition and loss at full size: ``python -m tests.bench.shuffled [centres bundles [seed]]``.

Each centre writes its bundles; a third of them is lost at first and sent later; each comes one to three times; sticks
come roughly as they were sent, their files in any order. A second coordinator gets each bundle once and in order. The
registers must be equal byte for byte (``canonical_dump``). Invented data, real keys, real files.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.i18n import set_language
from app.models import BundleSeen
from app.sync import bundle
from app.sync.manifest import Base
from app.sync.rows import Row, RowState
from app.usecases.inbox.verdicts import HARMLESS
from tests.bench.taking import plainly
from tests.e2e.desks import Office, become, canonical_dump, copied, enrol_party, new_office, silent
from tests.sync.crafting import BOSS, Party, draft, lines_of, row, uid, written

FULL = (100, 500)
"""Centres, and bundles of each."""
STICK = 400
"""Files that are brought at once."""
NEW_ROWS = 4
DRIFT = 40
"""By how many numbers a stick may be late or early."""


@dataclass
class Sender:
    """A centre that records, changes and deletes, and sends after each few rows."""

    party: Party
    chance: Random
    rows: dict[UUID, Row] = field(default_factory=dict)
    counter: int = 0
    sent: list[tuple[int, str]] = field(default_factory=list)
    """Of each bundle: the counter until which it holds everything, and its manifest's hash."""
    told: int = 0
    """The newest bundle that a receipt has told of."""

    def next(self) -> bytes:
        """The next bundle: everything since the newest one that a receipt has told of."""
        for _number in range(self.chance.randrange(1, 2 * NEW_ROWS)):
            self._record()
        seq = len(self.sent) + 1
        since, digest = self.sent[self.told - 1] if self.told else (0, "")
        held = sorted((one for one in self.rows.values() if one.changed_seq > since), key=lambda one: one.changed_seq)
        the_draft = draft(
            self.party,
            id=uid(f"{self.party.name} {seq}"),
            seq=seq,
            prev=self.sent[-1][1] if self.sent else None,
            base=Base(self.told, digest) if self.told else None,
        )
        data, result = written(the_draft, [bundle.records_part(lines_of(*held))], party=self.party)
        self.sent.append((self.counter, result.manifest_hash))
        return data

    def _record(self) -> None:
        self.counter += 1
        known = list(self.rows.values())
        if known and self.chance.random() < 0.3:
            old = self.chance.choice(known)
            gone = self.chance.random() < 0.2
            data: dict[str, Any] = {"reason": "entered_twice"} if gone else {**self._data(old.kind, known)}
            state = RowState.DELETED if gone else RowState.LIVE
            changed = replace(old, revision=old.revision + 1, changed_seq=self.counter, state=state, data=data)
            self.rows[old.id] = changed
            return
        kind = self.chance.choice(("person", "identity", "service", "service")) if known else "person"
        one = uid(f"{self.party.name} record {self.counter}")
        self.rows[one] = row(
            self.counter, kind=kind, id=one, owner=self.party.inst, changed_by="", data=self._data(kind, known)
        )

    def _data(self, kind: str, known: Sequence[Row]) -> dict[str, Any]:
        persons = [one for one in known if one.kind == "person"]
        of = {"person": str(self.chance.choice(persons).id)} if persons else {}
        word = "".join(self.chance.choices("авеіноурст", k=6)).capitalize()
        match kind:
            case "person":
                return {
                    "sex": self.chance.choice(("female", "male")),
                    "birth": str(self.chance.randrange(1950, 2010)),
                }
            case "identity":
                return {**of, "names": [{"surname": word, "given": "Ганна", "kind": "current"}]}
        return {**of, "service": "psych_counselling", "on": f"2026-0{self.chance.randrange(1, 7)}-11", "note": word}


@dataclass
class Post:
    """What was written and has not come yet; and all that was written, in its order."""

    folder: Path
    bundles: int
    chance: Random
    written: list[Path] = field(default_factory=list)
    under_way: list[tuple[float, Path]] = field(default_factory=list)

    def write(self, sender: Sender, number: int) -> None:
        """The next bundle of a centre, in one to three copies, each on its own way. A third comes after all else."""
        at = len(sender.sent)
        file = self.folder / f"{at:05}-{number:03}.age"
        file.write_bytes(sender.next())
        self.written.append(file)
        copies = [file, *(file.with_suffix(f".{copy}.age") for copy in range(self.chance.randrange(3)))]
        for copy in copies[1:]:
            copy.hardlink_to(file)
        late = self.bundles + DRIFT if self.chance.random() < 1 / 3 else 0
        self.under_way += [(at + late + self.chance.uniform(0, DRIFT), copy) for copy in copies]

    def arrived(self, now: float, most: int) -> list[Path]:
        """The files of the next stick, in any order; none while it is not full."""
        self.under_way.sort(key=lambda one: one[0])
        come = [file for when, file in self.under_way if when <= now][:most]
        if len(come) < most and now < self.bundles:
            return []
        self.under_way = self.under_way[len(come) :]
        self.chance.shuffle(come)
        return come


def coordinator(folder: Path, parties: Sequence[Party]) -> Office:
    """A coordinator who knows all of them."""
    office = become(new_office(folder, "coordinator", "Минск", seed=7), BOSS, 8)
    for party in parties:
        enrol_party(office, party)
    return office


def tell(office: Office, senders: Sequence[Sender], chance: Random) -> None:
    """Some receipts reach their centre."""
    newest = select(BundleSeen.sign_key, func.max(BundleSeen.seq)).group_by(BundleSeen.sign_key)
    with office.desk.store.reading() as session:
        seen = dict(session.execute(newest).all())
    for sender in senders:
        if chance.random() < 0.7:
            sender.told = seen.get(sender.party.sign, 0)


def run(folder: Path, centres: int, bundles: int, seed: int = 1, stick: int = STICK) -> Iterator[str]:
    """The lines of the report. Raises AssertionError where the registers differ."""
    chance = Random(seed)
    senders = [Sender(Party(f"centre {number}"), Random(chance.random())) for number in range(centres)]
    coordinator(folder / "boss", [one.party for one in senders]).lock()
    shuffled, steady = (
        copied(folder / "boss", folder / "shuffled", 21),
        copied(folder / "boss", folder / "steady", 22),
    )
    (folder / "post").mkdir()
    post = Post(folder / "post", bundles, chance)
    answers: Counter[str] = Counter()
    spent = 0.0
    for at in range(bundles + 1):
        for number, sender in enumerate(senders) if at < bundles else ():
            post.write(sender, number)
        now = at if at < bundles else float("inf")
        while brought := post.arrived(now, stick):
            begun = time.perf_counter()
            answers.update(one.answer for one in shuffled.receiving.take_all(brought, silent))
            spent += time.perf_counter() - begun
            tell(shuffled, senders, chance)
    rows = sum(one.rows for one in shuffled.receiving.seen(len(post.written)))
    files = answers.total()
    yield f"{centres} centres, {len(post.written)} bundles, {files} files on sticks of {stick}"
    plain = plainly(folder, shuffled)
    yield (
        f"shuffled: {spent:.1f} s, {files / spent:.0f} files/s, {rows / spent:.0f} rows/s; {json.dumps(answers)}; "
        f"{plain / spent:.3f} of the speed of executemany of what stands there ({plain:.2f} s)"
    )
    assert set(answers) <= HARMLESS, answers
    begun = time.perf_counter()
    for start in range(0, len(post.written), stick):
        verdicts = steady.receiving.take_all(post.written[start : start + stick], silent)
        assert {one.answer for one in verdicts} == {"ACCEPTED"}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"in order: {time.perf_counter() - begun:.1f} s; most memory until now {memory:.0f} MB"
    one, other = canonical_dump(shuffled.desk), canonical_dump(steady.desk)
    for office in (shuffled, steady):
        office.lock()
    assert one == other, "the registers differ"
    yield f"equal: {len(one)} bytes of dump"


def main() -> None:
    """The full campaign: 100 centres, 500 bundles each, unless told otherwise."""
    set_language("en")
    numbers = [int(one) for one in sys.argv[1:]]
    centres, bundles, seed = (*numbers, *(*FULL, 1)[len(numbers) :])
    folder = Path(tempfile.mkdtemp())
    try:
        for line in run(folder, centres, bundles, seed):
            print(line, flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
