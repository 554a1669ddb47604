"""Theme: tokens -> palette and one small style sheet on Fusion, with a text scale from 1.0 to 2.0.

Every size that depends on text goes through ``px``; a size written plainly in a style sheet would not grow with
the text (measured: "Font sizes in style sheets are tokens, or larger text does not work"). The current theme is
the one piece of state here: painters ask ``current()`` each time they paint.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.paths import resources
from app.ui.style_sheet import style_sheet
from app.ui.tokens import DARK, GROUPS, LIGHT, PLAIN_GROUP, Group, Tokens

BODY: Final = 14
CONTROL: Final = 36
SMALLEST, LARGEST = 1.0, 2.0
_FAMILIES: Final = {
    "win32": ("Segoe UI",),
    "linux": ("Inter", "Noto Sans", "DejaVu Sans", "Liberation Sans"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """What is applied now: the colours and the scale of text."""

    tokens: Tokens = LIGHT
    scale: float = 1.0

    @property
    def dark(self) -> bool:
        """Is it the dark theme?"""
        return self.tokens is DARK

    def px(self, size: float) -> int:
        """``size`` logical pixels at scale 1.0, scaled with the text."""
        return max(1, round(size * self.scale))


_current = Theme()


def current() -> Theme:
    """The theme that is applied now."""
    return _current


def tokens() -> Tokens:
    """The colours that are applied now."""
    return _current.tokens


def px(size: float) -> int:
    """Shorthand for ``current().px``."""
    return _current.px(size)


def group(key: str) -> Group:
    """The look of a group of help by its key; an unknown key gets a plain one."""
    return GROUPS.get(key, PLAIN_GROUP)


def group_colour(key: str) -> str:
    """The colour of a group in the current theme."""
    found = group(key)
    return found.dark if _current.dark else found.light


def font(size: float = BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The program's font, ``size`` px at scale 1.0, for painters."""
    made = QFont(QApplication.font())
    made.setPixelSize(_current.px(size))
    made.setWeight(weight)
    return made


def apply(app: QApplication, *, dark: bool = False, scale: float = 1.0) -> Theme:
    """Dress the whole application; returns the theme applied. ``scale`` is held between 1.0 and 2.0.

    Where it is dressed so already nothing is done: a style sheet set anew is worked out anew for every widget.
    """
    global _current  # noqa: PLW0603 - one application, one theme; see the module's docstring
    wanted = Theme(DARK if dark else LIGHT, min(LARGEST, max(SMALLEST, scale)))
    if wanted == _current and app.styleSheet():
        return _current
    _current = wanted
    app.setStyle("Fusion")
    app.setFont(_base_font())
    app.setPalette(palette(_current.tokens))
    QDir.setSearchPaths("style", [str(resources("style"))])
    app.setStyleSheet(style_sheet(_current.tokens, _current.px))
    return _current


def _base_font() -> QFont:
    made = QFont()
    for family in _FAMILIES.get(sys.platform, ()):
        if QFontDatabase.hasFamily(family):
            made.setFamily(family)
            break
    made.setPixelSize(_current.px(BODY))
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def palette(t: Tokens) -> QPalette:
    """The palette of ``t`` for the three colour groups."""
    made = QPalette()
    role = QPalette.ColorRole
    for state in (
        QPalette.ColorGroup.Active,
        QPalette.ColorGroup.Inactive,
        QPalette.ColorGroup.Disabled,
    ):
        off = state == QPalette.ColorGroup.Disabled
        text = t.text_disabled if off else t.text
        colours = {
            role.Window: t.window,
            role.WindowText: text,
            role.Base: t.surface2 if off else t.surface,
            role.AlternateBase: t.surface2,
            role.Text: text,
            role.Button: t.surface,
            role.ButtonText: text,
            role.BrightText: t.danger,
            role.Highlight: t.accent,
            role.HighlightedText: t.on_accent,
            role.Link: t.accent_text,
            role.LinkVisited: t.accent_text,
            role.PlaceholderText: t.text2,
            role.ToolTipBase: t.text,
            role.ToolTipText: t.surface,
            role.Light: t.surface,
            role.Midlight: t.border,
            role.Mid: t.border_strong,
            role.Dark: t.border_strong,
            role.Shadow: t.border,
            role.Accent: t.accent,
        }
        for name, colour in colours.items():
            made.setColor(state, name, QColor(colour))
    return made
