"""Transfers at the coordinator: the wishes of the centres, her word, and the bundles that carry it.

A grant takes effect here at once; the centres learn of it by a handover each. What a handover says is made anew from
what stands here each time, so a lost one heals itself with the next, and the order in which they are read is no
matter (docs/adr/0009).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.codelists import ConsentState
from app.errors import UserError
from app.forms import partial as dates
from app.i18n import N_
from app.models import (
    AwaitedHandover,
    Consent,
    Identity,
    Installation,
    Person,
    Question,
    Record,
    Transfer,
    TransferDecision,
    Trust,
)
from app.store import places
from app.sync import awaited, directives, passing_on
from app.sync.ledger import values_of
from app.sync.projection import as_uid
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.transfer_state import DECLINED, centre_name
from app.usecases.transfer_words import due, listed, tell_anew, write


class WishState(StrEnum):
    """What became of a wish."""

    WAITING = "waiting"
    GRANTED = "granted"
    DECLINED = "declined"
    OVER = "over"  # the person is no longer with the centre that wished


@dataclass(frozen=True, slots=True)
class Wish:
    """A centre's wish to pass a person on, as the coordinator sees it. Texts are empty where they are not known."""

    uid: uuid.UUID
    state: WishState
    person: uuid.UUID | None
    code: str
    name: str
    from_centre: str
    to_centre: str
    to_trusted: bool
    consent_scope: str
    consent_state: str
    """A consent state, as it stands today; empty where the consent has not come."""
    agreed_on: str
    reason: str
    words: str
    records: int
    """How many records would change their owner; where granted, how many came later and still belong to the first."""
    decided_at: str = ""


