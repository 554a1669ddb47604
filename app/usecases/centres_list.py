"""The list of centres on its way from the coordinator to each of them, with the receipts."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import BundleSent, Installation, Trust
from app.sync import directory
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType
from app.sync.verifier import Role
from app.usecases.desk import Desk
from app.usecases.outbox import announce


def due(session: Session) -> list[int]:
    """Keys of the trusted centres that have not been sent the list as it stands now; only the coordinator has one."""
    if session.get_one(Installation, SELF_RID).role != Role.COORDINATOR.value:
        return []
    now = directory.version(session)
    told = (
        select(BundleSent.to_rid, func.max(BundleSent.through))
        .where(BundleSent.type == BundleType.REFERENCE.value, BundleSent.file_name != "")
        .group_by(BundleSent.to_rid)
    )
    known = dict(session.execute(told).all())
    query = select(Installation.rid).where(
        Installation.role == Role.CENTRE.value, Installation.trust == Trust.TRUSTED, Installation.rid != SELF_RID
    )
    return [rid for rid in session.scalars(query.order_by(Installation.rid)) if known.get(rid, 0) < now]


def write(desk: Desk, reader: int, folder: Path) -> list[Path]:
    """Write the list for one centre (the key of its installation) into ``folder``."""
    with desk.store.transaction() as session:
        number = directory.renew(session)
        content = directory.content(session)
    return announce(desk, [reader], BundleType.REFERENCE, content, folder, through=number)
