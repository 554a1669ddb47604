"""The settings of the line: which shared folder, and what leaves this laptop for it."""

from app.ui.screens.line_settings.screen import LineSettingsScreen

__all__ = ["LineSettingsScreen"]
