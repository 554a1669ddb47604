"""Entered figures: numbers that no record holds, each with its source (the coordinator's)."""

from app.ui.screens.entered.screen import EnteredScreen

__all__ = ["EnteredScreen"]
