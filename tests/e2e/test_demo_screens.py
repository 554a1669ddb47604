"""The demonstration's pictures: of real windows, each with something on it, and none in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.e2e.desks import QUICK, QUICK_DIGITS
from tools import demo_screens
from tools.demo import Demo, prepare
from tools.demo_country import Country, Size


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    folder = tmp_path_factory.mktemp("pictures") / "out"
    prepare(folder)
    demo = Demo(folder, Size(people=6, months=3, kdf=QUICK, digits=QUICK_DIGITS))
    assert demo.run() == []
    assert demo.country is not None
    yield demo.country
    demo.country.close()


def _colours(image: QImage) -> int:
    spots = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
    return len({image.pixel(x, y) for x, y in spots})


@pytest.mark.usefixtures("qapp")
def test_every_screen_is_drawn(country: Country, tmp_path: Path) -> None:
    files = demo_screens.shots(tmp_path, [place.desk for place in country.places])
    assert len({file.read_bytes() for file in files}) == len(files) >= 20, "no two pictures are the same"
    for file in files:
        image = QImage(str(file))
        assert (image.width(), image.height()) == (1366, 768), file.name
        assert _colours(image) > 20, file.name


def test_a_qt_message_fails_the_picture(
    country: Country, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_screens, "_settle", lambda *_rest: qWarning("something is wrong"))
    shot = demo_screens.Shot("figures", "figures")
    with pytest.raises(demo_screens.ScreenFailed, match="something is wrong"):
        demo_screens.draw(qapp, country.coordinator.desk, shot, tmp_path / "x.png")
