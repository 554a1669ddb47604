"""Packs of tables for an occasion: for a task force, for a donor, or a summary for everybody."""

from app.ui.screens.packs.screen import PacksScreen

__all__ = ["PacksScreen"]
