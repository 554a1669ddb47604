"""The coordinator's reference documents on their way to each centre, with the receipts: the list of centres and the
directory of partners.

Where one of them has changed, a centre is written both: so what was lost with a stick comes with the next change.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import BundleSent, Installation, ReferenceDocument, Trust
from app.sync import directory, partners
from app.sync.canonical import Json
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType
from app.sync.verifier import Role
from app.usecases.desk import Desk
from app.usecases.outbox import announce


def due(session: Session) -> list[int]:
    """Keys of the trusted centres that have not been sent every document as it stands now; only the coordinator has
    any."""
    if session.get_one(Installation, SELF_RID).role != Role.COORDINATOR.value:
        return []
    held = session.get(ReferenceDocument, partners.NAME)
    now = max(directory.number(session), held.number if held else 0)
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
    """Write the documents for one centre (the key of its installation) into ``folder``, the newest last.

    Where the writing is cut short, the newest was not told, and all of them are due again.
    """
    with desk.store.transaction() as session:
        contents = sorted(_contents(session), key=lambda one: one[0])
    files: list[Path] = []
    for number, content in contents:
        files += announce(desk, [reader], BundleType.REFERENCE, content, folder, through=number)
    return files


def _contents(session: Session) -> list[tuple[int, dict[str, Json]]]:
    found: list[tuple[int, dict[str, Json]]] = []
    if directory.version(session):
        found.append((directory.renew(session), directory.content(session)))
    if (held := session.get(ReferenceDocument, partners.NAME)) is not None:
        document = partners.held(session).document()
        found.append((held.number, {"document": document, "name": partners.NAME, "version": held.version}))
    return found
