"""The line: the same sealed files over a shared folder (WebDAV), where there is internet. Nothing goes by itself.

The nurse's bundle goes into the coordinator's box and the coordinator's receipts into the centres' boxes. Each is
sealed into the tray first (``line_tray``), so that a broken line loses nothing and only the rest is carried later.
What is fetched is given to the ordinary receiving; it is deleted on the server only after that has decided.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models import OwnKeys
from app.store import troubles
from app.store.files import DISK_FAILING, DISK_FULL
from app.sync import carrying, mailbox, stick
from app.sync.age import Identity
from app.sync.line_place import Place
from app.sync.line_troubles import LineStopped, LineTrouble, Trouble
from app.sync.mailbox import Waiting
from app.sync.verifier import Role
from app.sync.webdav import WebDav, never
from app.usecases import line_tray
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.line_settings import LineSettings, LineWish, keep_place, kept_place, shown, wished_place
from app.usecases.line_tray import WaitingFile
from app.usecases.outbox import unwatched
from app.usecases.receiving import Receiving
from app.usecases.sending import Sending

INCOMING: Final = "incoming"
_KIB: Final = 1024
_PATIENCE: Final = 10.0
"""Seconds; ``state`` holds the turn for a moment."""
_BOXES: Final = 3
"""After a change of keys files may still come to the box of the key before."""

NOT_SET: Final = N_("No shared folder is set. Set its address and its token in the settings first.")
STILL_WAITING: Final = N_("A file still waits to be carried. Go on or give it up first, then forget the folder.")
BUSY: Final = N_("Something is being carried already. Wait until it ends, or stop it.")

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class LineState:
    """What the card shows. ``settings`` is None while no folder is set; ``arrived`` files wait to be read."""

    settings: LineSettings | None
    waiting: tuple[WaitingFile, ...]
    arrived: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What one press did: how many files are whole on the server now, how many bytes they have, and why it ended."""

    sent: int
    size: int
    waiting: tuple[WaitingFile, ...]
    trouble: UserError | None
    stopped: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """Whole files that lie here for the ordinary receiving, earlier undecided ones with them, and why it ended."""

    files: tuple[Path, ...]
    trouble: UserError | None
    stopped: bool


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A waiting file was let go. ``cleaned``: nothing of it is left on the server."""

    cleaned: bool


class Line:
    """The use cases of the line. One for each desk: its two folders know one worker at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()

    def state(self) -> LineState:
        """What is set and what waits. Quick; asks nobody over the net."""
        if self._turn.acquire(blocking=False):
            try:
                self._adopt()
            finally:
                self._turn.release()
        with self._desk.store.reading() as session:
            place = kept_place(session)
            waiting = tuple(line_tray.in_tray(session))
        return LineState(shown(place) if place else None, waiting, len(self.arrived()))

    def save(self, wish: LineWish) -> None:
        """Remember the shared folder. Raises LineTrouble where what was typed is none."""
        with self._desk.store.transaction() as session:
            before = kept_place(session)
            place = wished_place(wish, before)
            keep_place(session, place)
            if before is None or before.address != place.address:
                line_tray.begin_anew(session)
            note(session, self._desk.author(), "line_set")

    def forget(self) -> None:
        """Forget address, login, token and certificate. Raises UserError while a file waits for the line."""
        with self._desk.store.transaction() as session:
            if line_tray.in_tray(session):
                raise UserError(STILL_WAITING)
            keep_place(session, None)
            note(session, self._desk.author(), "line_forgotten")

    def try_out(self, wish: LineWish, cancelled: Cancelled = never) -> bool:
        """Whether the folder can be read, written and cleaned with what was typed: raises LineTrouble where not.

        False where it was stopped before that was known.
        """
        with self._desk.store.reading() as session:
            place = wished_place(wish, kept_place(session))
        try:
            with WebDav(place, cancelled) as dav:
                self._probe(dav)
        except LineStopped:
            return False
        return True

    def send(self, progress: Progress, cancelled: Cancelled = never) -> Carried:
        """Carry what waits, then make and carry what is new: the next bundle, or all receipts that are due."""
        with self._working() as place:
            waited = self._carry(place, progress, cancelled)
            if waited.trouble or waited.stopped:
                return waited
            self._compose(again=not waited.sent)
            fresh = self._carry(place, progress, cancelled)
            total, size = waited.sent + fresh.sent, waited.size + fresh.size
            return Carried(total, size, fresh.waiting, fresh.trouble, fresh.stopped)

    def go_on(self, progress: Progress, cancelled: Cancelled = never) -> Carried:
        """Carry what waits, and make nothing new."""
        with self._working() as place:
            return self._carry(place, progress, cancelled)

    def give_up(self, rid: int) -> GivenUp:
        """Let a waiting file go: what it held counts as not sent. What lies of it there is deleted if it can be."""
        with self._working() as place:
            folder = line_tray.tray_of(self._desk)
            with self._desk.store.transaction() as session:
                parcel = line_tray.parcel_of(session, rid, folder)
                if parcel is None:
                    return GivenUp(cleaned=True)
                line_tray.given_up(session, rid)
            parcel.path.unlink(missing_ok=True)
            try:
                with WebDav(place) as dav:
                    carrying.take_away(dav, parcel.box, parcel.name)
            except LineTrouble:
                # Without a line a sealed rest stays there; nobody takes a file without its end.
                return GivenUp(cleaned=False)
            return GivenUp(cleaned=True)

    def fetch(self, progress: Progress, cancelled: Cancelled = never) -> Fetched:
        """Bring what lies in the box of this laptop. Takes nothing in: that is done by who is given the files."""
        with self._working() as place:
            trouble: UserError | None = None
            stopped = False
            try:
                with WebDav(place, cancelled) as dav, troubles.in_words(self._desk.store.path.parent):
                    self._bring(dav, progress)
            except LineStopped:
                stopped = True
            except UserError as error:
                trouble = error
            return Fetched(tuple(self.arrived()), trouble, stopped)

    def done_with(self, files: Sequence[Path]) -> int:
        """These were taken in or put aside: delete them there and here. Answers how many could not be deleted.

        A file that could not be deleted there stays here too, and comes again with the next ``fetch``.
        """
        folder, left = self._incoming(), len(files)
        with self._working() as place:
            try:
                with WebDav(place) as dav:
                    for file in files:
                        if file.parent == folder and mailbox.is_bundle_name(file.name):
                            for box in self._boxes():
                                carrying.take_away(dav, box, file.name)
                            file.unlink(missing_ok=True)
                        left -= 1
            except LineTrouble:
                return left
        return 0

    def arrived(self) -> list[Path]:
        """Whole files that were fetched and are not decided."""
        folder = self._desk.store.path.parent / INCOMING
        return sorted(path for path in folder.glob("*.age") if mailbox.is_bundle_name(path.name))

    def _probe(self, dav: WebDav) -> None:
        probe = f"probe-{self._desk.clock.random_bytes(8).hex()}"
        dav.files("")
        box = self._boxes()[0]
        dav.make_folder(box)
        dav.put(f"{box}/{probe}", probe.encode())
        try:
            kept = dav.read(f"{box}/{probe}", _KIB) == probe.encode()
        finally:
            dav.delete(f"{box}/{probe}")
        if not kept or probe in dav.files(box):
            raise LineTrouble(Trouble.NOT_KEPT)

    @contextmanager
    def _working(self) -> Iterator[Place]:
        if not self._turn.acquire(timeout=_PATIENCE):
            raise UserError(BUSY)
        try:
            with self._desk.store.reading() as session:
                place = kept_place(session)
            if place is None:
                raise UserError(NOT_SET)
            self._adopt()
            yield place
        finally:
            self._turn.release()

    def _adopt(self) -> None:
        for half in line_tray.tray_of(self._desk).glob(f"*{mailbox.PART}"):
            half.unlink(missing_ok=True)
        line_tray.adopt(self._desk)

    def _compose(self, *, again: bool) -> None:
        """Seal what is new into the tray. ``again``: also what was sent before and has no receipt yet."""
        folder = line_tray.tray_of(self._desk)
        try:
            if self._desk.me.role == Role.COORDINATOR.value:
                Receiving(self._desk).write_receipts(folder)
            else:
                sending = Sending(self._desk)
                preview = sending.preview()
                if preview.records or (again and preview.rows) or preview.to is None:
                    sending.send(folder, unwatched)
        except UserError as error:
            if error.message not in _DISK:  # these speak of a stick, and here it is the disk
                raise
            raise UserError(_DISK[error.message]) from error
        finally:
            self._adopt()

    def _carry(self, place: Place, progress: Progress, cancelled: Cancelled) -> Carried:
        with self._desk.store.reading() as session:
            waiting = line_tray.in_tray(session)
        total = sum(one.size for one in waiting)
        count = done = 0
        trouble: UserError | None = None
        stopped = False
        try:
            with WebDav(place, cancelled) as dav, troubles.in_words(self._desk.store.path.parent):
                for one in waiting:
                    self._upload(dav, one, partial(_tell, progress, total, done))
                    count, done = count + 1, done + one.size
        except LineStopped:
            stopped = True
        except UserError as error:
            trouble = error
        with self._desk.store.reading() as session:
            return Carried(count, done, tuple(line_tray.in_tray(session)), trouble, stopped)

    def _upload(self, dav: WebDav, one: WaitingFile, moved: carrying.Moved) -> None:
        with self._desk.store.reading() as session:
            parcel = line_tray.parcel_of(session, one.rid, line_tray.tray_of(self._desk))
        assert parcel is not None
        there = [0]
        try:
            carrying.upload(dav, parcel, moved, there.append)
        except (LineTrouble, LineStopped):
            if len(there) > 1:  # the server was asked and has told what it holds
                with self._desk.store.transaction() as session:
                    line_tray.came_to(session, one.rid, there[-1])
            raise
        with self._desk.store.transaction() as session:
            note(session, self._desk.author(), "uploaded", line_tray.arrived(session, one.rid))
        parcel.path.unlink(missing_ok=True)

    def _bring(self, dav: WebDav, progress: Progress) -> None:
        folder = self._incoming()
        found: list[tuple[str, Waiting]] = []
        for box in self._boxes():
            found += [(box, file) for file in carrying.files_waiting(dav, box) if not (folder / file.name).exists()]
        wanted = {file.name for _box, file in found}
        for half in folder.glob(f"*{mailbox.PART}"):
            if half.name.partition(".age")[0] + ".age" not in wanted:
                half.unlink(missing_ok=True)
        total, done = sum(file.size for _box, file in found), 0
        spoilt: LineTrouble | None = None
        for box, file in found:
            try:
                carrying.download(dav, box, file, folder, partial(_tell, progress, total, done))
            except LineTrouble as trouble:
                if trouble.trouble is not Trouble.SPOILT:
                    raise
                spoilt = trouble  # the others are none the worse
            done += file.size
        if spoilt is not None:
            raise spoilt

    def _incoming(self) -> Path:
        folder = self._desk.store.path.parent / INCOMING
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def _boxes(self) -> list[str]:
        with self._desk.store.reading() as session:
            seeds = session.scalars(select(OwnKeys.receive_seed).order_by(OwnKeys.rid.desc()).limit(_BOXES)).all()
        return [mailbox.box_of(Identity(seed).recipient.raw) for seed in dict.fromkeys(seeds)]


def _tell(progress: Progress, total: int, before: int, now: int) -> None:
    progress((before + now) // _KIB, total // _KIB)


_DISK: Final = {stick.FULL: DISK_FULL, stick.GONE: DISK_FAILING, stick.FALSE: DISK_FAILING}
