"""Help beside the screen (F1), and the first-morning tour of practice."""
