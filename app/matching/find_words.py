"""The words by which a person is found, and what a typed word may stand for. Both sides are made by one rule.

A kept word begins with a letter that says what it is, so that one index holds all kinds:
``p`` as written (folded as ``app.forms.names``), ``f`` by its sound, ``s`` skeleton of a surname, ``g`` given name,
``d`` father's name, ``c`` case code. By ``r``, a raion, nobody is sought: it is counted, as the names are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.forms import code as case_code
from app.forms.names import fold as plain
from app.matching.fold import father_stem, fold, skeleton, stem
from app.matching.fold import words as parted
from app.matching.given import given_names
from app.matching.names import Values, name_forms, part_words

_SKELETON_FROM: Final = 3
_SKELETON_BEGINS_FROM: Final = 4
_GIVEN_FROM: Final = 3
_CODE_FROM: Final = 2
_LONGEST: Final = 60
_MOST_WORDS: Final = 8
_CODE_LETTERS: Final = re.compile(f"[{case_code.ALPHABET}]+")


@dataclass(frozen=True, slots=True)
class Sought:
    """What one typed word may be: kept words that begin so, or are so; ``inside`` is for the last resort.

    ``written`` is the spelling as typed: who is found by it stands before who is found by its sound.
    """

    written: tuple[str, ...]
    alike: tuple[str, ...] = ()
    equal: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()

    def met_by(self, kept: Collection[str]) -> bool:
        """Is one of these kept words what was typed?"""
        begins = (*self.written, *self.alike)
        return any(word in self.equal or word.startswith(begins) or self._stands_in(word) for word in kept)

    def _stands_in(self, word: str) -> bool:
        return any(word[0] == one[0] and one[1:] in word[1:] for one in self.inside)


def words_of(code: str, identities: Sequence[Values]) -> frozenset[str]:
    """All words that find a person."""
    kept = {f"c{case_code.normalise(code).replace('-', '')}"} if code else set()
    for form in name_forms(identities):
        for part in ("surname", "given", "patronymic"):
            for word in part_words(form, part):
                kept.update(_kept(part, word))
    return frozenset(word[:_LONGEST] for word in kept if len(word) > 1)


def raion_word(code: str) -> str:
    """The word by which the people of a raion are counted."""
    return f"r{code}"[:_LONGEST]


def sought(text: str) -> list[Sought]:
    """What was typed, a word at a time. Empty where nothing was typed that could find anybody."""
    found: list[Sought] = []
    for typed in text.split():
        code = _code(typed)
        # A digit of her own: the B of a short name stands for 8 in a code, and is none.
        if code and "-" in typed and any(char.isdigit() for char in typed):
            found.append(Sought((f"c{code}",), inside=(f"c{code}",)))
        else:
            found += [one for word in parted(typed) if (one := _sought(word)) is not None]
    return found[:_MOST_WORDS]


def _kept(part: str, word: str) -> Iterator[str]:
    folded = fold(word)
    yield f"p{plain(word)}"
    yield f"f{folded}"
    if part == "surname":
        yield f"s{skeleton(stem(folded))}"
    elif part == "patronymic":
        yield from (f"d{name}" for name in _fathers(folded))
    else:
        names = given_names().known(word).identities
        yield from (f"g{name}" for name in names)
        if not names:
            yield f"s{skeleton(stem(folded))}"


def _sought(word: str) -> Sought | None:
    written, code = plain(word)[: _LONGEST - 1], _code(word)
    folded = "" if any(char.isdigit() for char in word) else fold(word)[: _LONGEST - 1]
    if not written and not code:
        return None
    spelt = tuple(f"p{one}" for one in (written,) if one)
    codes = (f"c{code}",) if len(code) >= _CODE_FROM or code.isdigit() else ()
    names = given_names().known(word).identities
    bones = "" if names else skeleton(stem(folded))
    begun = given_names().starting(folded) if len(folded) >= _GIVEN_FROM else frozenset[str]()
    return Sought(
        written=(*spelt, *codes),
        alike=(*_sounds(folded), *((f"s{bones}",) if len(bones) >= _SKELETON_BEGINS_FROM else ())),
        equal=(
            *(f"g{name}" for name in sorted(names | begun)),
            *(f"d{name}" for name in sorted(_fathers(folded))),
            *((f"s{bones}",) if len(bones) >= _SKELETON_FROM else ()),
        ),
        inside=tuple(one for one in (*spelt, *codes) if len(one) > _CODE_FROM),
    )


def _sounds(folded: str) -> Iterator[str]:
    """What a kept sound may begin with: a word that is not typed to its end sounds otherwise at its end.

    Мари is on the way to Мария, whose i is not sounded before an a.
    """
    if len(folded) < 2:
        return
    yield f"f{folded}"
    if folded.endswith("i") and len(folded) > 2:
        yield f"f{folded[:-1]}a"
        yield f"f{folded[:-1]}u"


def _fathers(folded: str) -> frozenset[str]:
    of = father_stem(folded)
    return given_names().fathers(of) if of != folded else frozenset()


def _code(typed: str) -> str:
    """What is typed as a case code has it, if it can be (the beginning of) one."""
    letters = case_code.normalise(typed).replace("-", "")
    return letters if len(letters) <= 7 and _CODE_LETTERS.fullmatch(letters) else ""
