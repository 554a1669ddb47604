"""Code lists: permanent codes with labels in three languages, read from ``resources/codelists``.

A record holds codes, never labels. A code that is not in its list (from a newer program, or imported) is kept
and shown verbatim: nothing a person recorded is lost because our list is older. Lists are data; only the codes
on which the program's logic hangs are written here, as enums.

Each file is ``code,ru,be,en,parent`` and columns of its own. The directory of partners, which the coordinator keeps,
is laid over the list ``agencies`` while a store is open (``overlay``). What outside schemes call a code stands in
``crosswalks.csv`` with the scheme's name and version (HTCDS is IOM's, CC BY 4.0).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Final

from app import i18n
from app.paths import resources

_FIXED_COLUMNS: Final = frozenset({"code", "ru", "be", "en", "parent"})


class ServiceGroup(StrEnum):
    """The groups of assistance, in the order of the figures."""

    RETURN = "return"
    LEGAL = "legal"
    MEDICAL = "medical"
    PSYCHOLOGICAL = "psychological"
    SHELTER = "shelter"
    MATERIAL = "material"
    GRANT = "grant"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    FAMILY = "family"
    SOCIAL = "social"
    INFORMATION = "information"
    PROTECTION = "protection"
    OTHER = "other"


class Currency(StrEnum):
    """Currencies of grants. BYR is the rouble before 1 July 2016 (10,000 BYR = 1 BYN)."""

    BYN = "BYN"
    USD = "USD"
    EUR = "EUR"
    RUB = "RUB"
    BYR = "BYR"

    @property
    def minor_digits(self) -> int:
        """How many decimal digits its smallest unit has; BYR had no kopecks."""
        return 0 if self is Currency.BYR else 2


class ConsentScope(StrEnum):
    """The purposes for which consent is asked, each on its own."""

    INTERVIEW = "interview"
    PURPOSE_INFORMED = "purpose_informed"
    USE_INFORMED = "use_informed"
    ACCESS_RIGHT_INFORMED = "access_right_informed"
    STORAGE_TIME_INFORMED = "storage_time_informed"
    WITHDRAWAL_INFORMED = "withdrawal_informed"
    RESEARCH_INFORMED = "research_informed"
    SERVICES = "services"
    REPORTING = "reporting"
    COORDINATOR_IDENTIFIABLE = "coordinator_identifiable"
    RELEASE_SECURITY = "release_security"
    RELEASE_PSYCHOSOCIAL = "release_psychosocial"
    RELEASE_HEALTH = "release_health"
    RELEASE_SAFEHOUSE = "release_safehouse"
    RELEASE_LEGAL = "release_legal"
    RELEASE_PROTECTION = "release_protection"
    RELEASE_LIVELIHOODS = "release_livelihoods"
    RELEASE_OTHER = "release_other"
    WRITTEN = "written"
    CONTACT = "contact"


class ConsentState(StrEnum):
    """The person's word on one scope."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_ASKED = "not_asked"
    EXPIRED = "expired"


class Outcome(StrEnum):
    """What came of a service."""

    PROVIDED = "provided"
    REFERRED = "referred"
    ALREADY_RECEIVED = "already_received"
    NOT_APPLICABLE = "not_applicable"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"


class CaseStatus(StrEnum):
    """The state of a case (HTCDS ``cas_Status``)."""

    ACTIVE = "Active"
    FOLLOW_UP = "FollowUp"
    CLOSED = "Closed"
    CLOSED_REFERRED = "ClosedReferred"


