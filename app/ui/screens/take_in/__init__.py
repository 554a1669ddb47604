"""Taking in an existing register from a sheet."""

from app.ui.screens.take_in.screen import TakeInScreen

__all__ = ["TakeInScreen"]
