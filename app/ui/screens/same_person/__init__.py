"""Same person: two entries side by side, the evidence, and three keys."""

from app.ui.screens.same_person.screen import SamePersonScreen

__all__ = ["SamePersonScreen"]
