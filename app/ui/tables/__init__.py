"""Tables over lists of ids."""
