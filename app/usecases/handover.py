"""Handover: the coordinator's word that records have a new owner (a replaced laptop, a transferred case)."""

from __future__ import annotations

import uuid
from pathlib import Path

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models import Record, Trust
from app.sync import directives
from app.sync.manifest import BundleType
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.enrolment import installation_row
from app.usecases.outbox import announce


def hand_over_all(desk: Desk, old: uuid.UUID, new: uuid.UUID, folder: Path) -> list[Path]:
    """Give all records of installation ``old`` to ``new``, and write the word for both into ``folder``.

    It takes effect here at once; at the others when they read it. Late rows of the old owner become questions.
    """
    if desk.me.role != Role.COORDINATOR:
        raise UserError(N_("Only the coordinator can give records a new owner."))
    with desk.store.transaction() as session:
        former, heir = installation_row(session, old), installation_row(session, new)
        if heir.trust != Trust.TRUSTED:
            raise UserError(N_("The new owner is not trusted yet. Confirm its card first."))
        owned = select(Record.uid).where(Record.owner_rid == former.rid).order_by(Record.uid)
        records = list(session.scalars(owned))
        highest = session.scalar(select(func.max(Record.epoch)).where(Record.owner_rid == former.rid))
        content = directives.handover_content(records, heir.uid, int(highest or 0) + 1)
        directives.hand_over(session, records, heir, int(highest or 0) + 1)
        note(session, desk.author(), "handed_over", heir.uid)
        readers = [row.rid for row in (former, heir) if row.trust == Trust.TRUSTED]
    return announce(desk, readers, BundleType.HANDOVER, content, folder)
