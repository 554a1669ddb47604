"""A heap of files on its way in: verified and unpacked outside any transaction, then taken many at a time.

One transaction takes as many small bundles as fit into a moment: a refused one leaves no trace and holds nobody up.
Between two transactions whoever saves gets her turn.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from app.errors import UserError
from app.store.troubles import CommitUncertain
from app.sync import partners
from app.sync.errors import Answer, BundleRefused
from app.sync.importer import Taken
from app.sync.manifest import BundleType, Manifest
from app.sync.verifier import Verified
from app.usecases.desk import Desk
from app.usecases.inbox.aside import Aside
from app.usecases.inbox.garbage import collected_rarely
from app.usecases.inbox.heap import Copied, Found, in_order, local_copy
from app.usecases.inbox.large import finish_cut_short, is_unfinished, take_large
from app.usecases.inbox.ready import Ready, Repeated, is_small, make_ready
from app.usecases.inbox.remembering import stop, tell_again
from app.usecases.inbox.together import Batch, Pace
from app.usecases.inbox.verdicts import ACCEPTED, Fault, Verdict, accepted, refused
from app.usecases.trust_list import Ahead, Place, TrustList

Progress = Callable[[int, int], object]
_turn = threading.Lock()
"""One heap at a time: a second one would take what the first is laying down for the leavings of a cut."""
BATCH_SECONDS: Final = 0.12
"""After this long a transaction takes no further bundle. A save waits for one transaction at most."""
_MOST_WEIGHT: Final = 6000
"""How much is made ready at once, in rows (``Ready.weight``): about 30 MB."""
_MOST_READY: Final = 200
_OF_PLACE: Final = frozenset({Answer.ALREADY_IMPORTED, Answer.OLD, Answer.GAP, Answer.FORK})
"""Answers that follow from what was taken before."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. (No refusal is kept: it leads to all that was in hand when it was raised.)"""

    found: Found
    verdict: Verdict


class Watched:
    """Tells the watcher that work has moved; what he raises then is his word to stop, and no fault of a file."""

    def __init__(self, moved: Callable[[], object]) -> None:
        self._moved = moved
        self.stopped = False

    def __call__(self) -> None:
        """Work has moved."""
        try:
            self._moved()
        except BaseException:
            self.stopped = True
            raise


