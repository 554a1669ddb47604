"""A small country whose bundles come late, twice or never, and beside it a plain account of what must be there.

The account knows nothing of the program's tables: who owns a record and which row of it stands follows from the
bundle format (section 5), groups from the standing decisions by union and find, figures from counting.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from app.codelists import service_group
from app.models import Candidate, Installation, PersonDecision, Record, SamePerson, Service
from app.reports import statistics
from app.reports.statistics import Dimension
from app.sync import bundle, directives, rows
from app.sync.canonical import Json
from app.sync.rows import Row, RowState
from app.usecases.same_person import SamePersons
from tests.e2e.desks import Office, silent
from tests.sync.crafting import NURSE, OTHER, Party, draft, uid, written

CENTRES = (NURSE, OTHER)
NAMES = (
    ("Каваленка", "Ганна"),
    ("Коваленко", "Анна"),
    ("Kavalenka", "Hanna"),
    ("Сідарчук", "Алеся"),
    ("Сидорчук", "Олеся"),
)
GROUPS = {code: service_group(code).value for code in ("legal_civil", "food_meals")}
BEGINNING = (
    *(("person", at) for at in (0, 3, 4, 5)),
    *((step, centre) for step in ("send", "arrive") for centre in (0, 1)),
)
"""Two persons in each centre, and the coordinator knows of them."""
STEPS = (
    "person", "help", "help", "help", "change", "take_back", "delete", "withhold",
    "send", "send", "arrive", "arrive", "arrive", "hand_over", "read_word",
    "same", "same", "same", "different", "later", "undo", "look", "look_through",
)  # fmt: skip


@dataclass
class Bundle:
    """A file on its way, and the rows in it."""

    sender: Party
    seq: int
    data: bytes
    rows: tuple[Row, ...]


@dataclass
class Centre:
    """A centre's laptop, in memory: its records, who owns what as far as it has read, and its stream of bundles."""

    party: Party
    records: dict[uuid.UUID, Row] = field(default_factory=dict)
    epochs: dict[uuid.UUID, int] = field(default_factory=dict)
    changes: int = 0
    seq: int = 0
    prev: str | None = None

    def put(self, kind: str, record: uuid.UUID, data: dict[str, Json], state: str = "live") -> None:
        known = self.records.get(record)
        self.changes += 1
        self.records[record] = Row(
            kind=kind,
            id=record,
            owner=self.party.inst,
            epoch=self.epochs.get(record, 0),
            revision=known.revision + 1 if known else 1,
            changed_seq=self.changes,
            changed_at="2026-01-02T03:04:05Z",
            changed_by="staff-1",
            state=RowState(state),
            data=data,
        )

    def live(self, kind: str) -> list[uuid.UUID]:
        return [one.id for one in self.records.values() if one.kind == kind and one.state is RowState.LIVE]

    def of(self, person: uuid.UUID) -> list[Row]:
        """The person's own record and all that names her (a tombstone names nobody)."""
        return [one for one in self.records.values() if person in (one.id, _person_of(one))]


def _person_of(row: Row) -> uuid.UUID | None:
    named = row.data.get("person")
    return uuid.UUID(named) if isinstance(named, str) else None


@dataclass(frozen=True)
class Word:
    """The coordinator's word that records have a new owner, on its way to one centre."""

    records: tuple[uuid.UUID, ...]
    owner: Party
    epoch: int
    copies: tuple[Row, ...] = ()
    """For the new owner: the records as the former one held them (a sealed transfer brings them)."""


