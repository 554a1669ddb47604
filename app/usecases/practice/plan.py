"""The plan of an invented centre: who comes when, what is done, and what is put right later.

Seeded: the same seed, months and centre give the same events. Each person has her own source of chance, so that
one more person changes nothing for the others.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any, Final

from app.usecases.practice import facts, helping, humans, reported
from app.usecases.practice.ahead import ahead
from app.usecases.practice.events import Act, Event, Span, chance, working_day
from app.usecases.practice.grants import grants
from app.usecases.practice.humans import Human

PEOPLE: Final = 40
"""How many people come to a centre in a year of practice."""
OBLASTS: Final = ("BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MI", "BY-MA", "BY-HM")
_SHARED: Final = 3
"""How many of the people of a centre are helped at the next centre too."""
_EARLY: Final = dt.timedelta(days=30)
_GAP_EARLY: Final = 6.0
_GAP_LATER: Final = 18.0

MISTAKE: Final = "entered_by_mistake"
TWICE: Final = "entered_twice"


def plan(
    seed: int,
    span: Span,
    centre: int,
    centres: int = 1,
    people: int = PEOPLE,
    today: dt.date | None = None,
) -> list[Event]:
    """What happens in centre number ``centre`` of ``centres`` (from 0) in ``span``, in the order of days.

    ``today`` is the day on which it will be looked at (else the day after the span): appointments lie around it.
    """
    events: list[Event] = []
    for number, human in enumerate(_humans(centre, centres, people)):
        random = Random(f"{seed}/{centre}/{human}")  # noqa: S311 - repeatable on purpose
        drawn = humans.draw(seed, human, span.start.year)
        course = _Course(random, drawn, f"{centre}/{number}", span, OBLASTS[centre % len(OBLASTS)])
        # What is planned has chance of its own, so that it changes nothing of what happens.
        apart = Random(f"{seed}/{centre}/{human}/ahead")  # noqa: S311 - repeatable on purpose
        # So has what only figures for others ask for.
        beside = Random(f"{seed}/{centre}/{human}/reported")  # noqa: S311 - repeatable on purpose
        events += course.events(apart, beside, today or span.end + dt.timedelta(days=1))
    return sorted(events, key=lambda event: event.on)


def _humans(centre: int, centres: int, people: int) -> list[str]:
    """Who comes: own people, some who will go to the next centre too, some who come from the one before."""
    if centres < 2:
        return [f"{centre}/{number}" for number in range(people)]
    own = [f"{centre}/{number}" for number in range(max(0, people - 2 * _SHARED))]
    to_next = [f"{centre}+/{number}" for number in range(_SHARED)]
    from_before = [f"{(centre - 1) % centres}+/{number}" for number in range(_SHARED)]
    return own + to_next + from_before


class _Course:
    """One person's time at a centre."""

    def __init__(self, random: Random, human: Human, person: str, span: Span, oblast: str) -> None:
        self._random = random
        self._human = human
        self._person = person
        self._oblast = oblast
        self._since = self._arrival(span)
        self._end = span.end
        self._until = min(span.end, self._since + dt.timedelta(days=random.randint(20, 330)))

    def events(self, apart: Random, beside: Random, today: dt.date) -> list[Event]:
        """All that happens to the person, each change after what it changes."""
        random, human, since = self._random, self._human, self._since
        values = humans.person_values(random, human, since, self._oblast)
        identity = humans.identity_values(random, human, since)
        case = reported.case(beside, facts.case(random, human, since))
        events = [
            Event(since, Act.REGISTER, self._person, values, identity=identity, human=human.key),
            *self._answers(),
            self._case(since, case),
            *reported.funded(beside, self._services()),
            *reported.rated(beside, grants(random, human, self._person, since, self._until)),
            *self._corrections(values),
            *ahead(apart, human, self._person, (since, self._until), self._end, today),
            *reported.change_of_mind(beside, human, self._person, since, self._until),
        ]
        closed_on = self._until
        # Whose help has ended is mostly closed; who is still helped is hardly ever.
        if chance(random, 0.85 if closed_on < self._end else 0.05) and closed_on > since + _EARLY:
            events.append(self._case(closed_on, facts.closed(random, case, closed_on)))
        return self._deleted(events) if chance(random, 0.025) else events

    def _arrival(self, span: Span) -> dt.date:
        """A third has come by the second month; the others come through the year."""
        days = min(45, span.days) if chance(self._random, 0.35) else max(1, span.days - 12)
        return working_day(self._random, span.start, span.start + dt.timedelta(days=days - 1))

    def _case(self, on: dt.date, values: dict[str, Any]) -> Event:
        return Event(on, Act.CASE, self._person, values, subject=f"{self._person}/c")

    def _answers(self) -> Iterator[Event]:
        """Consents of the first day, and a change of mind about the names."""
        random, human = self._random, self._human
        answers = facts.consents(random, human, self._since)
        yield from (Event(self._since, Act.CONSENT, self._person, values) for values in answers)
        before = next(values["state"] for values in answers if values["scope"] == facts.GATE)
        after = {"given": "withdrawn", "refused": "given", "not_asked": "given"}[before]
        if chance(random, 0.08 if before == "given" else 0.25) and self._until > self._since:
            on = working_day(random, self._since + dt.timedelta(days=1), self._until)
            yield Event(on, Act.CONSENT, self._person, facts.consent(random, human, on, facts.GATE, after))

    def _services(self) -> Iterator[Event]:
        random, day = self._random, self._since
        given: Counter[str] = Counter()
        number = 0
        while day <= self._until:
            early = day - self._since < _EARLY
            code = helping.draw_code(random, early=early, abroad=self._human.abroad)
            given[code] += 1
            yield from self._service(f"{self._person}/s{number}", code, day, given[code])
            number += 1
            gap = random.expovariate(1 / (_GAP_EARLY if early else _GAP_LATER))
            day += dt.timedelta(days=max(1, round(gap)))
            # What falls on a weekend waits for Monday.
            day += dt.timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)

    def _service(self, subject: str, code: str, day: dt.date, session: int) -> Iterator[Event]:
        """A service, and now and then what is put right about it: another kind, another day, or it never was."""
        random = self._random
        values = helping.service_values(random, code, day, session)
        in_case = {"case": f"{self._person}/c"} if chance(random, 0.9) else {}
        yield Event(day, Act.SERVICE, self._person, values, subject=subject, refers=in_case)
        later = day + dt.timedelta(days=random.randint(0, 20))
        if later > self._until:
            return
        if chance(random, 0.02):
            yield Event(later, Act.DELETE_SERVICE, self._person, subject=subject, reason=MISTAKE)
        elif chance(random, 0.04):
            if chance(random, 0.5):
                code, session = helping.other_code(random, code), 1
            else:
                day = max(self._since, day - dt.timedelta(days=random.randint(1, 25)))
            values = helping.service_values(random, code, day, session)
            yield Event(later, Act.SERVICE, self._person, values, subject=subject, refers=in_case)

    def _corrections(self, values: dict[str, Any]) -> Iterator[Event]:
        """Later her papers come, and the birth date is another one; or something is known at last."""
        random, human = self._random, self._human
        known = len(str(values.get("birth", ""))) == 10
        if not chance(random, 0.08 if known else 0.4) or self._until <= self._since:
            return
        on = working_day(random, self._since + dt.timedelta(days=1), self._until)
        year = human.born.year if not known else human.born.year - random.choice((1, 9, 10))
        born = human.born.isoformat()[4:] if human.born.isoformat()[5:] != "02-29" else "-02-28"
        corrected = {**values, "birth": f"{year}{born}"}
        if human.sex == "unknown":
            corrected["sex"] = "female"
        yield Event(on, Act.CORRECT, self._person, corrected)

    def _deleted(self, events: list[Event]) -> list[Event]:
        """Registered twice: after some days everything under this code is deleted."""
        on = self._since + dt.timedelta(days=self._random.randint(1, 9))
        if on > self._until:
            return events
        return [e for e in events if e.on <= on] + [Event(on, Act.DELETE_PERSON, self._person, reason=TWICE)]
