"""Each record of the sheet beside what stands here: new, changed in the sheet, changed here, or as it was."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.models import Record, TakenIn
from app.sheets.records import Made
from app.sync.ledger import SELF_RID, document_text, values_of
from app.usecases.taking_in.plan import State, Write

T = TypeVar("T")
_CHUNK: Final = 400
_NOT_HERE: Final = b""


@dataclass(frozen=True, slots=True)
class Held:
    """How a record stands here. ``told`` is the digest of what a sheet last said of it."""

    values: Mapping[str, Any] | None
    """None where it is deleted, or belongs to another laptop now."""
    seen: bytes
    told: bytes | None


def digest_of(values: Mapping[str, Any]) -> bytes:
    """SHA-256 of a document. The case code is made here and is no word of the sheet."""
    return hashlib.sha256(document_text({k: v for k, v in values.items() if k != "code"}).encode()).digest()


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Parts small enough for one question to the store."""
    return (items[at : at + _CHUNK] for at in range(0, len(items), _CHUNK))


def held(session: Session, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Held]:
    """Those of the records that are known here, living or not."""
    found: dict[uuid.UUID, Held] = {}
    told: dict[uuid.UUID, bytes] = {}
    for some in chunks(list(uids)):
        told |= dict(session.execute(select(TakenIn.uid, TakenIn.digest).where(TakenIn.uid.in_(some))).all())
        query = select(Record.uid, Record.state, Record.owner_rid, Record.data).where(Record.uid.in_(some))
        for uid, state, owner, data in session.execute(query):
            ours = state == RecordState.LIVE and owner == SELF_RID
            seen = hashlib.sha256(f"{state} {owner} {data}".encode()).digest()
            found[uid] = Held(values_of(data) if ours else None, seen, told.get(uid))
    return found


def known_before(session: Session, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Of persons of a register who were said to be others: who they are."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    for some in chunks(uids):
        query = select(TakenIn.uid, TakenIn.same_uid).where(TakenIn.uid.in_(some), TakenIn.same_uid.is_not(None))
        found |= {uid: same for uid, same in session.execute(query) if same is not None}
    return found


def living_persons(session: Session, uids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the ids that are people who are recorded here now, whoever recorded them."""
    found: set[uuid.UUID] = set()
    for some in chunks(uids):
        query = select(Record.uid).where(
            Record.uid.in_(some), Record.kind == "person", Record.state == RecordState.LIVE
        )
        found.update(session.scalars(query))
    return found


def write_of(made: Made, known: Held | None, *, sheet_wins: bool) -> Write:
    """What is to be done with one record."""
    digest = digest_of(made.values)
    if known is None:
        return Write(made.kind, made.uid, made.values, State.NEW, digest, _NOT_HERE)
    state, over = State.KEPT, False
    if known.values is not None:
        here = digest_of(known.values)
        if digest in (here, known.told):
            # The sheet says what it said, whatever a hand changed since; or both say the same.
            state = State.UNCHANGED
        elif here == known.told:
            state = State.CHANGED
        elif sheet_wins:
            state, over = State.CHANGED, True
    return Write(made.kind, made.uid, made.values, state, digest, known.seen, over)
