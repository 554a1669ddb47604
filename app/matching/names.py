"""What of a person is compared: her name forms folded, birth, sex, documents and home, as one value.

Made from the documents of a person and of her identities; folding is done once, at the save, and kept with the
person (``app.matching.portrait``). Imported documents may hold anything: what is not text is passed over, and no
more name forms are read than people have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeVar

from app.forms import partial, personal_number
from app.matching.fold import father_stem, fold, skeleton, stem, words
from app.matching.given import NOBODY, given_names, simplify
from app.matching.home import address, passport, phones

MOST_FORMS: Final = 12
MOST_WORDS: Final = 24
_LONGEST_NAME: Final = 120
_LONGEST_ADDRESS: Final = 300
_KEPT: Final = 20_000
"""How many names of each kind are remembered: they repeat from person to person. About 400 bytes each."""
_FORMER: Final = frozenset({"birth", "earlier", "alias"})

Values = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Surname:
    """The parts of a surname as stems; ``former`` is one that she bore earlier."""

    parts: tuple[str, ...]
    spelt: str
    former: bool = False
    swapped: bool = False

    @property
    def skeletons(self) -> tuple[str, ...]:
        """The consonants of each part."""
        return tuple(skeleton(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Given:
    """A given name: which names of the list it can be, or, where the list knows none, its letters."""

    identities: frozenset[str]
    short: bool
    folded: str
    initial: str
    spelt: str
    swapped: bool = False

    @property
    def marks(self) -> frozenset[str]:
        """What stands for it in keys and counts: identities, else the skeleton."""
        return self.identities or (frozenset({skeleton(self.folded)}) if self.folded else NOBODY)


@dataclass(frozen=True, slots=True)
class Father:
    """A patronymic: the father's name."""

    identities: frozenset[str]
    stem: str
    initial: str
    spelt: str

    @property
    def marks(self) -> frozenset[str]:
        """What stands for it in keys and counts: identities, else the skeleton of the stem."""
        return self.identities or (frozenset({skeleton(self.stem)}) if self.stem else NOBODY)


@dataclass(frozen=True, slots=True)
class Born:
    """As far as known: 0 is not known. ``about``: the year follows from an estimated age."""

    year: int = 0
    month: int = 0
    day: int = 0
    about: bool = False


@dataclass(frozen=True, slots=True)
class Features:
    """All that is compared of one person."""

    surnames: tuple[Surname, ...] = ()
    givens: tuple[Given, ...] = ()
    fathers: tuple[Father, ...] = ()
    born: Born = Born()
    sex: str = ""
    number: str = ""
    citizenships: frozenset[str] = frozenset()
    oblast: str = ""
    raion: str = ""
    passport: str = ""
    phones: frozenset[str] = NOBODY
    address: str = ""


def features(person: Values, identities: Sequence[Values]) -> Features:
    """What is compared, from the values of a person and of her identity records (one, as a rule)."""
    sex = _text(person, "sex")
    forms = name_forms(identities)
    surnames = [_surname(_name(form, "surname"), _text(form, "kind") in _FORMER) for form in forms]
    givens = [_given(_name(form, "given"), sex) for form in forms]
    for form, surname, given in zip(forms, surnames, givens, strict=True):
        if surname and given and _looks_swapped(surname, given, sex):
            surnames = [*surnames, _surname(_name(form, "given"), swapped=True)]
            givens = [*givens, _given(_name(form, "surname"), sex, swapped=True)]
    numbers = (personal_number.normalise(_text(one, "personal_number")) for one in identities)
    passports = (passport(_text(one, "passport")) for one in identities)
    addresses = (address(_text(one, "address")[:_LONGEST_ADDRESS]) for one in identities)
    return Features(
        surnames=_distinct(surnames),
        givens=_distinct(givens),
        fathers=_distinct(_father(_name(form, "patronymic")) for form in forms),
        born=born(person),
        sex=sex,
        number=next(filter(None, numbers), ""),
        citizenships=_codes(person, "citizenships"),
        oblast=_text(person, "oblast"),
        raion=_text(person, "raion"),
        passport=next(filter(None, passports), ""),
        phones=frozenset(number for one in identities for number in phones(_text(one, "phone")[:_LONGEST_ADDRESS])),
        address=next(filter(None, addresses), ""),
    )


def crossed(surnames: Sequence[Surname], givens: Sequence[Given], sex: str) -> tuple[list[Surname], list[Given]]:
    """What the names would be with surname and given name in each other's place."""
    turned = (_surname(one.spelt) for one in givens if not one.swapped)
    others = (_given(one.spelt, sex) for one in surnames if not one.swapped)
    return [one for one in turned if one], [one for one in others if one]


def name_forms(identities: Sequence[Values]) -> list[Values]:
    """The name forms of the identity records, as many as people have."""
    lists = (identity.get("names") for identity in identities)
    found = [form for names in lists if isinstance(names, list) for form in names if isinstance(form, Mapping)]
    return found[:MOST_FORMS]


def part_words(form: Values, part: str) -> list[str]:
    """The words of one part (surname, given, patronymic) of a name form."""
    return words(_text(form, part))[:MOST_WORDS]


def born(person: Values) -> Born:
    """The birth as far as known. The first of January is what is written where a day must be: it says nothing."""
    birth = person.get("birth")
    if partial.is_estimate(birth):
        return Born(partial.year(birth) or 0, about=True)
    if partial.is_partial(birth):
        year, month, day = (*map(int, str(birth).split("-")), 0, 0)[:3]
        return Born(year) if (month, day) == (1, 1) else Born(year, month, day)
    year_alone = person.get("birth_year")
    return Born(year_alone) if type(year_alone) is int and 0 < year_alone < 10_000 else Born()


@lru_cache(maxsize=_KEPT)
def _surname(text: str, former: bool = False, *, swapped: bool = False) -> Surname | None:
    parts = tuple(dict.fromkeys(filter(None, (stem(fold(word)) for word in words(text)[:MOST_WORDS]))))
    return Surname(parts, simplify(text), former, swapped) if parts else None


@lru_cache(maxsize=_KEPT)
def _given(text: str, sex: str, *, swapped: bool = False) -> Given | None:
    found = words(text)[:MOST_WORDS]
    if not found:
        return None
    spelt = simplify(found[0])
    if all(len(word) == 1 for word in found):
        initial = fold(found[0])[:1]
        return Given(NOBODY, short=False, folded="", initial=initial, spelt=spelt, swapped=swapped)
    known = given_names().known(found[0], sex)
    folded = "".join(map(fold, found))
    return Given(known.identities, known.short, folded, folded[:1], spelt, swapped) if folded else None


@lru_cache(maxsize=_KEPT)
def _father(text: str) -> Father | None:
    found = words(text)[:1]
    folded = fold(found[0]) if found else ""
    if not folded:
        return None
    spelt = simplify(found[0])
    if len(found[0]) == 1:
        return Father(NOBODY, "", folded[:1], spelt)
    of = father_stem(folded)
    return Father(given_names().fathers(of), of, of[:1], spelt)


def _looks_swapped(surname: Surname, given: Given, sex: str) -> bool:
    """A given name stands where the surname should, and no known one where the given name should."""
    if len(surname.parts) != 1 or given.identities or not given.folded:
        return False
    return bool(given_names().known(surname.spelt, sex).identities)


def _distinct(found: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _name(form: Values, part: str) -> str:
    """What stands there of a name, as long as names are."""
    return _text(form, part)[:_LONGEST_NAME]


def _text(values: Values, key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _codes(values: Values, key: str) -> frozenset[str]:
    value = values.get(key)
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()
