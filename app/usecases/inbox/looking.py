"""What a heap of files would do, found out without taking anything and without keeping a save waiting."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.errors import UserError
from app.sync.errors import BundleRefused
from app.sync.importer import Taken
from app.sync.manifest import BundleType, Manifest
from app.sync.staging import Weighed
from app.sync.verifier import Verified
from app.usecases.desk import Desk
from app.usecases.inbox.carrying import carry_out
from app.usecases.inbox.heap import Copied, Found, in_order, local_copy
from app.usecases.inbox.ready import attachments, batches, make_ready
from app.usecases.inbox.verdicts import Fault, Verdict, accepted, refused
from app.usecases.trust_list import Place, TrustList

_AT_ONCE: Final = 500
_MOST_REMEMBERED: Final = 200_000
"""Rows. Beyond, what a later bundle repeats of an earlier one of the same heap is counted as if it were new."""


class _OnlyLooking(Exception):
    """Raised at the end of a trial, so that nothing is kept."""


class Look:
    """One look at a heap. Each bundle is judged as if those before it had been taken."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._trust = TrustList(desk)
        self._weighed: dict[uuid.UUID, Weighed] = {}

    def verdicts(
        self, paths: Sequence[Path], progress: Callable[[int, int], object], cancelled: Callable[[], bool]
    ) -> dict[Path, Verdict]:
        """A verdict for each file, in the order of ``paths``; those not come to before ``cancelled`` are left out."""
        files = list(dict.fromkeys(paths))
        total, found_out = len(files), dict[Path, Verdict]()
        for number, found in enumerate(in_order(files, self._trust.reader(), lambda: progress(0, total)), 1):
            if cancelled():
                break
            found_out[found.path] = self._judge(found)
            progress(number, total)
        return {path: found_out[path] for path in files if path in found_out}

    def _judge(self, found: Found) -> Verdict:
        manifest: Manifest | None = None
        name = found.path.name
        try:
            with local_copy(self._desk, found.path) as copied:
                bundle = self._trust.verified(copied.file, found.head)
                manifest = bundle.manifest
                taken = self._would(found, copied, bundle)
                self._trust.taken(Place.of(bundle))
                return accepted(name, self._trust.name_of(bundle.sender.inst), manifest, taken, keep=False)
        except UserError as error:
            sender = error.sender if isinstance(error, BundleRefused) else None
            sender = sender or (found.head.sender.inst if manifest and found.head else None)
            return refused(name, error, self._trust.name_of(sender), manifest or (found.manifest if sender else None))
        except Exception as error:
            return refused(name, Fault(error))

    def _would(self, found: Found, copied: Copied, bundle: Verified) -> Taken:
        today = self._desk.clock.now().date()
        if bundle.manifest.type is BundleType.RECORDS:
            return self._weigh(bundle, today)
        ready, taken = make_ready(found, copied, bundle, today, self._desk.store.give_way), Taken()
        # The other types are one small object: carried out and rolled back, the answer is the true one.
        with suppress(_OnlyLooking), self._desk.store.transaction() as session:
            taken = carry_out(session, self._desk, self._trust, ready)
            raise _OnlyLooking
        return taken

    def _weigh(self, bundle: Verified, today: dt.date) -> Taken:
        store, taken = self._desk.store, Taken()
        if sum(len(one.made) for one in self._weighed.values()) > _MOST_REMEMBERED:
            self._weighed.clear()
        known = self._weighed.setdefault(bundle.sender.inst, Weighed(bundle.sender.inst))
        weighed = known.branch()
        for batch in batches(bundle, today, store.give_way, _AT_ONCE):
            with store.reading() as session:
                weighed.rows(session, [one for one, _line in batch], bundle.manifest.schema, taken)
        for uid, content in attachments(bundle):
            if uid not in taken.passed_over:
                with store.reading() as session:
                    digest = hashlib.sha256(content).hexdigest()
                    weighed.attachment(session, uid, digest)
                taken.attachments += 1
        known.join(weighed)
        return taken
