"""The page of one person."""

from app.ui.screens.person.screen import PersonScreen

__all__ = ["PersonScreen"]
