"""What taking a sheet in would do, as it is shown before anything is done."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.sheets.mapping import Columns
from app.sheets.rows import Remark, Weight
from app.sheets.table import Words
from app.usecases.likely import LikelyMatch


class State(StrEnum):
    """What a record of the sheet is to the store."""

    NEW = "new"
    CHANGED = "changed"  # the sheet says something else than when it was taken in
    UNCHANGED = "unchanged"
    KEPT = "kept"  # changed on both sides, deleted here, or handed over: what stands here stays
    KNOWN = "known"  # a person who was recorded here before, as somebody said


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person at the desk decided about single rows."""

    same: Mapping[str, uuid.UUID | None] = field(default_factory=dict)
    """By the key of an entry: who it is of those recorded here; None says that she is new."""
    leave_out: bool = False
    """Leave the rows out that cannot be taken in."""
    sheet_wins: frozenset[str] = frozenset()
    """Keys of entries that were changed here and in the sheet, and where the sheet is to be followed."""


@dataclass(frozen=True, slots=True)
class Write:
    """One record to be written, or left. ``seen`` is a digest of how it stood here when it was looked at."""

    kind: str
    uid: uuid.UUID
    values: Mapping[str, Any]
    state: State
    digest: bytes
    seen: bytes
    over: bool = False
    """Only what the sheet says goes over what stands here; the rest stays."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the preview. ``makes`` is for each kind of record what becomes of it."""

    number: int
    key: str
    who: str
    state: State | None
    """The gravest of its records; None for a row that cannot be taken in."""
    makes: tuple[tuple[str, State], ...]
    remarks: tuple[Remark, ...]
    likely: tuple[LikelyMatch, ...] = ()
    same: uuid.UUID | None = None
    clash: bool = False
    """Changed here and in the sheet: which of both counts is asked."""
    follows_sheet: bool = False
    """The answer to that."""

    @property
    def weight(self) -> Weight | None:
        """The gravest of its remarks."""
        found = {remark.weight for remark in self.remarks}
        return next((weight for weight in Weight if weight in found), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """All of it. ``ready`` says whether it can be carried out as it stands."""

    rows: tuple[PlanRow, ...]
    notes: tuple[Words, ...]
    counts: Mapping[tuple[str, State], int]
    writes: tuple[Write, ...]
    known: Mapping[uuid.UUID, uuid.UUID]
    """Persons of the sheet who are now said to be others, by the id that they would have had."""
    columns: Columns
    head: str
    names: tuple[str, ...]
    leave_out: bool

    @property
    def errors(self) -> int:
        """How many rows cannot be taken in."""
        return sum(row.weight is Weight.ERROR for row in self.rows)

    def count(self, kind: str, *states: State) -> int:
        """How many records of a kind are in one of these states."""
        return sum(self.counts.get((kind, state), 0) for state in states)

    @property
    def to_write(self) -> int:
        """How many records would be written."""
        return sum(count for (_kind, state), count in self.counts.items() if state in (State.NEW, State.CHANGED))

    @property
    def ready(self) -> bool:
        """Nothing stands in the way, and there is something to do."""
        return (not self.errors or self.leave_out) and bool(self.to_write or self.known)


@dataclass(frozen=True, slots=True)
class Done:
    """What was taken in."""

    persons: int
    services: int
    changed: int
