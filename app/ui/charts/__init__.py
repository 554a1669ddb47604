"""Charts painted by QPainter: the same code serves the screen, PDF and PNG."""
