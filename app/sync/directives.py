"""What a coordinator's ``trust``, ``handover`` and ``reference`` bundles say, and carrying it out.

And the one ``trust`` bundle that an installation may send itself: the card of its own new key.
"""

from __future__ import annotations

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Installation, Record, ReferenceDocument, Setting
from app.sync import adoption
from app.sync.canonical import Json, encode
from app.sync.card import CardRefused, decode_card
from app.sync.errors import Answer, BundleRefused
from app.sync.ledger import SELF_RID, next_seq
from app.sync.verifier import Verified

TEST_WORD = "apora"
"""Sealed to a newly enrolled key, so that a broken key is found that day."""


def trust_content(version: int, card: bytes | None = None) -> dict[str, Json]:
    """A ``trust`` part: the version of the list, the test word, and a new card where keys were rotated."""
    return {"card": card.decode() if card else None, "version": version, "word": TEST_WORD}


def take_trust(session: Session, bundle: Verified, sender: Installation, content: dict[str, Json]) -> None:
    """Take a rotated card in: signed by the old key (the bundle), about the sender itself, of the same role."""
    card, version = content.get("card"), content.get("version")
    if set(content) != {"card", "version", "word"} or type(version) is not int or content["word"] != TEST_WORD:
        raise BundleRefused(Answer.MANIFEST, "not a trust part")
    if card is None:
        if bundle.own_rotation:
            raise BundleRefused(Answer.SENDER_MISMATCH, "a centre announces its own key alone")
        session.merge(Setting(name="trust_version", value=str(version)))
        return
    try:
        found = decode_card(str(card).encode())
    except CardRefused:
        raise BundleRefused(Answer.MANIFEST, "card") from None
    same = (found.card.inst, found.card.centre, found.card.role.value, found.card.practice)
    if same != (bundle.sender.inst, bundle.sender.centre, sender.role, sender.practice):
        raise BundleRefused(Answer.SENDER_MISMATCH, "card of another installation")
    holder = session.scalar(select(Installation.uid).where(Installation.sign_key == found.card.sign))
    if holder not in (None, sender.uid):
        raise BundleRefused(Answer.SENDER_MISMATCH, "key of another installation")
    sender.card = str(card).encode()
    sender.sign_key, sender.receive_key = found.card.sign, found.card.recv.raw
    sender.recovery_key = found.card.recovery.raw if found.card.recovery else None


def handover_content(records: list[uuid.UUID], new_owner: uuid.UUID, epoch: int) -> dict[str, Json]:
    """A ``handover`` part: these records belong to ``new_owner`` from ``epoch`` on."""
    return {"epoch": epoch, "owner": str(new_owner), "records": [str(uid) for uid in records]}


def take_handover(session: Session, sender: Installation, content: dict[str, Json]) -> int:
    """Give records their new owner. A record unknown here, or already in this epoch, is left as it is.

    Where it says whose records all go over (``of``) and we are the heir, see ``adoption``.

    Centres do not know each other: where the new owner is not known, the coordinator (``sender``) stands for it.
    What counts here is that the record is no longer ours to write.
    """
    try:
        epoch, owner, records = content["epoch"], uuid.UUID(str(content["owner"])), content["records"]
        uids = [uuid.UUID(str(one)) for one in records] if isinstance(records, list) else None
    except (KeyError, ValueError):
        raise BundleRefused(Answer.MANIFEST, "not a handover") from None
    if type(epoch) is not int or uids is None:
        raise BundleRefused(Answer.MANIFEST, "not a handover")
    new = session.scalars(select(Installation).where(Installation.uid == owner)).one_or_none()
    moved = hand_over(session, uids, new or sender, epoch)
    if "of" in content and new is not None and new.rid == SELF_RID:
        moved += adoption.adopt(session, content, epoch)
    return moved


def hand_over(session: Session, uids: list[uuid.UUID], new: Installation, epoch: int) -> int:
    """Write the new owner and epoch; what the record says stays. Returns how many records moved.

    Those that become ours get a new number, so that they travel again with the new owner's name.
    """
    moved = 0
    for start in range(0, len(uids), 500):
        for record in session.scalars(select(Record).where(Record.uid.in_(uids[start : start + 500]))):
            if record.epoch < epoch:
                former = session.get_one(Installation, record.owner_rid).uid
                record.former_owners = f"{record.former_owners} {former}".strip()
                record.owner_rid, record.epoch, record.digest = new.rid, epoch, b""
                if new.rid == SELF_RID:
                    record.changed_seq = next_seq(session)
                moved += 1
    session.flush()
    return moved


def take_reference(session: Session, content: dict[str, Json]) -> None:
    """Keep a reference document that is newer than the one held."""
    name, version = content.get("name"), content.get("version")
    if not isinstance(name, str) or len(name) > 80 or type(version) is not int or "document" not in content:
        raise BundleRefused(Answer.MANIFEST, "not reference data")
    held = session.get(ReferenceDocument, name)
    if held is None or held.version < version:
        text = encode(content["document"], sort_keys=True).decode()
        session.merge(ReferenceDocument(name=name, version=version, document=text))
