"""At the coordinator: the wishes of centres to pass persons on, and her word."""

from app.ui.screens.transfers.screen import TransfersScreen

__all__ = ["TransfersScreen"]
