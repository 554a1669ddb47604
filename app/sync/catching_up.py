"""A record that lies here in an older version than the coordinator holds is brought up to it.

What left the centre that wrote it is the coordinator's, for it is later; what never left, or not to her, stays as it
lies here. Needed where a record gets a new owner: no revision of hers may be below one that was taken already.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from app.codelists import RecordState
from app.forms.catalogue import KINDS, form_for_record
from app.forms.spec import Field, Kind, Leaves
from app.models import SCHEMA_VERSION, Record
from app.sync import rows
from app.sync.canonical import Json, NotCanonical, decode_object, encode
from app.sync.errors import Answer, BundleRefused
from app.sync.ledger import SELF_RID, document_text
from app.sync.projection import Changed
from app.sync.rows import Row, RowError, RowState


def row_of(record: Record, owner: uuid.UUID, epoch: int) -> bytes:
    """The record as the coordinator holds it, as a row of its new owner in the epoch that begins."""
    return rows.encode(
        Row(
            kind=record.kind,
            id=record.uid,
            owner=owner,
            epoch=epoch,
            revision=record.revision,
            changed_seq=record.changed_seq,
            changed_at=record.changed_at,
            changed_by=str(record.changed_by) if record.changed_by else "",
            state=RowState(record.state),
            data=decode_object(record.data.encode(), sort_keys=True),
        )
    )


def read_row(one: Json) -> Row:
    """A row as a handover tells it. Raises BundleRefused (ROW)."""
    try:
        return rows.decode(encode(one, sort_keys=True), KINDS)
    except (NotCanonical, RowError) as error:
        raise BundleRefused(Answer.ROW, str(error)) from None


def catch_up(record: Record, row: Row) -> Changed:
    """The coordinator has a later revision than the backup: what left is hers, what never left stays."""
    held = decode_object(record.data.encode(), sort_keys=True)
    if row.state is not RowState.WITHHELD:
        whole = row.state is RowState.LIVE and record.state == RecordState.LIVE
        held = later(row.kind, held, row.data) if whole else dict(row.data)
        record.state, record.data = row.state.value, document_text(held)
    record.revision = row.revision
    record.changed_at, record.changed_by = row.changed_at, staff_of(row.changed_by)
    record.schema_version, record.problems = SCHEMA_VERSION, None
    return Changed(record.rid, record.uid, record.kind, record.state, held, SELF_RID)


def later(kind: str, held: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says: ``came`` is later but lacks what may not leave; that is taken from ``held``."""
    merged = _merged(form_for_record(kind, came).fields, held, came)
    return {**merged, "code": came["code"]} if kind == "person" and "code" in came else merged


def _merged(fields: Iterable[Field], held: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        mine, theirs = held.get(field.name), came.get(field.name)
        if field.kind is Kind.ROWS and isinstance(mine, list) and isinstance(theirs, list):
            padded = [*mine, *({} for _each in theirs[len(mine) :])]
            found[field.name] = [_merged(field.row, *pair) for pair in zip(padded, theirs, strict=False)]
        elif field.name in came:
            found[field.name] = theirs
        elif field.name in held and (field.leaves is not Leaves.ALWAYS or field.kind is Kind.ROWS):
            found[field.name] = mine
    return found


def staff_of(text: str) -> uuid.UUID | None:
    """Who changed a row, where it says so."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


__all__ = ["catch_up", "later", "read_row", "row_of", "staff_of"]
