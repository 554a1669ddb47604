"""Which letters of a shown name or code were typed: for marking what was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from app.forms.names import fold as plain
from app.matching.find_words import Sought, sought, words_of

Span = tuple[int, int]
_WORD: Final = re.compile(r"[^\s\-\u2010-\u2015/.,;()\[\]«»„“”]+")
_CODE: Final = re.compile(r"\w{4}-\w{3}")


@lru_cache(maxsize=1024)
def spans(shown: str, typed: str) -> tuple[Span, ...]:
    """Start and length of what is to be marked in ``shown``: the typed beginning of a word, or all of a word that
    is another spelling or form of what was typed."""
    asked = sought(typed)
    whole = list(_CODE.finditer(shown))
    found = [*_codes(whole, asked), *(span for word in _WORD.finditer(shown) for span in _word(word, asked))]
    return tuple(sorted(set(found)))


def _word(word: re.Match[str], asked: Sequence[Sought]) -> Iterator[Span]:
    kept = words_of("", [{"names": [{"surname": word[0]}, {"given": word[0]}, {"patronymic": word[0]}]}])
    met = [one for one in asked if one.met_by(kept)]
    if met:
        yield word.start(), max(_begun(word[0], one) for one in met) or len(word[0])


def _begun(word: str, one: Sought) -> int:
    """How many letters of ``word`` were typed as they stand; 0 where they stand otherwise."""
    for written in one.written:
        if written[0] != "p" or not plain(word).startswith(written[1:]):
            continue
        for length in range(1, len(word) + 1):
            if plain(word[:length]) == written[1:]:
                return length
    return 0


def _codes(codes: Sequence[re.Match[str]], asked: Sequence[Sought]) -> Iterator[Span]:
    for code in codes:
        letters = code[0].replace("-", "")
        for written in (written for one in asked for written in one.written if written[0] == "c"):
            if letters.startswith(written[1:]):
                typed = len(written) - 1
                yield code.start(), typed + (typed > 4)
