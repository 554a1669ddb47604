"""Receipts for all senders, in one go; a stick that is pulled in the middle loses none that was written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import BundleSeen, BundleSent, Installation, Setting, Trust
from app.sync import asking, directives, receipts
from app.sync.bundle import json_part
from app.sync.ledger import SELF_RID
from app.sync.manifest import BundleType, PartKind
from app.sync.verifier import Role
from app.usecases import centres_list, transfer_words
from app.usecases.desk import Desk
from app.usecases.outbox import Letter, announce, dispatch, unwatched


class ReceiptsCutShort(UserError):
    """Some receipts were written, then the stick failed. ``written`` are good; the rest stays due."""

    def __init__(self, written: list[Path], left: int, cause: UserError) -> None:
        super().__init__(
            N_(
                "The writing was cut short. Receipts written and good: {written}; still to be written: {left}. "
                "{reason} Then write the receipts once more: only the missing ones are written."
            ),
            written=len(written),
            left=left,
            reason=cause.sentence(),
        )
        self.written = written


def due(desk: Desk) -> int:
    """For how many installations something is to be written."""
    with desk.store.reading() as session:
        passing = {*centres_list.due(session), *transfer_words.due(session)}
        return len({*_waiting(session), *_not_greeted(session), *passing})


def write_all(desk: Desk, folder: Path) -> list[Path]:
    """A first greeting for each new installation, and a receipt for each with news, into ``folder``.

    Raises ReceiptsCutShort where some were written and the rest could not be, else the error of the first.
    """
    with desk.store.reading() as session:
        waiting, new = _waiting(session), _not_greeted(session)
        listed, moved = centres_list.due(session), transfer_words.due(session)
        version = _trust_version(session)
    # A test word sealed to a newly enrolled key, so that a broken key is found that day.
    word = directives.trust_content(version)
    jobs: list[Callable[[], list[Path]]] = [
        *(partial(announce, desk, [rid], BundleType.TRUST, word, folder) for rid in new),
        *(partial(centres_list.write, desk, rid, folder) for rid in listed),
        *(partial(transfer_words.write, desk, [rid], folder) for rid in moved),
        *(partial(_answer, desk, rid, version, folder) for rid in waiting),
    ]
    written: list[Path] = []
    for done, job in enumerate(jobs):
        try:
            written += job()
        except UserError as error:
            if not written:
                raise
            raise ReceiptsCutShort(written, len(jobs) - done, error) from error
    return written


def _answer(desk: Desk, rid: int, version: int, folder: Path) -> list[Path]:
    told: list[int] = []
    news = 0

    def compose(session: Session) -> Letter:
        nonlocal news
        to = session.get_one(Installation, rid)
        news = to.news
        told.extend(seen.rid for seen in receipts.untold(session, to))
        part = json_part(PartKind.RECEIPT, receipts.compose(session, to, version))
        return Letter(to, BundleType.RECEIPT, [part])

    sent = dispatch(desk, compose, folder, unwatched)
    with desk.store.transaction() as session:
        session.execute(update(BundleSeen).where(BundleSeen.rid.in_(told)).values(receipt_seq=sent.seq))
        # What was decided while it was written is told with the next one.
        told_now = update(Installation).where(Installation.rid == rid, Installation.news == news).values(news=0)
        session.execute(told_now, execution_options={"synchronize_session": False})
    return [sent.file]


def _waiting(session: Session) -> list[int]:
    """Trusted centres with something that no receipt has told: bundles, questions, decisions about their persons."""
    told = select(BundleSeen.from_rid).where(
        BundleSeen.type == BundleType.RECORDS.value, BundleSeen.receipt_seq.is_(None)
    )
    asked = asking.to_be_told(session)
    waits = or_(Installation.rid.in_(told), Installation.rid.in_(asked), Installation.news > 0)
    query = select(Installation.rid).where(waits, Installation.rid != SELF_RID, Installation.trust == Trust.TRUSTED)
    return list(session.scalars(query.order_by(Installation.rid)))


def _not_greeted(session: Session) -> list[int]:
    """Trusted centres to whom nothing of type ``trust`` was ever written; only the coordinator greets."""
    if session.get_one(Installation, SELF_RID).role != Role.COORDINATOR.value:
        return []
    greeted = select(BundleSent.to_rid).where(BundleSent.type == BundleType.TRUST.value, BundleSent.file_name != "")
    query = select(Installation.rid).where(
        Installation.rid != SELF_RID, Installation.trust == Trust.TRUSTED, Installation.rid.not_in(greeted)
    )
    return list(session.scalars(query.order_by(Installation.rid)))


def _trust_version(session: Session) -> int:
    setting = session.get(Setting, "trust_version")
    return int(setting.value) if setting else int(session.scalar(select(func.count(Installation.rid))) or 0)
