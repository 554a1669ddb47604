"""Centres and trust: my card, their cards, who is trusted, who fell silent."""

from app.ui.screens.centres.screen import CentresScreen

__all__ = ["CentresScreen"]
