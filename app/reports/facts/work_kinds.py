"""What figures know of activities, meetings, money, entered numbers and the register itself. Pure data.

A *counted* person is the id under which she is counted: her own, or that of her group where the coordinator found
that several entries are one person. No name, code or day of a person is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

REINTEGRATION: Final = "grant_reintegration"
"""The service by which a reintegration grant is paid."""


@dataclass(frozen=True, slots=True)
class Act:
    """One activity. ``sessions`` and ``attendances`` are None where nobody wrote them down: that is not zero.

    ``numbers`` holds the other counts by field.
    """

    code: str
    month: str
    oblast: str
    centre: str
    donor: str
    project: str
    sessions: int | None
    attendances: int | None
    women: int | None
    men: int | None
    minors: int | None
    numbers: Mapping[str, int]
    audiences: tuple[str, ...]
    agencies: tuple[tuple[str, int | None], ...]
    """Who took part, and with how many participants."""
    topic: str
    referred_to: str
    amount: int | None
    currency: str


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting of a task force that was held: which organisations came, and with how many people."""

    month: str
    oblast: str
    attendees: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of a meeting within the scope."""

    oblast: str
    month: str
    responsible: str
    kind: str
    status: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that is party to a memorandum at the end of the period. ``oblast`` is "" for the country."""

    agency: str
    oblast: str


@dataclass(frozen=True, slots=True)
class Granted:
    """A grant approved in the period."""

    kind: str
    month: str
    currency: str
    approved: int
    donor: str
    project: str
    oblast: str
    centre: str
    counted: str


@dataclass(frozen=True, slots=True)
class Paid:
    """A sum paid for a person in the period: of a grant, or for a service.

    ``rate`` says how much of ``rate_currency`` one unit of ``currency`` bought, as recorded with the payment.
    ``months_after`` is the month after return (1 is the first), None where it is not known.
    """

    service: str
    group: str
    grant: str
    kind: str
    """The kind of its grant; "" where it belongs to none."""
    month: str
    currency: str
    amount: int
    donor: str
    project: str
    oblast: str
    centre: str
    counted: str
    rate_currency: str
    rate: Decimal | None
    months_after: int | None


@dataclass(frozen=True, slots=True)
class Funded:
    """How many services of a group one person got from a project: loaded where one donor is asked about."""

    project: str
    group: str
    counted: str
    services: int


@dataclass(frozen=True, slots=True)
class Entered:
    """A number that no record holds (list ``entered_figures``), with the months it speaks of and its source."""

    code: str
    key: str
    area: str
    first: str
    last: str
    value: int
    currency: str
    source: str


@dataclass(frozen=True, slots=True)
class Missing:
    """How many of ``of`` records of a centre say nothing in a field (``person.sex``)."""

    field: str
    centre: str
    missing: int
    of: int


@dataclass(frozen=True, slots=True)
class Bundles:
    """What came from a centre in the period: bundles taken in, and how many of them later than agreed."""

    centre: str
    taken: int
    late: int


@dataclass(frozen=True, slots=True)
class Doubts:
    """How many records of the scope stand in no month, because their day is not known well enough."""

    activities: int = 0
    payments: int = 0
    grants: int = 0


@dataclass(frozen=True, slots=True)
class Register:
    """What is known of the data themselves."""

    missing: tuple[Missing, ...] = ()
    bundles: tuple[Bundles, ...] = ()
    linked: Mapping[str, int] = field(default_factory=dict)
    """By centre: entries that are counted as a person entered elsewhere or earlier."""
