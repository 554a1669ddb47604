"""Forms on screen, built from the spec: one editor class for each kind of field."""
