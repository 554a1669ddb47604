"""A call to the hotline, written down while the next one rings."""

from app.ui.screens.hotline_call.screen import HotlineCall

__all__ = ["HotlineCall"]
