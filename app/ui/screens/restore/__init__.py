"""Restore: a backup takes the place of a store that is lost, damaged or cannot be opened. Names nobody."""

from app.ui.screens.restore.restorer import Restorer
from app.ui.screens.restore.screen import Restore

__all__ = ["Restore", "Restorer"]
