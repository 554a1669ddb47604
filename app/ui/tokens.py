"""The colours of the two themes and of the eight groups of help; nothing else. No Qt here.

Every pair of text on background that is used together keeps a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3);
a test computes it. Colour never carries meaning alone: a group always comes with its icon and its word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme: named colours as ``#RRGGBB``."""

    name: str
    window: str
    surface: str
    surface2: str
    nav: str
    nav_selected: str
    border: str
    border_strong: str
    text: str
    text2: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    accent_text: str
    danger: str
    danger_soft: str
    warn: str
    warn_soft: str
    ok: str
    ok_soft: str
    focus: str
    scroll: str


LIGHT: Final = Tokens(
    name="light",
    window="#F4F6F8",
    surface="#FFFFFF",
    surface2="#F8FAFB",
    nav="#EAEEF2",
    nav_selected="#D5E5E6",
    border="#DCE2E8",
    border_strong="#8A97A5",
    text="#17222D",
    text2="#52606E",
    text_disabled="#8C98A4",
    accent="#0F6B70",
    accent_hover="#0C5A5E",
    accent_pressed="#094A4D",
    on_accent="#FFFFFF",
    accent_soft="#E2F0F0",
    accent_text="#0B5A5E",
    danger="#B3261E",
    danger_soft="#FBE9E7",
    warn="#8A5300",
    warn_soft="#FFF3DC",
    ok="#1E6B34",
    ok_soft="#E4F3E8",
    focus="#0F6B70",
    scroll="#B9C3CD",
)

DARK: Final = Tokens(
    name="dark",
    window="#14191E",
    surface="#1C232A",
    surface2="#20282F",
    nav="#10151A",
    nav_selected="#1E3A3D",
    border="#2E3841",
    border_strong="#6F7F8E",
    text="#E7ECF0",
    text2="#A3B0BC",
    text_disabled="#6B7782",
    accent="#3FB3B0",
    accent_hover="#5AC4C1",
    accent_pressed="#2F9794",
    on_accent="#06201F",
    accent_soft="#1B3436",
    accent_text="#7AD3D0",
    danger="#FF8A80",
    danger_soft="#3A2422",
    warn="#F5C26B",
    warn_soft="#372D1A",
    ok="#81CE97",
    ok_soft="#1C3123",
    focus="#5AC4C1",
    scroll="#44515C",
)


@dataclass(frozen=True, slots=True)
class Group:
    """How a group of help (a tile) looks: its icon and its colour in either theme."""

    icon: str
    light: str
    dark: str


# Keys are the values of the column ``tile`` of the code list of services, in the order of the tiles 1-8.
GROUPS: Final[dict[str, Group]] = {
    "medical": Group("medical", "#2F6FB2", "#7FB4EA"),
    "psychological": Group("psychological", "#A6467A", "#EA9CC6"),
    "legal": Group("legal", "#7A4FA3", "#C3A1E6"),
    "money": Group("money", "#8A6A00", "#E6C66B"),
    "return": Group("return", "#B04A22", "#F2A27F"),
    "material": Group("shelter", "#46627D", "#A9C1D8"),
    "work_study": Group("work", "#3A6B74", "#8CC9D2"),
    "social_other": Group("social", "#3F7A3A", "#98CC92"),
}
# The fourteen groups of the figures (``codelists.ServiceGroup``) look like the tile under which they are recorded.
_TILE_OF: Final = {
    "grant": "money",
    "shelter": "material",
    "employment": "work_study",
    "education": "work_study",
    "family": "social_other",
    "social": "social_other",
    "information": "social_other",
    "protection": "social_other",
    "other": "social_other",
}
GROUPS.update({group: GROUPS[tile] for group, tile in _TILE_OF.items()})
# For a group that this version does not know (a newer bundle), and for events that are no help.
PLAIN_GROUP: Final = Group("document", "#5E6672", "#B4BCC6")
