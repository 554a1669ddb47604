"""What of documents is counted, read with as little as will do. An imported document may hold anything in any place:
what is not of its kind is passed over, and what is an unknown code is kept as it stands.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import msgspec

from app import codelists
from app.codelists import CaseStatus


class CaseDocument(msgspec.Struct, gc=False):
    """The answers of a case that are counted, unjudged."""

    closure_reason: Any = None
    referral_source: Any = None
    referring_agency: Any = None
    formal_status: Any = None
    decided_by: Any = None
    identified_year: Any = None
    witness: Any = None
    exploitation: Any = None
    labour_sectors: Any = None
    means_of_control: Any = None
    recruitment: Any = None
    recruiter: Any = None
    border: Any = None
    exploitation_countries: Any = None
    age_at_start: Any = None


class PersonDocument(msgspec.Struct, gc=False):
    """The answers about a person that are counted."""

    citizenships: Any = None


class ServiceDocument(msgspec.Struct, gc=False):
    """What came of a course, and where a journey began."""

    course_completed: Any = None
    job_found: Any = None
    from_country: Any = None


read_case: Final = msgspec.json.Decoder(CaseDocument).decode
read_person: Final = msgspec.json.Decoder(PersonDocument).decode
read_service: Final = msgspec.json.Decoder(ServiceDocument).decode

NO_ANSWER: Final = frozenset({"unknown", "declined", "not_specified", "not_asked"})
"""Codes that say that there is no answer: such a person is not in the base of a share (CTDC's rule)."""
CLOSED: Final = frozenset({CaseStatus.CLOSED.value, CaseStatus.CLOSED_REFERRED.value})


def text(value: object) -> str:
    """A text as it stands; "" for what is none."""
    return value if isinstance(value, str) else ""


def whole(value: object) -> int | None:
    """A whole number; None for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def codes(value: object) -> tuple[str, ...]:
    """The codes of an answer with several, without those that say nothing."""
    if not isinstance(value, list):
        return ()
    return _answering(tuple(code for code in value if isinstance(code, str)))


@lru_cache(maxsize=16384)
def _answering(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in dict.fromkeys(found) if code and code not in NO_ANSWER)


def known(value: object) -> str:
    """The code of an answer with one; "" where it says nothing."""
    found = text(value)
    return "" if found in NO_ANSWER else found


@lru_cache(maxsize=4096)
def with_parents(name: str, some: tuple[str, ...]) -> tuple[str, ...]:
    """``some`` codes of the list ``name`` with all that they imply."""
    return tuple(codelists.get(name).with_parents(list(some)))
