"""While a heap of files comes in, Python looks for unreachable circles of objects less often."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OBJECTS: Final = 50_000
"""New objects between two looks: some 5 MB of them. A heap makes millions and hardly any circle; looking through all
that lives at the usual pace took a sixth to a quarter of its time."""


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Within: a look only after many new objects."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
