"""The rows that are counted: services, cases, referrals, needs, and the persons who stand behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from app.reports.facts import documents as read
from app.reports.facts.documents import CaseDocument, ServiceDocument

Who = bytes
"""Who is counted: the 16 bytes of a person's id, or of the group of those who are one with her."""


class Act(NamedTuple):
    """One service. Texts are "" where nothing is known; ``month`` also where it is doubtful."""

    who: Who | None
    person: int | None
    """The key of her record, where it is known here."""
    rid: int
    code: str
    group: str
    day: str
    month: str
    centre: str
    oblast: str
    sex: str
    age: str
    outcome: str
    donor: str
    project: str
    provider: str
    grant: bytes | None
    amount: int | None
    currency: str

    @property
    def given(self) -> bool:
        """Did it take place? (An outcome that nobody recorded counts as such: the form begins with it.)"""
        return self.outcome in {"", "provided"}


class CaseFacts(msgspec.Struct, gc=False):
    """One case; ``centre`` is where it is kept. ``opened`` and ``closed`` are days or months, "" where not known."""

    who: Who
    rid: int
    centre: str
    oblast: str
    opened: str
    closed: str
    status: str
    """Its state today."""
    answers: str | CaseDocument
    """Text until somebody looks: of most cases nobody does."""

    @property
    def document(self) -> CaseDocument:
        """Its answers."""
        if isinstance(self.answers, str):
            self.answers = read.read_case(self.answers)
        return self.answers

    @property
    def forms(self) -> tuple[str, ...]:
        """Forms of exploitation; a child implies its parent."""
        return read.with_parents("exploitation_types", read.codes(self.document.exploitation))


class ReferralFacts(NamedTuple):
    """A person sent on."""

    who: Who
    service: str
    agency: str
    status: str
    month: str
    centre: str
    oblast: str


class NeedFacts(NamedTuple):
    """A need with how far it is."""

    who: Who
    category: str
    progress: str
    month: str
    centre: str
    oblast: str


@dataclass(slots=True)
class Someone:
    """A person who was helped in the period: her entries united. ``acts`` in the order of their days."""

    who: Who
    sex: str
    birth_year: int | None
    age: str
    """The age group at the first of ``acts``."""
    citizenships: tuple[str, ...]
    cases: tuple[CaseFacts, ...]
    acts: tuple[Act, ...]
    agrees: str
    """Her word on statistics: ``agrees``, ``does_not_agree``, or "" where she was not asked."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What is counted together: of those who agreed, or of those who are left out."""

    acts: tuple[Act, ...] = ()
    persons: Mapping[Who, Someone] = field(default_factory=dict)
    new: frozenset[Who] = frozenset()
    """Those whose first service of all lies in the period and in the scope."""
    ever: Mapping[Who, str] = field(default_factory=dict)
    """Those who were helped until the end of the period, with the first month (or bare year) of it.

    The months may be "" while no opening balance is entered."""
    cases: tuple[CaseFacts, ...] = ()
    """Cases of the scope (its place, not its months)."""
    cases_of: Mapping[Who, Sequence[CaseFacts]] = field(default_factory=dict)
    """All cases of each person, wherever they are kept."""
    referrals: tuple[ReferralFacts, ...] = ()
    needs: tuple[NeedFacts, ...] = ()
    delays: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """By case opened in the period: the day of the first service on or after it, by group of services."""
    details: Mapping[int, ServiceDocument] = field(default_factory=dict)
    """What came of courses and where journeys began, by the key of the service."""
    doubtful: int = 0
    """Services of the scope whose month is not certain."""
