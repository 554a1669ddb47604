"""A sealed file to and from the shared folder, so that after a broken line only the rest is carried.

WebDAV cannot go on with half a PUT. A small file is therefore put whole under another name and renamed; a large one
(and any, where the server cannot rename) lies there in pieces, of which those that are there in their right size are
not sent again, and its list comes last. A download goes on where the local half ends. Nothing here knows the store.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Final

from app.store.files import replace_file, require_space
from app.sync import mailbox
from app.sync.line_troubles import LineTrouble, Trouble
from app.sync.mailbox import MOST_LIST, PIECE, PieceList, Waiting
from app.sync.manifest import MAX_FILE
from app.sync.multistatus import Entry
from app.sync.webdav import WebDav

Moved = Callable[[int], object]
"""Told how many bytes of this file have gone, those of earlier attempts with them."""
_READ: Final = 1 << 20
_RESERVE: Final = 256 << 20
"""Bytes that must stay free on the disk: what is recorded goes before what is fetched."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A sealed file here that is to go into ``box``. ``sha256`` in hex."""

    path: Path
    box: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name here and there."""
        return self.path.name


def upload(dav: WebDav, parcel: Parcel, moved: Moved, kept: Moved) -> None:
    """Carry ``parcel`` to its box. When it returns, the server has said that it holds the whole file.

    ``kept`` is told how many bytes the server has said that it holds. Raises LineTrouble or LineStopped; what is
    there then stays there, and the next call goes on.
    """
    there = _box(dav, parcel.box)
    whole = there.get(parcel.name)
    if whole is not None and whole.size == parcel.size:
        moved(parcel.size)
    elif parcel.size > PIECE or mailbox.list_name(parcel.name) in there or not _at_once(dav, parcel, moved):
        _in_pieces(dav, parcel, _sizes(there), moved, kept)


def files_waiting(dav: WebDav, box: str) -> list[Waiting]:
    """The whole files in ``box``, by name; none where nobody has made the box yet."""
    try:
        there = dav.files(box)
    except LineTrouble as trouble:
        if trouble.trouble is not Trouble.MISSING:
            raise
        return []
    found = [_single(entry) for entry in there.values() if mailbox.is_bundle_name(entry.name)]
    sizes = _sizes(there)
    for name in there:
        if (bundle := mailbox.listed_bundle(name)) and bundle not in there:
            told = mailbox.decode_list(dav.read(f"{box}/{name}", MOST_LIST))
            if told and all(mailbox.pieces_there(sizes, bundle, told.lengths)):
                found.append(Waiting(bundle, told.size, told.sha256, pieces=True))
    return sorted((one for one in found if one and 0 < one.size <= MAX_FILE), key=lambda one: one.name)


def download(dav: WebDav, box: str, file: Waiting, folder: Path, moved: Moved) -> Path:
    """The file, whole, in ``folder``. What a broken line leaves there is used by the next call.

    Raises LineTrouble (SPOILT where the pieces do not make what their list says), LineStopped, UserError (disk full).
    """
    mark = hashlib.sha256(file.tag.encode()).hexdigest()[:8]  # another file under the same name begins anew
    part = folder / f"{file.name}.{mark}{mailbox.PART}"
    for other in folder.glob(f"{file.name}.*{mailbox.PART}"):
        if other != part:
            other.unlink()
    start = part.stat().st_size if part.exists() else 0
    if start > file.size:
        part.unlink()
        start = 0
    require_space(folder, file.size - start + _RESERVE)
    with part.open("ab") as sink:
        for data in _rest(dav, f"{box}/{file.name}", file, start):
            sink.write(data)
            start += len(data)
            moved(start)
        sink.flush()
        os.fsync(sink.fileno())
    if file.pieces and digest_of(part) != file.tag:
        part.unlink()
        raise LineTrouble(Trouble.SPOILT)
    target = folder / file.name
    replace_file(part, target)
    return target


def take_away(dav: WebDav, box: str, name: str) -> None:
    """Delete a file, or its list and all its pieces, from ``box``."""
    try:
        there = dav.files(box)
    except LineTrouble as trouble:
        if trouble.trouble is not Trouble.MISSING:
            raise
        return
    for one in mailbox.belonging_to(there, name):
        dav.delete(f"{box}/{one}")


def _box(dav: WebDav, box: str) -> dict[str, Entry]:
    try:
        return dav.files(box)
    except LineTrouble as trouble:
        if trouble.trouble is not Trouble.MISSING:
            raise
    dav.make_folder(box)
    return dav.files(box)


def _sizes(there: Mapping[str, Entry]) -> dict[str, int]:
    return {name: entry.size for name, entry in there.items() if entry.size is not None}


def _single(entry: Entry) -> Waiting | None:
    return None if entry.size is None else Waiting(entry.name, entry.size, f"{entry.etag} {entry.size}", pieces=False)


def _at_once(dav: WebDav, parcel: Parcel, moved: Moved) -> bool:
    """Put it whole and rename it. False where the server cannot rename: the pieces then need no renaming."""
    part = f"{parcel.box}/{mailbox.part_name(parcel.name)}"
    dav.put(part, parcel.path.read_bytes(), moved)
    if not dav.move(part, f"{parcel.box}/{parcel.name}"):
        dav.delete(part)
        return False
    if _sizes(dav.files(parcel.box)).get(parcel.name) != parcel.size:
        raise LineTrouble(Trouble.NOT_KEPT)
    return True


def _in_pieces(dav: WebDav, parcel: Parcel, sizes: Mapping[str, int], moved: Moved, kept: Moved) -> None:
    lengths = mailbox.piece_lengths(parcel.size)
    here = mailbox.pieces_there(sizes, parcel.name, lengths)
    done = sum(length for length, there in zip(lengths, here, strict=True) if there)
    moved(done)
    kept(done)
    starts = [0, *accumulate(lengths)]
    with parcel.path.open("rb") as source:
        for number, length in enumerate(lengths, 1):
            if here[number - 1]:
                continue
            source.seek(starts[number - 1])
            path = f"{parcel.box}/{mailbox.piece_name(parcel.name, number)}"
            dav.put(path, source.read(length), partial(_further, moved, done))
            done += length
            kept(done)
    if not all(mailbox.pieces_there(_sizes(dav.files(parcel.box)), parcel.name, lengths)):
        raise LineTrouble(Trouble.NOT_KEPT)
    told = mailbox.encode_list(PieceList(parcel.size, parcel.sha256))
    path = f"{parcel.box}/{mailbox.list_name(parcel.name)}"
    dav.put(path, told)
    if dav.read(path, MOST_LIST) != told:
        raise LineTrouble(Trouble.NOT_KEPT)


def _further(moved: Moved, before: int, sent: int) -> None:
    moved(before + sent)


def _rest(dav: WebDav, path: str, file: Waiting, start: int) -> Iterator[bytes]:
    if not file.pieces:
        if start < file.size:
            yield from dav.stream(path, start, file.size)
        return
    first, within = divmod(start, PIECE)
    for number, length in enumerate(mailbox.piece_lengths(file.size), 1):
        if number > first and not (number == first + 1 and within >= length):
            yield from dav.stream(mailbox.piece_name(path, number), within if number == first + 1 else 0, length)


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hex."""
    running = hashlib.sha256()
    with path.open("rb") as file:
        while data := file.read(_READ):
            running.update(data)
    return running.hexdigest()
