"""A bundle too large for one short transaction: laid down, sealed, merged in slices (docs/adr/0008).

Everything that can be refused is found before the seal. From the seal on it is taken: what a cut leaves is finished
when the store is opened or the next bundles come. Before it nothing counts, and what is left is thrown away.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from app.sync import staging
from app.sync.importer import Prepared, Taken
from app.sync.staging import Stage, Weighed
from app.sync.verifier import Verified
from app.usecases.desk import Desk
from app.usecases.inbox.ready import attachments, batches
from app.usecases.inbox.remembering import remember
from app.usecases.trust_list import TrustList

SLICE_SECONDS: Final = 0.1
"""How long a transaction of the merge should last. A save waits for one of them at most."""
_LAID_AT_ONCE: Final = 2000
_MOST_KEPT: Final = 30_000
"""Of so many rows at most what was made ready stays in memory (about 100 MB); of more it is made ready again."""
_FIRST, _LEAST, _MOST = 200, 20, 2000
"""Rows in a slice: the first, and the bounds of the rest, which follow from how long the one before took."""

Moved = Callable[[], object]


def take_large(desk: Desk, trust: TrustList, bundle: Verified, moved: Moved) -> Taken:
    """Take a large ``records`` bundle in. Raises BundleRefused, and nothing of it is kept then.

    ``moved`` is called between transactions; it may raise, and what is sealed by then is finished later.
    """
    with desk.store.transaction() as session:
        sender = trust.admit(session, bundle)
        staged = staging.begin(session, bundle.manifest.id, sender.rid, bundle.manifest.schema)
    prepared: deque[Prepared] = deque()
    try:
        taken = _lay(desk, bundle, staged, prepared, moved)
        with desk.store.transaction() as session:
            sender = trust.admit(session, bundle)
            staging.seal(session, staged)
            remember(session, desk.author(), bundle, sender, taken)
    except BaseException:
        # Of a seal whose commit reported an error nobody knows at first: only what certainly does not count goes.
        with desk.store.reading() as session:
            counts = staged not in staging.left_over(session, Stage.LAYING)
        if not counts:
            _throw_away(desk, staged)
        raise
    _merge(desk, staged, prepared, moved)
    return taken


def finish_cut_short(desk: Desk) -> None:
    """What a cut has left: finish what is taken, throw the rest away. To be called before anything else is taken."""
    with desk.store.reading() as session:
        taken, rest = (staging.left_over(session, stage) for stage in (Stage.MERGING, Stage.LAYING))
    for staged in taken:
        _merge(desk, staged, deque(), _nothing)
    for staged in rest:
        _throw_away(desk, staged)


def is_unfinished(desk: Desk) -> bool:
    """Is there a bundle that is taken, and not yet merged to its end?"""
    with desk.store.reading() as session:
        return bool(staging.left_over(session, Stage.MERGING))


def _lay(desk: Desk, bundle: Verified, staged: int, prepared: deque[Prepared], moved: Moved) -> Taken:
    """Lay all of a bundle down and find out what it will do; raises BundleRefused as the merge would.

    Its rows stay in ``prepared``, where there are not too many.
    """
    keep = sum(part.rows for part in bundle.manifest.parts) <= _MOST_KEPT
    weighed, taken, store = Weighed(bundle.sender.inst), Taken(), desk.store
    for batch in batches(bundle, _today(desk), store.give_way, _LAID_AT_ONCE):
        with store.reading() as session:
            weighed.rows(session, [one for one, _line in batch], bundle.manifest.schema, taken)
        with store.transaction() as session:
            staging.lay_rows(session, staged, [line for _one, line in batch])
        if keep:
            prepared += [one for one, _line in batch]
        moved()
    for uid, content in attachments(bundle):
        if uid in taken.passed_over:
            continue
        digest = hashlib.sha256(content).hexdigest()
        with store.reading() as session:
            weighed.attachment(session, uid, digest)
        with store.transaction() as session:
            staging.lay_content(session, staged, uid, content, digest)
        taken.attachments += 1
        moved()
    return taken


def _merge(desk: Desk, staged: int, prepared: deque[Prepared], moved: Moved) -> None:
    store, size = desk.store, _FIRST
    while True:
        store.give_way()
        with store.reading() as session:
            some = staging.next_slice(session, staged, size, _today(desk), prepared)
        if not some.rows:
            break
        store.give_way()
        with store.transaction() as session:
            begun = time.monotonic()
            staging.merge_slice(session, staged, some, now=desk.author().stamp, new_id=desk.clock.new_id)
            spent = time.monotonic() - begun
        size = max(_LEAST, min(_MOST, 2 * size, int(size * SLICE_SECONDS / max(spent, 0.001))))
        moved()
    while True:
        with store.transaction() as session:
            if not staging.merge_content(session, staged):
                staging.end(session, staged)
                return
        moved()


def _throw_away(desk: Desk, staged: int) -> None:
    more = True
    while more:
        with desk.store.transaction() as session:
            more = staging.sweep(session, staged)


def _today(desk: Desk) -> dt.date:
    return desk.clock.now().date()


def _nothing() -> None:
    """Nobody watches."""
