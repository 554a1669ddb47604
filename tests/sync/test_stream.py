"""A stream under loss, delay and repetition: nothing honest is ever a fork, and nothing is lost in the end."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import Base, BundleType, Manifest
from app.sync.stream import StreamState, check_place
from tests.sync.crafting import BOSS, NURSE, uid


def digest_of(seq: int, history: str = "") -> str:
    return hashlib.sha256(f"{history}{seq}".encode()).hexdigest()


def bundle_at(seq: int, base: int, history: str = "") -> Manifest:
    """The ``seq``-th bundle, made when ``base`` (0: nothing) was acknowledged."""
    return Manifest(
        type=BundleType.RECORDS,
        id=uid(f"{history}{seq}"),
        practice=False,
        inst=NURSE.inst,
        centre=NURSE.centre,
        to=("a" * 64,),
        addressee=BOSS.inst,
        seq=seq,
        prev=digest_of(seq - 1, history) if seq > 1 else None,
        base=Base(base, digest_of(base, history)) if base else None,
        created="",
        app="",
        schema=1,
        size=512,
        parts=(),
    )


class Centre:
    """Both ends: what was taken, and up to which change the records of the sender have arrived."""

    def __init__(self) -> None:
        self.state = StreamState({}, {})
        self.seen: dict[int, str] = {}
        self.prevs: dict[int, str | None] = {}
        self.arrived = 0

    def deliver(self, manifest: Manifest, history: str = "") -> Answer | None:
        digest = digest_of(manifest.seq, history)
        try:
            check_place(manifest, digest, StreamState(self.seen, self.prevs))
        except BundleRefused as refused:
            return refused.answer
        # The promise of the base: what a taken bundle repeats joins what has arrived, without a hole.
        assert (manifest.base.seq if manifest.base else 0) <= self.arrived
        self.seen[manifest.seq], self.prevs[manifest.seq] = digest, manifest.prev
        self.arrived = max(self.arrived, manifest.seq)
        return None


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_order_loss_and_repetition(data: st.DataObject) -> None:
    centre = Centre()
    made: list[Manifest] = []
    for seq in range(1, data.draw(st.integers(2, 10)) + 1):
        # Receipts travel late or not at all: the base is something that was taken, or nothing.
        made.append(bundle_at(seq, data.draw(st.sampled_from([0, *sorted(centre.seen)]))))
        for late in data.draw(st.lists(st.sampled_from(made), max_size=3)):
            found = centre.deliver(late)
            assert found in (None, Answer.ALREADY_IMPORTED, Answer.OLD)
            assert (found is Answer.ALREADY_IMPORTED) <= (late.seq in centre.seen)
    last = made[-1]
    assert centre.deliver(last) in (None, Answer.ALREADY_IMPORTED)
    assert centre.arrived == last.seq


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_a_clone_is_always_found(common: int, more: int, data: st.DataObject) -> None:
    """Two laptops go on from one history: as soon as both have sent, it is a fork."""
    centre = Centre()
    for seq in range(1, common + 1):
        assert centre.deliver(bundle_at(seq, 0)) is None
    for seq in range(common + 1, common + more + 1):
        assert centre.deliver(bundle_at(seq, data.draw(st.integers(0, seq - 1)))) is None
    # The clone's first new bundle has a number that the other has used.
    clone = bundle_at(common + 1, 0, "clone")
    assert centre.deliver(clone, "clone") is Answer.FORK


def test_an_unseen_base_is_a_gap() -> None:
    centre = Centre()
    assert centre.deliver(bundle_at(1, 0)) is None
    assert centre.deliver(bundle_at(5, 3)) is Answer.GAP
    assert centre.deliver(bundle_at(5, 1)) is None