class Sex(StrEnum):
    """Sex as the person states it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class AgeGroup(StrEnum):
    """Age bands of the figures (how an age is counted: ``app.forms.age``)."""

    CHILD = "0-8"
    MINOR = "9-17"
    FROM_18 = "18-24"
    FROM_25 = "25-34"
    FROM_35 = "35-44"
    FROM_45 = "45-59"
    FROM_60 = "60+"
    UNKNOWN = "unknown"


class RecordState(StrEnum):
    """The state of a record that travels: whole, deleted with a reason, or held back for want of consent."""

    LIVE = "live"
    DELETED = "deleted"
    WITHHELD = "withheld"


class Role(StrEnum):
    """Roles of staff."""

    NURSE = "nurse"
    PSYCHOLOGIST = "psychologist"
    LAWYER = "lawyer"
    SOCIAL_WORKER = "social_worker"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"
    STATISTICIAN = "statistician"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its labels by language, the code it belongs under (or ""), and the list's own columns."""

    code: str
    labels: Mapping[str, str]
    parent: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def retired(self) -> bool:
        """Is it kept for old records only? It has its words, and is not offered any more."""
        return bool(self.extra.get("retired"))


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list in its order. ``version`` is the day of its last change, as it is told in exports."""

    name: str
    version: str
    entries: tuple[Entry, ...]
    _by_code: Mapping[str, Entry]

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in order."""
        return tuple(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, code: str) -> Entry:
        """The entry of ``code``; raises KeyError."""
        return self._by_code[code]

    def label(self, code: str, language: str | None = None) -> str:
        """The words for ``code`` in ``language`` (or the one chosen now); an unknown code as it stands."""
        entry = self._by_code.get(code)
        return entry.labels[language or i18n.language()] if entry else code

    def parent(self, code: str) -> str:
        """The code above ``code``, or "" where there is none or the code is unknown."""
        entry = self._by_code.get(code)
        return entry.parent if entry else ""

    def children(self, code: str) -> tuple[str, ...]:
        """The codes directly under ``code`` ("" gives the top ones), in order."""
        return tuple(entry.code for entry in self.entries if entry.parent == code)

    def column(self, code: str, column: str) -> str:
        """The list's own ``column`` for ``code``, or "" where there is none or the code is unknown."""
        entry = self._by_code.get(code)
        return entry.extra.get(column, "") if entry else ""

    def with_parents(self, codes: list[str]) -> list[str]:
        """``codes`` and all they imply, in the list's order, unknown ones last (a child implies its parent)."""
        wanted = dict.fromkeys(codes)
        for code in codes:
            above = self.parent(code)
            while above:
                wanted[above] = None
                above = self.parent(above)
        return self.in_order(list(wanted))

    def in_order(self, codes: list[str]) -> list[str]:
        """``codes`` once each, in the list's order; unknown ones last, as they came."""
        known = set(codes)
        return [c for c in self.codes if c in known] + [c for c in dict.fromkeys(codes) if c not in self]


def _rows(name: str) -> list[dict[str, str]]:
    with resources("codelists", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _versions() -> Mapping[str, str]:
    return {row["list"]: row["version"] for row in _rows("lists")}


def names() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(_versions())


def get(name: str) -> CodeList:
    """The list called ``name``, with what is laid over it; raises KeyError. Read once, then kept."""
    return _overlaid.get(name) or shipped(name)


@cache
def shipped(name: str) -> CodeList:
    """The list called ``name`` as it came with the program; raises KeyError."""
    version = _versions()[name]
    entries = tuple(
        Entry(
            code=row["code"],
            labels={language: row[language] for language in i18n.LANGUAGES},
            parent=row["parent"],
            extra={column: value for column, value in row.items() if column not in _FIXED_COLUMNS},
        )
        for row in _rows(name)
    )
    return CodeList(name, version, entries, {entry.code: entry for entry in entries})


_overlaid: dict[str, CodeList] = {}
_generation: int = 0


def overlay(name: str, entries: Sequence[Entry], last: str = "") -> None:
    """Lay ``entries`` over the list ``name``: those with its codes stand in place of its own, the others after them.

    Nothing is ever taken away, so that every record keeps its words. ``last`` is the code that stays the last one
    ("another organisation"). A later call replaces an earlier one; no entries give the list as it came.
    """
    global _generation  # noqa: PLW0603 - the lists of the open store are one for the process, as the language is
    own, laid = shipped(name), {entry.code: entry for entry in entries}
    whole = [laid.pop(entry.code, entry) for entry in own]
    at = next((at for at, entry in enumerate(whole) if entry.code == last), len(whole))
    whole[at:at] = laid.values()
    if entries:
        _overlaid[name] = CodeList(name, own.version, tuple(whole), {entry.code: entry for entry in whole})
    else:
        _overlaid.pop(name, None)
    _generation += 1  # last: what another thread prepares meanwhile from the old list is then prepared anew


def drop_overlays() -> None:
    """The lists as they came with the program (at the lock: what they said stood in the store)."""
    global _generation  # noqa: PLW0603 - see ``overlay``
    _overlaid.clear()
    _generation += 1


def generation() -> int:
    """A number that changes with every list; what is prepared from lists is kept under it."""
    return _generation


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What an outside scheme calls one of our codes. Several values stand in several rows."""

    code_list: str
    code: str
    scheme: str
    version: str
    value: str


@cache
def crosswalks(name: str, scheme: str) -> tuple[Crosswalk, ...]:
    """All equivalents of the list ``name`` in ``scheme`` (``htcds``, ``primero``, ``ctdc_2024`` ...)."""
    return tuple(
        Crosswalk(row["list"], row["code"], row["scheme"], row["version"], row["value"])
        for row in _rows("crosswalks")
        if row["list"] == name and row["scheme"] == scheme
    )


def service_group(code: str) -> ServiceGroup:
    """The group in which a service is counted; an unknown service counts as other."""
    return ServiceGroup(get("services").column(code, "group") or ServiceGroup.OTHER)


def service_form(code: str) -> str:
    """The name of the form in which a service is recorded; ``general`` for an unknown one."""
    return get("services").column(code, "form") or "general"


def service_tile(code: str) -> str:
    """The tile under which a service is found on the desk."""
    return get("services").column(code, "tile") or "social_other"
