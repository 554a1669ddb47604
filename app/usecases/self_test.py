"""The self-test: is this store whole, and does this program carry a bundle there and its receipt back?

The exchange is tried between two practice stores made for it in a temporary folder (ciphertext of invented data),
so that nothing of the person's own store is touched.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from app.usecases import audit
from app.usecases.access import Access, lock
from app.usecases.desk import Desk
from app.usecases.practice import Performer, Span, centre_set_up, coordinator_set_up, found, introduce, plan
from app.usecases.receiving import Receiving
from app.usecases.sending import Sending


def of_store(desk: Desk) -> dict[str, bool]:
    """Every page under its code of authentication, the structure of the file, the references, the audit chain."""
    with desk.store.reading() as session:
        pages = session.execute(text("PRAGMA cipher_integrity_check")).all()
        structure = session.scalars(text("PRAGMA quick_check")).all()
        references = session.execute(text("PRAGMA foreign_key_check")).all()
        broken = audit.broken_at(session)
    return {"store": not pages and list(structure) == ["ok"] and not references, "audit": broken is None}


def of_exchange(make_access: Callable[[Path], Access]) -> dict[str, bool]:
    """A centre's bundle is taken in by a coordinator, and the receipt moves the centre's base."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        desks = []
        for home, setup in (("centre", centre_set_up(0)), ("coordinator", coordinator_set_up())):
            access = make_access(folder / home)
            desks.append(found(access, setup, access.new_passphrase()))
            stack.callback(lock, desks[-1])
        centre, coordinator = desks
        introduce(centre, coordinator)
        Performer(centre).perform(plan(0, Span(dt.date(2025, 1, 1), 1), 0, people=2))
        sent = Sending(centre).send(folder, lambda _done, _of: None)
        taken = Receiving(coordinator).take(sent.file)
        receipts = [Receiving(centre).take(file) for file in Receiving(coordinator).write_receipts(folder)]
        left = Sending(centre).preview().records_total
    came = taken.ok and taken.rows == sent.rows
    return {"bundle": came and bool(receipts) and all(one.ok for one in receipts) and left == 0}
