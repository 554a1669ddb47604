"""One file for each revision, named by its number: ``0001``, ``0002`` and so on."""
