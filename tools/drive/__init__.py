"""The real program in a virtual screen, driven through the keyboard: ``python -m tools.drive --to FOLDER``."""
