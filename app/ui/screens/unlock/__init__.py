"""Unlock: a passphrase alone, or the recovery sheet. Names neither the centre nor its staff."""

from app.ui.screens.unlock.opener import Opener
from app.ui.screens.unlock.screen import Unlock

__all__ = ["Opener", "Unlock"]
