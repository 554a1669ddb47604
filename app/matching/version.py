"""The version of what is kept of people for finding and comparing them."""

from __future__ import annotations

from typing import Final

INDEX_VERSION: Final = 2
"""Raise it with every change after which the same record would be kept otherwise: other words
(``app.matching.find_words``), other keys (``app.matching.keys``), other features or another text of them
(``app.matching.names``, ``app.matching.home``, ``app.matching.portrait``), another fold, or another list of given
names. A store whose index is of another version makes it anew (``app.sync.search_index``). Weights alone
(``app.matching.weights.VERSION``) are not kept and need nothing."""
