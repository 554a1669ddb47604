"""The form of an activity; a new one begins with its kind."""

from app.ui.screens.activity_edit.screen import ActivityEdit

__all__ = ["ActivityEdit"]
