"""Whose turn it is to write: strictly in the order of asking.

A plain lock is not fair: who has just let go gets it again before a waiting thread has woken up, so an import of many
short transactions would keep a save waiting until its end.
"""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turn:
    """A lock that is handed on to whoever has waited longest. Used as a context manager; it does not nest."""

    def __init__(self) -> None:
        self._state = threading.Condition(threading.Lock())
        self._waiting: deque[object] = deque()
        """Tickets; the first one is whose turn it is."""
        self._holder: int | None = None

    def __enter__(self) -> None:
        ticket = object()
        with self._state:
            self._waiting.append(ticket)
            try:
                self._state.wait_for(lambda: self._waiting[0] is ticket)
            except BaseException:
                self._waiting.remove(ticket)
                self._state.notify_all()
                raise
            self._holder = threading.get_ident()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._state:
            self._holder = None
            self._waiting.popleft()
            self._state.notify_all()

    def is_mine(self) -> bool:
        """Whether this thread has the turn."""
        return self._holder == threading.get_ident()

    def wait_while_taken(self, seconds: float) -> None:
        """Wait until nobody writes or waits to write, at most so long."""
        with self._state:
            self._state.wait_for(lambda: not self._waiting, seconds)
