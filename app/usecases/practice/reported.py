"""What only figures for others ask for: further forms of exploitation, projects, rates, a change of mind about them.

Laid over what a plan has already, with chance of its own.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from random import Random
from types import MappingProxyType
from typing import Any, Final

from app.usecases.practice import facts
from app.usecases.practice.events import Act, Event, chance, pick, working_day
from app.usecases.practice.humans import Human

REPORTING: Final = "reporting"
"""The purpose that decides whether somebody is counted for others."""
_FURTHER: Final = {
    "forced_labour": 30.0,
    "forced_criminality": 20.0,
    "forced_begging": 15.0,
    "sex_pornography": 20.0,
    "sexual_exploitation": 15.0,
}
_BORDERS: Final = {"both": 50.0, "unknown": 30.0, "declined": 20.0}
_PROJECTS: Final = MappingProxyType(
    {
        "iom": ("Возвращение домой", "Шаг вперёд"),
        "eu": ("Вместе",),
        "red_cross": ("Кризисные центры", "Шаг вперёд"),
        "local_budget": ("Социальный заказ",),
    }
)
# How much of the other currency one unit bought on a day of the year (invented).
_RATES: Final = MappingProxyType({"USD": ("3.2745", "3.1012", "2.9968"), "EUR": ("3.4120", "3.5", "3.4837")})
_MINE: Final = "BYN"


def case(random: Random, values: dict[str, Any]) -> dict[str, Any]:
    """A case of which more was told: another form, or a border crossed beside what happened at home."""
    found = dict(values)
    if chance(random, 0.22):
        further = pick(random, _FURTHER)
        found["exploitation"] = list(dict.fromkeys((*values["exploitation"], further)))
    if chance(random, 0.14):
        found["border"] = pick(random, _BORDERS)
    return found


def funded(random: Random, events: Iterable[Event]) -> Iterator[Event]:
    """Services of donors of whom the nurse also knows the project."""
    for event in events:
        donor = str(event.values.get("donor", ""))
        if event.act is Act.SERVICE and donor in _PROJECTS and chance(random, 0.6):
            yield _with(event, project=random.choice(_PROJECTS[donor]))
        else:
            yield event


def rated(random: Random, events: Iterable[Event]) -> Iterator[Event]:
    """Grants with their projects, payments with a rate, and some of which nobody wrote down the month."""
    for event in events:
        donor = str(event.values["donor"])
        if event.act is Act.GRANT:
            project = {"project": random.choice(_PROJECTS[donor])} if chance(random, 0.7) else {}
            yield _with(event, **project)
            continue
        values = dict(event.values)
        if values["currency"] in _RATES and chance(random, 0.7):
            rate = random.choice(_RATES[values["currency"]])
            values |= {"rate_currency": _MINE, "rate": rate.rstrip("0"), "rate_on": values["on"]}
        if chance(random, 0.3):
            values.pop("month_after_return", None)
        if chance(random, 0.2):
            values["project"] = random.choice(_PROJECTS[donor])
        if chance(random, 0.2):
            del values["donor"]  # that of the grant
        yield dataclasses.replace(event, values=values)


def change_of_mind(random: Random, human: Human, person: str, since: dt.date, until: dt.date) -> Iterator[Event]:
    """Later somebody no longer wants to be counted for others, or now agrees."""
    if chance(random, 0.1) and until > since:
        on = working_day(random, since + dt.timedelta(days=1), until)
        state = "withdrawn" if chance(random, 0.7) else "given"
        yield Event(on, Act.CONSENT, person, facts.consent(random, human, on, REPORTING, state))


def _with(event: Event, **values: Any) -> Event:
    return dataclasses.replace(event, values={**event.values, **values})
