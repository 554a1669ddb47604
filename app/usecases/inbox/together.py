"""Small bundles in one transaction: judged one after the other in memory, written at once.

What a bundle costs besides its rows is statements, so as many bundles as possible share each of them. What may be
refused is refused before anything of it is written. A bundle whose effect must be seen by the next (another type,
attachments, late rows, a record that goes or comes back twice, a fork) is taken alone, under a savepoint.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import takewhile
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import AwaitedHandover, Installation
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import Pile, Taken
from app.sync.manifest import BundleType
from app.usecases.desk import Desk
from app.usecases.inbox.carrying import carry_out
from app.usecases.inbox.ready import Ready
from app.usecases.inbox.remembering import Kept, remember_each, stop
from app.usecases.trust_list import Ahead, TrustList

Result = Taken | BundleRefused
LEAST_ROWS: Final = 50
"""So many go at once on the slowest machine."""
MOST_ROWS: Final = 1000
_MOST_BUNDLES: Final = 100


class Pace:
    """How many rows may go at once, so that they take about so many seconds: found out as it goes."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.rows = 4 * LEAST_ROWS

    def took(self, rows: int, seconds: float) -> None:
        """So many rows went in that time."""
        if rows >= LEAST_ROWS:
            fitting = int(rows * self._seconds / max(seconds, 0.001))
            self.rows = max(LEAST_ROWS, min(MOST_ROWS, 2 * self.rows, fitting))


class Batch:
    """One transaction that takes small bundles."""

    def __init__(self, session: Session, desk: Desk, trust: TrustList, pace: Pace) -> None:
        self._session = session
        self._desk = desk
        self._trust = trust
        self._pace = pace
        self._ahead = Ahead(trust)
        """Knows what this transaction has taken."""

    def some(self, waiting: Sequence[Ready]) -> list[Result]:
        """Take the first of ``waiting``, one at least; what became of each."""
        group = self._group(waiting)
        results = self._at_once(group) if len(group) > 1 else []
        return results or [self._alone(waiting[0])]

    def _group(self, waiting: Sequence[Ready]) -> list[Ready]:
        """The first of them that may be written at once."""
        group: list[Ready] = []
        rows = 0
        for one in takewhile(_is_plain, waiting[:_MOST_BUNDLES]):
            rows += len(one.rows)
            if group and rows > self._pace.rows:
                break
            group.append(one)
        word = select(AwaitedHandover.record_uid).limit(1)
        # Where a word is waiting for a record, the record changes hands the moment it is written.
        return group if len(group) > 1 and self._session.scalars(word).first() is None else []

    def _at_once(self, group: Sequence[Ready]) -> list[Result]:
        """Take as many of the group as can go at once; none where the first of them cannot."""
        begun = time.monotonic()
        senders = self._senders(group)
        pile = Pile(self._session, {one.row.id for ready in group for one in ready.rows})
        results: list[Result] = []
        kept: list[Kept] = []
        for ready in group:
            bundle, taken = ready.bundle, Taken()
            sender = senders[bundle.sender.inst]
            try:
                self._trust.check(sender, bundle, self._ahead)
                judged = pile.judge(ready.rows, sender.uid, bundle.manifest.schema)
            except BundleRefused as refusal:
                if refusal.answer is Answer.FORK:
                    break
                refusal.sender = bundle.sender.inst
                results.append(refusal)
                continue
            if not pile.has_room(judged):
                break
            pile.join(judged, sender.rid, taken)
            kept.append(Kept(bundle, sender, taken))
            results.append(taken)
            self._ahead.add(ready.place)
        author = self._desk.author()
        pile.write(author.stamp)
        remember_each(self._session, author, kept)
        self._pace.took(sum(one.taken.rows for one in kept), time.monotonic() - begun)
        return results

    def _senders(self, group: Sequence[Ready]) -> dict[UUID, Installation]:
        asked = {ready.bundle.sender.inst for ready in group}
        found = self._session.scalars(select(Installation).where(Installation.uid.in_(asked)))
        return {one.uid: one for one in found}

    def _alone(self, ready: Ready) -> Result:
        """Take one, whatever it is. A fork stops its sender."""
        try:
            with self._session.begin_nested():
                taken = carry_out(self._session, self._desk, self._trust, ready, self._ahead)
        except BundleRefused as refusal:
            refusal.sender = ready.bundle.sender.inst
            if refusal.answer is Answer.FORK:
                stop(self._session, self._desk.author(), refusal.sender)
            return refusal
        self._ahead.add(ready.place)
        return taken


def _is_plain(ready: Ready) -> bool:
    return ready.bundle.manifest.type is BundleType.RECORDS and not ready.contents
