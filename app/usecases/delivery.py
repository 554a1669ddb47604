"""Delivery told truthfully: of each record, whether it is only here, on a stick, received, or questioned."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.forms import partial
from app.i18n import N_, _, language
from app.models import BundleSent, Flag, Record
from app.sync.ledger import SELF_RID, document
from app.sync.projection import as_uid
from app.usecases.desk import Desk
from app.usecases.outbox import records_sent
from app.usecases.people import records_of


class DeliveryState(StrEnum):
    """Where a record is, as far as this laptop can know."""

    SAVED = "saved"
    SENT = "sent"
    RECEIVED = "received"
    ATTENTION = "attention"


_WORDS = {
    DeliveryState.SAVED: N_("Saved on this laptop, not sent yet"),
    DeliveryState.SENT: N_("Sent: bundle {bundle}, {on}"),
    DeliveryState.RECEIVED: N_("Received on {on}"),
    DeliveryState.ATTENTION: N_("Needs attention: {reason}"),
}
_REASONS = {
    "required": N_("something is missing"),
    "unknown_code": N_("an answer that is not in the list"),
    "out_of_range": N_("a number out of range"),
    "not_a_date": N_("a date that cannot be"),
    "future": N_("a date in the future"),
    "before_birth": N_("a date before the birth"),
}
_ASKED = N_("the coordinator asks to look at it")


@dataclass(frozen=True, slots=True)
class Delivery:
    """The state of one record: in which bundle, since which day, or why it needs attention."""

    state: DeliveryState
    bundle: int | None = None
    on: str = ""
    reason: str = ""

    def words(self) -> str:
        """A sentence in the language chosen now."""
        day = partial.display(self.on[:10], language()) if self.on else ""
        return _(_WORDS[self.state]).format(bundle=self.bundle, on=day, reason=self.why())

    def why(self) -> str:
        """Why it needs attention, in words."""
        return _(_REASONS.get(self.reason, _ASKED))


@dataclass(frozen=True, slots=True)
class Summary:
    """The line at the bottom of the window."""

    unsent: int
    last_sent_at: str
    last_receipt_at: str
    attention: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that the coordinator asks to look at: whose it is, and why, in words."""

    person: uuid.UUID
    code: str
    why: str


class Deliveries:
    """The use cases about the state of delivery."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_person(self, person: uuid.UUID) -> dict[uuid.UUID, Delivery]:
        """The delivery of each of the person's live records that belong to this laptop."""
        with self._desk.store.reading() as session:
            uids = [person, *records_of(session, person, but=person)]
            return _deliveries(session, uids)

    def doubts(self) -> list[Doubt]:
        """The records that need attention, newest first."""
        with self._desk.store.reading() as session:
            found: list[Doubt] = []
            for uid, reason in _flags(session).items():
                values = document(session, uid) or {}
                person = as_uid(values.get("person")) or uid
                code = (document(session, person) or {}).get("code", "")
                found.append(Doubt(person, code, Delivery(DeliveryState.ATTENTION, reason=reason).why()))
            return found

    def summary(self) -> Summary:
        """How many records are not sent, when the last bundle went, when the last receipt came."""
        with self._desk.store.reading() as session:
            sent = records_sent(session)
            through = max((one.through for one in sent), default=0)
            unsent = select(func.count()).where(Record.owner_rid == SELF_RID, Record.changed_seq > through)
            return Summary(
                unsent=int(session.scalar(unsent) or 0),
                last_sent_at=max((one.created_at for one in sent), default=""),
                last_receipt_at=max((one.acked_at for one in sent if one.acked_at), default=""),
                attention=len(_flags(session)),
            )


def _flags(session: Session) -> dict[uuid.UUID, str]:
    """The reason by record, where the record is still as the coordinator saw it."""
    query = (
        select(Flag.record_uid, Flag.reason)
        .join(Record, Record.uid == Flag.record_uid)
        .where(Record.revision == Flag.revision, Record.state == "live")
        .order_by(Flag.rid.desc())
    )
    return dict(session.execute(query).all())


def _deliveries(session: Session, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Delivery]:
    sent, flags = records_sent(session), _flags(session)
    query = select(Record.uid, Record.changed_seq).where(Record.uid.in_(list(uids)), Record.owner_rid == SELF_RID)
    return {uid: _one(changed, sent, flags.get(uid)) for uid, changed in session.execute(query)}


def _one(changed: int, sent: list[BundleSent], reason: str | None) -> Delivery:
    """Received once any acknowledged bundle reaches it: each bundle repeats all since the last receipt."""
    if reason is not None:
        return Delivery(DeliveryState.ATTENTION, reason=reason)
    holding = [one for one in sent if one.through >= changed]
    acked = [one for one in holding if one.acked_at]
    if acked:
        return Delivery(DeliveryState.RECEIVED, acked[0].seq, acked[0].acked_at or "")
    if holding:
        return Delivery(DeliveryState.SENT, holding[0].seq, holding[0].created_at)
    return Delivery(DeliveryState.SAVED)
