"""Where the transfer of a person stands, as far as this laptop can know: from the wish, the owner, and the answer."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import AwaitedHandover, BundleSent, Centre, Installation, Question, Record, Transfer, Trust
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType
from app.sync.verifier import Role

DECLINED: Final = "transfer_declined"
"""The reason of the coordinator's question by which a centre learns of it."""


class Passing(StrEnum):
    """How far the transfer of a person is, as far as this laptop can know."""

    WAITING = "waiting"
    DECLINED = "declined"
    PASSED = "passed"
    COMING = "coming"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class State:
    """Where the transfer of a person stands. ``centre`` is the other one, ``wish`` the record of our own wish.

    ``on`` is the day on which it was agreed; ``words`` what the coordinator said when she declined.
    """

    passing: Passing
    centre: str
    wish: uuid.UUID | None = None
    on: str = ""
    words: str = ""
    written_at: str = ""
    """When the file for the next centre was written last."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Records that were given to us and have not come: whom to ask for their file."""

    centre: str
    records: int


def centre_name(session: Session, row: Installation) -> str:
    """The name of its centre."""
    return session.get_one(Centre, row.centre_rid).name


def name_of(session: Session, former: Iterable[str]) -> str:
    """The name of the centre of the first of these installations that is known here; empty where none is."""
    for uid in former:
        row = session.scalars(select(Installation).where(Installation.uid == uuid.UUID(uid))).one_or_none()
        if row is not None:
            return centre_name(session, row)
    return ""


def _wishes(session: Session, person: uuid.UUID) -> list[tuple[Record, Transfer]]:
    """Our own wishes about a person, the newest first."""
    query = (
        select(Record, Transfer)
        .join(Transfer, Transfer.rid == Record.rid)
        .where(Transfer.person_uid == person, Record.owner_rid == SELF_RID)
        .order_by(Record.rid.desc())
    )
    return [(record, wish) for record, wish in session.execute(query)]


def _declined(session: Session, wish: uuid.UUID) -> Question | None:
    query = select(Question).where(Question.record_uid == wish, Question.reason == DECLINED)
    return session.scalars(query.limit(1)).one_or_none()


def waiting(session: Session, person: uuid.UUID, to: uuid.UUID) -> uuid.UUID | None:
    """Our wish about this person and this laptop, which nobody has declined."""
    found = (one.uid for one, wish in _wishes(session, person) if wish.to_uid == to)
    return next((uid for uid in found if _declined(session, uid) is None), None)


def state(session: Session, person: uuid.UUID) -> State | None:
    """How the transfer of this person stands; None where nobody thinks of one."""
    record = session.scalars(select(Record).where(Record.uid == person)).one_or_none()
    me = session.get_one(Installation, SELF_RID)
    if record is None or me.role != Role.CENTRE.value:
        return None
    former = record.former_owners.split()
    wishes = _wishes(session, person)
    if record.owner_rid != SELF_RID:
        owner = session.get_one(Installation, record.owner_rid)
        if owner.centre_rid == me.centre_rid and owner.trust == Trust.REVOKED:
            return None  # this very laptop before it was restored
        own = next((one for one in wishes if one[1].to_uid == owner.uid), None)
        passing = Passing.PASSED if str(me.uid) in former else Passing.COMING
        return _told(session, passing, centre_name(session, owner), own)
    if not wishes:
        came = [one for one in former if one != str(me.uid)]
        name = name_of(session, came[-1:])
        return State(Passing.CAME, name) if name and not _same_laptop(session, came[-1], me) else None
    declined = _declined(session, wishes[0][0].uid)
    to = session.scalars(select(Installation).where(Installation.uid == wishes[0][1].to_uid)).one_or_none()
    passing = Passing.DECLINED if declined else Passing.WAITING
    return _told(session, passing, centre_name(session, to) if to else "", wishes[0], declined)


def _same_laptop(session: Session, uid: str, me: Installation) -> bool:
    row = session.scalars(select(Installation).where(Installation.uid == uuid.UUID(uid))).one_or_none()
    return row is not None and row.centre_rid == me.centre_rid and row.trust == Trust.REVOKED


def _told(
    session: Session,
    passing: Passing,
    centre: str,
    own: tuple[Record, Transfer] | None,
    declined: Question | None = None,
) -> State:
    if own is None:
        return State(passing, centre)
    record, wish = own
    written = _written_at(session, record, wish)
    return State(passing, centre, record.uid, wish.agreed_on or "", declined.words if declined else "", written)


def _written_at(session: Session, record: Record, wish: Transfer) -> str:
    """When the file of this wish reached a stick last: it is remembered by the wish's key."""
    query = (
        select(func.max(BundleSent.created_at))
        .join(Installation, Installation.rid == BundleSent.to_rid)
        .where(Installation.uid == wish.to_uid, BundleSent.type == BundleType.RECORDS.value)
        .where(BundleSent.through == record.rid, BundleSent.file_name != "")
    )
    return session.scalar(query) or ""


def missing(session: Session) -> list[Missing]:
    """What was given to us and has not come."""
    query = select(AwaitedHandover.former_owners, func.count()).where(AwaitedHandover.owner_rid == SELF_RID)
    counted: Counter[str] = Counter()
    for former, count in session.execute(query.group_by(AwaitedHandover.former_owners)):
        counted[name_of(session, former.split()[-1:])] += count
    return [Missing(name, count) for name, count in sorted(counted.items())]
