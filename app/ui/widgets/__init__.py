"""Small building blocks of every screen; screens compose them and hold no styles of their own."""