class TransferDesk:
    """The use cases of the coordinator. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def wishes(self) -> list[Wish]:
        """All wishes that stand here, those that wait first, the newest of each first."""
        query = select(Record, Transfer).join(Transfer, Transfer.rid == Record.rid).order_by(Record.rid.desc())
        with self._desk.store.reading() as session:
            found = [
                _wish(session, record, wish, self._desk.clock.today()) for record, wish in session.execute(query)
            ]
        return sorted(found, key=lambda one: (one.state is not WishState.WAITING, not _has_rest(one)))

    def waiting(self) -> int:
        """How many wishes wait for her word."""
        person = aliased(Record)
        query = (
            select(func.count())
            .select_from(Transfer)
            .join(Record, Record.rid == Transfer.rid)
            .outerjoin(TransferDecision, TransferDecision.transfer_uid == Record.uid)
            .outerjoin(person, person.uid == Transfer.person_uid)
            .where(TransferDecision.rid.is_(None))
            .where(person.rid.is_(None) | (person.owner_rid == Record.owner_rid))
        )
        with self._desk.store.reading() as session:
            return int(session.scalar(query) or 0)

    def grant(self, wish: uuid.UUID) -> int:
        """Give the person's records to the next centre, here and at once. Returns how many changed their owner.

        Raises UserError: the consent does not stand, the next centre is not trusted, the wish is over.
        """
        desk = self._desk
        with desk.store.transaction() as session:
            record, values, heir = _to_decide(session, desk, wish)
            if _consent(session, values, desk.clock.today())[1] != ConsentState.GIVEN:
                raise UserError(
                    N_("The consent does not stand, or has not come yet. Nobody is passed on without it.")
                )
            moved = _hand_over(session, record, values, heir)
            session.add(_decision(desk, wish, heir, moved))
            note(session, desk.author(), "transfer_granted", wish)
        return len(moved)

    def grant_rest(self, wish: uuid.UUID) -> int:
        """Give also what the first centre recorded and sent after the grant. Returns how many changed their owner."""
        desk = self._desk
        with desk.store.transaction() as session:
            record, values = _found(session, wish)
            decision = _decided(session, wish)
            heir = _heir(session, values)
            if decision is None or not decision.granted:
                raise UserError(N_("This wish was not granted."))
            moved = _hand_over(session, record, values, heir)
            if moved:
                decision.records = " ".join(dict.fromkeys([*decision.records.split(), *map(str, moved)]))
                tell_anew(session, decision)
                note(session, desk.author(), "transfer_granted", wish)
        return len(moved)

    def decline(self, wish: uuid.UUID, words: str = "") -> None:
        """Leave the person where she is; the centre is told, with ``words``, in the next receipt."""
        desk = self._desk
        with desk.store.transaction() as session:
            record, _values = _found(session, wish)
            if _decided(session, wish) is not None:
                raise UserError(N_("This wish is decided already."))
            session.add(_decision(desk, wish, None, []))
            session.add(
                Question(
                    uid=desk.clock.new_id(),
                    record_uid=wish,
                    to_rid=record.owner_rid,
                    reason=DECLINED,
                    field="",
                    document="",
                    words=words.strip(),
                    state="open",
                    asked_at=desk.author().stamp,
                    asked_by=desk.staff,
                )
            )
            note(session, desk.author(), "transfer_declined", wish)

    def words_due(self) -> int:
        """For how many centres a handover is to be written."""
        with self._desk.store.reading() as session:
            return len(due(session))

    def write_words(self, folder: Path) -> list[Path]:
        """Write a handover for each centre that has not been told of the newest decisions, into ``folder``."""
        with self._desk.store.reading() as session:
            readers = due(session)
        return write(self._desk, readers, folder)

    def write_again(self, wish: uuid.UUID, folder: Path) -> list[Path]:
        """Write the word about a granted wish for both centres once more: a stick was lost."""
        with self._desk.store.reading() as session:
            decision = _decided(session, wish)
            if decision is None or decision.to_rid is None:
                raise UserError(N_("This wish was not granted."))
            readers = [_found(session, wish)[0].owner_rid, decision.to_rid]
        return write(self._desk, readers, folder)

    def removable_folders(self) -> list[Path]:
        """Sticks that are mounted now, where the system tells."""
        return places.sticks()


def _has_rest(wish: Wish) -> bool:
    return wish.state is WishState.GRANTED and bool(wish.records)


def _decision(desk: Desk, wish: uuid.UUID, heir: Installation | None, moved: Sequence[uuid.UUID]) -> TransferDecision:
    """``heir``: who got the records; None where it was declined."""
    return TransferDecision(
        transfer_uid=wish,
        granted=heir is not None,
        to_rid=heir.rid if heir else None,
        records=" ".join(map(str, moved)),
        decided_by=desk.staff,
        decided_at=desk.author().stamp,
    )


def _decided(session: Session, wish: uuid.UUID) -> TransferDecision | None:
    return session.scalars(select(TransferDecision).where(TransferDecision.transfer_uid == wish)).one_or_none()


def _found(session: Session, wish: uuid.UUID) -> tuple[Record, dict[str, object]]:
    query = select(Record).join(Transfer, Transfer.rid == Record.rid).where(Record.uid == wish)
    record = session.scalars(query).one_or_none()
    if record is None:
        raise UserError(N_("The centre has taken this wish back."))
    return record, dict(values_of(record.data))


def _to_decide(session: Session, desk: Desk, wish: uuid.UUID) -> tuple[Record, dict[str, object], Installation]:
    if desk.me.role != Role.COORDINATOR:
        raise UserError(N_("Only the coordinator can give records a new owner."))
    record, values = _found(session, wish)
    if _decided(session, wish) is not None:
        raise UserError(N_("This wish is decided already."))
    if _state(session, record, values, None) is WishState.OVER:
        raise UserError(N_("The person is no longer with the centre that wished to pass her records on."))
    heir = _heir(session, values)
    if heir.rid == record.owner_rid:
        raise UserError(N_("The person is with this centre already."))
    return record, values, heir


def _heir(session: Session, values: dict[str, object]) -> Installation:
    to = as_uid(values.get("to"))
    row = session.scalars(select(Installation).where(Installation.uid == to)).one_or_none()
    if row is None or row.role != Role.CENTRE.value or row.trust != Trust.TRUSTED:
        raise UserError(N_("The next centre is not trusted now. See to it under Centres first, or decline the wish."))
    return row


def _state(
    session: Session, record: Record, values: dict[str, object], decision: TransferDecision | None
) -> WishState:
    if decision is not None:
        return WishState.GRANTED if decision.granted else WishState.DECLINED
    query = select(Record.owner_rid).where(Record.uid == as_uid(values.get("person")))
    owner = session.scalar(query)
    return WishState.OVER if owner not in (None, record.owner_rid) else WishState.WAITING


def _wish(session: Session, record: Record, wish: Transfer, today: dt.date) -> Wish:
    values: dict[str, object] = dict(values_of(record.data))
    decision = _decided(session, record.uid)
    state = _state(session, record, values, decision)
    heir = session.scalars(select(Installation).where(Installation.uid == wish.to_uid)).one_or_none()
    code, name = _person(session, wish.person_uid)
    scope, consent = _consent(session, values, today)
    open_ = state in (WishState.WAITING, WishState.GRANTED)
    known, unknown = _to_hand_over(session, record, values) if open_ else ([], [])
    return Wish(
        uid=record.uid,
        state=state,
        person=wish.person_uid,
        code=code,
        name=name,
        from_centre=centre_name(session, session.get_one(Installation, record.owner_rid)),
        to_centre=centre_name(session, heir) if heir else "",
        to_trusted=heir is not None and heir.trust == Trust.TRUSTED,
        consent_scope=scope,
        consent_state=consent,
        agreed_on=wish.agreed_on or "",
        reason=str(values.get("reason", "")),
        words=str(values.get("words", "")),
        records=len(known) + (len(unknown) if state is WishState.WAITING else 0),
        decided_at=decision.decided_at if decision else "",
    )


def _person(session: Session, uid: uuid.UUID | None) -> tuple[str, str]:
    query = (
        select(Person.code, func.max(Identity.display_name))
        .join(Record, Record.rid == Person.rid)
        .outerjoin(Identity, Identity.person_rid == Person.rid)
        .where(Record.uid == uid)
        .group_by(Person.code)
    )
    code, name = session.execute(query).one_or_none() or ("", "")
    return code, name or ""


def _consent(session: Session, values: dict[str, object], today: dt.date) -> tuple[str, str]:
    """Purpose and state of the consent that the wish stands on. It must be this person's, from that centre."""
    query = select(Consent, Record).join(Record, Record.rid == Consent.rid)
    found = session.execute(query.where(Record.uid == as_uid(values.get("consent")))).one_or_none()
    if found is None or found[0].person_uid != as_uid(values.get("person")):
        return "", ""
    ends = dates.bounds(values_of(found[1].data).get("expires_on"))
    if found[0].state == ConsentState.GIVEN and ends and ends[1] < today:
        return found[0].scope, ConsentState.EXPIRED.value
    return found[0].scope, found[0].state


