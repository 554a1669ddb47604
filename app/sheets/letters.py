"""Letters that look alike: a Latin "a" in a Cyrillic name is mended by the script of the rest of its word.

Nobody sees the difference on paper, and no search finds such a name. What cannot be mended is left and told.
"""

from __future__ import annotations

import re
from typing import Final

_LATIN: Final = "ABCEHIKMOPTXaceikopxyABCEHIKMOPTX"
_CYRILLIC: Final = "АВСЕНІКМОРТХасеікорхуАВСЕНІКМОРТХ"
_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_WORD: Final = re.compile(r"[^\W\d_]+")
_IS_CYRILLIC: Final = re.compile("[\u0400-\u052f]")
_IS_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")


def mend(text: str) -> str:
    """``text`` with the look-alikes of each word in the script of most of its letters."""
    if not (_IS_LATIN.search(text) and _IS_CYRILLIC.search(text)):
        return text
    return _WORD.sub(lambda word: _mended(word[0]), text)


def is_mixed(text: str) -> bool:
    """Does a word still hold letters of both scripts?"""
    return any(_IS_LATIN.search(word) and _IS_CYRILLIC.search(word) for word in _WORD.findall(text))


def _mended(word: str) -> str:
    latin, cyrillic = len(_IS_LATIN.findall(word)), len(_IS_CYRILLIC.findall(word))
    if not latin or not cyrillic:
        return word
    # Letters that exist in one script only decide; else the majority, and Cyrillic where there is none.
    only_latin = len(_IS_LATIN.findall(word.translate(_TO_CYRILLIC)))
    only_cyrillic = len(_IS_CYRILLIC.findall(word.translate(_TO_LATIN)))
    to_cyrillic = cyrillic >= latin if bool(only_latin) == bool(only_cyrillic) else bool(only_cyrillic)
    mended = word.translate(_TO_CYRILLIC if to_cyrillic else _TO_LATIN)
    return word if is_mixed_word(mended) else mended


def is_mixed_word(word: str) -> bool:
    """Does this one word hold letters of both scripts?"""
    return bool(_IS_LATIN.search(word) and _IS_CYRILLIC.search(word))
