"""Theme and icons: contrast by the rule, every picture draws, sizes follow the text."""

from __future__ import annotations

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app import codelists
from app.paths import resources
from app.ui import icons, shortcuts, theme
from app.ui.style_sheet import style_sheet
from app.ui.tokens import DARK, GROUPS, LIGHT, Tokens


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") < 4.5


@pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_readable(t: Tokens) -> None:
    grounds = (t.window, t.surface, t.surface2, t.nav)
    pairs = list(product((t.text, t.text2, t.accent_text), grounds))
    pairs += [(t.danger, t.surface), (t.warn, t.surface), (t.ok, t.surface), (t.danger, t.window), (t.warn, t.window)]
    pairs += [(t.ok, t.ok_soft), (t.warn, t.warn_soft), (t.danger, t.danger_soft), (t.accent_text, t.accent_soft)]
    pairs += [(t.on_accent, t.accent), (t.on_accent, t.accent_hover), (t.text2, t.border), (t.text, t.nav_selected)]
    pairs += [(t.text, ground) for ground in (t.ok_soft, t.warn_soft, t.danger_soft, t.accent_soft)]
    pairs += [(t.window, t.warn), (t.accent_text, t.danger_soft), (t.accent_text, t.warn_soft)]
    poor = [(pair, round(contrast(*pair), 2)) for pair in pairs if contrast(*pair) < 4.5]
    assert poor == []


@pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
def test_frames_and_groups_are_seen(t: Tokens) -> None:
    colours = [group.dark if t is DARK else group.light for group in GROUPS.values()]
    colours += [t.focus, t.danger, t.warn]
    assert [colour for colour in colours if contrast(colour, t.surface) < 3] == []


def test_every_tile_and_group_of_the_code_lists_has_a_look() -> None:
    tiles = {codelists.service_tile(code) for code in codelists.get("services").codes}
    assert tiles <= set(GROUPS)
    assert {str(group) for group in codelists.ServiceGroup} <= set(GROUPS)


@pytest.mark.parametrize("path", sorted(resources("icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_draws_in_the_colour_asked(qapp: QApplication, path: object) -> None:
    name = getattr(path, "stem")  # noqa: B009 - the parameter is typed as object for mypy
    image = icons.pixmap(name, "#FF0000", 24, 1.0).toImage()
    drawn = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
    assert len(drawn) > 5
    assert all(colour.red() > 200 and colour.green() < 30 for colour in drawn)


def test_icons_are_on_one_grid_with_one_stroke() -> None:
    for path in resources("icons").glob("*.svg"):
        text = path.read_text("utf-8")
        assert 'viewBox="0 0 24 24"' in text, path.name
        assert re.findall(r'stroke-width="([^"]+)"', text) == ["1.75"], path.name


@pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_names_only_pictures_that_are_there(t: Tokens) -> None:
    sheet = style_sheet(t, round)
    named = re.findall(r"url\(style:([^)]+)\)", sheet)
    assert named
    assert all(resources("style", name).is_file() for name in named)


def test_controls_are_36_high_and_grow_with_the_text(qapp: QApplication, qtbot: QtBot) -> None:
    press = QPushButton("Save")
    qtbot.addWidget(press)
    assert press.sizeHint().height() == 36
    theme.apply(qapp, scale=2.0)
    assert press.sizeHint().height() >= 60
    theme.apply(qapp, scale=9.0)
    assert theme.current().scale == 2.0
    assert QColor(theme.tokens().window).isValid()


def test_shortcuts_have_their_cyrillic_twins() -> None:
    assert shortcuts.SEARCH == ("Ctrl+K", "Ctrl+Л", "F3")
    assert shortcuts.LOCK == ("F12", "Ctrl+L", "Ctrl+Д")
    assert shortcuts.twins("Ctrl+O") == ("Ctrl+O", "Ctrl+Щ", "Ctrl+Ў")
    assert shortcuts.twins("Ctrl+1") == ("Ctrl+1",)
