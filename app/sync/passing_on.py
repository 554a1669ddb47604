"""What of one person goes to the next centre, when a case is transferred.

Unlike what goes to the coordinator: she agreed to be passed on to this very centre, so all goes but what ``never``
leaves; of the files those that were chosen. And no row of anybody else. Records that the coordinator's word has
already given to the next centre go all the same, as we last wrote them: her word may come before our file.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from functools import partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import RecordState
from app.forms.catalogue import form_for_kind
from app.forms.validate import outgoing
from app.models import Installation, OfPerson, Record
from app.sync.canonical import decode_object
from app.sync.exporter import Outgoing, content_of, may_leave, was_ours
from app.sync.ledger import SELF_RID
from app.sync.projection import NOUNS
from app.sync.rows import Row, RowState, encode

ATTACHMENT: Final = "attachment"
STAYS: Final = frozenset({"transfer", "answer"})
"""Kinds that a centre says to the coordinator about its own work: they are its own after a transfer too."""


def records_of(session: Session, person: uuid.UUID) -> list[Record]:
    """The live records of a person, hers first; those that stay with their centre whatever happens are not among
    them. Whose they are, the caller looks at.
    """
    rid = select(Record.rid).where(Record.uid == person, Record.kind == "person").scalar_subquery()
    found = list(session.scalars(select(Record).where(Record.uid == person, Record.state == RecordState.LIVE)))
    for kind, model in NOUNS.items():
        if issubclass(model, OfPerson) and kind not in STAYS:
            query = select(Record).join(model, model.rid == Record.rid).where(model.person_rid == rid)
            found += session.scalars(query.order_by(Record.rid))
    return found


def going(session: Session, person: uuid.UUID, to_rid: int) -> list[Record]:
    """Those of them that are ours to pass on to this installation, or that it was given already and may lack."""
    me = session.get_one(Installation, SELF_RID).uid
    given = set(session.scalars(select(Record.rid).where(was_ours(me), Record.owner_rid == to_rid)))
    return [one for one in records_of(session, person) if one.owner_rid == SELF_RID or one.rid in given]


def collect(session: Session, person: uuid.UUID, to_rid: int, files: Collection[uuid.UUID]) -> Outgoing:
    """The rows for the next centre. ``files``: the attachments that were chosen."""
    me = session.get_one(Installation, SELF_RID).uid
    found = Outgoing(through=0)
    for record in going(session, person, to_rid):
        if record.kind == ATTACHMENT and record.uid not in files:
            continue  # not even as withheld: chosen later, it would be told otherwise in the same revision
        document = decode_object(record.data.encode(), sort_keys=True)
        found.lines.append(_line(record, me, _leaves(record, document)))
        if record.kind == ATTACHMENT:
            found.attachments.append((record.uid, partial(content_of, session, record.uid)))
    return found


def _leaves(record: Record, document: dict[str, Any]) -> dict[str, Any]:
    if record.kind == ATTACHMENT:
        # Whether it goes to the coordinator is another question, and its answer goes along.
        ticked = outgoing(form_for_kind(ATTACHMENT), {**document, "for_coordinator": "yes"}, identified=True)
        answer = document.get("for_coordinator")
        kept = {key: value for key, value in ticked.items() if key != "for_coordinator"}
        return {**kept, "for_coordinator": answer} if answer is not None else kept
    return may_leave(record.kind, record.state, document, identified=True)[1]


def _line(record: Record, me: uuid.UUID, data: dict[str, Any]) -> bytes:
    return encode(
        Row(
            kind=record.kind,
            id=record.uid,
            owner=me,
            epoch=record.epoch if record.owner_rid == SELF_RID else record.epoch - 1,
            revision=record.revision,
            changed_seq=record.changed_seq,
            changed_at=record.changed_at,
            changed_by=str(record.changed_by) if record.changed_by else "",
            state=RowState.LIVE,
            data=data,
        )
    )


__all__ = ["ATTACHMENT", "STAYS", "collect", "going", "records_of"]
