"""Sending: what the next bundle would hold, and writing it onto a stick."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import Identity, Installation, Person, Record
from app.store import places
from app.sync import sshsig
from app.sync.bundle import attachment_part, records_part
from app.sync.exporter import Outgoing, collect
from app.sync.manifest import BundleType
from app.usecases.desk import Desk
from app.usecases.enrolment import Peer, coordinator_row, peer_of
from app.usecases.outbox import (
    Dispatched,
    Letter,
    Progress,
    acknowledged,
    dispatch,
    newest_sent,
    own_keys,
    records_sent,
)

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class PersonToSend:
    """One person in the next bundle. ``code`` and ``name`` are empty where she was deleted here.

    ``waiting`` of her ``records`` changed since the last bundle; the others are repeated until their receipt comes.
    ``named``: her name goes too; otherwise her records go under the code.
    """

    uid: uuid.UUID
    code: str
    name: str
    waiting: int
    records: int
    named: bool


@dataclass(frozen=True, slots=True)
class SendPreview:
    """What is not sent yet, of whom, and what is held back."""

    to: Peer | None
    records: int
    """Changed since the last bundle that was written, and of use to the coordinator. What was taken back before any
    bundle held it, and files that stay here, are not counted."""
    persons: int
    held_back_persons: int
    """Persons among those of ``records_total`` who have not agreed that their names go."""
    records_total: int
    """What the bundle will hold: all since the last receipt, so that a lost stick heals itself."""
    last_sent_at: str
    last_received_at: str
    people: tuple[PersonToSend, ...] = ()
    """Whose records the bundle will hold, those with the most that is new first."""
    rows: int = 0
    """All that goes, also what says nothing to the reader: that a file stays here, for instance."""


Sent = Dispatched


class Sending:
    """The use cases of sending. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self) -> SendPreview:
        """What would go, told before anything is written."""
        with self._desk.store.reading() as session:
            row = coordinator_row(session)
            sent = records_sent(session)
            through = max((one.through for one in sent), default=0)
            whole = collect(session, self._desk.me.uid, _since(session, row), newest_sent(session))
            return SendPreview(
                to=peer_of(session, row) if row else None,
                records=whole.told_since(through),
                persons=whole.persons_since(through),
                held_back_persons=len(whole.held_back),
                records_total=len(whole.told),
                last_sent_at=sent[-1].created_at if sent else "",
                last_received_at=max((one.acked_at for one in sent if one.acked_at), default=""),
                people=_people(session, whole, through),
                rows=len(whole.lines),
            )

    def send(self, folder: Path, progress: Progress, *, anew: bool = False) -> Sent:
        """Write the next bundle for the coordinator into ``folder``. Raises UserError (no coordinator, stick …).

        ``anew``: with everything from the beginning, as the coordinator asks where bundles are missing there.
        """
        return dispatch(self._desk, partial(self._compose, anew=anew), folder, progress)

    def _compose(self, session: Session, *, anew: bool) -> Letter:
        to = coordinator_row(session)
        if to is None:
            raise UserError(
                N_("No coordinator is known here yet. Exchange cards first and confirm the digits by phone.")
            )
        since = 0 if anew else _since(session, to)
        found = collect(session, self._desk.me.uid, since, newest_sent(session))
        parts = [records_part(found.lines)]
        parts += [attachment_part(uid, contents) for uid, contents in found.attachments]
        return Letter(to, BundleType.RECORDS, parts, found.through, len(found.told), len(found.persons), anew=anew)

    def removable_folders(self) -> list[Path]:
        """Sticks that are mounted now, where the system tells."""
        return places.sticks()


def _since(session: Session, to: Installation | None) -> int:
    """The counter up to which the coordinator has acknowledged."""
    if to is None:
        return 0
    base = acknowledged(session, to, sshsig.public_key(own_keys(session).sign_seed))
    return base.through if base else 0


def _people(session: Session, whole: Outgoing, through: int) -> tuple[PersonToSend, ...]:
    """The persons of ``whole`` with what the list shows of each."""
    known: dict[uuid.UUID, tuple[str, str]] = {}
    uids = list(whole.persons)
    for start in range(0, len(uids), _CHUNK):
        query = (
            select(Record.uid, Person.code, func.max(Identity.display_name))
            .join(Record, Record.rid == Person.rid)
            .outerjoin(Identity, Identity.person_rid == Person.rid)
            .where(Record.uid.in_(uids[start : start + _CHUNK]))
            .group_by(Record.uid, Person.code)
        )
        known |= {uid: (code, name or "") for uid, code, name in session.execute(query)}
    listed = [
        PersonToSend(
            uid,
            *known.get(uid, ("", "")),
            waiting=whole.rows_of(uid, through),
            records=whole.rows_of(uid),
            named=uid in whole.agreed,
        )
        for uid in uids
    ]
    return tuple(sorted(listed, key=lambda one: (-one.waiting, -one.records, one.code)))
