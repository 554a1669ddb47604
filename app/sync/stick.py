"""Carrying a file on a stick: whole under its final name or not there at all, and read back before it counts.

Order of writing: a ``*.part`` file, flushed to the medium with its folder, its time zeroed, *read back past the
cache* and compared by hash, and only then renamed. Sticks are pulled, full, failing or fake; each ends in a sentence
that says what to do, with nothing under the final name.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import hashlib
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Generic, TypeVar

from app.errors import UserError
from app.i18n import N_
from app.read_back import hash_from_medium
from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import MAX_FILE

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

SUFFIX: Final = ".age"
_PART: Final = ".part"
_PIECE: Final = 1 << 20
_RANDOM_BYTES: Final = 10  # 16 base32 characters
# FAT knows no time before 1980; elsewhere the zero of Unix is taken.
_TIMES: Final = (0, 315_619_200)

FULL: Final = N_("The stick is full. Nothing was written. Free some space or take another stick, then try again.")
GONE: Final = N_(
    "The stick cannot be written: it was pulled out or is locked. "
    "Put it in again or take another one, then try again."
)
UNREADABLE: Final = N_(
    "The file cannot be read: the stick was pulled out or is failing. Put it in again, or ask for another copy."
)
FALSE: Final = N_(
    "What was read back from the stick is not what was written. Do not trust this stick: take another one."
)
EXISTS: Final = N_("A file of this name is on the stick already. Nothing was written. Choose another folder.")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OnStick(Generic[T]):
    """A file that was written and read back. ``result`` is what the writing function returned."""

    path: Path
    size: int
    sha256: str
    result: T


class _Counting(io.RawIOBase):
    """A sink that hashes and counts what passes to the real file."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer, /) -> int:
        view = memoryview(data)
        self._file.write(view)
        self._hash.update(view)
        self.size += view.nbytes
        return view.nbytes

    @property
    def digest(self) -> bytes:
        return self._hash.digest()


def random_name(random: bytes) -> str:
    """A file name that tells nothing: 16 base32 characters of ``random`` (at least 10 bytes) and ``.age``."""
    return base64.b32encode(random[:_RANDOM_BYTES]).decode("ascii").lower() + SUFFIX


def _user_error(error: OSError) -> UserError:
    full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
    return UserError(FULL if full else GONE)


def _sync_folder(folder: Path) -> None:
    """Flush the folder's entry; a system that cannot open folders (Windows) writes it through by itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _expect_true(same: bool) -> None:
    if not same:
        raise UserError(FALSE)


def _zero_time(path: Path) -> None:
    for moment in _TIMES:
        # A file system that refuses the one time takes the other; the time tells nothing either way.
        with contextlib.suppress(OSError):
            os.utime(path, (moment, moment))
            return


def _write_part(part: Path, write: Callable[[BinaryIO], T]) -> tuple[_Counting, T]:
    with part.open("wb") as file:
        sink = _Counting(file)
        result = write(sink)  # type: ignore[arg-type]  # RawIOBase is all that a writer of bytes needs
        file.flush()
        os.fsync(file.fileno())
    return sink, result


def write_to_stick(folder: Path, write: Callable[[BinaryIO], T], name: str) -> OnStick[T]:
    """Let ``write`` fill the file ``name`` in ``folder``; return when the medium has given the same bytes back.

    Raises ``UserError`` (full, pulled out, not to be trusted, name taken); then nothing is left under ``name``.
    """
    path, part = folder / name, folder / (name + _PART)
    if path.exists():
        raise UserError(EXISTS)
    renamed = False
    try:
        sink, result = _write_part(part, write)
        _zero_time(part)
        _sync_folder(folder)
        _expect_true(hash_from_medium(part) == sink.digest)
        part.rename(path)
        renamed = True
        _sync_folder(folder)
        _expect_true(path.stat().st_size == sink.size)
    except BaseException as error:
        # Whatever stops us, a cancelled job too: nothing may stay that looks whole. A pulled stick cannot be cleaned.
        with contextlib.suppress(OSError):
            (path if renamed else part).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _user_error(error) from None
        raise
    return OnStick(path, sink.size, sink.digest.hex(), result)


def copy_from_stick(path: Path, local: BinaryIO) -> int:
    """Copy the ciphertext at ``path`` into ``local`` (then rewound) and return its size.

    Why: the verifier reads a bundle several times, and a stick may change between. Raises ``BundleRefused`` TOO_BIG
    before the disk is filled, ``UserError`` when the stick cannot be read.
    """
    size = 0
    for piece in _pieces(path):
        size += len(piece)
        if size > MAX_FILE:
            raise BundleRefused(Answer.TOO_BIG, "file size")
        local.write(piece)
    local.seek(0)
    return size


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
    except OSError:
        raise UserError(UNREADABLE) from None
