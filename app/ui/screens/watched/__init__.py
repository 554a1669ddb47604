"""The coordinator's centres: silence and gaps at a glance, and what to do about them."""

from app.ui.screens.watched.screen import WatchedScreen

__all__ = ["WatchedScreen"]
