"""A new person, or what is known of one."""

from app.ui.screens.person_edit.screen import PersonEdit

__all__ = ["PersonEdit"]
