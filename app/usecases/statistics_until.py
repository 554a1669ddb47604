"""Up to which bundle each centre is counted: a figure without it would look more complete than it is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Centre, Installation, SetAside, Trust
from app.reports.pack import CountedUntil
from app.sync.errors import Answer
from app.sync.ledger import SELF_RID
from app.sync.verifier import Role
from app.usecases.enrolment import heard


def counted_until(session: Session) -> tuple[CountedUntil, ...]:
    """For each laptop of a centre that was ever trusted here, by centre. Empty at a centre's own desk."""
    query = (
        select(Installation, Centre.name)
        .join(Centre, Centre.rid == Installation.centre_rid)
        .where(Installation.rid != SELF_RID, Installation.role == Role.CENTRE.value)
        .where(Installation.trust.not_in((Trust.PENDING, Trust.VOUCHED)))
        .order_by(Centre.name, Installation.rid)
    )
    found = []
    for row, centre in session.execute(query).all():
        last, missing = heard(session, row)
        found.append(CountedUntil(centre, last, missing or _awaited(session, row)))
    return tuple(found)


def _awaited(session: Session, row: Installation) -> str:
    """The bundles without which a later one could not be taken in: it lies aside and is not counted either."""
    query = select(SetAside.missing).where(SetAside.from_rid == row.rid, SetAside.answer == Answer.GAP.value)
    return session.scalars(query.order_by(SetAside.seq).limit(1)).one_or_none() or ""
