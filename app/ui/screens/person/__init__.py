"""The page of one person."""

from app.ui.screens.person.screen import PersonScreen
from app.ui.screens.person.sources import Sources

__all__ = ["PersonScreen", "Sources"]