def _to_hand_over(session: Session, wish: Record, values: dict[str, object]) -> tuple[list[Record], list[uuid.UUID]]:
    """What the centre that wishes owns of the person: what it named, and what has come since but files (of those it
    named the ones that go). Second: what it named and has not come yet.
    """
    named = listed(values)
    known = {
        record.uid: record
        for start in range(0, len(named), 500)
        for record in session.scalars(select(Record).where(Record.uid.in_(named[start : start + 500])))
    }
    person = as_uid(values.get("person"))
    came = passing_on.records_of(session, person) if person else []
    whole = {one.uid: one for one in came if one.kind != passing_on.ATTACHMENT} | known
    mine = [one for one in whole.values() if one.owner_rid == wish.owner_rid and one.kind not in passing_on.STAYS]
    gone = set(session.scalars(select(AwaitedHandover.record_uid)))
    return mine, [uid for uid in named if uid not in known and uid not in gone]


def _hand_over(session: Session, wish: Record, values: dict[str, object], heir: Installation) -> list[uuid.UUID]:
    """Returns the records that moved. Each has an epoch of its own: one more than it had."""
    known, unknown = _to_hand_over(session, wish, values)
    by_epoch: dict[int, list[uuid.UUID]] = {}
    for record in known:
        by_epoch.setdefault(record.epoch + 1, []).append(record.uid)
    for epoch, uids in by_epoch.items():
        directives.hand_over(session, uids, heir, epoch)
    former = session.get_one(Installation, wish.owner_rid).uid
    awaited.remember(session, unknown, heir.rid, 1, str(former))
    return [one.uid for one in known] + unknown
