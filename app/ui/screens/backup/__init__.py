"""Backups: when the last one was made, where they go, what is kept, and whether they are whole."""

from app.ui.screens.backup.screen import BackupScreen

__all__ = ["BackupScreen"]
