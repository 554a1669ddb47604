"""Receiving: looking into bundles, taking them in, what was set aside, and writing receipts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import select

from app.models import BundleSeen, Centre, Installation
from app.usecases.desk import Desk
from app.usecases.inbox import answering
from app.usecases.inbox.answering import ReceiptsCutShort
from app.usecases.inbox.aside import Aside, AsideFile
from app.usecases.inbox.heap import SUFFIX, bundle_files
from app.usecases.inbox.looking import Look
from app.usecases.inbox.taking import Intake
from app.usecases.inbox.verdicts import ACCEPTED, HARMLESS, UNREADABLE, Seen, Verdict

Progress = Callable[[int, int], object]


def _unwatched(_done: int, _all: int) -> None:
    """Nobody watches a single file."""


def _going_on() -> bool:
    return False


class Receiving:
    """The use cases of receiving. Each bundle is wholly in or wholly out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def inspect(self, file: Path) -> Verdict:
        """What taking the file in would do. Takes nothing, whatever it holds."""
        return self.look([file], _unwatched)[file]

    def look(
        self, paths: Sequence[Path], progress: Progress, cancelled: Callable[[], bool] = _going_on
    ) -> dict[Path, Verdict]:
        """What taking these files in would do, each as if those before it had been taken. Takes nothing.

        A verdict for each file that was come to, in the order of ``bundle_files(paths)``.
        """
        return Look(self._desk).verdicts(list(bundle_files(paths)), progress, cancelled)

    def take(self, file: Path) -> Verdict:
        """Take one file in. A refused one changes nothing, and the verdict says why."""
        return Intake(self._desk).take([file], _unwatched, _going_on)[0]

    def take_all(
        self, paths: Sequence[Path], progress: Progress, cancelled: Callable[[], bool] = _going_on
    ) -> list[Verdict]:
        """Take files and folders in, in any order; cancelling takes effect between two bundles.

        Verdicts in the order of ``bundle_files(paths)``, then those of files set aside before that went in now.
        """
        return Intake(self._desk).take(list(bundle_files(paths)), progress, cancelled)

    def aside(self) -> list[AsideFile]:
        """The files that were refused and are kept, with the reason."""
        return Aside(self._desk).listed()

    def try_again(
        self, ids: Sequence[int], progress: Progress = _unwatched, cancelled: Callable[[], bool] = _going_on
    ) -> list[Verdict]:
        """Take files set aside once more: what goes in now leaves the list. Files that were not kept are left out."""
        return Intake(self._desk).take(Aside(self._desk).paths(ids), progress, cancelled)

    def let_go(self, one: int) -> None:
        """Delete a file set aside. Raises UserError where it is gone already."""
        Aside(self._desk).let_go(one)

    def seen(self, limit: int = 200) -> list[Seen]:
        """The bundles taken in, newest first."""
        query = (
            select(BundleSeen, Installation.uid, Centre.name)
            .join(Installation, Installation.rid == BundleSeen.from_rid)
            .join(Centre, Centre.rid == Installation.centre_rid)
            .order_by(BundleSeen.rid.desc())
            .limit(limit)
        )
        with self._desk.store.reading() as session:
            return [
                Seen(
                    inst=inst,
                    sender=name,
                    seq=row.seq,
                    type=row.type,
                    received_at=row.received_at,
                    rows=row.rows,
                    added=row.added,
                    changed=row.changed,
                    deleted=row.deleted,
                    flagged=row.flagged,
                    receipt_seq=row.receipt_seq,
                )
                for row, inst, name in session.execute(query)
            ]

    def receipts_due(self) -> int:
        """For how many installations a receipt is to be written."""
        return answering.due(self._desk)

    def write_receipts(self, folder: Path) -> list[Path]:
        """Write a receipt for each installation with news, and a first greeting to each new one, into ``folder``.

        Raises UserError; ReceiptsCutShort where some were written before the stick failed: those count.
        """
        return answering.write_all(self._desk, folder)


__all__ = [
    "ACCEPTED",
    "HARMLESS",
    "SUFFIX",
    "UNREADABLE",
    "AsideFile",
    "ReceiptsCutShort",
    "Receiving",
    "Seen",
    "Verdict",
    "bundle_files",
]
