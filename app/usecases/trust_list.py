"""What this installation knows of others, as the verifier needs it: keys, trust, what was taken of each stream."""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.forms.catalogue import KINDS
from app.models import SCHEMA_VERSION, BundleSeen, Centre, Installation, OwnKeys, Trust
from app.sync.age import Identity
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType
from app.sync.stream import StreamKey, StreamState
from app.sync.verifier import Reader, Role, Sender
from app.usecases.desk import Desk


def reader_of(session: Session, desk: Desk) -> Reader:
    """What this installation knows, as the verifier needs it."""
    seeds = session.scalars(select(OwnKeys.receive_seed).order_by(OwnKeys.rid.desc()))
    others = session.scalars(
        select(Installation).where(Installation.rid != SELF_RID, Installation.trust != Trust.PENDING)
    )
    senders = [_sender(session, row) for row in others]
    streams = _streams(session, desk.me.uid)
    return Reader(
        inst=desk.me.uid,
        centre=desk.me.centre,
        role=Role(desk.me.role),
        practice=desk.me.practice,
        identities=[Identity(seed) for seed in seeds],
        schema=SCHEMA_VERSION,
        senders={sender.sign: sender for sender in senders},
        stream=lambda key: streams.get(key, StreamState()),
        kinds=KINDS,
    )


def _sender(session: Session, row: Installation) -> Sender:
    assert row.sign_key is not None
    assert row.receive_key is not None
    return Sender(
        inst=row.uid,
        centre=session.get_one(Centre, row.centre_rid).uid,
        role=Role(row.role),
        practice=row.practice,
        sign=row.sign_key,
        recv=row.receive_key,
        revoked_after=(row.revoked_after or 0) if row.trust == Trust.REVOKED else None,
        stopped=row.trust == Trust.STOPPED,
    )


def _streams(session: Session, me: uuid.UUID) -> dict[StreamKey, StreamState]:
    seen: dict[StreamKey, dict[int, str]] = {}
    prevs: dict[StreamKey, dict[int, str | None]] = {}
    query = select(BundleSeen.sign_key, BundleSeen.type, BundleSeen.seq, BundleSeen.manifest_hash, BundleSeen.prev)
    for sign_key, type_, seq, digest, prev in session.execute(query):
        key = StreamKey(sign_key, me, BundleType(type_))
        seen.setdefault(key, {})[seq] = digest.hex()
        prevs.setdefault(key, {})[seq] = prev.hex() if prev else None
    return {key: StreamState(found, prevs[key]) for key, found in seen.items()}