class Life:
    """The real coordinator beside the account of what she must hold."""

    def __init__(self, boss: Office) -> None:
        self.boss = boss
        self.deciding = SamePersons(boss.desk)
        self.centres = {party.name: Centre(party) for party in CENTRES}
        self.under_way: list[Bundle] = []
        self.words: dict[str, list[Word]] = {party.name: [] for party in CENTRES}
        self.made = 0
        self.held: dict[uuid.UUID, Row] = {}
        self.newest: dict[str, int] = {}
        self.verdicts: dict[frozenset[uuid.UUID], str] = {}
        self.decisions: dict[uuid.UUID, frozenset[uuid.UUID]] = {}

    def step(self, name: str, at: int) -> None:
        """One step; ``at`` chooses among what there is."""
        getattr(self, name)(at)

    def centre(self, at: int) -> Centre:
        return self.centres[CENTRES[at % len(CENTRES)].name]

    def new_id(self) -> uuid.UUID:
        self.made += 1
        return uid(f"history {self.made}")

    # at the centres

    def person(self, at: int) -> None:
        centre, person = self.centre(at), self.new_id()
        surname, given_name = NAMES[at // 2 % len(NAMES)]
        centre.put("person", person, {
            "birth": "1994-05-14", "birth_year": 1994, "code": f"ABCD-{100 + self.made}", "sex": "female",
        })  # fmt: skip
        centre.put("identity", self.new_id(), {
            "names": [{"given": given_name, "kind": "current", "surname": surname}], "person": str(person),
        })  # fmt: skip
        self._help(centre, person, at)

    def help(self, at: int) -> None:
        centre = self.centre(at)
        if persons := centre.live("person"):
            self._help(centre, persons[at // 2 % len(persons)], at)

    def _help(self, centre: Centre, person: uuid.UUID, at: int) -> None:
        centre.put("service", self.new_id(), {
            "on": f"2026-0{1 + at % 6}-10", "person": str(person), "service": tuple(GROUPS)[at % 2],
        })  # fmt: skip

    def change(self, at: int) -> None:
        centre = self.centre(at)
        if services := centre.live("service"):
            row = centre.records[services[at // 2 % len(services)]]
            centre.put("service", row.id, {**row.data, "on": f"2026-0{1 + at % 6}-20"})

    def take_back(self, at: int) -> None:
        centre = self.centre(at)
        if services := centre.live("service"):
            centre.put("service", services[at // 2 % len(services)], {"reason": "undone"}, "deleted")

    def delete(self, at: int) -> None:
        centre = self.centre(at)
        if persons := centre.live("person"):
            for row in centre.of(persons[at // 2 % len(persons)]):
                centre.put(row.kind, row.id, {"reason": "entered_by_mistake"}, "deleted")

    def withhold(self, at: int) -> None:
        """Consent is withdrawn: the name goes."""
        centre = self.centre(at)
        if names := centre.live("identity"):
            centre.put("identity", names[at // 2 % len(names)], {}, "withheld")

    def send(self, at: int) -> None:
        """Nothing was ever acknowledged, so a bundle holds everything."""
        centre = self.centre(at)
        found = tuple(replace(row, owner=centre.party.inst) for row in centre.records.values())
        if not found:
            return
        centre.seq += 1
        made = replace(
            draft(centre.party), id=uid(f"{centre.party.name} {centre.seq}"), seq=centre.seq, prev=centre.prev
        )
        part = bundle.records_part([rows.encode(row) for row in found])
        data, result = written(made, [part], party=centre.party)
        centre.prev = result.manifest_hash
        self.under_way.append(Bundle(centre.party, centre.seq, data, found))

    def read_word(self, at: int) -> None:
        """A centre reads a handover: who no longer owns stops writing, who does goes on where the other stopped."""
        centre = self.centre(at)
        if not self.words[centre.party.name]:
            return
        waiting = self.words[centre.party.name]
        word = waiting.pop(at // 2 % len(waiting))
        copies = {row.id: row for row in word.copies}
        for record in word.records:
            if centre.epochs.get(record, 0) >= word.epoch:
                continue
            centre.epochs[record] = word.epoch
            if word.owner is not centre.party:
                centre.records.pop(record, None)
            elif record in copies:
                row = copies[record]
                centre.records[record] = row
                centre.put(row.kind, record, dict(row.data), row.state.value)

    # at the coordinator

    def arrive(self, at: int) -> None:
        """One of the newest files, or any that was ever written: in any order, again and again, or never."""
        if not self.under_way:
            return
        among = self.under_way if at % 3 == 0 else self.under_way[-2:]
        one = among[at % len(among)]
        verdict = self.boss.take_bytes(one.data)
        assert verdict.ok, verdict.sentence
        if one.seq <= self.newest.get(one.sender.name, 0):
            return
        self.newest[one.sender.name] = one.seq
        for row in one.rows:
            known = self.held.get(row.id)
            if known is None or (
                known.owner == row.owner and (row.epoch, row.revision) > (known.epoch, known.revision)
            ):
                self.held[row.id] = row

    def hand_over(self, at: int) -> None:
        """All that is held here of a person goes to the other centre; the word travels to both."""
        persons = self.here()
        if not persons:
            return
        person = persons[at % len(persons)]
        former = next(one for one in CENTRES if one.inst == self.held[person].owner)
        heir = next(one for one in CENTRES if one is not former)
        moved = [
            row for row in self.held.values() if person in (row.id, _person_of(row)) and row.owner == former.inst
        ]
        epoch = max(row.epoch for row in moved) + 1
        with self.boss.desk.store.transaction() as session:
            new = session.scalars(select(Installation).where(Installation.uid == heir.inst)).one()
            assert directives.hand_over(session, [row.id for row in moved], new, epoch) == len(moved)
        copies = self.centres[former.name].records
        word = Word(tuple(row.id for row in moved), heir, epoch)
        self.words[former.name].append(word)
        brought = tuple(copies.get(row.id, row) for row in moved)
        self.words[heir.name].append(replace(word, copies=brought))
        for row in moved:
            # Of the new epoch nothing was seen yet: its first row is taken whatever its revision.
            self.held[row.id] = replace(row, owner=heir.inst, epoch=epoch, revision=0)

    def here(self) -> list[uuid.UUID]:
        live = [row.id for row in self.held.values() if row.kind == "person" and row.state is RowState.LIVE]
        return sorted(live)

    def same(self, at: int) -> None:
        self._decide(at, "same")

    def _decide(self, at: int, verdict: str) -> None:
        persons = self.here()
        if len(persons) < 2:
            return
        one = persons[at % len(persons)]
        rest = [person for person in persons if person != one]
        other = rest[at // 7 % len(rest)]
        pair = frozenset((one, other))
        decision = self.deciding.decide(one, other, verdict)
        self.decisions = {uid: about for uid, about in self.decisions.items() if about != pair or uid == decision}
        self.decisions[decision] = pair
        self.verdicts[pair] = verdict

    def different(self, at: int) -> None:
        self._decide(at, "different")

    def later(self, at: int) -> None:
        self._decide(at, "later")

    def undo(self, at: int) -> None:
        if self.decisions:
            decision = sorted(self.decisions)[at % len(self.decisions)]
            self.deciding.undo(decision)
            del self.verdicts[self.decisions.pop(decision)]

    def look(self, _at: int) -> None:
        self.deciding.look_for(silent)

    def look_through(self, _at: int) -> None:
        self.deciding.look_through_all(silent)

    # the reckoning

    def classes(self) -> dict[uuid.UUID, uuid.UUID]:
        """Union by the smaller id, over the standing decisions, in plain Python."""
        root: dict[uuid.UUID, uuid.UUID] = {}

        def find(person: uuid.UUID) -> uuid.UUID:
            while (above := root.get(person, person)) != person:
                person = above
            return person

        for pair, verdict in self.verdicts.items():
            if verdict == "same":
                low, high = sorted(map(find, pair))
                root[high] = low
        return {person: find(person) for pair in self.verdicts for person in pair}

    def check(self) -> None:
        classes = self.classes()
        sizes: dict[uuid.UUID, int] = defaultdict(int)
        for group in classes.values():
            sizes[group] += 1
        with self.boss.desk.store.reading() as session:
            kept = dict(session.execute(select(SamePerson.person_uid, SamePerson.group_uid)).all())
            owners = dict(session.execute(select(Installation.rid, Installation.uid)).all())
            stored = session.execute(select(Record.uid, Record.owner_rid, Record.epoch, Record.state)).all()
            counted = session.execute(select(Service.person_uid, Service.counted_uid)).all()
            standing = session.execute(
                select(PersonDecision.one_uid, PersonDecision.other_uid, PersonDecision.verdict).where(
                    PersonDecision.revoked_at.is_(None)
                )
            ).all()
            total = statistics.count(session, ())[0]
            by_month = statistics.count(session, (Dimension.MONTH, Dimension.GROUP))
            candidates = session.execute(select(Candidate.one_uid, Candidate.other_uid)).all()
        assert kept == {person: group for person, group in classes.items() if sizes[group] > 1}
        assert {frozenset(pair): verdict for *pair, verdict in standing} == self.verdicts
        assert len(stored) == len(self.held)
        assert {one: (owners[rid], epoch, state) for one, rid, epoch, state in stored} == {
            row.id: (row.owner, row.epoch, row.state.value) for row in self.held.values()
        }
        services = [row for row in self.held.values() if row.kind == "service" and row.state is RowState.LIVE]
        named = [person for row in services if (person := _person_of(row)) is not None]
        assert len(counted) == len(services)
        assert all(group == classes.get(person, person) for person, group in counted if person is not None)
        assert (total.persons, total.services) == (len(_who(named, classes)), len(services))
        months: dict[str, list[uuid.UUID]] = defaultdict(list)
        for row, person in zip(services, named, strict=True):
            months[f"{str(row.data['on'])[:7]} {GROUPS[str(row.data['service'])]}"].append(person)
        assert {" ".join(cell.key): (cell.persons, cell.services) for cell in by_month} == {
            month: (len(_who(persons, classes)), len(persons)) for month, persons in months.items()
        }
        settled = {pair for pair, verdict in self.verdicts.items() if verdict != "later"}
        assert not settled & {frozenset(pair) for pair in candidates}
        live = set(self.here())
        for pair in self.deciding.waiting():
            assert {pair.one, pair.other} <= live
            assert classes.get(pair.one, pair.one) != classes.get(pair.other, pair.other)
            assert pair.later == (self.verdicts.get(frozenset((pair.one, pair.other))) == "later")


def _who(persons: Iterable[uuid.UUID], classes: dict[uuid.UUID, uuid.UUID]) -> set[uuid.UUID]:
    return {classes.get(person, person) for person in persons}
