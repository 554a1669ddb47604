"""At the coordinator: a new or restored laptop follows the one that is lost, and its records are handed over."""

from app.ui.screens.replace_laptop.screen import ReplaceLaptop

__all__ = ["ReplaceLaptop"]
