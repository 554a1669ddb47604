"""What a bundle of each type does, in the transaction of the caller."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.models import Installation
from app.sync import directives, receipts
from app.sync.importer import Taken, keep_attachment, merge
from app.sync.manifest import BundleType
from app.usecases.desk import Desk
from app.usecases.inbox.ready import Ready
from app.usecases.inbox.remembering import remember
from app.usecases.trust_list import Ahead, TrustList


def carry_out(session: Session, desk: Desk, trust: TrustList, ready: Ready, ahead: Ahead | None = None) -> Taken:
    """Take one small bundle, if it may be taken now; raises BundleRefused, and then all of it is to be undone."""
    sender = trust.admit(session, ready.bundle, ahead)
    now, taken = desk.author().stamp, Taken()
    match ready.bundle.manifest.type:
        case BundleType.RECORDS:
            _records(session, desk, ready, sender, taken)
        case BundleType.RECEIPT:
            taken.rows = receipts.take(session, sender, ready.content, now)
        case BundleType.TRUST:
            directives.take_trust(session, ready.bundle, sender, ready.content)
        case BundleType.HANDOVER:
            taken.changed = directives.take_handover(session, sender, ready.content)
        case BundleType.REFERENCE:
            directives.take_reference(session, ready.content)
    remember(session, desk.author(), ready.bundle, sender, taken)
    return taken


def _records(session: Session, desk: Desk, ready: Ready, sender: Installation, taken: Taken) -> None:
    now, schema = desk.author().stamp, ready.bundle.manifest.schema
    if ready.rows:
        merge(
            session, ready.rows, sender.uid, sender.rid, schema, taken, now=now, new_id=desk.clock.new_id
        )  # fmt: skip
    for uid, content in ready.contents:
        if uid not in taken.passed_over:
            keep_attachment(session, uid, sender.rid, [content])
            taken.attachments += 1
