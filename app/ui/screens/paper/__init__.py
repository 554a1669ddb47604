"""A paper before it is printed: its pages, its language, the printer."""

from app.ui.screens.paper.screen import PaperScreen

__all__ = ["PaperScreen"]
