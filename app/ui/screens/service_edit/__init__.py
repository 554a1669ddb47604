"""Record help: who, what, the form of that kind."""

from app.ui.screens.service_edit.screen import ServiceEdit
from app.ui.screens.service_edit.sources import Sources

__all__ = ["ServiceEdit", "Sources"]
