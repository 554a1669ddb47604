"""Cases: one period of work with a person, with the trafficking facts."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import CaseStatus
from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.forms.validate import Context
from app.models import Case, Record
from app.sync.ledger import document, put
from app.usecases.checking import accept
from app.usecases.desk import Desk
from app.usecases.people import documents_of, rid_of


class Cases:
    """The use cases about cases. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def save(
        self,
        person: uuid.UUID,
        values: Mapping[str, Any],
        *,
        case: uuid.UUID | None = None,
        sure: bool = False,
    ) -> uuid.UUID:
        """Open a case for ``person``, or change ``case``. Returns its id."""
        desk = self._desk
        uid = case or desk.clock.new_id()
        whole = {**values, "person": str(person)}
        with desk.store.transaction() as session:
            birth = (document(session, person) or {}).get("birth")
            context = Context(today=desk.clock.today(), birth=partial.bounds(birth))
            put(session, desk.author(), "case", uid, accept(form_for_kind("case"), whole, context, sure=sure))
        return uid

    def of_person(self, person: uuid.UUID) -> list[tuple[uuid.UUID, dict[str, Any]]]:
        """The person's cases, oldest first."""
        with self._desk.store.reading() as session:
            return documents_of(session, person, "case")


def open_case(session: Session, person: uuid.UUID) -> uuid.UUID | None:
    """The case in which work with the person goes on now: the newest that is not closed."""
    query = (
        select(Record.uid)
        .join(Case, Case.rid == Record.rid)
        .where(Case.person_rid == rid_of(session, person))
        .where(Case.status.is_(None) | Case.status.in_((CaseStatus.ACTIVE, CaseStatus.FOLLOW_UP)))
        .order_by(Case.opened_on.desc())
    )
    return session.scalars(query.limit(1)).one_or_none()
