"""The plan of what a centre does beside helping single persons: lectures, trainings, the hotline, an exhibit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from types import MappingProxyType
from typing import Any, Final

from app.usecases.practice.events import Act, Event, Span, chance, pick, working_day
from app.usecases.practice.plan import OBLASTS

_KINDS: Final = {
    "lecture": 40.0,
    "training": 10.0,
    "seminar": 10.0,
    "school_work": 12.0,
    "round_table": 6.0,
    "volunteer_action": 10.0,
    "publication": 6.0,
    "media_work": 6.0,
}
_TITLES: Final = MappingProxyType(
    {
        "lecture": "Безопасная поездка",
        "training": "Как узнать пострадавшего",
        "seminar": "Взаимодействие служб",
        "school_work": "Разговор с классом",
        "round_table": "Помощь в районе",
        "volunteer_action": "День борьбы с торговлей людьми",
        "publication": "Памятка выезжающим",
        "media_work": "Встреча с журналистами",
    }
)
_CAME: Final = frozenset({"lecture", "training", "seminar", "school_work", "round_table", "media_work"})
_TOPICS: Final = {
    "work_abroad": 40.0,
    "employer_check": 25.0,
    "documents_visas": 15.0,
    "exploitation": 12.0,
    "silent_call": 8.0,
}
_DONORS: Final = {"iom": 35.0, "eu": 25.0, "red_cross": 25.0, "": 15.0}


def work(seed: int, span: Span, centre: int) -> list[Event]:
    """What centre number ``centre`` (from 0) does in ``span``, in the order of days."""
    random = Random(f"{seed}/{centre}/work")  # noqa: S311 - repeatable on purpose
    return sorted(_events(random, span, centre), key=lambda event: event.on)


def _events(random: Random, span: Span, centre: int) -> Iterator[Event]:
    first = span.start
    for month in range(span.count):
        last = min(span.end, Span(first, 1).end)
        for number in range(random.choice((1, 2, 2, 3))):
            yield from _activity(random, f"{centre}/w{month}-{number}", first, last)
        for number in range(random.choice((1, 2, 3, 5))):
            on = working_day(random, first, last)
            called = {"activity": "hotline_operation", "on": on.isoformat(), "topic": pick(random, _TOPICS)}
            if chance(random, 0.3):
                called["referred_to"] = "bar_association"
            yield _event(on, f"{centre}/h{month}-{number}", called)
        first = last + dt.timedelta(days=1)
    yield from _exhibit(random, span, centre)
    if chance(random, 0.5):
        on = working_day(random, span.start, span.end)
        bought = {"title": "Ноутбук для приёмной", "items": 1, "currency": "EUR", "amount": 64_990, "donor": "eu"}
        yield _event(on, f"{centre}/e", {"activity": "equipment", "on": on.isoformat(), **bought})


def _activity(random: Random, subject: str, first: dt.date, last: dt.date) -> Iterator[Event]:
    """One that was held; now and then its number is put right later."""
    kind, on = pick(random, _KINDS), working_day(random, first, last)
    values: dict[str, Any] = {"activity": kind, "on": on.isoformat(), "title": _TITLES[kind]}
    if donor := pick(random, _DONORS):
        values["donor"] = donor
    if kind == "publication":
        values |= {"titles": 1, "copies_printed": random.randrange(100, 1000, 50)}
    elif chance(random, 0.9):
        values["sessions"] = random.choice((1, 1, 1, 2, 3))
    if kind in _CAME and chance(random, 0.9):
        women, men = random.randint(3, 30), random.randint(2, 25)
        values |= {"attendances": women + men, "women": women, "men": men}
    yield _event(on, subject, values)
    later = on + dt.timedelta(days=random.randint(1, 9))
    if "attendances" in values and chance(random, 0.1) and later <= last:
        yield _event(later, subject, {**values, "attendances": values["attendances"] + random.randint(1, 9)})


def _exhibit(random: Random, span: Span, centre: int) -> Iterator[Event]:
    """An exhibit that stands here, and then in the next oblast."""
    on = working_day(random, span.start, span.end)
    here, there = OBLASTS[centre % len(OBLASTS)], OBLASTS[(centre + 1) % len(OBLASTS)]
    seen = random.randint(20, 200), random.randint(20, 200)
    stops = [{"oblast": oblast, "visitors": number} for oblast, number in zip((here, there), seen, strict=True)]
    values = {"activity": "installation_tour", "on": on.isoformat(), "title": "Куб", "items": 1, "places": stops}
    yield _event(on, f"{centre}/x", {**values, "attendances": sum(seen), "donor": "iom"})


def _event(on: dt.date, subject: str, values: dict[str, Any]) -> Event:
    return Event(on, Act.ACTIVITY, "", values, subject=subject)
