"""Passphrases: six words drawn from a list of Russian ones, and how a typed phrase is read.

The list is the Russian one of the PyPI package ``mnemonic``, read from the package. In its release 0.21 the entry
after ``сниться`` is corrupted (two replacement characters stand in the place of one letter); a word nobody can
type must never be drawn, so it is replaced here and the whole list is checked each time it is read.
Unpleasant words are passed by in drawing (``left_out_words``): that leaves more than 1,800 of 2,048, so that a
phrase has 65 bits instead of 66. A generated phrase may be rolled again, never edited: an edited one is no longer
random.
"""

from __future__ import annotations

import functools
import re
import secrets
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from typing import Final

from app.errors import AppError, UserError
from app.i18n import N_
from app.store.left_out_words import LEFT_OUT

WORDS_IN_PHRASE: Final = 6
OWN_PHRASE_LENGTH: Final = 20
_LIST_LENGTH: Final = 2048
_CORRUPTED: Final = "сно\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}а"
_REPAIRED: Final = "сноха"


class WordListBroken(AppError):
    """The word list of this installation is not the one that the strength of a phrase is reckoned by."""


@functools.cache
def word_list() -> tuple[str, ...]:
    """The 2,048 words, in order. Raises WordListBroken unless all differ and all can be typed."""
    text = files("mnemonic").joinpath("wordlist", "russian.txt").read_text("utf-8")
    words = tuple(_REPAIRED if word == _CORRUPTED else word for word in text.split())
    if len(set(words)) != _LIST_LENGTH or not all(re.fullmatch("[а-я]+", word) for word in words):
        raise WordListBroken
    return words


def generate_phrase(random: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """Six words with spaces between: 11 bits each, without bias since 2,048 divides the range.

    A word that is left out is drawn again; that keeps all others equally likely.
    """
    return " ".join(_draw(random) for _ in range(WORDS_IN_PHRASE))


def _draw(random: Callable[[int], bytes]) -> str:
    words = word_list()
    while (word := words[int.from_bytes(random(2), "big") % _LIST_LENGTH]) in LEFT_OUT:
        pass
    return word


def normalise(typed: str) -> str:
    """One form for what a person may type in several: case, ё for е, spaces, and the two forms of й.

    NFC comes first, for й and ё exist as one sign and as two, and last, for lower case may undo it.
    """
    folded = unicodedata.normalize("NFC", typed).casefold().replace("ё", "е")
    return " ".join(unicodedata.normalize("NFC", folded).split())


def check_own_phrase(typed: str) -> str:
    """The normal form of a phrase that a person made up; raises UserError when it is too short."""
    phrase = normalise(typed)
    if len(phrase) < OWN_PHRASE_LENGTH:
        raise UserError(
            N_(
                "A phrase of your own needs at least {needed} characters; this one has {length}. "
                "Make it longer, or take the one that is offered."
            ),
            needed=OWN_PHRASE_LENGTH,
            length=len(phrase),
        )
    return phrase
