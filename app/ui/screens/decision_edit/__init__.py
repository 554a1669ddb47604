"""A decision of the task force."""

from app.ui.screens.decision_edit.screen import DecisionEdit

__all__ = ["DecisionEdit"]
