"""First start: a journey of short steps at whose end a store exists whose recovery sheet has been proved."""

from app.ui.screens.first_start.journey import Journey
from app.ui.screens.first_start.screen import FirstStart

__all__ = ["FirstStart", "Journey"]
