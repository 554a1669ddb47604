"""Data of single people as a spreadsheet of HTCDS 2.0, out and in."""

from app.ui.screens.htcds.screen import HtcdsScreen

__all__ = ["HtcdsScreen"]
