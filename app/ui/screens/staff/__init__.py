"""Staff: who works here, and new passphrases. A forgotten one is set anew here, with a colleague's help."""

from app.ui.screens.staff.screen import StaffScreen

__all__ = ["StaffScreen"]
