"""What a coordinator's ``trust``, ``handover`` and ``reference`` bundles say, and carrying it out.

And the one ``trust`` bundle that an installation may send itself: the card of its own new key.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Installation, Record, ReferenceDocument, Setting, Trust
from app.sync import adoption, awaited, directory, partners
from app.sync.canonical import Json, encode
from app.sync.card import CardRefused, decode_card
from app.sync.catching_up import read_row
from app.sync.errors import Answer, BundleRefused
from app.sync.ledger import SELF_RID
from app.sync.projection import project
from app.sync.rows import Row
from app.sync.rows import encode as encode_row
from app.sync.verifier import Role, Verified

TEST_WORD = "apora"
"""Sealed to a newly enrolled key, so that a broken key is found that day."""


def trust_content(version: int, card: bytes | None = None) -> dict[str, Json]:
    """A ``trust`` part: the version of the list, the test word, and a new card where keys were rotated."""
    return {"card": card.decode() if card else None, "version": version, "word": TEST_WORD}


def take_trust(session: Session, bundle: Verified, sender: Installation, content: dict[str, Json]) -> None:
    """Take a rotated card in: signed by the old key (the bundle), about the sender itself, of the same role."""
    if sender.trust == Trust.VOUCHED:
        raise BundleRefused(Answer.SENDER_MISMATCH, "its card comes with the coordinator's list alone")
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


@dataclass(frozen=True, slots=True)
class _Word:
    """One sentence of a handover: these records belong to ``owner`` from ``epoch`` on.

    ``former`` are their owners before, ``rows`` what the coordinator holds of them.
    """

    epoch: int
    owner: uuid.UUID
    records: list[uuid.UUID]
    former: str
    rows: dict[uuid.UUID, Row]


def take_handover(session: Session, sender: Installation, content: dict[str, Json]) -> int:
    """Give records their new owner; a record already in this epoch is left as it is. Returns how many moved.

    Of those that are not here yet the word is kept (``awaited``). Where it says whose records all go over (``of``)
    and we are the heir, see ``adoption``.

    A new owner who is not known here yet is remembered by its id alone: what counts is that the record is no longer
    ours to write. The list of centres tells its name.
    """
    more = content.get("also", [])
    if not isinstance(more, list):
        raise BundleRefused(Answer.MANIFEST, "not a handover")
    whole = "of" in content
    first = _word(content, whole=whole)
    moved = 0
    # What is another's already comes first: of a former installation's records the heir takes the rest.
    for word in (*(_word(one) for one in more), first):
        new = _owner(session, word.owner, sender)
        moved += _carry_out(session, word, new)
        if whole and word is first and new.rid == SELF_RID:
            moved += adoption.adopt(session, content, word.epoch)
    return moved


def _word(content: Json, *, whole: bool = False) -> _Word:
    """``whole``: the rows are those of a former installation, which ``adoption`` reads."""
    try:
        assert isinstance(content, dict)
        epoch, records, rows = content["epoch"], content["records"], [] if whole else content.get("rows", [])
        former = content.get("former", [])
        assert type(epoch) is int
        assert isinstance(records, list)
        assert isinstance(rows, list)
        assert isinstance(former, list)
        owner = uuid.UUID(str(content["owner"]))
        uids = [uuid.UUID(str(one)) for one in records]
        earlier = " ".join(str(uuid.UUID(str(one))) for one in former)
    except (KeyError, ValueError, AssertionError):
        raise BundleRefused(Answer.MANIFEST, "not a handover") from None
    told = {row.id: row for row in (read_row(one) for one in rows)}
    return _Word(epoch, owner, uids, earlier, told)


def _owner(session: Session, uid: uuid.UUID, sender: Installation) -> Installation:
    """The new owner. Unknown, it is filed under the coordinator's centre, without keys: nothing is taken from it."""
    row = session.scalars(select(Installation).where(Installation.uid == uid)).one_or_none()
    if row is None:
        row = Installation(uid=uid, centre_rid=sender.centre_rid, role=Role.CENTRE.value, name=sender.name)
        row.practice, row.trust = sender.practice, Trust.PENDING
        session.add(row)
        session.flush()
    return row


def _carry_out(session: Session, word: _Word, new: Installation) -> int:
    moved, missing, changes = 0, [], []
    for start in range(0, len(word.records), 500):
        some = word.records[start : start + 500]
        query = select(Record).where(Record.uid.in_(some)).order_by(Record.rid)
        known = {record.uid: record for record in session.scalars(query)}
        missing += [uid for uid in some if uid not in known]
        for record in known.values():
            if record.epoch < word.epoch:
                told = word.rows.get(record.uid)
                changes.append(awaited.move(session, record, new.rid, word.epoch, word.former, told))
                moved += 1
    session.flush()
    project(session, [one for one in changes if one is not None])
    told_rows = {uid: encode_row(row) for uid, row in word.rows.items()} if new.rid == SELF_RID else {}
    awaited.remember(session, missing, new.rid, word.epoch, word.former, told_rows)
    return moved


def hand_over(session: Session, uids: Collection[uuid.UUID], new: Installation, epoch: int) -> int:
    """At the coordinator: write the new owner and epoch; what the record says stays. Returns how many moved."""
    moved, listed = 0, list(uids)
    for start in range(0, len(listed), 500):
        for record in session.scalars(select(Record).where(Record.uid.in_(listed[start : start + 500]))):
            if record.epoch < epoch:
                awaited.move(session, record, new.rid, epoch)
                moved += 1
    session.flush()
    return moved


def take_reference(session: Session, content: dict[str, Json]) -> None:
    """Keep a reference document that is newer than the one held. (The directory of partners says per entry what is
    newer.)"""
    name, version = content.get("name"), content.get("version")
    if not isinstance(name, str) or len(name) > 80 or type(version) is not int or "document" not in content:
        raise BundleRefused(Answer.MANIFEST, "not reference data")
    if name == partners.NAME:
        partners.take(session, content["document"], version)
        return
    held = session.get(ReferenceDocument, name)
    if held is None or held.version < version:
        text = encode(content["document"], sort_keys=True).decode()
        session.merge(ReferenceDocument(name=name, version=version, document=text))
        if name == directory.NAME:
            directory.take(session, content["document"])
