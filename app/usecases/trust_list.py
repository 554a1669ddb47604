"""What this installation knows of others, as the verifier needs it: keys, trust, what was taken of each stream."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.forms.catalogue import KINDS
from app.models import SCHEMA_VERSION, BundleSeen, Centre, Installation, OwnKeys, Trust
from app.sync.age import Identity
from app.sync.errors import Answer, BundleRefused
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType
from app.sync.stream import StreamKey, StreamState, check_place
from app.sync.verifier import Announced, Reader, Role, Sender, Verified, verify
from app.usecases.desk import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """A bundle's place in its stream."""

    key: StreamKey
    seq: int
    digest: str
    prev: str | None

    @classmethod
    def of(cls, bundle: Verified) -> Place:
        """The place of a verified bundle."""
        return cls(bundle.stream, bundle.manifest.seq, bundle.manifest_hash, bundle.manifest.prev)


class Ahead:
    """The streams as they will be when what is on its way was taken: what comes behind is judged by them."""

    def __init__(self, trust: TrustList) -> None:
        self._trust = trust
        self._streams: dict[StreamKey, StreamState] = {}

    def add(self, place: Place) -> None:
        """This one counts as taken, although it is not yet."""
        state = self._streams.get(place.key)
        if state is None:
            state = self._streams[place.key] = self._trust.stream(place.key).copy()
        state.take(place.seq, place.digest, place.prev)

    def stream(self, key: StreamKey) -> StreamState:
        """A stream with all that was added."""
        return self._streams.get(key) or self._trust.stream(key)


class TrustList:
    """The picture for one heap of bundles: senders are read once, a stream when it is first asked for.

    It may be a little old: ``admit`` asks the store itself, in the transaction that takes a bundle.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._senders: dict[bytes, Sender] | None = None
        self._identities: list[Identity] = []
        self._names: dict[uuid.UUID, str] = {}
        self._stopped: set[uuid.UUID] = set()
        self._streams: dict[StreamKey, StreamState] = {}

    def forget(self) -> None:
        """Senders or keys have changed: read them again."""
        self._senders = None

    def verified(self, file: BinaryIO, head: Announced | None = None, ahead: Ahead | None = None) -> Verified:
        """The verified bundle in ``file``, of which ``head`` was read before; raises BundleRefused.

        Of a stopped sender everything is refused, but what was taken before is still known as that: it is no part of
        the other history.
        """
        try:
            bundle = verify(file, self.reader(ahead), head)
        except BundleRefused as refusal:
            if refusal.sender in self._stopped and refusal.answer not in (Answer.ALREADY_IMPORTED, Answer.OLD):
                raise _stopped(refusal.sender) from None
            raise
        if bundle.sender.inst in self._stopped:
            raise _stopped(bundle.sender.inst)
        return bundle

    def reader(self, ahead: Ahead | None = None) -> Reader:
        """What the verifier needs; ``ahead``: the streams by which a place is judged, where not by what was taken."""
        me, senders = self._desk.me, self._read()
        return Reader(
            inst=me.uid,
            centre=me.centre,
            role=Role(me.role),
            practice=me.practice,
            identities=self._identities,
            schema=SCHEMA_VERSION,
            senders=senders,
            stream=(ahead or self).stream,
            kinds=KINDS,
        )

    def name_of(self, inst: uuid.UUID | None) -> str:
        """The name of an installation's centre; empty where nobody is known."""
        self._read()
        return self._names.get(inst, "") if inst else ""

    def admit(self, session: Session, bundle: Verified, ahead: Ahead | None = None) -> Installation:
        """The sender, when its bundle may be taken now, as the store is in this transaction; ``ahead`` knows what the
        transaction has taken itself. Raises BundleRefused.
        """
        sender = session.scalars(select(Installation).where(Installation.uid == bundle.sender.inst)).one()
        self.check(sender, bundle, ahead)
        return sender

    def check(self, sender: Installation, bundle: Verified, ahead: Ahead | None = None) -> None:
        """As ``admit``, of a sender as this transaction has read it."""
        if sender.trust == Trust.STOPPED:
            raise _stopped(sender.uid)
        revoked, last_good = sender.trust == Trust.REVOKED, sender.revoked_after or 0
        # Its last good number is one of the records stream; a thief would announce a key of his own instead.
        if revoked and (bundle.manifest.type is not BundleType.RECORDS or bundle.manifest.seq > last_good):
            raise BundleRefused(Answer.REVOKED, "only records of before")
        if sender.sign_key != bundle.sender.sign or sender.trust == Trust.PENDING:
            raise BundleRefused(Answer.UNKNOWN_SENDER, "signing key")
        state = (ahead or self).stream(bundle.stream)
        check_place(bundle.manifest, bundle.manifest_hash, state, alone=bundle.alone)

    def taken(self, place: Place) -> None:
        """This one was taken, and that is committed."""
        self.stream(place.key).take(place.seq, place.digest, place.prev)

    def stream(self, key: StreamKey) -> StreamState:
        """What was taken of a stream."""
        state = self._streams.get(key)
        if state is None:
            state = self._streams[key] = self._load(key)
        return state

    def _load(self, key: StreamKey) -> StreamState:
        query = select(BundleSeen.seq, BundleSeen.manifest_hash, BundleSeen.prev).where(
            BundleSeen.sign_key == key.sign, BundleSeen.type == key.type.value
        )
        seen: dict[int, str] = {}
        prevs: dict[int, str | None] = {}
        with self._desk.store.reading() as session:
            for seq, digest, prev in session.execute(query):
                seen[seq], prevs[seq] = digest.hex(), prev.hex() if prev else None
        return StreamState(seen, prevs)

    def _read(self) -> dict[bytes, Sender]:
        if self._senders is None:
            others = select(Installation, Centre).join(Centre, Centre.rid == Installation.centre_rid)
            known = others.where(Installation.rid != SELF_RID, Installation.trust != Trust.PENDING)
            with self._desk.store.reading() as session:
                seeds = session.scalars(select(OwnKeys.receive_seed).order_by(OwnKeys.rid.desc()))
                self._identities = [Identity(seed) for seed in seeds]
                rows = [(row, centre) for row, centre in session.execute(known)]
                self._names = {row.uid: centre.name for row, centre in rows}
                self._stopped = {row.uid for row, _centre in rows if row.trust == Trust.STOPPED}
                senders = [_sender(row, centre) for row, centre in rows if row.sign_key is not None]
                self._senders = {sender.sign: sender for sender in senders}
        return self._senders


def _stopped(inst: uuid.UUID | None) -> BundleRefused:
    refusal = BundleRefused(Answer.FORK, "sender is stopped")
    refusal.sender = inst
    return refusal


def _sender(row: Installation, centre: Centre) -> Sender:
    assert row.sign_key is not None
    assert row.receive_key is not None
    return Sender(
        inst=row.uid,
        centre=centre.uid,
        role=Role(row.role),
        practice=row.practice,
        sign=row.sign_key,
        recv=row.receive_key,
        revoked_after=(row.revoked_after or 0) if row.trust == Trust.REVOKED else None,
    )
