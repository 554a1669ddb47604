"""A meeting of the task force: its form, its decisions, its minutes."""

from app.ui.screens.meeting_edit.screen import MeetingEdit

__all__ = ["MeetingEdit"]
