"""Statistics: a question, its table and picture, for whom, and the way out as a file."""

from app.ui.screens.statistics.screen import StatisticsScreen

__all__ = ["StatisticsScreen"]
