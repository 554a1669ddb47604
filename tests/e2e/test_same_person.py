"""Who is the same person: found, decided, undone, counted once, and told to the centres without another's data."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import UserError
from app.matching.weights import VERSION
from app.models import AuditEntry, Candidate, PersonDecision, Record, SamePerson, Service, Unmatched
from app.reports import statistics
from app.usecases.same_person import Pair, SamePersons, whole
from tests.e2e.conftest import Country
from tests.e2e.desks import Office, count_of, everything, silent

WOMAN = {"sex": "female", "birth": "1994-05-14", "oblast": "BY-VI"}
OF_ONE = ("Каваленка", "Ганна", "Пятроўна"), ("Коваленко", "Анна", "Петровна"), ("Kavalenka", "Hanna", "")


@dataclass
class Desks:
    """Two centres and their coordinator."""

    one: Office
    other: Office
    boss: Office
    folder: Path

    @property
    def same(self) -> SamePersons:
        return SamePersons(self.boss.desk)

    def register(self, office: Office, name: tuple[str, str, str], agreed: str = "given", **more: Any) -> uuid.UUID:
        form = dict(zip(("surname", "given", "patronymic"), name, strict=True))
        identity = {"names": [{key: part for key, part in form.items() if part} | {"kind": "current"}]}
        consent = {"scope": "coordinator_identifiable", "state": agreed, "on": "2026-01-10", "given_by": "individual"}
        person = office.people.register({**WOMAN, **more}, identity, [consent], sure=True)
        office.help(person)
        return person

    def bring(self, *offices: Office) -> None:
        """Bundles of these centres to the coordinator, who then looks for candidates."""
        for office in offices or (self.one, self.other):
            (verdict,) = self.boss.take(office.send(self.folder / "stick"))
            assert verdict.ok, verdict.sentence
        self.same.look_for(silent)

    def look_at_all(self) -> int:
        """As if everybody had just come."""
        with self.boss.desk.store.transaction() as session:
            known = set(session.scalars(select(Unmatched.person_rid)))
            rids = session.scalars(select(Record.rid).where(Record.kind == "person", Record.rid.not_in(known)))
            session.add_all([Unmatched(person_rid=rid) for rid in rids])
        return self.same.look_for(silent)

    def persons(self) -> int:
        """How many persons the figures count."""
        with self.boss.desk.store.reading() as session:
            return statistics.count(session, ())[0].persons


@pytest.fixture
def desks(country: Country, tmp_path: Path) -> Iterator[Desks]:
    (one, other, third), boss = country.open(tmp_path)
    third.lock()
    yield Desks(one, other, boss, tmp_path)
    for office in (one, other, boss):
        office.lock()


def _uids(pairs: list[Pair]) -> set[frozenset[uuid.UUID]]:
    return {frozenset((pair.one, pair.other)) for pair in pairs}


def test_one_who_turns_up_in_two_towns_is_found_decided_counted_once_and_undone(desks: Desks) -> None:
    here, there = desks.register(desks.one, OF_ONE[0]), desks.register(desks.other, OF_ONE[1], oblast="BY-HR")
    stranger = desks.register(desks.one, ("Шпакоўскі", "Зміцер", ""), sex="male", birth="1970-01-02")
    desks.bring()
    (pair,) = desks.same.waiting()
    assert {pair.one, pair.other} == {here, there}
    assert pair.likely
    assert not pair.later
    assert "Каваленка" in pair.one_words + pair.other_words
    assert desks.persons() == 3
    shown = desks.same.pair(there, here)
    assert (shown.one.uid, shown.other.uid) == (there, here)
    assert shown.score == pytest.approx(pair.score) == pytest.approx(sum(one.weight for one in shown.findings))
    assert {line.label for line in shown.lines if line.differs} >= {"Name", "Oblast"}
    assert not any(line.differs for line in shown.lines if line.label in {"Born", "Sex"})

    decision = desks.same.decide(here, there, "same")
    assert desks.same.decide(there, here, "same") == decision, "deciding twice is deciding once"
    assert desks.persons() == 2
    assert desks.same.waiting() == []
    assert [one.uid for one in desks.same.group_of(there)] == [there, here]
    assert desks.same.group_of(there)[1].centre == "Витебск"
    assert [one.uid for one in desks.same.group_of(stranger)] == [stranger]
    assert (desks.same.counts().groups, desks.same.counts().waiting) == (1, 0)

    desks.one.help(here)
    desks.bring()
    assert desks.persons() == 2, "a service that comes later counts for the group at once"

    desks.same.undo(decision)
    desks.same.undo(decision)
    assert desks.persons() == 3
    assert _uids(desks.same.waiting()) == {frozenset((here, there))}
    (told,) = desks.same.decisions(here)
    assert told.revoked
    assert told.by == "Тамара"
    assert count_of(desks.boss.desk, SamePerson) == 0


def test_a_chain_of_three_is_one_person_and_breaks_where_its_link_is_undone(desks: Desks) -> None:
    people = [
        desks.register(office, name) for office, name in zip((desks.one, desks.other, desks.one), OF_ONE, strict=True)
    ]
    desks.bring()
    assert len(desks.same.waiting()) == 3
    desks.same.decide(people[0], people[1], "same")
    last = desks.same.decide(people[1], people[2], "same")
    assert desks.persons() == 1
    assert desks.same.waiting() == [], "the third pair of three is not asked about"
    groups = {one.uid for one in desks.same.group_of(people[0])}
    assert groups == set(people)
    desks.same.undo(last)
    assert desks.persons() == 2
    assert len(desks.same.waiting()) == 2
    assert [one.uid for one in desks.same.group_of(people[2])] == [people[2]]


def test_what_was_put_off_stands_last_and_what_was_declined_is_not_asked_again(desks: Desks) -> None:
    people = [
        desks.register(office, name) for office, name in zip((desks.one, desks.other, desks.one), OF_ONE, strict=True)
    ]
    desks.bring()
    first, second, third = desks.same.waiting()
    desks.same.decide(first.one, first.other, "later")
    assert [(one.one, one.other, one.later) for one in desks.same.waiting()] == [
        (second.one, second.other, False), (third.one, third.other, False), (first.one, first.other, True),
    ]  # fmt: skip
    desks.same.decide(second.one, second.other, "different")
    desks.look_at_all()
    assert _uids(desks.same.waiting()) == {frozenset((third.one, third.other)), frozenset((first.one, first.other))}
    assert (desks.same.counts().waiting, desks.same.counts().later) == (1, 1)
    assert desks.same.look_through_all(silent) == 2
    assert desks.same.waiting()[-1].later
    asked_for = _uids([pair for person in people for pair in desks.same.like(person)])
    assert asked_for == {frozenset((one.one, one.other)) for one in (first, third)}
    again = desks.same.decide(second.one, second.other, "same")
    standing = desks.same.pair(second.one, second.other).standing
    assert standing is not None
    assert (standing.uid, standing.verdict) == (again, "same")
    assert [one.revoked for one in desks.same.decisions()] == [False, True, False]


def test_the_whole_register_gives_what_looking_at_each_gave(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    for office in (desks.one, desks.other):
        for name in (*OF_ONE, ("Ковалёва", "Марья", "Ивановна"), ("Сидорчук", "Алеся", "")):
            desks.register(office, name)
    desks.bring()
    each = {frozenset((one.one, one.other)): one.score for one in desks.same.waiting()}
    assert len(each) > 6
    with desks.boss.desk.store.transaction() as session:
        for candidate in session.scalars(select(Candidate)):
            session.delete(candidate)
    assert desks.same.look_through_all(silent) == len(each)
    assert {frozenset((one.one, one.other)): one.score for one in desks.same.waiting()} == pytest.approx(each)
    assert desks.same.look_through_all(silent, lambda: True) == 0
    assert len(desks.same.waiting()) == len(each), "cut short, nothing changes"
    monkeypatch.setattr(whole, "FEW", 0)
    assert desks.look_at_all() == len(each), "where most is new, all of it is compared"
    assert desks.same.counts().unmatched == 0


def test_a_contradiction_inside_a_group_is_shown_and_nothing_is_undone(desks: Desks) -> None:
    one = desks.register(desks.one, OF_ONE[0], birth="1994-05-14")
    other = desks.register(desks.other, OF_ONE[1], birth="1994")
    third = desks.register(desks.one, OF_ONE[2], birth="1994-06-14", sex="male")
    desks.bring()
    desks.same.decide(one, other, "same")
    assert desks.same.contradictions() == [], "a year alone does not contradict a day in it"
    desks.same.decide(other, third, "same")
    found = {frozenset((each.one, each.other)): each.words for each in desks.same.contradictions()}
    assert found == {
        frozenset((one, third)): "The sex differs. The dates of birth differ.",
        frozenset((other, third)): "The sex differs.",
    }
    desks.same.decide(one, third, "different")
    found = {frozenset((each.one, each.other)): each.words for each in desks.same.contradictions()}
    assert "declared" in found[frozenset((one, third))]
    assert desks.same.counts().contradictions == 2
    assert desks.persons() == 1


def test_one_who_is_deleted_leaves_the_group_and_the_decision_stays(desks: Desks) -> None:
    people = [
        desks.register(office, name) for office, name in zip((desks.one, desks.other, desks.one), OF_ONE, strict=True)
    ]
    desks.bring()
    desks.same.decide(people[0], people[1], "same")
    desks.same.decide(people[1], people[2], "same")
    desks.other.people.delete(people[1], "entered_by_mistake")
    desks.bring()
    assert {one.uid for one in desks.same.group_of(people[0])} == {people[0], people[2]}
    assert desks.persons() == 1
    assert desks.same.counts().groups == 1
    assert "no longer here" in " ".join(one.one_words + one.other_words for one in desks.same.decisions())
    assert {one.uid for one in desks.same.group_of(people[1])} == {people[0], people[2]}
    with pytest.raises(UserError, match="no longer here"):
        desks.same.decide(people[0], people[1], "different")
    desks.one.people.delete(people[2], "entered_by_mistake")
    desks.bring()
    assert desks.same.counts().groups == 0
    assert [one.uid for one in desks.same.group_of(people[0])] == [people[0]]


def test_withdrawn_consent_leaves_no_name_and_no_candidate_that_rests_on_it(desks: Desks) -> None:
    here, there = desks.register(desks.one, OF_ONE[0]), desks.register(desks.other, OF_ONE[1])
    desks.register(desks.other, OF_ONE[2])
    desks.bring()
    decided = desks.same.waiting()[0]
    desks.same.decide(decided.one, decided.other, "same")
    for office, person in ((desks.one, here), (desks.other, there)):
        withdrawn = {"scope": "coordinator_identifiable", "state": "withdrawn", "on": "2026-06-01"}
        office.people.set_consent(person, withdrawn, sure=True)
    desks.bring()
    assert not [pair for pair in desks.same.waiting() if here in (pair.one, pair.other)]
    kept = everything(desks.boss.desk)
    assert not [word for word in ("Каваленка", "Коваленко", "ганна", "Пятроўна", "анна") if word in kept]
    assert len(desks.same.group_of(decided.one)) == 2, "what was decided stands"
    assert desks.same.like(here) == []


def test_only_the_coordinator_decides_and_what_she_decides_is_noted_without_a_value(desks: Desks) -> None:
    here, there = desks.register(desks.one, OF_ONE[0]), desks.register(desks.other, OF_ONE[1])
    desks.bring()
    with pytest.raises(UserError, match="Only the coordinator"):
        SamePersons(desks.one.desk).decide(here, there, "same")
    with pytest.raises(UserError, match="one record"):
        desks.same.decide(here, here, "same")
    decision = desks.same.decide(here, there, "same")
    desks.same.undo(decision)
    with desks.boss.desk.store.reading() as session:
        noted = session.execute(select(AuditEntry.action).where(AuditEntry.subject == decision)).scalars().all()
        (evidence,) = session.scalars(select(PersonDecision.evidence))
        counted = set(session.execute(select(Service.person_uid, Service.counted_uid)).all())
    assert noted == ["person_same", "person_undone"]
    assert evidence.startswith('{"findings":["chance","date"')
    assert evidence.endswith(f'"weights":{VERSION}}}')
    assert counted == {(here, here), (there, there)}
