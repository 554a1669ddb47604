"""The directory of centres: the cards of all centres that the coordinator trusts, as a reference document.

With it a centre can seal a file for another centre and read one from it, though the two never compared digits: the
coordinator, whom both have checked, vouches for the card. Who is vouched for may send ``records`` to us and nothing
else; who is no longer on the list loses that, and nothing more is taken.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Centre, Installation, ReferenceDocument, Trust
from app.sync import reference
from app.sync.canonical import Json, encode
from app.sync.card import Card, CardRefused, decode_card
from app.sync.errors import Answer, BundleRefused
from app.sync.ledger import SELF_RID
from app.sync.verifier import Role

NAME: Final = "centres"


def cards(session: Session) -> list[str]:
    """At the coordinator: the cards of all trusted centres of her own kind (practice or real)."""
    me = session.get_one(Installation, SELF_RID)
    query = select(Installation.card).where(
        Installation.role == Role.CENTRE.value,
        Installation.trust == Trust.TRUSTED,
        Installation.practice == me.practice,
    )
    return [card.decode() for card in session.scalars(query.order_by(Installation.uid)) if card is not None]


def version(session: Session) -> int:
    """At the coordinator: the version of the list as it stands now; 0 where there is nothing to tell.

    It rises whenever the set of cards is another one. While there is but one centre, and never was a second, nobody
    needs a list.
    """
    held = session.get(ReferenceDocument, NAME)
    found = cards(session)
    if held is None:
        return 1 if len(found) > 1 else 0
    return held.version + (held.document != _text(found))


def number(session: Session) -> int:
    """At the coordinator: the number (``reference``) under which the list as it stands now is told; 0 for nothing."""
    held, now = session.get(ReferenceDocument, NAME), version(session)
    if held is not None and held.version == now:
        return held.number
    return reference.next_number(session) if now else 0


def renew(session: Session) -> int:
    """At the coordinator: keep the list as it stands now as her own copy, and return its number."""
    told, now = number(session), version(session)
    session.merge(ReferenceDocument(name=NAME, version=now, document=_text(cards(session)), number=told))
    session.flush()
    return told


def _text(found: list[str]) -> str:
    return encode({"cards": [*found]}, sort_keys=True).decode()


def content(session: Session) -> dict[str, Json]:
    """The ``reference`` part, as ``renew`` left it."""
    held = session.get_one(ReferenceDocument, NAME)
    return {"document": {"cards": [*cards(session)]}, "name": NAME, "version": held.version}


def take(session: Session, document: Json) -> None:
    """At a centre: know those on the list, and no longer those who are not.

    A card that does not fit (of another kind, a key that is somebody else's here) is passed over: one bad card
    does not cost the others their voucher. Raises BundleRefused (MANIFEST) where it is no list.
    """
    found = document.get("cards") if isinstance(document, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise BundleRefused(Answer.MANIFEST, "not a list of cards")
    me = session.get_one(Installation, SELF_RID)
    if me.role != Role.CENTRE.value:
        return
    listed = set()
    for text in found:
        row = _vouch(session, me, str(text).encode())
        if row is not None:
            listed.add(row.rid)
    for row in session.scalars(select(Installation).where(Installation.trust == Trust.VOUCHED)):
        if row.rid not in listed:
            row.trust = Trust.PENDING
    session.flush()


def _vouch(session: Session, me: Installation, file: bytes) -> Installation | None:
    try:
        card = decode_card(file).card
    except CardRefused:
        return None
    if card.role is not Role.CENTRE or card.practice != me.practice or card.inst == me.uid:
        return None
    holder = session.scalar(select(Installation.uid).where(Installation.sign_key == card.sign))
    row = session.scalars(select(Installation).where(Installation.uid == card.inst)).one_or_none()
    if holder not in (None, card.inst) or (row is not None and not _may_be_vouched(row)):
        return None
    row = row or Installation(uid=card.inst)
    row.centre_rid, row.name = _centre(session, card), card.name
    row.role, row.practice = card.role.value, card.practice
    row.trust, row.card = Trust.VOUCHED, file
    row.sign_key, row.receive_key, row.recovery_key = card.sign, card.recv.raw, None
    session.add(row)
    session.flush()
    return row


def _may_be_vouched(row: Installation) -> bool:
    """One who is known by the list alone, or was until now. A fork stands until a person decides, and what this very
    laptop was before it was restored stays revoked.
    """
    return row.role == Role.CENTRE.value and row.trust in (Trust.VOUCHED, Trust.PENDING)


def _centre(session: Session, card: Card) -> int:
    centre = session.scalars(select(Centre).where(Centre.uid == card.centre)).one_or_none()
    if centre is None:
        centre = Centre(uid=card.centre, name=card.name)
        session.add(centre)
        session.flush()
    elif centre.rid != session.get_one(Installation, SELF_RID).centre_rid:
        centre.name = card.name
    return centre.rid


__all__ = ["NAME", "cards", "content", "number", "renew", "take", "version"]
