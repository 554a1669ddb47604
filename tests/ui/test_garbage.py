"""Garbage is collected in the interface's thread, and only there."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.garbage import InterfaceCollector


class _Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.me = self
        self.where: list[int] = []


def test_a_worker_never_collects(qtbot: QtBot) -> None:
    owner = QObject()
    collector = InterfaceCollector(owner)
    try:
        found: list[int] = []
        ring = _Ring()
        weakref.finalize(ring, lambda: found.append(threading.get_ident()))
        del ring
        worker = threading.Thread(target=lambda: [[object()] for _ in range(200_000)])
        worker.start()
        worker.join()
        assert found == []
        many: list[list[list[int]]] = []
        for _step in range(50):
            collector.collect()
            if found:
                break
            many.append([[one] for one in range(5_000)])
        assert found == [threading.get_ident()]
    finally:
        collector.stop()
    assert gc.isenabled()
