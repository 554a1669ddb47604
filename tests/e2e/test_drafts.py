"""What was typed and not saved is there again after lock and unlock, and nowhere in plain."""

from __future__ import annotations

from app.usecases import drafts
from tests.e2e.conftest import Pair


def test_a_draft_outlives_the_lock(pair: Pair) -> None:
    typed = {"service:1": {"0": {"note": "не сохранено é\u0301", "on": "2026-03"}}}
    drafts.keep(pair.nurse.desk, typed)
    assert drafts.load(pair.nurse.desk) == typed
    path = pair.nurse.desk.store.path
    pair.nurse.lock()
    assert "не сохранено".encode() not in path.read_bytes()


def test_a_store_without_drafts_has_none(pair: Pair) -> None:
    assert drafts.load(pair.nurse.desk) == {}
    drafts.keep(pair.nurse.desk, {"a": {"0": {}}})
    drafts.keep(pair.nurse.desk, {})
    assert drafts.load(pair.nurse.desk) == {}
