"""The memoranda of the oblasts and their parties; the coordinator writes them."""

from app.ui.screens.memorandum.edit import MemorandumEdit
from app.ui.screens.memorandum.screen import MemorandumScreen

__all__ = ["MemorandumEdit", "MemorandumScreen"]
