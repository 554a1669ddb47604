"""Given names that are one name: Ганна, Анна, Hanna and Аня; Уладзімір, Владимир, Vladimir, Вова.

The list is data (``resources/codelists/given_names.csv``): the Russian form is the name's identity, beside it the
Belarusian one, short forms, forms of other languages, and how many of 1,000 people are called so. A short form
may stand for several names (Саша, Женя, Слава), so a word is a *set* of identities.
"""

from __future__ import annotations

import csv
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from app.matching.fold import fold, stem
from app.paths import resources

NOBODY: Final[frozenset[str]] = frozenset()
_NEAR_FROM: Final = 5


@dataclass(frozen=True, slots=True)
class GivenName:
    """One name of the list."""

    identity: str
    sex: str
    share: float
    full: tuple[str, ...]
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the list knows of a word: which names it can be, and whether it is a short form."""

    identities: frozenset[str] = NOBODY
    short: bool = False


def simplify(word: str) -> str:
    """A word as it is compared letter for letter: composed, small letters, ё as е."""
    return unicodedata.normalize("NFC", word).strip().lower().replace("ё", "е")


class GivenNames:
    """The list, ready to be asked."""

    def __init__(self, names: Sequence[GivenName]) -> None:
        self._sex = {name.identity: name.sex for name in names}
        self._share = {name.identity: name.share for name in names}
        self._full = _by_key({name.identity: name.full for name in names})
        self._short = _by_key({name.identity: name.short for name in names})
        men = [name for name in names if name.sex == "male"]
        self._fathers: dict[str, frozenset[str]] = _sets(
            (stem(fold(form)), name.identity) for name in men for form in name.full
        )
        self._spelt_full = _sets((simplify(form), name.identity) for name in names for form in name.full)
        self._spelt_short = _sets((simplify(form), name.identity) for name in names for form in name.short)

    def known(self, word: str, sex: str = "") -> Known:
        """Which names ``word`` can be in any spelling; ``sex`` decides where it can be two.

        A spelling of the list is that name, before any other of the same sound (Анна, Яна).
        """
        spelt, key = simplify(word), _key(word)
        # Latin forms of the West end in a silent e: Diane, Natalie.
        silent = key[:-1] if word.isascii() and word.lower().endswith("e") else ""
        if spelt in self._spelt_full:
            return Known(self._of_sex(self._spelt_full[spelt], sex))
        if spelt in self._spelt_short:
            return Known(self._of_sex(self._spelt_short[spelt], sex), short=True)
        # By its sound a word may be a whole name and another's short form (Zhenya: Жанна, Евгения).
        whole = self._full.get(key) or self._full.get(silent) or NOBODY
        found = self._of_sex(whole | self._short.get(key, NOBODY), sex)
        return Known(found, short=not found & whole)

    def starting(self, folded: str) -> frozenset[str]:
        """The names of which some form begins so (folded): what is typed while a name is not yet whole."""
        found: set[str] = set()
        for at in range(bisect_left(self._keys, folded), len(self._keys)):
            if not self._keys[at].startswith(folded):
                break
            found |= self._full.get(self._keys[at], NOBODY) | self._short.get(self._keys[at], NOBODY)
        return frozenset(found)

    def near(self, folded: str) -> frozenset[str]:
        """The names that a slip of the pen in one letter may have made of a folded word; none for short words."""
        key = folded.removesuffix("i")
        if len(key) < _NEAR_FROM:
            return NOBODY
        return frozenset().union(*(self._gaps.get(one, NOBODY) for one in _with_gaps(key)))

    def fathers(self, father_stem: str) -> frozenset[str]:
        """The names of which a patronymic with this stem can be made."""
        return self._fathers.get(father_stem, NOBODY)

    def is_spelt(self, word: str) -> bool:
        """Does the list hold this very spelling? One that it does not hold may be a slip of the pen."""
        spelt = simplify(word)
        return spelt in self._spelt_full or spelt in self._spelt_short

    def share(self, identity: str) -> float:
        """How many of all people are called so, between 0 and 1; 0 for a name that is not in the list."""
        return self._share.get(identity, 0.0)

    @cached_property
    def _gaps(self) -> dict[str, frozenset[str]]:
        return _sets(
            (gap, name)
            for key, names in self._full.items()
            if len(key) >= _NEAR_FROM
            for gap in _with_gaps(key)
            for name in names
        )

    @cached_property
    def _keys(self) -> list[str]:
        return sorted({*self._full, *self._short})

    def _of_sex(self, identities: frozenset[str], sex: str) -> frozenset[str]:
        fitting = frozenset(one for one in identities if self._sex[one] == sex)
        return fitting or identities


def _key(word: str) -> str:
    """Анатолий and Анатоль, Дмитрий and Дмитры: the last i says nothing."""
    return fold(word).removesuffix("i")


def _with_gaps(key: str) -> set[str]:
    """The key, and the key with one letter left out: two of one slip share one of them."""
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


def _by_key(forms: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    return _sets((_key(form), identity) for identity, words in forms.items() for form in words)


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, identity in pairs:
        found[key].add(identity)
    return {key: frozenset(names) for key, names in found.items()}


@cache
def given_names() -> GivenNames:
    """The list of the program; read once."""
    with resources("codelists", "given_names.csv").open(encoding="utf-8", newline="") as file:
        return GivenNames([_read(row) for row in csv.DictReader(file)])


def _read(row: Mapping[str, str]) -> GivenName:
    return GivenName(
        identity=row["ru"],
        sex=row["sex"],
        share=float(row["per_mille"]) / 1000,
        full=(row["ru"], row["be"], *row["other_languages"].split()),
        short=tuple(row["short_forms"].split()),
    )
