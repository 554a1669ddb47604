"""What the truth of the packs keeps of a plan: people and records as they stand after the last event."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from app.usecases.practice.events import Act as Kind
from app.usecases.practice.events import Event, Values
from app.usecases.practice.helping import GROUPS
from app.usecases.practice.truth import Truth, birth_year

Key = tuple[str, str]
"""The centre, and a key of its plan."""
HOTLINE: Final = "hotline_operation"
REINTEGRATION: Final = "grant_reintegration"
CLOSED: Final = frozenset({"Closed", "ClosedReferred"})
_REPORTING: Final = "reporting"
_NAMES: Final = "coordinator_identifiable"
"""The purpose without which words of hers (the name of a project) stay at the centre."""
_NO_ANSWER: Final = frozenset({"", "unknown", "declined"})
_RECORDS: Final = frozenset({Kind.CASE, Kind.SERVICE, Kind.GRANT, Kind.REFERRAL})


def answers(told: Iterable[str]) -> tuple[str, ...]:
    """What of several codes is an answer."""
    return tuple(code for code in told if code not in _NO_ANSWER)


@dataclass(frozen=True, slots=True)
class Period:
    """The months of a pack, and its oblast or donor ("": all)."""

    first: str
    last: str
    oblast: str = ""
    donor: str = ""

    def within(self, date: str) -> bool:
        """Does a day or month lie in it?"""
        return self.first <= date[:7] <= self.last

    def here(self, one: Act) -> bool:
        """Does a record belong to its oblast?"""
        return self.oblast in ("", one.oblast)

    def holds(self, act: Act) -> bool:
        """A service of its months, oblast and donor?"""
        return self.within(act.text("on")) and self.here(act) and self.donor in ("", act.text("donor"))


@dataclass(frozen=True, slots=True)
class Act:
    """A record about a person: a service, and likewise a case, a grant, a referral.

    ``who`` is under whom the person counts, ``person`` the entry itself. ``donor`` and ``project``, where a payment
    names none, are those of its grant.
    """

    who: Key
    person: Key
    oblast: str
    values: Values
    group: str = ""
    donor: str = ""
    project: str = ""
    grant_kind: str = ""

    def text(self, name: str) -> str:
        """A text of the record; "" where there is none."""
        return str(self.values.get(name, ""))

    def number(self, name: str) -> int:
        """A whole number of the record; 0 where there is none."""
        return int(self.values.get(name, 0))

    @property
    def month(self) -> str:
        """The month of a service."""
        return self.text("on")[:7]

    @property
    def order(self) -> tuple[str, str, str, str]:
        """By day, a month alone before its days; on one day by the code of the service."""
        return self.month, self.text("on"), self.text("service"), self.person[0]


@dataclass(frozen=True, slots=True)
class Held:
    """An activity as an oblast counts it: how many events it was there, and how many came."""

    kind: str
    sessions: int
    attendances: int
    values: Values

    def text(self, name: str) -> str:
        """A text of the record."""
        return str(self.values.get(name, ""))

    def number(self, name: str) -> int:
        """A whole number of the record."""
        return int(self.values.get(name, 0))


@dataclass(slots=True)
class _Entry:
    sex: str = ""
    born: int | None = None
    consents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Kept:
    kind: Kind
    person: Key
    values: Values
    refers: Values


class Rows:
    """All of it. Lists are made anew at each question: whoever was found to be one with another counts so at once."""

    def __init__(self, truth: Truth) -> None:
        self._truth = truth
        self._oblasts: dict[str, str] = {}
        self._entries: dict[Key, _Entry] = {}
        self._kept: dict[Key, _Kept] = {}
        self._activities: dict[Key, Values] = {}

    def tell(self, centre: str, oblast: str, event: Event) -> None:
        """Follow one event."""
        self._oblasts[centre] = oblast
        person, subject = (centre, event.person), (centre, event.subject)
        match event.act:
            case Kind.REGISTER | Kind.CORRECT:
                entry = self._entries.setdefault(person, _Entry())
                sex = str(event.values.get("sex", ""))
                entry.sex, entry.born = "" if sex == "unknown" else sex, birth_year(event.values)
            case Kind.CONSENT:
                self._entries[person].consents[str(event.values["scope"])] = str(event.values["state"])
            case Kind.ACTIVITY:
                self._activities[subject] = event.values
            case Kind.DELETE_SERVICE:
                del self._kept[subject]
            case Kind.DELETE_PERSON:
                del self._entries[person]
                self._kept = {key: one for key, one in self._kept.items() if one.person != person}
            case kind if kind in _RECORDS:
                self._kept[subject] = _Kept(kind, person, event.values, event.refers)

    def acts(self) -> list[Act]:
        """The services."""
        return list(self._of(Kind.SERVICE))

    def cases(self) -> list[Act]:
        """The cases."""
        return list(self._of(Kind.CASE))

    def referrals(self) -> list[Act]:
        """The referrals."""
        return list(self._of(Kind.REFERRAL))

    def grants(self) -> list[Act]:
        """The grants."""
        return list(self._of(Kind.GRANT))

    def payments(self) -> list[Act]:
        """The services by which money was paid."""
        return [one for one in self._of(Kind.SERVICE, paid=True) if "amount" in one.values]

    def _of(self, kind: Kind, *, paid: bool = False) -> Iterator[Act]:
        for (centre, _subject), one in self._kept.items():
            if one.kind is not kind:
                continue
            grant = self._kept[centre, one.refers["grant"]].values if paid and "grant" in one.refers else {}
            project = str(one.values.get("project") or grant.get("project", ""))
            may_be_told = self._entries[one.person].consents.get(_NAMES) == "given"
            yield Act(
                who=self._truth.counted(one.person),
                person=one.person,
                oblast=self._oblasts[centre],
                values=one.values,
                group=GROUPS.get(str(one.values.get("service")), ""),
                donor=str(one.values.get("donor") or grant.get("donor", "")),
                project=project if may_be_told else "",
                grant_kind=str(grant.get("grant_kind", "")),
            )

    def cases_of(self, who: Key) -> list[Values]:
        """What was told in any of her cases."""
        return [one.values for one in self._of(Kind.CASE) if one.who == who]

    def sex(self, who: Key) -> str:
        """What most of her entries say; "" where none does, or two say different things equally often."""
        return self._most(entry.sex for entry in self._entries_of(who)) or ""

    def birth_year(self, who: Key) -> int | None:
        """The same of her year of birth."""
        found = self._most(str(entry.born or "") for entry in self._entries_of(who))
        return int(found) if found else None

    def agreed(self) -> set[Key]:
        """Who agreed to be counted for others: some entry says so, and none says no."""
        said: dict[Key, set[str]] = {}
        for person, entry in self._entries.items():
            said.setdefault(self._truth.counted(person), set()).add(entry.consents.get(_REPORTING, ""))
        return {who for who, states in said.items() if "given" in states and not states & {"refused", "withdrawn"}}

    def month_after_return(self, payment: Act) -> int | None:
        """In the how manyth month after her return it was paid (1 is the first): as written, else from her case."""
        if "month_after_return" in payment.values:
            return payment.number("month_after_return")
        paid = payment.text("on")
        returns = [
            str(one.values["returned_on"])
            for one in self._kept.values()
            if one.kind is Kind.CASE and one.person == payment.person and "returned_on" in one.values
        ]
        before = [day for day in returns if day <= paid]
        if not before or len(paid) < len("2025-01-01"):
            return None
        back, on = dt.date.fromisoformat(max(before)), dt.date.fromisoformat(paid)
        return (on.year - back.year) * 12 + on.month - back.month + (1 if on.day >= back.day else 0)

    def activities(self, period: Period) -> Iterator[Held]:
        """The activities of a period, each as its oblast counts it."""
        for (centre, _subject), values in self._activities.items():
            stops = {str(stop["oblast"]): int(stop["visitors"]) for stop in values.get("places", ())}
            oblasts = set(stops) or {self._oblasts[centre]}
            if not period.within(str(values["on"])) or period.donor not in ("", str(values.get("donor", ""))):
                continue
            if period.oblast and period.oblast not in oblasts:
                continue
            sessions, came = int(values.get("sessions", 1)), int(values.get("attendances", 0))
            if period.oblast and len(oblasts) > 1:
                sessions, came = 1, stops[period.oblast]
            yield Held(str(values["activity"]), sessions, came, values)

    def donors(self) -> set[str]:
        """Everybody who gave money for a service, a grant or an activity."""
        values = (*(one.values for one in self._kept.values()), *self._activities.values())
        return {str(one["donor"]) for one in values if "donor" in one}

    def _entries_of(self, who: Key) -> Iterator[_Entry]:
        return (entry for person, entry in self._entries.items() if self._truth.counted(person) == who)

    @staticmethod
    def _most(said: Iterable[str]) -> str | None:
        first, *others = Counter(one for one in said if one).most_common(2) or [("", 0)]
        return None if others and others[0][1] == first[1] else first[0]
