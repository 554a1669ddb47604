"""Problems of the validator in words, and the names of cells."""

from __future__ import annotations

import re
from typing import Final

from app.forms.spec import Problem
from app.i18n import translate

_CELL: Final = re.compile(r"(?P<field>[^\[\]]+)\[(?P<at>\d+)\](?:\.(?P<cell>.+))?")


def sentence(problem: Problem) -> str:
    """The problem in the language chosen now."""
    return translate(problem.message).format(**problem.values)


def cell_of(name: str) -> tuple[str, int | None, str]:
    """``medicines[2].dose`` -> (``medicines``, 2, ``dose``); a plain field has no number and no cell."""
    found = _CELL.fullmatch(name)
    if found is None:
        return name, None, ""
    return found["field"], int(found["at"]), found["cell"] or ""
