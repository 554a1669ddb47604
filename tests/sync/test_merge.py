"""The merge plan: the highest (epoch, revision) wins whatever the order; only the owner writes."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync import rows
from app.sync.canonical import NotCanonical
from app.sync.errors import Answer, BundleRefused
from app.sync.merge import Head, plan
from app.sync.rows import Row, RowError, RowState
from tests.sync.crafting import KINDS, NURSE, OTHER, row, uid


def sealed(found: Row) -> Row:
    """As it arrives: with its digest."""
    return rows.decode(rows.encode(found))


def head(found: Row, schema: int = 1, **changes: object) -> Head:
    plain = {
        "kind": found.kind, "owner": found.owner, "epoch": found.epoch, "revision": found.revision,
        "digest": found.digest, "schema": schema,
    }  # fmt: skip
    return Head(**(plain | changes))  # type: ignore[arg-type]  # tests name the fields they change


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5)), min_size=1, max_size=8).flatmap(st.permutations))
def test_any_order_ends_in_the_highest(versions: list[tuple[int, int]]) -> None:
    heads: dict[UUID, Head] = {}
    for epoch, revision in versions:
        arrived = sealed(row(epoch=epoch, revision=revision))
        for taken in plan([arrived], heads, NURSE.inst, 1).take:
            heads[taken.id] = head(taken)
    assert (heads[row().id].epoch, heads[row().id].revision) == max(versions)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_one_plan_or_many_give_the_same(revisions: list[int]) -> None:
    arrived = [sealed(row(revision=revision)) for revision in revisions]
    together = plan(arrived, {}, NURSE.inst, 1)
    assert [taken.revision for taken in together.take] == [max(revisions)]
    assert not together.forks


def test_unchanged_stale_and_fork() -> None:
    known = sealed(row(revision=3))
    heads = {known.id: head(known)}
    assert plan([known], heads, NURSE.inst, 1).unchanged == [known]
    older = sealed(row(revision=2))
    assert plan([older], heads, NURSE.inst, 1).stale == [older]
    other = sealed(row(revision=3, data={"note": "другое"}))
    assert plan([other], heads, NURSE.inst, 1).forks == [other]
    # The same record written under another schema looks different and is no fork.
    assert plan([other], heads, NURSE.inst, 2).unchanged == [other]
    twice = plan([known, other], {}, NURSE.inst, 1)
    assert (twice.take, twice.forks) == ([known], [other])


def test_a_late_row_after_a_handover() -> None:
    late = sealed(row(revision=9))
    heads = {late.id: head(late, owner=OTHER.inst, epoch=1, revision=9, digest="")}
    found = plan([late], heads, NURSE.inst, 1)
    assert (found.take, found.late) == ([], [late])
    known_former = {late.id: head(late, owner=OTHER.inst, epoch=1, former=frozenset({NURSE.inst}))}
    assert plan([late], known_former, NURSE.inst, 1).late == [late]
    # The new owner's first row is taken even where it kept the number of the revision.
    new = sealed(row(owner=OTHER.inst, epoch=1, revision=9))
    assert plan([new], heads, OTHER.inst, 1).take == [new]


@pytest.mark.parametrize(
    ("arrived", "sender", "known"),
    [
        (row(), OTHER, None),
        (row(owner=OTHER.inst), OTHER, row()),
        (row(owner=OTHER.inst, epoch=5), OTHER, row()),
        (row(owner=OTHER.inst, revision=99), OTHER, row()),
    ],
    ids=["not its own row", "id used again", "epoch nobody granted", "higher revision"],
)
def test_only_the_owner_writes(arrived: Row, sender: object, known: Row | None) -> None:
    assert sender is OTHER
    heads = {} if known is None else {known.id: head(sealed(known))}
    with pytest.raises(BundleRefused) as refused:
        plan([sealed(arrived)], heads, OTHER.inst, 1)
    assert refused.value.answer is Answer.SENDER_MISMATCH


def test_an_intruder_is_not_late() -> None:
    arrived = sealed(row(owner=uid("intruder")))
    heads = {arrived.id: head(arrived, owner=OTHER.inst, epoch=1, former=frozenset({NURSE.inst}))}
    with pytest.raises(BundleRefused):
        plan([arrived], heads, uid("intruder"), 1)


def test_a_record_keeps_its_kind() -> None:
    with pytest.raises(BundleRefused) as refused:
        plan([sealed(row(kind="person", revision=2))], {row().id: head(sealed(row()))}, NURSE.inst, 1)
    assert refused.value.answer is Answer.ROW


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"kind":"service"', b'"kind":"Service"'),
        (b'"kind":"service"', b'"kind":"spaceship"'),
        (b'"state":"live"', b'"state":"dead"'),
        (b'"state":"live"', b'"state":"withheld"'),
        (b'"state":"live"', b'"state":"deleted"'),
        (b'"epoch":0', b'"epoch":true'),
        (b'"epoch":0', b'"epoch":"0"'),
        (b'"epoch":0', b'"epocj":0'),
        (b'"revision":1', b'"revision":1,"revision":1'),
        (b'"changed_by":"staff-1"', b'"changed_by":null'),
        (str(NURSE.inst).encode(), str(NURSE.inst).upper().encode()),
        (str(NURSE.inst).encode(), NURSE.inst.hex.encode()),
        (b'"amount":"12.50"', b'"amount":12.50'),
    ],
)
def test_a_malformed_row_is_refused(old: bytes, new: bytes) -> None:
    line = rows.encode(row())
    assert rows.decode(line, KINDS) == row()
    changed = line.replace(old, new)
    assert changed != line
    with pytest.raises((RowError, NotCanonical)):
        rows.decode(changed, KINDS)


def test_deleted_and_withheld_rows_carry_nothing_else() -> None:
    for state, data in ((RowState.WITHHELD, {"a": 1}), (RowState.DELETED, {"reason": "x", "a": 1})):
        with pytest.raises(RowError):
            rows.encode(row(state=state, data=data))
    kept = row(state=RowState.DELETED, data={"reason": "дубль"})
    assert rows.decode(rows.encode(kept)) == kept
