"""Any order, repetition and loss of bundles gives the same register, byte for byte.

A history is lived once: centres record, change, delete, take consent and take it back, and send. The country's
coordinator gets the bundles shuffled, lost and repeated, and answers at random moments; a second copy of it gets
all of them in order. ``APORA_HISTORIES`` is the number for the long campaign (``make faults``).
"""

from __future__ import annotations

import os
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from app.sync import rows
from app.sync.projection import rebuild
from tests.e2e.conftest import Country
from tests.e2e.desks import Office, canonical_dump, copied, digests_at, outgoing_rows

HISTORIES = int(os.environ.get("APORA_HISTORIES", "4"))
HARMLESS = {"ACCEPTED", "ALREADY_IMPORTED", "OLD"}
DEEDS = (
    "register", "register", "help", "help", "help", "change_person", "change_help", "rename", "consent", "consent",
    "need", "meet", "mark", "refer", "delete_help", "delete_person",
    "send", "send", "deliver", "deliver", "deliver", "lose", "answer", "carry_answer",
)  # fmt: skip


@dataclass
class Life:
    """One history on its way: what lies on which stick, and what was recorded."""

    centres: list[Office]
    boss: Office
    chance: Random
    post: Path
    sent: list[Path] = field(default_factory=list)
    under_way: list[Path] = field(default_factory=list)
    answers: list[Path] = field(default_factory=list)
    persons: dict[int, list[uuid.UUID]] = field(default_factory=dict)
    services: dict[int, list[tuple[uuid.UUID, uuid.UUID]]] = field(default_factory=dict)
    meetings: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    verdicts: list[str] = field(default_factory=list)

    def do(self, deed: str) -> None:
        number = self.chance.randrange(len(self.centres))
        centre, persons = self.centres[number], self.persons.setdefault(number, [])
        services = self.services.setdefault(number, [])
        person = self.chance.choice(persons) if persons else None
        match deed:
            case "register":
                persons.append(centre.people.register(self._person(), self._names(), sure=True))
            case "send":
                self._send(centre)
            case "deliver" | "lose" if self.under_way:
                file = self.under_way[self.chance.randrange(len(self.under_way))]
                if deed == "lose" or self.chance.random() < 0.7:  # else it comes once more
                    self.under_way.remove(file)
                if deed == "deliver":
                    self._deliver(file)
            case "answer":
                self.answers += self.boss.receipts(self.post)
            case "carry_answer" if self.answers:
                assert centre.take(self.chance.choice(self.answers))[0].answer in {*HARMLESS, "NOT_FOR_US"}
            case _ if person is not None:
                self._record(centre, deed, person, persons, services)

    def _record(
        self,
        centre: Office,
        deed: str,
        person: uuid.UUID,
        persons: list[uuid.UUID],
        services: list[tuple[uuid.UUID, uuid.UUID]],
    ) -> None:
        match deed:
            case "help":
                services.append((person, centre.help(person, self._code(), on=self._day(), note=self._word())))
            case "need":
                need = {"category": "legal", "due": self._day(), "goal": self._word(), "progress": "in_progress"}
                centre.planning.save_need(person, need, sure=True)
            case "meet":
                values = {"at": f"{self._day()}T10:30", "what": self._word(), "service": self._code()}
                self.meetings[person] = centre.planning.save_appointment(person, values, sure=True)
            case "mark" if person in self.meetings:
                centre.planning.mark_appointment(self.meetings[person], "moved", f"{self._day()}T09:00")
            case "refer":
                centre.referrals.save(person, self._referral(), sure=True)
            case "change_person":
                centre.people.change_person(person, self._person(), sure=True)
            case "rename":
                centre.people.change_identity(person, self._names(), sure=True)
            case "consent":
                state = self.chance.choice(("given", "given", "withdrawn", "refused"))
                answer = {"scope": "coordinator_identifiable", "state": state, "on": "2026-06-02"}
                centre.people.set_consent(person, answer, sure=True)
            case "delete_person":
                centre.people.delete(person, "entered_twice")
                persons.remove(person)
                services[:] = [one for one in services if one[0] != person]
            case "change_help" | "delete_help" if services:
                one = self.chance.choice(services)
                if deed == "delete_help":
                    centre.assistance.delete_service(one[1], "entered_by_mistake")
                    services.remove(one)
                else:
                    values = {**centre.assistance.service(one[1]), "on": self._day(), "donor": self._word()}
                    centre.assistance.record_service(one[0], values, service=one[1], sure=True)

    def _send(self, centre: Office) -> None:
        file = centre.send(self.post)
        self.sent.append(file)
        self.under_way.append(file)

    def _deliver(self, file: Path) -> None:
        (verdict,) = self.boss.take(file)
        self.verdicts.append(verdict.answer)
        assert verdict.answer in HARMLESS, verdict

    def finish(self) -> None:
        """Each centre sends once more, and what is still under way comes, in any order."""
        for centre in self.centres:
            self._send(centre)
        self.chance.shuffle(self.under_way)
        for file in self.under_way:
            self._deliver(file)

    def _person(self) -> dict[str, object]:
        birth = self.chance.choice(("1996-05-03", "2014", "1961-11", {"age": 30, "on": "2026-01-01"}))
        return {"sex": self.chance.choice(("female", "male", "unknown")), "birth": birth, "oblast": "BY-VI"}

    def _names(self) -> dict[str, object]:
        return {"names": [{"surname": self._word(), "given": "Ганна", "kind": "current"}], "phone": self._word()}

    def _referral(self) -> dict[str, object]:
        return {
            "service": "medical_treatment", "agency": "clinic", "sent_on": "2026-06-02", "shared": ["names"],
            "without_consent_reason": self._word(), "second_person": "Ольга",
        }  # fmt: skip

    def _code(self) -> str:
        return self.chance.choice(("psych_counselling", "medical_examination", "legal_civil", "material_food"))

    def _day(self) -> str:
        return f"2026-0{self.chance.randrange(1, 7)}-1{self.chance.randrange(10)}"

    def _word(self) -> str:
        return "".join(self.chance.choices("абвгдеёжзійклмноўshtr '", k=6)).strip() or "слова"


