"""What may leave, leaves; what may not, does not: canaries in every field of every form, looked for in the plaintext.

The bundle is opened with the coordinator's daily key and with her recovery key by the age reader alone, unpacked by
``tarfile`` and ``gzip``: nothing of the exporter's own code says what is in it.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app import codelists
from app.forms.catalogue import KINDS, all_forms, form_for_kind, form_for_service
from app.forms.spec import Field, Form, Kind, Leaves
from app.models import AttachmentContent, OwnKeys
from app.sync import exporter
from app.sync.age import Identity, open_bytes
from app.sync.columns import OF_NOBODY
from app.sync.ledger import Author, bury, put
from tests.e2e.conftest import Country, Pair
from tests.e2e.desks import TODAY, Office, document_at, everything
from tests.sync.crafting import BOSS, RECOVERY

HISTORIES = int(os.environ.get("APORA_HISTORIES", "4"))
SERVICES = {form_for_service(code).name: code for code in codelists.get("services").codes}
PLAIN = [kind for kind in KINDS if kind not in {"person", "identity", "consent", "service", "attachment", *OF_NOBODY}]
STATES = ("given", "refused", "withdrawn", "not_asked", "expired")


@dataclass
class Canaries:
    """Values that occur nowhere else, by what their field says about leaving."""

    chance: Random
    planted: dict[Leaves, list[str]] = field(default_factory=lambda: {leaves: [] for leaves in Leaves})

    def values(self, form: Form, **fixed: Any) -> dict[str, Any]:
        """Values for every field of ``form``, ``fixed`` ones as they are."""
        return {one.name: fixed.get(one.name) or self.value(one, one.leaves) for one in form.fields}

    def value(self, field_: Field, leaves: Leaves) -> Any:
        if field_.kind is Kind.ROWS:
            # A cell leaves only if its whole row may; the stricter word counts.
            order = (Leaves.NEVER, Leaves.IDENTIFIED, Leaves.ALWAYS)
            return [
                {cell.name: self.value(cell, min(leaves, cell.leaves, key=order.index)) for cell in field_.row}
                for _ in range(2)
            ]
        if field_.kind in (Kind.INTEGER, Kind.MONEY):
            number = self.chance.randrange(10**11, 10**12)
            self.planted[leaves].append(str(number))
            return number
        if field_.kind is Kind.CODES:
            return [self.text(leaves), self.text(leaves)]
        if field_.kind is Kind.BIRTH and self.chance.random() < 0.5:
            return {"age": self.value(Field("", Kind.INTEGER, "", leaves), leaves), "on": self.text(leaves)}
        if field_.kind is Kind.REF:
            reference = str(uuid.UUID(int=self.chance.getrandbits(128)))
            self.planted[leaves].append(reference)
            return reference
        return self.text(leaves)

    def text(self, leaves: Leaves) -> str:
        token = f"{self.chance.choice(('канарейка', 'жаўрук', 'lark'))}{self.chance.getrandbits(64):016x}"
        self.planted[leaves].append(token)
        return self.chance.choice(("{}", '"{}"', "за {}\nдом", "\\{}")).format(token)


@dataclass
class Case:
    """A person whose every record is full of canaries; and work about nobody, recorded on the same day."""

    uid: uuid.UUID
    state: str
    ticked: bool
    canaries: Canaries
    attachments: Canaries
    of_nobody: Canaries
    content: bytes
    consent: uuid.UUID
    identity: uuid.UUID
    person_data: dict[str, Any]


def plant(office: Office, chance: Random, state: str, *, ticked: bool) -> Case:
    """Every kind of record and every form of service, written as no editor would let anybody write it."""
    desk = office.desk
    canaries, attached, of_nobody = Canaries(chance), Canaries(chance), Canaries(chance)
    uid, consent, identity = (desk.clock.new_id() for _ in range(3))
    of = {"person": str(uid)}
    content = f"снимок{chance.getrandbits(64):016x}".encode() * 9
    person = {**canaries.values(form_for_kind("person")), "code": "ABCD-EFG"}
    with desk.store.transaction() as session:
        author = Author(desk.staff, TODAY)
        put(session, author, "person", uid, person)
        put(session, author, "identity", identity, canaries.values(form_for_kind("identity"), **of))
        for kind in PLAIN:
            put(session, author, kind, desk.clock.new_id(), canaries.values(form_for_kind(kind), **of))
        for kind in OF_NOBODY:
            put(session, author, kind, desk.clock.new_id(), of_nobody.values(form_for_kind(kind)))
        for name, code in SERVICES.items():
            values = canaries.values(form_for_service(code), **of, service=code)
            assert form_for_service(code).name == name
            put(session, author, "service", desk.clock.new_id(), values)
        file = desk.clock.new_id()
        known = {
            **of, "for_coordinator": "yes" if ticked else "no",
            "sha256": hashlib.sha256(content).hexdigest(), "size": len(content),
        }  # fmt: skip
        put(session, author, "attachment", file, attached.values(form_for_kind("attachment"), **known))
        session.add(AttachmentContent(uid=file, sha256=str(known["sha256"]), content=content))
    found = Case(uid, state, ticked, canaries, attached, of_nobody, content, consent, identity, person)
    consent_values = canaries.values(form_for_kind("consent"), **of, scope="coordinator_identifiable", state=state)
    with desk.store.transaction() as session:
        put(session, author, "consent", consent, consent_values)
    return found


def plaintext(bundle: Path, identity: Identity) -> bytes:
    """All that is in a bundle, every part unpacked."""
    inner = open_bytes(bundle.read_bytes(), [identity])
    parts = [inner]
    with tarfile.open(fileobj=io.BytesIO(inner), mode="r:") as archive:
        for member in archive:
            stored = archive.extractfile(member)
            assert stored is not None
            data = stored.read()
            parts.append(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    return b"\n".join(parts)


def daily_key(office: Office) -> Identity:
    with office.desk.store.reading() as session:
        return Identity(session.scalars(select(OwnKeys.receive_seed)).one())


def check(text: str, case: Case) -> None:
    """No canary that may not leave, and every one that must. What is about nobody hangs on no consent."""
    agreed = case.state == "given"
    open_, shut = case.of_nobody.planted[Leaves.ALWAYS], case.of_nobody.planted[Leaves.NEVER]
    assert open_
    assert shut
    assert [one for one in open_ if one not in text] == [one for one in shut if one in text] == []
    assert case.of_nobody.planted[Leaves.IDENTIFIED] == []
    planted, attached = case.canaries.planted, case.attachments.planted
    assert [one for one in planted[Leaves.NEVER] if one in text] == []
    assert [one for one in planted[Leaves.ALWAYS] if one not in text] == []
    assert {one in text for one in planted[Leaves.IDENTIFIED]} == {agreed}
    assert {one in text for one in attached[Leaves.IDENTIFIED]} == {agreed and case.ticked}
    assert (case.content.decode() in text) == (agreed and case.ticked)


def test_every_form_has_canaries_of_each_sort() -> None:
    """The test would prove nothing about a sort of field that no form has."""
    planted: dict[Leaves, int] = dict.fromkeys(Leaves, 0)
    for form in all_forms():
        canaries = Canaries(Random(1))
        canaries.values(form)
        for leaves in Leaves:
            planted[leaves] += len(canaries.planted[leaves])
    assert all(count > 15 for count in planted.values()), planted
    assert set(SERVICES) == {form.name for form in all_forms()} - set(KINDS)


@settings(
    max_examples=HISTORIES,
    deadline=None,
    derandomize=HISTORIES < 10,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(
    people=st.lists(st.tuples(st.sampled_from(STATES), st.booleans()), min_size=3, max_size=5),
    seed=st.integers(0, 2**32),
)
def test_no_field_leaves_that_may_not(country: Country, people: list[tuple[str, bool]], seed: int) -> None:
    chance = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        centres, boss = country.open(Path(folder))
        nurse = centres[0]
        cases = [plant(nurse, chance, "given", ticked=True)]
        cases += [plant(nurse, chance, state, ticked=ticked) for state, ticked in people]
        bundle = nurse.send(Path(folder) / "stick")
        text = plaintext(bundle, daily_key(boss)).decode("utf-8", "replace")
        for case in cases:
            check(text, case)
            for one in (*case.canaries.planted[Leaves.ALWAYS], str(case.uid)):
                assert one.encode() not in bundle.read_bytes()
        (verdict,) = boss.take(bundle)
        assert verdict.ok, verdict
        arrived = everything(boss.desk)
        for case in cases:
            check(arrived.replace("\\n", "\n"), case)
            assert document_at(boss.desk, case.identity)[0] == ("live" if case.state == "given" else "withheld")
            assert document_at(boss.desk, case.uid)[1]["code"] == "ABCD-EFG"
        for office in (*centres, boss):
            office.lock()


def test_a_withdrawn_consent_takes_the_names_back(pair: Pair) -> None:
    """And given again, they come again."""
    case = plant(pair.nurse, Random(5), "given", ticked=True)
    pair.boss.take(pair.nurse.send(pair.stick))
    planted = case.canaries.planted[Leaves.IDENTIFIED] + case.attachments.planted[Leaves.IDENTIFIED]
    assert all(one in everything(pair.boss.desk) for one in planted)
    for state, there in (("withdrawn", False), ("given", True), ("refused", False)):
        answer = {"scope": "coordinator_identifiable", "state": state, "on": "2026-06-02"}
        pair.nurse.people.set_consent(case.uid, answer, sure=True)
        pair.boss.take(pair.nurse.send(pair.stick))
        # The old values of the consent's own words went with its new ones.
        text = everything(pair.boss.desk)
        gone = case.attachments.planted[Leaves.IDENTIFIED] + [str(case.person_data["raion"])]
        assert {one in text for one in gone} == {there}, state
        assert (case.content.decode() in text) == there
        assert document_at(pair.boss.desk, case.identity)[0] == ("live" if there else "withheld")
        if not there:
            assert [one for one in planted if one in text] == []
        if state == "given":
            # A receipt in between: the next bundle begins after it, and still carries the withdrawal.
            pair.nurse.take(*pair.boss.receipts(pair.back))
            assert pair.nurse.sending.preview().records_total == 0


def test_a_deleted_person_leaves_only_tombstones(pair: Pair) -> None:
    case = plant(pair.nurse, Random(6), "given", ticked=True)
    pair.boss.take(pair.nurse.send(pair.stick))
    pair.nurse.people.delete(case.uid, "entered_by_mistake")
    bundle = pair.nurse.send(pair.stick)
    text = plaintext(bundle, daily_key(pair.boss)).decode("utf-8", "replace")
    pair.boss.take(bundle)
    for leaves in Leaves:
        planted = case.canaries.planted[leaves] + case.attachments.planted[leaves]
        for where in (text, everything(pair.boss.desk), everything(pair.nurse.desk)):
            assert [one for one in planted if one in where] == []
    assert all(one in everything(pair.boss.desk) for one in case.of_nobody.planted[Leaves.ALWAYS]), "not hers"
    assert case.content.decode() not in everything(pair.boss.desk)
    assert document_at(pair.boss.desk, case.uid) == ("deleted", {"reason": "entered_by_mistake"})


def test_the_recovery_key_opens_the_same(nurse: Office, tmp_path: Path) -> None:
    """The coordinator's key on paper opens what her laptop opens, and neither opens more."""
    agreed, refused = plant(nurse, Random(7), "given", ticked=True), plant(nurse, Random(8), "refused", ticked=True)
    bundle = nurse.send(tmp_path / "stick")
    inside = plaintext(bundle, RECOVERY)
    assert inside == plaintext(bundle, BOSS.identity)
    for case in (agreed, refused):
        check(inside.decode("utf-8", "replace"), case)


def test_a_tombstone_carries_its_reason_alone(pair: Pair) -> None:
    """A reason is a code; what stood in the record before does not travel with it."""
    person = pair.nurse.people.register({"sex": "female"}, {}, sure=True)
    service = pair.nurse.help(person, note="слово о человеке")
    with pair.nurse.desk.store.transaction() as session:
        bury(session, pair.nurse.desk.author(), service, "entered_twice")
    lines = plaintext(pair.nurse.send(pair.stick), daily_key(pair.boss)).decode("utf-8", "replace").splitlines()
    (row,) = [json.loads(line) for line in lines if str(service) in line and line.startswith("{")]
    assert (row["state"], row["data"]) == ("deleted", {"reason": "entered_twice"})


def test_the_canaries_are_found_when_the_gate_is_open(
    nurse: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: an exporter that sends whole documents is caught."""
    case = plant(nurse, Random(9), "given", ticked=True)
    monkeypatch.setattr(exporter, "outgoing", lambda _form, values, **_named: dict(values))
    inside = plaintext(nurse.send(tmp_path / "stick"), RECOVERY).decode("utf-8", "replace")
    with pytest.raises(AssertionError):
        check(inside, case)
