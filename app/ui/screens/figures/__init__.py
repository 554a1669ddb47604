"""Figures: persons and services by month, group of help, centre, sex and age."""

from app.ui.screens.figures.screen import FiguresScreen

__all__ = ["FiguresScreen"]
