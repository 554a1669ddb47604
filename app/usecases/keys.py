"""Rotation of this installation's keys: a new card, announced under the old key to all who trust it."""

from __future__ import annotations

import dataclasses
import secrets
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Installation, OwnKeys, Trust
from app.sync import directives, sshsig
from app.sync.age import Identity
from app.sync.card import decode_card, encode_card
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.outbox import announce, own_keys


def rotate_keys(desk: Desk, folder: Path) -> list[Path]:
    """Make new keys and write the announcement for each trusted installation into ``folder``.

    The old receiving key is kept: what is under way to it must still open. The announcements are signed with the
    old key; the first bundle under the new key begins a new stream and repeats everything.
    """
    with desk.store.transaction() as session:
        old_seed = own_keys(session).sign_seed
        card = _renew(session, desk)
        peers = list(
            session.scalars(
                select(Installation.rid).where(Installation.rid != SELF_RID, Installation.trust == Trust.TRUSTED)
            )
        )
    return announce(desk, peers, BundleType.TRUST, directives.trust_content(0, card), folder, seed=old_seed)


def _renew(session: Session, desk: Desk) -> bytes:
    sign_seed, receive_seed = secrets.token_bytes(32), secrets.token_bytes(32)
    row = session.get_one(Installation, SELF_RID)
    assert row.card is not None
    now = desk.author().stamp
    card = dataclasses.replace(
        decode_card(row.card).card,
        sign=sshsig.public_key(sign_seed),
        recv=Identity(receive_seed).recipient,
        created=now,
    )
    row.card = encode_card(card, sign_seed)
    row.sign_key, row.receive_key = card.sign, card.recv.raw
    session.add(OwnKeys(sign_seed=sign_seed, receive_seed=receive_seed, created_at=now))
    note(session, desk.author(), "keys_rotated", row.uid)
    return row.card
