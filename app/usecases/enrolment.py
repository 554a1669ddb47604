"""Enrolment: whom this installation knows and trusts. Cards on a stick, twenty digits by phone, revocation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import BundleSeen, Centre, Installation, Record, Trust
from app.sync import card as cards
from app.sync import manifest
from app.sync.card import CardRefused, DigitParams, SignedCard, decode_card
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType
from app.sync.verifier import Role
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.escrow import deposit_escrow


@dataclass(frozen=True, slots=True)
class CardView:
    """What a card says of an installation, for people to look at."""

    inst: uuid.UUID
    centre_name: str
    name: str
    role: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Peer:
    """Another installation, as it stands here."""

    inst: uuid.UUID
    centre_name: str
    name: str
    role: str
    trust: str
    last_seq: int
    last_received_at: str
    records: int
    flagged: int
    missing: str
    """Numbers of bundles that have not come and whose content has not come with a later one: ``41–43``."""
    app_version: str
    schema: int
    enrolled_at: str


class WrongDigits(UserError):
    """The typed digits are not those of the card; ``groups`` tells which (1 to 4)."""

    def __init__(self, groups: tuple[int, ...]) -> None:
        super().__init__(
            N_("Group {groups} is different. Ask for the digits once more; if they stay different, do not trust it."),
            groups=", ".join(map(str, groups)),
        )
        self.groups = groups


class Enrolment:
    """The use cases about cards and trust. Each public method is one transaction."""

    def __init__(self, desk: Desk, digit_params: DigitParams | None = None) -> None:
        self._desk = desk
        self._params = digit_params

    def my_card(self) -> bytes:
        """This installation's card file, to be given to the other side."""
        with self._desk.store.reading() as session:
            card = session.get_one(Installation, SELF_RID).card
        assert card is not None
        return card

    def card_file_name(self) -> str:
        """A file name for the card: nothing in it but letters, digits and the role."""
        return f"apora-{self._desk.me.role}-{str(self._desk.me.uid)[-6:]}.card"

    def my_digits(self) -> tuple[str, ...]:
        """The 20 digits to read out, in 4 groups. Slow on purpose (Argon2id, 64 MiB)."""
        return tuple(cards.digits(decode_card(self.my_card()).data, self._params).split())

    def receive(self, card: bytes) -> CardView:
        """Take a card in; it waits for its digits. Raises CardRefused for what is not a card we can use."""
        signed = decode_card(card)
        self._refuse_unfit(signed)
        with self._desk.store.transaction() as session:
            known = session.scalars(select(Installation).where(Installation.uid == signed.card.inst)).one_or_none()
            holder = session.scalar(select(Installation.uid).where(Installation.sign_key == signed.card.sign))
            if holder not in (None, signed.card.inst):
                raise CardRefused(N_("Another laptop has this key already. Call the centre; do not trust this card."))
            if known is not None and known.trust != Trust.PENDING:
                if known.sign_key != signed.card.sign:
                    raise CardRefused(
                        N_("This laptop is known here with other keys. If it is new, revoke the old card first.")
                    )
                return _view(signed)
            _keep(session, signed, card, known)
            note(session, self._desk.author(), "card_received", signed.card.inst)
        return _view(signed)

    def confirm(self, inst: uuid.UUID, typed: Sequence[str]) -> None:
        """Trust an installation: ``typed`` are the digits its owner read out. Raises WrongDigits."""
        with self._desk.store.reading() as session:
            row = installation_row(session, inst)
            assert row.card is not None
            data = decode_card(row.card).data
        wrong = cards.compare_digits(" ".join(typed), cards.digits(data, self._params))
        if wrong:
            raise WrongDigits(wrong)
        with self._desk.store.transaction() as session:
            row = installation_row(session, inst)
            row.trust = Trust.TRUSTED
            row.enrolled_at = self._desk.author().stamp
            note(session, self._desk.author(), "trusted", inst)
        if row.role == Role.COORDINATOR and row.recovery_key is not None:
            deposit_escrow(self._desk, row.recovery_key)

    def forget(self, inst: uuid.UUID) -> None:
        """Throw away a card that was never confirmed."""
        with self._desk.store.transaction() as session:
            row = installation_row(session, inst)
            if row.trust != Trust.PENDING:
                raise UserError(N_("This card is confirmed already. Revoke it instead."))
            session.delete(row)
            note(session, self._desk.author(), "card_forgotten", inst)

    def revoke(self, inst: uuid.UUID) -> None:
        """Take nothing more from an installation (lost, stolen): what came until now stays."""
        with self._desk.store.transaction() as session:
            row = installation_row(session, inst)
            row.trust = Trust.REVOKED
            row.revoked_after = last_seq(session, row)
            note(session, self._desk.author(), "revoked", inst)

    def resume(self, inst: uuid.UUID) -> None:
        """A person has decided that a stopped sender may go on."""
        with self._desk.store.transaction() as session:
            row = installation_row(session, inst)
            if row.trust == Trust.STOPPED:
                # Between centres nobody was ever trusted with digits: it is vouched for, as before.
                between = self._desk.me.role == row.role == Role.CENTRE.value
                row.trust = Trust.VOUCHED if between else Trust.TRUSTED
                note(session, self._desk.author(), "resumed", inst)

    def peers(self) -> list[Peer]:
        """All other installations, those that need a decision first.

        At a centre those of the coordinator's list are not among them: nothing is asked of anybody about them. One
        of them is shown only where a fork was seen.
        """
        with self._desk.store.reading() as session:
            query = select(Installation).where(Installation.rid != SELF_RID).order_by(Installation.rid)
            found = [peer_of(session, row) for row in session.scalars(query) if not self._by_list_alone(row)]
        first = {Trust.STOPPED: 0, Trust.PENDING: 1, Trust.TRUSTED: 2, Trust.REVOKED: 3}
        return sorted(found, key=lambda peer: (first[Trust(peer.trust)], peer.centre_name))

    def coordinator(self) -> Peer | None:
        """The trusted coordinator to whom this centre sends, or None."""
        with self._desk.store.reading() as session:
            row = coordinator_row(session)
            return peer_of(session, row) if row else None

    def _by_list_alone(self, row: Installation) -> bool:
        centres = self._desk.me.role == row.role == Role.CENTRE.value
        return centres and row.trust in (Trust.VOUCHED, Trust.PENDING)

    def _refuse_unfit(self, signed: SignedCard) -> None:
        me, card = self._desk.me, signed.card
        if card.inst == me.uid:
            raise CardRefused(N_("This is the card of this laptop. Ask the other side for theirs."))
        if card.practice != me.practice:
            raise CardRefused(N_("Practice and real work never mix: this card is of the other kind."))
        if card.role.value == me.role == Role.CENTRE:
            raise CardRefused(N_("This is the card of another centre. A centre sends to the coordinator only."))


