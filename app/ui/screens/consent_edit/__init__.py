"""Consents: what was asked, what was answered, what was taken back."""

from app.ui.screens.consent_edit.screen import ConsentEdit

__all__ = ["ConsentEdit"]
