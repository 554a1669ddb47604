"""Drafts: what was typed and not saved, kept in the encrypted store while the program is locked.

A draft is a plain dictionary by the form it belongs to. It never travels, and is gone once its form is saved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.models import Setting
from app.usecases.desk import Desk

_NAME = "drafts"

Drafts = dict[str, Mapping[str, object]]


def load(desk: Desk) -> Drafts:
    """The drafts that were kept at the last lock."""
    with desk.store.reading() as session:
        kept = session.get(Setting, _NAME)
        found = json.loads(kept.value) if kept else {}
    return {key: value for key, value in found.items() if isinstance(value, dict)}


def keep(desk: Desk, drafts: Mapping[str, Mapping[str, object]]) -> None:
    """Keep ``drafts`` in place of those kept before. What was typed is kept as it is, sound or not."""
    text = json.dumps(drafts, ensure_ascii=False)
    with desk.store.transaction() as session:
        session.merge(Setting(name=_NAME, value=text))
