"""Where a bundle stands in its stream, and what that means: taken, repeated, out of date, a gap, or a fork.

A stream is (signing key, addressee, type). Field clocks are wrong, so order is ``seq`` alone. A bundle repeats
everything since its ``base`` (what the recipient acknowledged), so a lost one heals itself with the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from uuid import UUID

from app.sync.errors import Answer, BundleRefused
from app.sync.manifest import BundleType, Manifest

MAX_JUMP: Final = 1000


class StreamKey(NamedTuple):
    """Whose bundles, for whom, of which type."""

    sign: bytes
    addressee: UUID
    type: BundleType


@dataclass(slots=True)
class StreamState:
    """What was taken of a stream: ``seen`` gives the manifest's hash by ``seq``, ``prevs`` its ``prev``.

    ``prevs`` may be partial or empty; with it a late bundle that contradicts its successor is known as a fork.
    """

    seen: dict[int, str] = field(default_factory=dict)
    prevs: dict[int, str | None] = field(default_factory=dict)
    last: int = field(init=False)
    """The highest number that was taken; 0 where none was."""

    def __post_init__(self) -> None:
        self.last = max(self.seen, default=0)

    def take(self, seq: int, digest: str, prev: str | None) -> None:
        """One more was taken."""
        self.seen[seq], self.prevs[seq] = digest, prev
        self.last = max(self.last, seq)

    def copy(self) -> StreamState:
        """Another one that goes on from here by itself."""
        return StreamState(dict(self.seen), dict(self.prevs))


def check_place(manifest: Manifest, digest: str, state: StreamState, *, alone: bool = False) -> None:
    """Return when the bundle (``digest``: its manifest's hash) may be taken; else raise ``BundleRefused``.

    ``alone``: in this stream no bundle repeats an earlier one, so a lower number that was never seen is taken too.
    """
    seen, seq = state.seen, manifest.seq
    if seq in seen:
        raise BundleRefused(Answer.ALREADY_IMPORTED if seen[seq] == digest else Answer.FORK, "seq seen")
    if manifest.prev is not None and seen.get(seq - 1, manifest.prev) != manifest.prev:
        raise BundleRefused(Answer.FORK, "prev")
    if state.prevs.get(seq + 1, digest) != digest:
        raise BundleRefused(Answer.FORK, "prev of the next")
    base = manifest.base
    if base is not None and seen.get(base.seq, base.manifest) != base.manifest:
        # It says that we acknowledged a bundle which we know with other contents.
        raise BundleRefused(Answer.FORK, "base")
    last = state.last
    if seq < last:
        if alone:
            return
        raise BundleRefused(Answer.OLD, "seq")
    if seq - last > MAX_JUMP:
        raise BundleRefused(Answer.GAP, "jump", missing=f"{last + 1}–{seq - 1}")
    if base is not None and base.seq not in seen:
        raise BundleRefused(Answer.GAP, "base", missing=_missing(base.seq, seen))


def _missing(wanted: int, seen: Mapping[int, str]) -> str:
    """The unseen numbers up to ``wanted``, from the nearest seen one below it: ``41–43`` or ``7``."""
    first = max((seq for seq in seen if seq < wanted), default=0) + 1
    return str(wanted) if first == wanted else f"{first}–{wanted}"
