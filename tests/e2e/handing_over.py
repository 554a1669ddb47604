"""A word of the coordinator about all records of an installation, for the mechanics of ownership alone.

The program gives such a word for a laptop that follows another or a person who is passed on; both say more.
"""

from __future__ import annotations

import uuid
from pathlib import Path

from sqlalchemy import func, select

from app.models import Record
from app.sync import directives
from app.sync.canonical import Json
from app.sync.manifest import BundleType
from app.usecases.desk import Desk
from app.usecases.enrolment import installation_row
from app.usecases.outbox import announce


def hand_over_all(desk: Desk, old: uuid.UUID, new: uuid.UUID, folder: Path) -> list[Path]:
    """Give all records of installation ``old`` to ``new``, here at once, and write the word for both."""
    with desk.store.transaction() as session:
        former, heir = installation_row(session, old), installation_row(session, new)
        theirs = (Record.owner_rid == former.rid,)
        epoch = int(session.scalar(select(func.max(Record.epoch)).where(*theirs)) or 0) + 1
        records = list(session.scalars(select(Record.uid).where(*theirs).order_by(Record.uid)))
        content: dict[str, Json] = {"epoch": epoch, "owner": str(heir.uid), "records": [str(uid) for uid in records]}
        directives.hand_over(session, records, heir, epoch)
        readers = [former.rid, heir.rid]
    return announce(desk, readers, BundleType.HANDOVER, content, folder)
