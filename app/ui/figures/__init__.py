"""Figures on screen: told tables with their pictures, the choices before them, and the way out as a file."""
