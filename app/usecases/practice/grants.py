"""Grants of invented people: approved sums and the payments that stay within them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from app.usecases.practice.events import Act, Event, chance, pick, working_day
from app.usecases.practice.humans import Human

_CURRENCIES: Final = {"BYN": 60.0, "USD": 22.0, "EUR": 18.0}
_PURPOSES: Final = {
    "living": 35.0,
    "rent": 20.0,
    "clothes": 12.0,
    "medical": 12.0,
    "documents": 8.0,
    "children": 13.0,
}


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: str
    service: str
    low: int
    high: int
    """Whole roubles, dollars or euros."""
    instalments: int
    purposes: dict[str, float]


_REINTEGRATION: Final = _Kind("reintegration", "grant_reintegration", 240, 900, 3, _PURPOSES)
_VOCATIONAL: Final = _Kind("vocational", "grant_vocational", 300, 1200, 2, {"training": 80.0, "transport": 20.0})
_BUSINESS: Final = _Kind("microenterprise", "grant_microenterprise", 900, 2800, 2, {"tools": 60.0, "stock": 40.0})


def grants(random: Random, human: Human, person: str, since: dt.date, until: dt.date) -> Iterator[Event]:
    """The grants of a person who came on ``since``, with their payments up to ``until``."""
    if human.age(since) < 18:
        return
    if human.abroad and chance(random, 0.5):
        yield from _one(random, _REINTEGRATION, f"{person}/g0", person, since, until)
    if chance(random, 0.12):
        kind = _VOCATIONAL if chance(random, 0.6) else _BUSINESS
        later = since + dt.timedelta(days=60)
        yield from _one(random, kind, f"{person}/g1", person, later, until)


def _one(random: Random, kind: _Kind, grant: str, person: str, since: dt.date, until: dt.date) -> Iterator[Event]:
    approved_on = working_day(random, since + dt.timedelta(days=2), since + dt.timedelta(days=14))
    if approved_on > until:
        return
    currency = pick(random, _CURRENCIES)
    approved = random.randrange(kind.low, kind.high, 10) * 100
    donor = pick(random, {"iom": 50.0, "red_cross": 30.0, "eu": 20.0})
    values = {
        "grant_kind": kind.kind,
        "currency": currency,
        "approved": approved,
        "approved_on": approved_on.isoformat(),
        "approved_by": "Рабочая группа",
        "donor": donor,
        "instalments": kind.instalments,
    }
    yield Event(approved_on, Act.GRANT, person, values, subject=grant)
    left = approved
    for number in range(1, kind.instalments + 1):
        on = working_day(random, approved_on, approved_on + dt.timedelta(days=12)) + dt.timedelta(
            days=28 * (number - 1)
        )
        if on > until:
            return
        amount = _share(random, left, kind.instalments - number + 1)
        left -= amount
        payment = {
            "service": kind.service,
            "on": on.isoformat(),
            "outcome": "provided",
            "currency": currency,
            "amount": amount,
            "instalment": number,
            "instalments_total": kind.instalments,
            "purpose": pick(random, kind.purposes),
            "paid_on": on.isoformat(),
            "receipt_number": f"{random.randint(1, 9999):04d}",
            "donor": donor,
        }
        if kind is _REINTEGRATION:
            payment["month_after_return"] = number
        yield Event(on, Act.SERVICE, person, payment, subject=f"{grant}/{number}", refers={"grant": grant})


def _share(random: Random, left: int, parts: int) -> int:
    """One payment out of what is left: about its part, with kopecks, never more than there is."""
    if parts == 1:
        return left if random.random() < 0.8 else left - random.randint(1, 2000)
    return left // parts + random.randint(-1500, 1500)