class Intake:
    """One heap. Made anew for each: what it knows of senders and streams is a picture of its beginning."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._trust = TrustList(desk)
        self._aside = Aside(desk)
        self._pace = Pace(BATCH_SECONDS / 2)
        self._ready: list[Ready] = []
        self._ahead = Ahead(self._trust)
        """Knows what is ready."""
        self._weight = 0
        self._repeated = Repeated()
        self._outcomes: dict[Path, Outcome] = {}
        self._told_again: set[uuid.UUID] = set()
        self._moved = 0
        """Bundles that changed whom we trust (``trust``) and were taken."""

    def take(self, paths: Sequence[Path], progress: Progress, cancelled: Callable[[], bool]) -> list[Verdict]:
        """Take the files in, whatever their order; stopping takes effect between two bundles.

        A verdict for each file that was come to, in the order of ``paths``, then those of files set aside before
        that can be taken now.
        """
        with _turn, collected_rarely():
            return self._take_all(list(dict.fromkeys(paths)), progress, cancelled)

    def _take_all(self, files: list[Path], progress: Progress, cancelled: Callable[[], bool]) -> list[Verdict]:
        finish_cut_short(self._desk)
        total = len(files)
        heap = in_order(files, self._trust.reader(), lambda: progress(0, total))
        done = 0
        try:
            while heap and not cancelled():
                for found in heap:
                    if cancelled():
                        break
                    self._come_to(found, partial(progress, done, total))
                    done = min(done + 1, total)
                    progress(done, total)
                self._flush()
                heap = self._known_by_now()
            healed = [] if cancelled() else self._healed()
        finally:
            self._tell_again()
        listed = [self._outcomes[path].verdict for path in files if path in self._outcomes]
        return [*listed, *healed]

    def _come_to(self, found: Found, moved: Callable[[], object]) -> None:
        """Make a file ready, or take it where it is large. Whatever goes wrong with it is its own verdict."""
        copied: Copied | None = None
        bundle: Verified | None = None
        watched = Watched(moved)
        try:
            with local_copy(self._desk, found.path) as copied:
                bundle = self._verified(found, copied)
                if is_small(bundle):
                    today = self._desk.clock.now().date()
                    ready = make_ready(found, copied, bundle, today, self._desk.store.give_way, self._repeated)
                    self._ready.append(ready)
                    self._ahead.add(ready.place)
                    self._weight += ready.weight
                else:
                    self._flush()
                    taken = take_large(self._desk, self._trust, bundle, watched)
                    self._was_taken(found, copied.digest, bundle, taken)
        except UserError as error:
            if isinstance(error, BundleRefused) and bundle is not None:
                error.sender = bundle.sender.inst
            self._was_refused(found, copied.digest if copied else None, error)
        except Exception as error:
            if watched.stopped or is_unfinished(self._desk):
                raise
            self._was_refused(found, None, Fault(error))
        if self._ready and (self._is_full() or self._ready[-1].bundle.manifest.type is not BundleType.RECORDS):
            self._flush()

    def _verified(self, found: Found, copied: Copied) -> Verified:
        """The verified bundle. A refusal that may come of a bundle not yet taken is not believed before that is."""
        try:
            return self._trust.verified(copied.file, found.head, self._ahead)
        except BundleRefused as refusal:
            if not self._ready or refusal.answer not in _OF_PLACE:
                raise
        self._flush()
        return self._trust.verified(copied.file, found.head)

    def _is_full(self) -> bool:
        return len(self._ready) >= _MOST_READY or self._weight >= _MOST_WEIGHT

    def _flush(self) -> None:
        """Take all that is ready, in as many transactions as it needs."""
        self._weight = singly = 0
        while self._ready:
            self._desk.store.give_way()
            done: list[tuple[Ready, Taken | BundleRefused]] = []
            try:
                with self._desk.store.transaction() as session:
                    self._take_some(session, done, 1 if singly else _MOST_READY)
            except Exception as error:
                # The disk refused or the program failed, and nothing of this transaction was kept. One after the
                # other, each gets its own answer; not where nobody knows whether it was kept.
                uncertain = isinstance(error, CommitUncertain)
                if not singly and len(self._ready) > 1 and not uncertain:
                    singly = len(self._ready)
                    continue
                broken = self._ready[: len(done) if uncertain else 1]
                del self._ready[: len(broken)]
                for ready in broken:
                    refusal = error if isinstance(error, UserError) else Fault(error)
                    self._was_refused(ready.found, ready.digest, refusal)
                done = []
            singly = max(0, singly - 1)
            del self._ready[: len(done)]
            for ready, result in done:
                if isinstance(result, Taken):
                    self._was_taken(ready.found, ready.digest, ready.bundle, result)
                else:
                    self._was_refused(ready.found, ready.digest, result)
        self._ahead = Ahead(self._trust)

    def _take_some(self, session: Session, done: list[tuple[Ready, Taken | BundleRefused]], most: int) -> None:
        """Take the first of those that are ready, ``most`` of them, for a moment."""
        until = time.monotonic() + BATCH_SECONDS
        batch = Batch(session, self._desk, self._trust, self._pace)
        some = self._ready[:most]
        while len(done) < len(some):
            waiting = some[len(done) :]
            done += zip(waiting, batch.some(waiting), strict=False)
            if time.monotonic() > until:
                return

    def _was_taken(self, found: Found, digest: bytes, bundle: Verified, taken: Taken) -> None:
        self._trust.taken(Place.of(bundle))
        name = self._trust.name_of(bundle.sender.inst)
        verdict = accepted(found.path.name, name, bundle.manifest, taken, keep=True)
        self._outcomes[found.path] = Outcome(found, verdict)
        self._aside.settled(digest)
        if bundle.manifest.type is not BundleType.RECORDS:
            self._moved += 1
            self._trust.forget()
        if bundle.manifest.type is BundleType.REFERENCE:
            with self._desk.store.reading() as session:
                partners.show(session)

    def _was_refused(self, found: Found, digest: bytes | None, error: UserError) -> None:
        sender = error.sender if isinstance(error, BundleRefused) else None
        if isinstance(error, Fault) and found.head:
            sender = found.head.sender.inst
        manifest: Manifest | None = found.manifest if sender else None
        verdict = refused(found.path.name, error, self._trust.name_of(sender), manifest)
        self._outcomes[found.path] = Outcome(found, verdict)
        if not isinstance(error, BundleRefused) or digest is None:
            return
        if error.answer is Answer.FORK and sender is not None:
            with self._desk.store.transaction() as session:
                stop(session, self._desk.author(), sender)
            self._trust.forget()
        if error.answer is Answer.ALREADY_IMPORTED and sender is not None:
            self._told_again.add(sender)
        if verdict.ok:
            self._aside.settled(digest)
        else:
            self._aside.put(found.path, digest, error, manifest.seq if manifest else None)

    def _known_by_now(self) -> list[Found]:
        """The files of unknown senders, where a bundle of this heap has brought a new key since."""
        if not self._moved:
            return []
        self._moved = 0
        unknown = [one.found.path for one in self._outcomes.values() if one.verdict.answer == Answer.UNKNOWN_SENDER]
        return in_order(unknown, self._trust.reader(), lambda: None)

    def _healed(self) -> list[Verdict]:
        """What was set aside because bundles were missing, and can be taken now that this heap has brought some."""
        senders = {
            one.found.head.sender.inst
            for one in self._outcomes.values()
            if one.verdict.answer == ACCEPTED and one.found.head
        }
        waiting = [path for path in self._aside.waiting(senders) if path not in self._outcomes]
        for found in in_order(waiting, self._trust.reader(), lambda: None):
            self._come_to(found, lambda: None)
        self._flush()
        return [self._outcomes[path].verdict for path in waiting if self._outcomes[path].verdict.ok]

    def _tell_again(self) -> None:
        if self._told_again:
            with self._desk.store.transaction() as session:
                tell_again(session, self._told_again)
