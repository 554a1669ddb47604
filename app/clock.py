"""The only source of time, of ids and of chance, so that tests and practice data can hold them still."""

from __future__ import annotations

import datetime as dt
import secrets
import time
import uuid
from dataclasses import dataclass, field
from random import Random
from typing import Protocol


class Clock(Protocol):
    """What the program asks of time and chance."""

    def now(self) -> dt.datetime:
        """This moment, in UTC, with its zone."""

    def today(self) -> dt.date:
        """The local calendar day."""

    def new_id(self) -> uuid.UUID:
        """A fresh UUID version 7 (ordered by time: inserts stay at the end of the index)."""

    def random_bytes(self, count: int) -> bytes:
        """``count`` random bytes; from the system's generator except in tests and practice data."""


def uuid7(milliseconds: int, random: bytes) -> uuid.UUID:
    """UUID version 7 (RFC 9562, 5.7) from a Unix time in milliseconds and 10 random bytes."""
    raw = bytearray((milliseconds & 0xFFFF_FFFF_FFFF).to_bytes(6, "big") + random[:10])
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return uuid.UUID(bytes=bytes(raw))


class SystemClock:
    """The laptop's own clock and the system's generator."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    def today(self) -> dt.date:
        return dt.datetime.now().astimezone().date()

    def new_id(self) -> uuid.UUID:
        return uuid7(time.time_ns() // 1_000_000, secrets.token_bytes(10))

    def random_bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)


@dataclass
class SteadyClock:
    """A clock that stands where it is put, with seeded chance: for tests and for practice data.

    Each id advances an inner counter, so ids differ and keep their order although the time stands still.
    """

    moment: dt.datetime
    seed: int = 0
    _random: Random = field(init=False, repr=False)
    _count: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)  # noqa: S311 - repeatable on purpose; never used for keys in real stores

    def now(self) -> dt.datetime:
        return self.moment

    def today(self) -> dt.date:
        return self.moment.date()

    def set(self, moment: dt.datetime) -> None:
        """Put the clock to ``moment``."""
        self.moment = moment

    def new_id(self) -> uuid.UUID:
        self._count += 1
        return uuid7(int(self.moment.timestamp() * 1000) + self._count, self.random_bytes(10))

    def random_bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)
