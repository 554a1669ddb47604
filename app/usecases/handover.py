"""Handover: the coordinator's word that records have a new owner (a replaced laptop, a transferred case)."""

from __future__ import annotations

import uuid
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import Installation, Record, Trust
from app.sync import adoption, directives
from app.sync.canonical import Json
from app.sync.manifest import BundleType
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.enrolment import installation_row, last_seq
from app.usecases.outbox import announce
from app.usecases.transfer_words import follows_in_transfers, sentences


def replace_laptop(desk: Desk, old: uuid.UUID, new: uuid.UUID, folder: Path) -> list[Path]:
    """A restored or new laptop ``new`` of the same centre follows ``old``, from which nothing more is taken.

    All that was the old one's becomes the new one's, also what lies there and was never sent; the word for the heir
    brings back what was sent after the backup. Returns the file for the heir, in ``folder``.
    """
    with desk.store.transaction() as session:
        former, heir, epoch = _parties(session, desk, old, new)
        if former.centre_rid != heir.centre_rid:
            raise UserError(
                N_("These two laptops are of different centres. A laptop is followed by one of its own centre.")
            )
        # What was passed on to another centre is not the heir's, though it may lie in the backup as ours.
        passed = [word for word in sentences(session, former.rid) if word["owner"] != str(former.uid)]
        content: dict[str, Json] = {**adoption.content(session, former, heir, epoch), "also": [*passed]}
        if former.trust != Trust.REVOKED:
            # Whoever holds the old laptop or a copy of it can add nothing: the heir speaks for all of it now.
            former.trust, former.revoked_after = Trust.REVOKED, last_seq(session, former)
            note(session, desk.author(), "revoked", former.uid)
        directives.hand_over(session, _records_of(session, former), heir, epoch)
        follows_in_transfers(session, former.rid, heir.rid)
        note(session, desk.author(), "handed_over", heir.uid)
        readers = [heir.rid]
    return announce(desk, readers, BundleType.HANDOVER, content, folder)


def _parties(session: Session, desk: Desk, old: uuid.UUID, new: uuid.UUID) -> tuple[Installation, Installation, int]:
    """The old and the new owner, and the epoch that begins."""
    if desk.me.role != Role.COORDINATOR:
        raise UserError(N_("Only the coordinator can give records a new owner."))
    former, heir = installation_row(session, old), installation_row(session, new)
    if heir.trust != Trust.TRUSTED:
        raise UserError(N_("The new owner is not trusted yet. Confirm its card first."))
    highest = session.scalar(select(func.max(Record.epoch)).where(Record.owner_rid == former.rid))
    return former, heir, int(highest or 0) + 1


def _records_of(session: Session, former: Installation) -> list[uuid.UUID]:
    return list(session.scalars(select(Record.uid).where(Record.owner_rid == former.rid).order_by(Record.uid)))