@settings(
    max_examples=HISTORIES,
    deadline=None,
    derandomize=HISTORIES < 10,
    phases=(Phase.generate, Phase.target),
    suppress_health_check=list(HealthCheck),
)
@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=40, max_size=90), seed=st.integers(0, 2**32))
def test_any_order_repetition_and_loss_gives_the_same_register(country: Country, deeds: list[str], seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder)
        centres, boss = country.open(to)
        steady = copied(country.folder / "coordinator", to / "in-order", 99)
        life = Life(centres, boss, Random(seed), to / "post")
        for deed in deeds:
            life.do(deed)
        life.finish()
        note(f"{len(life.sent)} bundles, answers: {life.verdicts}")

        assert {one.answer for one in steady.take(*life.sent)} == {"ACCEPTED"}
        register = canonical_dump(boss.desk)
        assert register == canonical_dump(steady.desk)
        for centre in centres:
            said = {uid: bytes.fromhex(rows.digest(line)) for uid, line in outgoing_rows(centre.desk).items()}
            assert digests_at(boss.desk, centre.desk.me.uid) == said
        with boss.desk.store.transaction() as session:
            rebuild(session)
        assert canonical_dump(boss.desk) == register, "the noun tables follow from the records alone"
        for office in (*centres, boss, steady):
            office.lock()


def test_the_comparison_can_fail(country: Country, tmp_path: Path) -> None:
    """Negative control: one lost bundle that nothing heals, and the registers differ."""
    centres, boss = country.open(tmp_path)
    steady = copied(country.folder / "coordinator", tmp_path / "in-order", 99)
    life = Life(centres[:1], boss, Random(1), tmp_path / "post")
    for deed in ("register", "send", "help", "send"):
        life.do(deed)
    steady.take(*life.sent)
    boss.take(*life.sent[:1])
    assert canonical_dump(boss.desk) != canonical_dump(steady.desk)
    for office in (*centres, boss, steady):
        office.lock()
