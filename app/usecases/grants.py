"""Grants: what is approved, what is paid, what is left. A payment never takes more than what is left."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.forms import money
from app.i18n import N_, language
from app.models import Record, Service
from app.sync.ledger import document
from app.usecases.people import documents_of


@dataclass(frozen=True, slots=True)
class GrantBalance:
    """A grant and what is left of it. All sums in minor units of ``currency``."""

    uid: uuid.UUID
    kind: str
    currency: str
    approved: int
    paid: int
    payments: int
    planned: int

    @property
    def left(self) -> int:
        """What may still be paid."""
        return self.approved - self.paid


class GrantExceeded(UserError):
    """A payment is larger than what is left of its grant."""

    def __init__(self, left: int, currency: str) -> None:
        super().__init__(
            N_("The payment is larger than what is left of the grant: {left}. Check the sum."),
            left=money.display(left, currency, language()),
        )


def paid_of(session: Session, grant: uuid.UUID, *, but: uuid.UUID | None) -> int:
    """What is paid from a grant, without the payment ``but``."""
    query = (
        select(func.coalesce(func.sum(Service.amount_minor), 0))
        .join(Record, Record.rid == Service.rid)
        .where(Service.grant_uid == grant)
    )
    if but is not None:
        query = query.where(Record.uid != but)
    return int(session.scalar(query) or 0)


def hold_to_grant(session: Session, person: uuid.UUID, service: uuid.UUID, clean: dict[str, Any]) -> None:
    """A payment names a grant of the same person, in its currency, within what is left of it."""
    grant = document(session, uuid.UUID(clean["grant"]))
    if grant is None or grant.get("person") != str(person):
        raise UserError(N_("This grant does not belong to this person. Choose another one."))
    left = int(grant.get("approved", 0)) - paid_of(session, uuid.UUID(clean["grant"]), but=service)
    if int(clean.get("amount", 0)) > left:
        raise GrantExceeded(left, str(grant["currency"]))


def balances(session: Session, person: uuid.UUID) -> list[GrantBalance]:
    """The grants of a person, each with what is paid and left."""
    found = documents_of(session, person, "grant")
    counted: Sequence[Any] = session.execute(
        select(Service.grant_uid, func.coalesce(func.sum(Service.amount_minor), 0), func.count())
        .where(Service.grant_uid.in_([uid for uid, _ in found]))
        .group_by(Service.grant_uid)
    ).all()
    paid = {uid: (int(total), int(count)) for uid, total, count in counted}
    return [
        GrantBalance(
            uid=uid,
            kind=str(values.get("grant_kind", "")),
            currency=str(values.get("currency", "")),
            approved=int(values.get("approved", 0)),
            paid=paid.get(uid, (0, 0))[0],
            payments=paid.get(uid, (0, 0))[1],
            planned=int(values.get("instalments", 0)),
        )
        for uid, values in found
    ]


def next_payment(balance: GrantBalance) -> dict[str, Any]:
    """What a payment of the only grant starts with: its currency, and which instalment of how many it is."""
    found: dict[str, Any] = {"grant": str(balance.uid), "currency": balance.currency}
    if balance.planned:
        found |= {"instalment": min(balance.payments + 1, balance.planned), "instalments_total": balance.planned}
    return found
