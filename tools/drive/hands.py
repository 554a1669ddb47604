"""Two hands on a keyboard. They know no mouse, and count what they press."""

from __future__ import annotations

import time
from typing import Final

from tools.drive.screen import USUAL, VirtualScreen

# Slow enough for the letters of a remapped key to arrive in order, far faster than a person.
_PAUSE_MS: Final = "25"


class Hands:
    """``keys`` counts the presses that are not text; ``letters`` counts the text."""

    def __init__(self, screen: VirtualScreen) -> None:
        self._screen = screen
        self.keys = 0
        self.letters = 0

    def press(self, *chords: str) -> None:
        """Press keys or chords one after the other, by their X names: ``Return``, ``ctrl+Return``, ``F12``."""
        for chord in chords:
            self.keys += 1
            self._screen.run("xdotool", "key", "--clearmodifiers", chord)
            time.sleep(0.03)

    def type(self, text: str) -> None:
        """Type text, in whatever script: where the keyboard has not its letters, it is switched, as people do."""
        self.letters += len(text)
        layout = _layout_of(text)
        if layout != USUAL:
            self._screen.layout(layout)
        self._screen.run("xdotool", "type", "--clearmodifiers", "--delay", _PAUSE_MS, text)
        time.sleep(0.05)
        if layout != USUAL:
            self._screen.layout(USUAL)

    def count(self) -> int:
        """How many keys were pressed besides text since the last time this was asked."""
        counted, self.keys = self.keys, 0
        return counted


def _layout_of(text: str) -> str:
    if text.isascii() and not text.isdecimal():
        return "us"
    return "by" if set("ўіЎІ’").intersection(text) else USUAL
