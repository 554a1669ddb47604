"""Has the person agreed to be talked with and to be helped? Where it is not recorded, forms of help remind of it.

Help itself is never blocked by it (data model, "Invariants").
"""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope, ConsentState
from app.models import Consent
from app.usecases.people import rid_of

_NEEDED: Final = frozenset({ConsentScope.INTERVIEW.value, ConsentScope.SERVICES.value})


def consent_recorded(session: Session, person: uuid.UUID) -> bool:
    """Are the consents to the talk and to help both recorded as given?"""
    query = select(Consent.scope).where(
        Consent.person_rid == rid_of(session, person),
        Consent.scope.in_(_NEEDED),
        Consent.state == ConsentState.GIVEN,
    )
    return set(session.scalars(query)) >= _NEEDED
