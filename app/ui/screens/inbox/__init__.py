"""The coordinator's inbox: bundles in, files set aside, receipts out."""

from app.ui.screens.inbox.screen import InboxScreen

__all__ = ["InboxScreen"]
