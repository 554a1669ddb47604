"""A restored store becomes a new installation: another id, other keys, and the old one known as a former owner.

If it went on under the old id, it would use numbers once more that the lost laptop has used, with other contents, and
every reader must take that for a clone (FORK). So the old keys are destroyed here, what came to the old id is
forgotten (the senders begin a new stream to the new one), and the old installation stays as the owner of its records
until the coordinator hands them over (bundle format, sections 5 and 7).
"""

from __future__ import annotations

import dataclasses
import secrets
import uuid

from sqlalchemy import Select, delete, func, literal, select, union, update
from sqlalchemy.orm import Session, aliased

from app.clock import Clock
from app.models import BundleSeen, Installation, OwnKeys, Record, Trust
from app.sync import sshsig
from app.sync.age import Identity
from app.sync.card import decode_card, encode_card
from app.sync.ledger import SELF_RID, Author
from app.usecases.audit import note


def become_new(session: Session, clock: Clock, author: Author) -> uuid.UUID:
    """Give this store a new id and new keys; returns the former id."""
    row = session.get_one(Installation, SELF_RID)
    assert row.card is not None
    former = _as_former(row)
    sign_seed, receive_seed = secrets.token_bytes(32), secrets.token_bytes(32)
    card = dataclasses.replace(
        decode_card(row.card).card,
        inst=clock.new_id(),
        sign=sshsig.public_key(sign_seed),
        recv=Identity(receive_seed).recipient,
        created=author.stamp,
    )
    row.uid, row.card, row.enrolled_at = card.inst, encode_card(card, sign_seed), author.stamp
    row.sign_key, row.receive_key = card.sign, card.recv.raw
    session.execute(delete(OwnKeys))
    session.execute(delete(BundleSeen))
    session.add(OwnKeys(sign_seed=sign_seed, receive_seed=receive_seed, created_at=author.stamp))
    session.flush()
    session.add(former)
    session.flush()
    session.execute(update(Record).where(Record.owner_rid == SELF_RID).values(owner_rid=former.rid))
    note(session, author, "restored", former.uid)
    return former.uid


def waiting_for_handover(session: Session) -> dict[uuid.UUID, int]:
    """How many records here still belong to each former installation of this laptop."""
    query = (
        select(Installation.uid, func.count())
        .join(Record, Record.owner_rid == Installation.rid)
        .where(Installation.rid.in_(former_rids(session)))
        .group_by(Installation.uid)
    )
    return dict(session.execute(query).all())


def former_rids(session: Session) -> list[int]:
    """The keys of what this laptop was before it was restored: of its own centre and role, and revoked.

    Another laptop of the centre is not known here; and the coordinator never revokes itself.
    """
    return list(session.scalars(_formers()))


def ours() -> Select[int]:
    """The key of this installation and of its former ones, as a part of other queries."""
    return union(select(literal(SELF_RID)), _formers()).subquery().select()


def _formers() -> Select[int]:
    me = aliased(Installation)
    return (
        select(Installation.rid)
        .join(me, me.rid == SELF_RID)
        .where(
            Installation.rid != SELF_RID,
            Installation.centre_rid == me.centre_rid,
            Installation.role == me.role,
            Installation.trust == Trust.REVOKED,
        )
    )


def _as_former(row: Installation) -> Installation:
    return Installation(
        uid=row.uid,
        centre_rid=row.centre_rid,
        role=row.role,
        name=row.name,
        practice=row.practice,
        trust=Trust.REVOKED,
        card=row.card,
        sign_key=row.sign_key,
        receive_key=row.receive_key,
        recovery_key=row.recovery_key,
        revoked_after=0,
        accepts_schema=row.accepts_schema,
        app_version=row.app_version,
        enrolled_at=row.enrolled_at,
    )
