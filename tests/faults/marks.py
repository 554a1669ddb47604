"""Words that can be told from anything else, and looking for them where they must not be, in every encoding."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_LETTERS: Final = "абвгдежзклмнопрстуфхцчшыэюя"
_MARK: Final = "анарэйк"
"""In each of the words; after it come three letters, and only then is it one of them."""
_TAIL: Final = 3
ENCODINGS: Final = {"utf-8": 2, "utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4, "unicode_escape": 6}
"""The last is how JSON writes a letter: so stand drafts inside the store."""
_REGION: Final = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r")


def name(number: int) -> str:
    """A surname of the register."""
    return "К" + _MARK + _tail(number)


def typed_text(seed: int, length: int = 4000) -> str:
    """What the typist types: the same for the same seed."""
    chance, found = random.Random(seed), ""
    while len(found) < length:
        found += "к" + _MARK + _tail(chance.randrange(27**_TAIL)) + " "
    return found[:length].rstrip()


def _tail(number: int) -> str:
    found = ""
    for _place in range(_TAIL):
        number, at = divmod(number, len(_LETTERS))
        found += _LETTERS[at]
    return found


def marks_in(content: bytes) -> set[str]:
    """All marked words in these bytes, without their first letter."""
    found: set[str] = set()
    for encoding, width in ENCODINGS.items():
        pattern = re.compile(re.escape(_MARK.encode(encoding)) + b"(.{%d})" % (width * _TAIL), re.DOTALL)
        tails = {match[1].decode(encoding, "replace") for match in pattern.finditer(content)}
        found |= {_MARK + tail for tail in tails if all(letter in _LETTERS for letter in tail)}
    return found


def files_with_marks(folders: Iterable[Path]) -> list[Path]:
    """The files in which a marked word stands in plain."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in files if marks_in(path.read_bytes())]


def memory_of(pid: int) -> Iterable[bytes]:
    """The readable memory of a process, region by region. Raises PermissionError where one may not look."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text("ascii", "replace").splitlines():
            region = _REGION.match(line)
            if region is None or "[v" in line:
                continue
            start, end = int(region[1], 16), int(region[2], 16)
            try:
                yield os.pread(memory.fileno(), end - start, start)
            except OSError:
                # The page of a file that was cut short behind its mapping: there is nothing to read.
                continue


def secrets_in(content: bytes, secrets: Sequence[bytes]) -> set[bytes]:
    """Which of the secrets stand in these bytes as they are."""
    return {secret for secret in secrets if secret in content}


def forms_of(text: str) -> list[bytes]:
    """A text in every encoding."""
    return [text.encode(encoding) for encoding in ENCODINGS]
