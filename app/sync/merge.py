"""The merge as a plan: which rows of a bundle are taken, and why the others are not.

Pure: heads in, plan out. Only a record's owner writes it, so there are no write conflicts by construction, and the
merged state is the highest (epoch, revision) of each record, whatever the order and however often bundles come.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.sync.errors import Answer, BundleRefused
from app.sync.rows import Row


@dataclass(frozen=True, slots=True)
class Head:
    """What the register holds of a record: its kind, present owner, (epoch, revision), and the content taken.

    ``digest`` and ``schema`` are those of the row that was taken; after a handover without a row of the new owner
    the epoch has grown and ``digest`` is empty (nothing of that epoch was seen). ``former`` are its earlier owners:
    only they may come late (None: not known, any lower epoch counts as late).
    """

    kind: str
    owner: UUID
    epoch: int
    revision: int
    digest: str
    schema: int
    former: frozenset[UUID] | None = None


@dataclass(slots=True)
class MergePlan:
    """``take`` replaces the head; ``unchanged`` and ``stale`` need nothing; ``late`` becomes a question to the
    new owner (the old owner wrote after a handover); ``forks`` mean: roll back, stop the sender, tell a person.
    """

    take: list[Row] = field(default_factory=list)
    unchanged: list[Row] = field(default_factory=list)
    stale: list[Row] = field(default_factory=list)
    late: list[Row] = field(default_factory=list)
    forks: list[Row] = field(default_factory=list)


def plan(rows: Iterable[Row], heads: Mapping[UUID, Head], sender: UUID, schema: int) -> MergePlan:
    """The plan for ``rows`` of a bundle with this ``schema`` from the installation ``sender``.

    ``heads`` holds the head of every record of ``rows`` that is known. Raises ``BundleRefused``: SENDER_MISMATCH
    where a row is not the sender's to write (also: another's record id used again), ROW where a record would change
    its kind. A record that stands twice in ``rows`` is judged against what its first row made of it.
    """
    result = MergePlan()
    taken: dict[UUID, Row] = {}
    for row in rows:
        if row.owner != sender:
            raise BundleRefused(Answer.SENDER_MISMATCH, "row of another owner")
        earlier = taken.get(row.id)
        head = _head(earlier, schema) if earlier else heads.get(row.id)
        if head is None or _judge(row, head, schema, result):
            taken[row.id] = row
    result.take = list(taken.values())
    return result


def _head(row: Row, schema: int) -> Head:
    """What a row that was taken makes of its record."""
    return Head(row.kind, row.owner, row.epoch, row.revision, row.digest, schema)


def _judge(row: Row, head: Head, schema: int, result: MergePlan) -> bool:
    """Whether ``row`` replaces ``head``; otherwise it is put where it belongs."""
    if row.kind != head.kind:
        raise BundleRefused(Answer.ROW, "a record changed its kind")
    if head.owner != row.owner:
        # The coordinator alone raises an epoch: the old owner is late, anybody else is an intruder. An old owner
        # is recognised by its lower epoch; the same or a higher one is a claim that nobody granted.
        if row.epoch >= head.epoch or (head.former is not None and row.owner not in head.former):
            raise BundleRefused(Answer.SENDER_MISMATCH, "another owner's record")
        result.late.append(row)
        return False
    offered, known = (row.epoch, row.revision), (head.epoch, head.revision)
    if offered < known:
        (result.late if row.epoch < head.epoch else result.stale).append(row)
        return False
    if offered > known or not head.digest:
        return True
    forked = head.schema == schema and head.digest != row.digest
    (result.forks if forked else result.unchanged).append(row)
    return False
