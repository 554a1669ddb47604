"""Has the person agreed to be talked with and to be helped? Where it is not recorded, forms of help remind of it.

Help itself is never blocked by it (data model, "Invariants").
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope, ConsentState
from app.models import Consent, Record, Service
from app.sync.ledger import SELF_RID, values_of
from app.usecases.people import rid_of

_NEEDED: Final = (ConsentScope.INTERVIEW.value, ConsentScope.SERVICES.value)


def consents_missing(session: Session, person: uuid.UUID) -> tuple[str, ...]:
    """Which of the consents to the talk and to help are not recorded as given, in the order they are asked."""
    query = select(Consent.scope).where(
        Consent.person_rid == rid_of(session, person),
        Consent.scope.in_(_NEEDED),
        Consent.state == ConsentState.GIVEN,
    )
    given = set(session.scalars(query))
    return tuple(scope for scope in _NEEDED if scope not in given)


def reason_of_the_day(session: Session, person: uuid.UUID, today: dt.date) -> str:
    """Why consent was not recorded, as it was last said here today: the same doubt is not asked of each service."""
    query = (
        select(Record.data)
        .join(Service, Service.rid == Record.rid)
        .where(
            Service.person_rid == rid_of(session, person),
            Service.on_date == today.isoformat(),
            Record.owner_rid == SELF_RID,
        )
        .order_by(Record.changed_seq.desc())
    )
    said = (str(values_of(data).get("no_consent_reason", "")) for data in session.scalars(query))
    return next((reason for reason in said if reason), "")
