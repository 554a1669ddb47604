"""Windows in tests: drawn off the screen, in English unless a test says otherwise, dressed like the program."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import i18n
from app.ui import theme
from app.ui.forms.context import Choice, FormContext
from tests.ui.screen_fixtures import Centre, opened_centre

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LISTS = {
    "few": [Choice("a", "Apple"), Choice("b", "Pear"), Choice("c", "Plum")],
    "oblasts": [Choice("1", "Brest"), Choice("2", "Homel")],
    "raions": [Choice(f"{parent}-{n}", f"Raion {parent}-{n}", parent) for parent in "12" for n in range(20)],
    "many": [Choice(f"c{n}", f"Country {n:03d}") for n in range(200)],
    "currencies": [Choice("BYN", "Belarusian rouble"), Choice("BYR", "Old rouble"), Choice("EUR", "Euro")],
}
AGENCIES = [Choice("id-1", "Red Cross, Homel"), Choice("id-2", "Red Cross, Brest"), Choice("id-3", "Legal clinic")]


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform has no window manager to tell of smallest sizes, popups and the like, and says so.
    config.addinivalue_line("qt_log_ignore", "^This plugin does not support ")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """English and the light theme at 100 %, whatever the test before left."""
    before = i18n.language()
    i18n.set_language("en")
    theme.apply(qapp)
    yield
    i18n.set_language(before)


def _refs(kind: str, typed: str) -> list[Choice]:
    assert kind == "agency"
    if typed.startswith("="):
        return [choice for choice in AGENCIES if choice.key == typed[1:]]
    return [choice for choice in AGENCIES if typed and typed.casefold() in choice.text.casefold()]


@pytest.fixture
def context() -> FormContext:
    """Invented lists and a day that stands still."""
    return FormContext(lambda name: LISTS[name], _refs, lambda: dt.date(2026, 3, 9))


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    """A centre's open desk with a stand-in for the window, over a real store."""
    with opened_centre(tmp_path) as made:
        yield made
