"""Today: what waits, each line one press from being done; what is sent; how old the backup is."""

from app.ui.screens.today.screen import TodayScreen
from app.ui.screens.today.sources import Sources

__all__ = ["Sources", "TodayScreen"]
