"""A heap of files: which there are, in what order they are best read, and a local copy of each."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from app.store import troubles
from app.sync.manifest import BundleType, Manifest
from app.sync.stick import copy_from_stick
from app.sync.verifier import Announced, Reader, announced
from app.usecases.desk import Desk

SUFFIX: Final = ".age"
_DEPTH: Final = 2
"""Folders within folders that are looked into: sticks are filled by hand."""
_IN_MEMORY: Final = 1 << 20
"""Bytes of a bundle that are kept in memory rather than in a file."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and what its signed head says; no head where that cannot be read or is not believed."""

    path: Path
    head: Announced | None = None

    @property
    def manifest(self) -> Manifest | None:
        """What the head states."""
        return self.head.manifest if self.head else None


@dataclass(frozen=True, slots=True)
class Copied:
    """The local copy of a file's ciphertext, and its SHA-256."""

    file: BinaryIO
    digest: bytes


def bundle_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The bundle files among ``paths``; a folder or a whole stick gives those in it and in its own folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(_in_folder(path, _DEPTH))
        else:
            yield path


def _in_folder(folder: Path, depth: int) -> Iterator[Path]:
    """No link is followed, and a folder that cannot be read (the system's own, on a stick) is passed over."""
    try:
        entries = list(folder.iterdir())
    except OSError:
        return
    for one in entries:
        if one.is_symlink():
            continue
        if one.suffix == SUFFIX and one.is_file():
            yield one
        elif depth and one.is_dir():
            yield from _in_folder(one, depth - 1)


def in_order(paths: Sequence[Path], reader: Reader, looked: Callable[[], object]) -> list[Found]:
    """The files in the order in which a stream was written, so that a shuffled heap has no false gaps.

    Number by number; first copies before second ones; a new key of a sender after all that the old key signed; what
    cannot be read yet at the end. Only heads are read, and nothing is concluded from them.
    """
    found: list[tuple[tuple[int, bool, int], Found]] = []
    copies: dict[str, int] = {}
    for path in paths:
        head = _head(path, reader)
        looked()
        if head is None:
            found.append(((2, False, 0), Found(path)))
            continue
        again = copies[head.manifest_hash] = copies.get(head.manifest_hash, -1) + 1
        rank = (min(again, 1), head.manifest.type is BundleType.TRUST, head.manifest.seq)
        found.append((rank, Found(path, head)))
    return [one for _rank, one in sorted(found, key=lambda pair: pair[0])]


@contextmanager
def local_copy(desk: Desk, path: Path) -> Iterator[Copied]:
    """The file as it is now, on the laptop: a stick may change while it is read."""
    home = desk.store.path.parent
    # What is small never touches the disk: the file is made when it has grown beyond the bound.
    with troubles.in_words(home), tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(home)) as spooled:
        local = cast("BinaryIO", spooled)
        copy_from_stick(path, local)
        digest = hashlib.file_digest(spooled, "sha256").digest()
        local.seek(0)
        yield Copied(local, digest)


def _head(path: Path, reader: Reader) -> Announced | None:
    try:
        with path.open("rb") as file:
            return announced(file, reader)
    except Exception:
        # Whatever is wrong with it is said when the file's turn comes.
        return None