def coordinator_row(session: Session) -> Installation | None:
    """The newest trusted coordinator."""
    query = (
        select(Installation)
        .where(Installation.rid != SELF_RID, Installation.role == Role.COORDINATOR.value)
        .where(Installation.trust == Trust.TRUSTED)
        .order_by(Installation.enrolled_at.desc())
    )
    return session.scalars(query.limit(1)).one_or_none()


def peer_of(session: Session, row: Installation) -> Peer:
    """An installation's row as it is shown."""
    last_bundle, missing = heard(session, row)
    last = session.scalars(
        select(BundleSeen.received_at).where(BundleSeen.from_rid == row.rid).order_by(BundleSeen.rid.desc()).limit(1)
    ).one_or_none()
    owned = select(func.count()).where(Record.owner_rid == row.rid)
    return Peer(
        inst=row.uid,
        centre_name=session.get_one(Centre, row.centre_rid).name,
        name=row.name,
        role=row.role,
        trust=row.trust,
        last_seq=last_bundle,
        last_received_at=last or "",
        records=int(session.scalar(owned) or 0),
        flagged=int(session.scalar(owned.where(Record.problems.is_not(None))) or 0),
        missing=missing,
        app_version=row.app_version or "",
        schema=row.accepts_schema or 0,
        enrolled_at=row.enrolled_at or "",
    )


def heard(session: Session, row: Installation) -> tuple[int, str]:
    """The number of an installation's last bundle that was taken in, and those below it that are missing."""
    # Each type is a stream with numbers of its own; this is the one in which a peer has most to say.
    main = BundleType.RECEIPT if row.role == Role.COORDINATOR else BundleType.RECORDS
    seen = dict(
        session.execute(
            select(BundleSeen.seq, BundleSeen.rid)
            .where(BundleSeen.from_rid == row.rid, BundleSeen.sign_key == row.sign_key)
            .where(BundleSeen.type == main.value)
        ).all()
    )
    return max(seen, default=0), _gaps(session, seen)


def _gaps(session: Session, seen: Mapping[int, int]) -> str:
    """The numbers below the last one that neither came nor came with a later bundle, as ranges.

    ``seen`` gives the key of the bundle by number. A bundle repeats everything since its base, so only one whose
    base lies above a gap leaves it open. Lost sticks and numbers burned by a power cut are no gaps.
    """
    missing: list[int] = []
    last = 0
    for seq in sorted(seen):
        if seq > last + 1:
            found = manifest.decode(session.get_one(BundleSeen, seen[seq]).manifest)
            if found.type is BundleType.RECORDS and found.base is not None:
                missing += range(last + 1, found.base.seq)
        last = seq
    ranges: list[list[int]] = []
    for number in missing:
        if ranges and ranges[-1][-1] == number - 1:
            ranges[-1][-1] = number
        else:
            ranges.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)


def installation_row(session: Session, inst: uuid.UUID) -> Installation:
    row = session.scalars(
        select(Installation).where(Installation.uid == inst, Installation.rid != SELF_RID)
    ).one_or_none()
    if row is None:
        raise UserError(N_("This laptop is not known here. Take its card in first."))
    return row


def last_seq(session: Session, row: Installation) -> int:
    """The number of the last ``records`` bundle that was taken: the last good one, should it be revoked now."""
    query = select(func.max(BundleSeen.seq)).where(
        BundleSeen.sign_key == row.sign_key, BundleSeen.type == BundleType.RECORDS.value
    )
    return int(session.scalar(query) or 0)


def _keep(session: Session, signed: SignedCard, file: bytes, known: Installation | None) -> None:
    card = signed.card
    centre = session.scalars(select(Centre).where(Centre.uid == card.centre)).one_or_none()
    if centre is None:
        centre = Centre(uid=card.centre, name=card.name)
        session.add(centre)
        session.flush()
    row = known or Installation(uid=card.inst)
    row.centre_rid, row.role, row.name, row.practice = centre.rid, card.role.value, card.name, card.practice
    row.trust, row.card = Trust.PENDING, file
    row.sign_key, row.receive_key = card.sign, card.recv.raw
    row.recovery_key = card.recovery.raw if card.recovery else None
    session.add(row)
    session.flush()


def _view(signed: SignedCard) -> CardView:
    card = signed.card
    return CardView(card.inst, card.name, card.name, card.role.value, card.practice)


__all__ = ["CardView", "Enrolment", "Peer", "WrongDigits", "coordinator_row", "peer_of"]
