"""Python's collector runs in the interface's thread alone.

Left to itself it runs in whichever thread allocates, and would destroy Qt objects of the interface in the worker
("Timers cannot be stopped from another thread"). Here a timer does the same steps at the same thresholds.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS: Final = 2000


class InterfaceCollector(QObject):
    """While it lives, garbage is collected by its timer; ``stop`` gives the work back to Python."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    def collect(self) -> None:
        """One step: the oldest generation that is due, as Python itself would choose it."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()
