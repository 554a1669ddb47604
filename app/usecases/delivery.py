"""Delivery told truthfully: of each record, whether it is only here, on a stick, received, or questioned."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.forms import partial
from app.i18n import N_, _, language, ngettext
from app.models import BundleSent, OfPerson, Record
from app.sync import asking
from app.sync.exporter import staying, told_records
from app.sync.ledger import document
from app.sync.projection import NOUNS
from app.usecases.answering import put_answer, question_of, said_by
from app.usecases.desk import Desk
from app.usecases.doubts import PAGELESS, Doubt, attention, doubts, questions, settle, why
from app.usecases.outbox import newest_sent, records_sent


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
        return why(self.reason)


@dataclass(frozen=True, slots=True)
class Summary:
    """The line at the bottom of the window."""

    unsent: int
    last_sent_at: str
    last_receipt_at: str
    attention: int
    recorded: bool = True
    """Is there any record here, perhaps one of before a restore?"""


def sentence(deliveries: Iterable[Delivery]) -> str:
    """Where a person's records have got to, in one sentence: the most urgent first, nothing left out."""
    listed = list(deliveries)
    counted = Counter(one.state for one in listed)
    parts: list[str] = []
    if wrong := counted[DeliveryState.ATTENTION]:
        parts.append(ngettext("{count} needs attention", "{count} need attention", wrong).format(count=wrong))
    if saved := counted[DeliveryState.SAVED]:
        parts.append(
            ngettext("{count} only on this laptop", "{count} only on this laptop", saved).format(count=saved)
        )
    bundles = Counter((one.bundle, one.on[:10]) for one in listed if one.state is DeliveryState.SENT)
    for (bundle, on), count in sorted(bundles.items(), key=str):
        words = _("{count} sent (bundle {bundle}, {on})")
        parts.append(words.format(count=count, bundle=bundle, on=partial.display(on, language())))
    if arrived := [one.on[:10] for one in listed if one.state is DeliveryState.RECEIVED]:
        words = _("{count} received (the last on {on})")
        parts.append(words.format(count=len(arrived), on=partial.display(max(arrived), language())))
    if not parts:
        return ""
    of = ngettext("{count} record", "{count} records", len(listed)).format(count=len(listed))
    return _("{records}: {parts}").format(records=of, parts=", ".join(parts))


class Deliveries:
    """The use cases about the state of delivery."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of_person(self, person: uuid.UUID) -> dict[uuid.UUID, Delivery]:
        """The delivery of each of the person's live records that belong to this laptop and may leave it."""
        with self._desk.store.reading() as session:
            return deliveries(session, _records_of(session, person))

    def doubts(self, most: int | None = None) -> list[Doubt]:
        """The records that need attention, newest first, no more than ``most``."""
        with self._desk.store.reading() as session:
            return doubts(session, most=most)

    def doubts_of(self, person: uuid.UUID) -> list[Doubt]:
        """Those among the person's records that have a page of their own, on which they are answered."""
        with self._desk.store.reading() as session:
            return [one for one in doubts(session, _records_of(session, person)) if one.kind not in PAGELESS]

    def doubt_of(self, record: uuid.UUID) -> Doubt | None:
        """What is asked about one record, if anything is."""
        with self._desk.store.reading() as session:
            return next(iter(doubts(session, (record,))), None)

    def settle(self, record: uuid.UUID, words: str = "") -> None:
        """She has looked at the record, and it is right as it is: that is the answer, and it is no longer listed.

        ``words`` go to the coordinator too, where the person has agreed that her name goes.
        """
        with self._desk.store.transaction() as session:
            settle(session, self._desk, record, words)

    def answer(self, question: uuid.UUID, said: str, words: str = "") -> None:
        """Answer one question without a change of the record; ``said`` is a code of the list ``answers``."""
        with self._desk.store.transaction() as session:
            put_answer(session, self._desk, question_of(session, question), said, words)

    @contextmanager
    def answering(self, record: uuid.UUID, words: Mapping[uuid.UUID, str]) -> Iterator[None]:
        """Saves within the block answer, in the same transaction, the questions about what they change in ``record``.

        ``words`` go with the answers, by question.
        """
        desk = self._desk
        with desk.store.reading() as session:
            before = document(session, record) or {}

        def step(session: Session) -> None:
            now = document(session, record) or {}
            kind = session.scalar(select(Record.kind).where(Record.uid == record)) or ""
            for question in questions(session).get(record, []) if now else ():
                if said := said_by(kind, question, before, now):
                    put_answer(session, desk, question, said, words.get(question.uid, ""))

        with desk.store.alongside(step):
            yield

    def summary(self) -> Summary:
        """How many records are not sent, when the last bundle went, when the last receipt came."""
        with self._desk.store.reading() as session:
            sent = records_sent(session)
            through = max((one.through for one in sent), default=0)
            return Summary(
                unsent=told_records(session, through, newest_sent(session)),
                last_sent_at=max((one.created_at for one in sent), default=""),
                last_receipt_at=max((one.acked_at for one in sent if one.acked_at), default=""),
                attention=len(attention(session)),
                recorded=bool(session.scalar(select(exists(select(Record.rid))))),
            )


def _records_of(session: Session, person: uuid.UUID) -> list[uuid.UUID]:
    """The ids of the person's live records, her own first. One query a kind: no document is read for it."""
    found = [person]
    rid = select(Record.rid).where(Record.uid == person).scalar_subquery()
    for model in NOUNS.values():
        if issubclass(model, OfPerson):
            query = select(Record.uid).join(model, model.rid == Record.rid).where(model.person_rid == rid)
            found += session.scalars(query)
    return found


def deliveries(session: Session, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Delivery]:
    """The delivery of each of these records that belongs to this laptop and may leave it."""
    sent, asked = records_sent(session), attention(session)
    wanted = list(uids)
    stay = staying(session, wanted)
    query = select(Record.uid, Record.changed_seq).where(Record.uid.in_(wanted), asking.ours())
    return {uid: _one(changed, sent, asked.get(uid)) for uid, changed in session.execute(query) if uid not in stay}


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
