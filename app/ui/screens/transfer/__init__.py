"""At a centre: passing a person on to another centre."""

from app.ui.screens.transfer.screen import TransferScreen

__all__ = ["TransferScreen"]
