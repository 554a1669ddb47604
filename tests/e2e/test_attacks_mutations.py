"""Random mutations through the whole of ``take``, and well-formed rows full of nonsense.

``APORA_MUTATIONS`` is the number for the long campaign (``make faults``).
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest

from app import codelists
from app.forms.catalogue import KINDS, form_for_record
from app.forms.spec import Field, Kind
from app.models import Record
from app.sync.errors import Answer
from app.sync.projection import rebuild
from app.sync.rows import Row
from app.usecases.reporting import Dimension, Reporting
from tests.e2e.desks import Office, canonical_dump, content_digest, count_of
from tests.e2e.scene import make_scene, photo_part, photo_row, records
from tests.sync.crafting import build, plaintext_of, reseal, row, uid
from tests.sync.test_mutations import mutate

COUNT = int(os.environ.get("APORA_MUTATIONS", "100"))


@pytest.mark.parametrize("where", ["outer", "inner"])
def test_mutations_are_refused_and_change_nothing(boss: Office, where: str) -> None:
    scene, chance = make_scene(boss), Random(where)
    parts = [*records(*(row(number) for number in range(20, 40)), photo_row(id=uid("p9"))), photo_part(name="p9")]
    good = build(scene.next, parts)
    inner = plaintext_of(good)
    before, answers = content_digest(boss.desk), set()
    for _ in range(COUNT):
        bad = mutate(good, chance) if where == "outer" else mutate(inner, chance)
        if bad in (good, inner):
            continue
        verdict = boss.take_bytes(bad if where == "outer" else reseal(bad))
        assert not verdict.ok
        answers.add(verdict.answer)
    assert content_digest(boss.desk) == before
    expected = {"outer": {Answer.DAMAGED}, "inner": {Answer.CONTAINER, Answer.DIGEST}}
    assert expected[where] <= answers
    assert boss.take_bytes(good).answer == "ACCEPTED"


ODD: list[Any] = [
    "", " ", "²²²²-01", "٢٠٢٦-٠١", "2026-99", "9999-12-31", "0000", "-1", "1e9", "x" * 5000, "\n", "\u202e", "'--",
    0, 7, 1 << 40, True, False, None, [], [[]], {}, {"": ""}, [{}], [None], ["", "", ""], {"age": "x", "on": 3},
    {"age": 1 << 40, "on": "²"}, [{"surname": {"a": 1}, "given": [1]}], "yes", "other", "given",
    "coordinator_identifiable", "male", "Active", "BY-VI", "BYN", str(uid("Анна")),
]  # fmt: skip


def odd_values(kind: str, chance: Random) -> dict[str, Any]:
    """Any JSON for any question of the form, and for questions that it does not have."""
    code = chance.choice([*codelists.get("services").codes, "no_such_service"])
    fields = form_for_record(kind, {"service": code}).fields
    values = {field.name: odd_value(field, chance) for field in fields if chance.random() < 0.7}
    if kind == "service" and chance.random() < 0.8:
        values["service"] = code
    if chance.random() < 0.6:
        values["person"] = str(uid("Анна"))
    if chance.random() < 0.3:
        values["стороннее"] = chance.choice(ODD)
    return values


def odd_value(field: Field, chance: Random) -> Any:
    if field.kind is Kind.ROWS and chance.random() < 0.5:
        return [{cell.name: chance.choice(ODD) for cell in field.row} for _ in range(2)]
    if field.codes and chance.random() < 0.3:
        return chance.choice(codelists.get(field.codes).codes)
    return chance.choice(ODD)


def test_rows_full_of_nonsense_are_kept_flagged_and_counted(boss: Office) -> None:
    """A row that breaks a rule of its form is never refused, and never stops the program."""
    chance = Random(11)
    count = max(COUNT, 100) * 4
    found: list[Row] = []
    for number in range(count):
        kind = chance.choice(KINDS)
        found.append(row(number, kind=kind, data=odd_values(kind, chance)))
    found.append(row(count, kind="person", id=uid("Анна"), data={"sex": "female", "code": "ABCD-EFG"}))
    scene = make_scene(boss)
    before = count_of(boss.desk, Record)
    fresh = [one for one in found if one.id not in {uid(f"record {n}") for n in (*range(7), 900)}]
    verdict = boss.take_bytes(build(scene.next, records(*fresh)))
    assert (verdict.answer, verdict.rows) == ("ACCEPTED", len(fresh)), verdict
    assert verdict.flagged > count // 2
    assert count_of(boss.desk, Record) == before + len(fresh)
    # Everything that reads the register still does.
    rids = boss.people.find()
    assert len(boss.people.rows(rids)) == len(rids)
    boss.assistance.timeline(uid("Анна"))
    reporting = Reporting(boss.desk)
    assert reporting.as_csv(reporting.figures(list(Dimension)))
    dump = canonical_dump(boss.desk)
    with boss.desk.store.transaction() as session:
        rebuild(session)
    assert canonical_dump(boss.desk) == dump
    assert boss.receipts(boss.folder.parent / "back"), "the receipt names them all"
