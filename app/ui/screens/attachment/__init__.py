"""Files kept with a person: adding one, looking at it inside the program, describing and deleting it."""

from app.ui.screens.attachment.add import AttachmentAdd
from app.ui.screens.attachment.screen import AttachmentScreen

__all__ = ["AttachmentAdd", "AttachmentScreen"]
