"""What a plan comes to, counted in plain Python: the yardstick for the figures of the program.

On purpose nothing is shared with the code that is measured: no store, no projection, no code list; the age bands
and the groups of services stand here and in ``helping`` once more. Corrections and deletions are followed event
by event, so the truth can be asked for at any moment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.usecases.practice.events import Act, Event, Values
from app.usecases.practice.helping import GROUPS

DIMENSIONS: Final = ("month", "group", "centre", "sex", "age")
_BANDS: Final = ((0, "0-8"), (9, "9-17"), (18, "18-24"), (25, "25-34"), (35, "35-44"), (45, "45-59"), (60, "60+"))

Count = tuple[int, int]
"""Distinct persons, services."""


@dataclass(slots=True)
class _Person:
    sex: str
    birth_year: int | None
    human: str


@dataclass(slots=True)
class _Service:
    person: tuple[str, str]
    month: str
    group: str


def birth_year(values: Values) -> int | None:
    """The year of birth as a person's record tells it, by an estimate of the age too; None where nobody knows."""
    birth = values.get("birth")
    if isinstance(birth, Mapping):
        return int(str(birth["on"])[:4]) - int(birth["age"])
    return int(str(birth)[:4]) if birth else None


def age_band(birth_year: int | None, year: int) -> str:
    """The band of one born in ``birth_year``, by the year alone."""
    if birth_year is None:
        return "unknown"
    return next(name for low, name in reversed(_BANDS) if year - birth_year >= low)


class Truth:
    """The live persons and services of several centres. ``centre`` is whatever key the figures shall have."""

    def __init__(self) -> None:
        self._persons: dict[tuple[str, str], _Person] = {}
        self._services: dict[tuple[str, str], _Service] = {}
        self._one_with: dict[tuple[str, str], tuple[str, str]] = {}

    def tell(self, centre: str, event: Event) -> None:
        """Follow one event of a centre's plan."""
        person = (centre, event.person)
        match event.act:
            case Act.REGISTER | Act.CORRECT:
                human = event.human or self._persons[person].human
                sex = str(event.values.get("sex", "unknown"))
                self._persons[person] = _Person(sex, birth_year(event.values), human)
            case Act.SERVICE:
                group = GROUPS[str(event.values["service"])]
                self._services[centre, event.subject] = _Service(person, str(event.values["on"])[:7], group)
            case Act.DELETE_SERVICE:
                del self._services[centre, event.subject]
            case Act.DELETE_PERSON:
                del self._persons[person]
                self._services = {key: one for key, one in self._services.items() if one.person != person}
            case _:
                pass  # everyone is counted, and nothing else is a service

    def say_same(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """Somebody has decided that these two (centre, key in its plan) are one: from now on they count once."""
        first, second = sorted((self.counted(one), self.counted(other)))
        if first != second:
            self._one_with[second] = first

    def is_same(self, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether they are one human being in truth."""
        found = [self._persons.get(person) for person in (one, other)]
        return None not in found and len({person.human for person in found if person}) == 1

    def counted(self, person: tuple[str, str]) -> tuple[str, str]:
        """Under whom somebody is counted: herself, or the first of those who were found to be one with her."""
        while person in self._one_with:
            person = self._one_with[person]
        return person

    @property
    def persons(self) -> int:
        """How many live persons the registers hold, helped or not."""
        return len(self._persons)

    @property
    def services(self) -> int:
        """How many live services."""
        return len(self._services)

    @property
    def at_two_centres(self) -> int:
        """How many human beings stand in more than one register."""
        centres = defaultdict(set)
        for (centre, _key), person in self._persons.items():
            centres[person.human].add(centre)
        return sum(len(where) > 1 for where in centres.values())

    def count(self, by: Sequence[str], centres: Sequence[str] | None = None) -> dict[tuple[str, ...], Count]:
        """Persons and services by ``by`` (of DIMENSIONS, in that order of the key), for all or some centres."""
        persons: dict[tuple[str, ...], set[tuple[str, str]]] = defaultdict(set)
        services: dict[tuple[str, ...], int] = defaultdict(int)
        for (centre, _key), service in self._services.items():
            if centres is not None and centre not in centres:
                continue
            person = self._persons[service.person]
            values = {
                "month": service.month,
                "group": service.group,
                "centre": centre,
                "sex": person.sex,
                "age": age_band(person.birth_year, int(service.month[:4])),
            }
            key = tuple(values[dimension] for dimension in by)
            persons[key].add(self.counted(service.person))
            services[key] += 1
        return {key: (len(persons[key]), services[key]) for key in services}
