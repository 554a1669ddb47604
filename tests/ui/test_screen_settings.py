"""Settings: what is chosen is done, what is said is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.application import Preferences
from app.ui.screens.settings import Changes, SettingsScreen, Who
from tests.ui.exchange_fixtures import World, open_world

WHO = Who("Т. Саковіч", "Гомель", "centre", "01a1f84a", practice=True, version="0.1.0")


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot) -> Iterator[World]:
    with open_world(tmp_path, qtbot) as made:
        yield made


@dataclass
class Done:
    """What was asked for."""

    calls: list[tuple[str, object]] = field(default_factory=list)

    def changes(self) -> Changes:
        return Changes(
            language=lambda chosen: self.calls.append(("language", chosen)),
            theme=lambda: self.calls.append(("theme", "other")),
            scale=lambda step: self.calls.append(("scale", step)),
            idle=lambda minutes: self.calls.append(("idle", minutes)),
        )


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_each_choice_does_what_it_says_and_nothing_else(world: World, qtbot: QtBot) -> None:
    done = Done()
    made = SettingsScreen(world.desk, WHO, Preferences("en", dark=False, scale=1.25), 10, done.changes())
    qtbot.addWidget(made)
    assert done.calls == []
    for box, value in ((made.language, "en"), (made.theme, "light"), (made.scale, 1.25)):
        choose(box, value)
    assert done.calls == [], "what is so already is not changed"
    choose(made.language, "be")
    choose(made.theme, "dark")
    choose(made.scale, 2.0)
    choose(made.idle, 5)
    assert done.calls == [("language", "be"), ("theme", "other"), ("scale", 0.75), ("idle", 5)]
    assert "5 min" in made.banner.text()


def test_practice_is_said_and_values_outside_the_list_are_kept(world: World, qtbot: QtBot) -> None:
    made = SettingsScreen(world.desk, WHO, Preferences("ru", dark=True, scale=1.375), 7, Done().changes())
    qtbot.addWidget(made)
    assert made.scale.currentData() == 1.375
    assert made.idle.currentData() == 7
    assert made.language.currentText() == "Русский"
    shown = " ".join(child.accessibleName() for child in made.findChildren(QWidget))
    for words in ("Practice", "Т. Саковіч", "01a1f84a", "Apora 0.1.0"):
        assert words in shown
