"""What of a record's document its noun table keeps: pure, document in, values of columns out.

An imported document may hold anything in any place (it is flagged then): what is not of its kind is passed over.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from app.codelists import AgeGroup, service_group, service_tile
from app.forms.age import age_group
from app.forms.names import display_name, search_key
from app.sync.canonical import encode

Document = Mapping[str, Any]

# An imported date may be any text (it is flagged then): no month is read into it.
_MONTH: Final = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?![0-9]))?(?![0-9])")
# The days that a service may name for what comes next, whatever its form.
_NEXT: Final = ("next_on", "next_visit", "next_session_on", "next_hearing_on")

COUNTED_OF_CASE: Final = (
    "age_at_start", "border", "closure_reason", "decided_by", "exploitation", "exploitation_countries",
    "formal_status", "identified_year", "labour_sectors", "means_of_control", "recruiter", "recruitment",
    "referral_source", "referring_agency", "witness",
)  # fmt: skip
"""The answers of a case that figures count beside its days and its state."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a service row takes from its person."""

    rid: int
    sex: str
    birth_year: int | None


def as_uid(value: object) -> uuid.UUID | None:
    """A UUID from a document's text, or None where it is absent or not one (such a row is flagged)."""
    found = uid_bytes(value)
    return uuid.UUID(bytes=found) if found else None


def uid_bytes(value: object) -> bytes | None:
    """As ``as_uid``, in the 16 bytes that the store keeps."""
    return _bytes_of_text(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _bytes_of_text(text: str) -> bytes | None:
    """Kept for a while: many records name the same person, case and centre."""
    try:
        return uuid.UUID(text).bytes
    except ValueError:
        return None


def _text(document: Document, key: str) -> str | None:
    value = document.get(key)
    return value if isinstance(value, str) else None


def _number(document: Document, key: str) -> int | None:
    value = document.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def bearer_of(rid: int, document: Document | None) -> Bearer:
    """What services take from a person; one that is not live tells neither sex nor age."""
    if document is None:
        return Bearer(rid, "unknown", None)
    return Bearer(rid, _text(document, "sex") or "unknown", _number(document, "birth_year"))


def person(document: Document) -> tuple[Any, ...]:
    """The columns ``PERSON``."""
    return (
        _text(document, "code") or "",
        _text(document, "sex"),
        _number(document, "birth_year"),
        _text(document, "oblast"),
        _text(document, "raion"),
    )


def _identity(document: Document) -> tuple[Any, ...]:
    named = document if isinstance(document.get("names"), list) else {}
    return display_name(named), search_key(named)


def _consent(document: Document) -> tuple[Any, ...]:
    scope, state = _text(document, "scope") or "", _text(document, "state") or ""
    return scope, state, _text(document, "organisation") or "", _text(document, "expires_on")


def _case(document: Document) -> tuple[Any, ...]:
    counted = {name: document[name] for name in COUNTED_OF_CASE if name in document}
    dates = _text(document, "opened_on"), _text(document, "status"), _text(document, "closed_on")
    return *dates, encode(counted, sort_keys=True).decode()


def _need(document: Document) -> tuple[Any, ...]:
    category, progress = _text(document, "category") or "", _text(document, "progress") or "in_progress"
    return category, _text(document, "due"), progress, _text(document, "agreed_on")


def _grant(document: Document) -> tuple[Any, ...]:
    return (
        _text(document, "grant_kind"),
        _text(document, "currency"),
        _number(document, "approved"),
        _text(document, "approved_on"),
        _number(document, "instalments"),
    )


def _referral(document: Document) -> tuple[Any, ...]:
    return (
        _text(document, "service") or "",
        _text(document, "agency") or "",
        _text(document, "status"),
        _text(document, "sent_on"),
        uid_bytes(document.get("consent")),
    )


def _appointment(document: Document) -> tuple[Any, ...]:
    return _text(document, "at") or "", _text(document, "service") or "", _text(document, "state") or "planned"


def _attachment(document: Document) -> tuple[Any, ...]:
    return _number(document, "size") or 0, _text(document, "sha256") or ""


def _answer(document: Document) -> tuple[Any, ...]:
    return uid_bytes(document.get("question")), _text(document, "answer") or ""


def _transfer(document: Document) -> tuple[Any, ...]:
    return uid_bytes(document.get("to")), uid_bytes(document.get("consent")), _text(document, "agreed_on")


def _activity(document: Document, owner_centre: bytes | None) -> tuple[Any, ...]:
    code = _text(document, "activity") or ""
    centre = uid_bytes(document.get("centre")) or owner_centre
    return code, *_day_and_month(document), _text(document, "oblast"), centre


def _meeting(document: Document, _owner_centre: bytes | None) -> tuple[Any, ...]:
    return *_day_and_month(document), _text(document, "oblast")


def _decision(document: Document, _owner_centre: bytes | None) -> tuple[Any, ...]:
    responsible, status = _text(document, "responsible") or "", _text(document, "status") or "open"
    return uid_bytes(document.get("meeting")), responsible, _text(document, "due"), status


def _day_and_month(document: Document) -> tuple[str | None, str]:
    """``on`` as it stands, and its month; a year alone or nothing where no month is known."""
    on_date = _text(document, "on")
    found = _MONTH.match(on_date) if on_date else None
    return on_date or None, found[0] if found else ""


PERSON: Final = ("code", "sex", "birth_year", "oblast", "raion")
SERVICE: Final = (
    "counted_uid", "code", "service_group", "tile", "on_date", "month", "centre_uid", "oblast", "sex", "age_group",
    "outcome", "donor", "project", "provider", "grant_uid", "amount_minor", "currency", "next_on",
)  # fmt: skip
OF_PERSON: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Document], tuple[Any, ...]]]]] = {
    "identity": (("display_name", "search_key"), _identity),
    "consent": (("scope", "state", "organisation", "expires_on"), _consent),
    "case": (("opened_on", "status", "closed_on", "counted"), _case),
    "need": (("category", "due", "progress", "agreed_on"), _need),
    "grant": (("kind", "currency", "approved_minor", "approved_on", "instalments"), _grant),
    "referral": (("code", "agency", "status", "sent_on", "consent_uid"), _referral),
    "appointment": (("at", "code", "state"), _appointment),
    "attachment": (("size", "sha256"), _attachment),
    "answer": (("question_uid", "answer"), _answer),
    "transfer": (("to_uid", "consent_uid", "agreed_on"), _transfer),
}
"""By kind: the columns, and what fills them from the document alone. (``SERVICE`` needs more: ``service``.)"""

OF_NOBODY: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Document, bytes | None], tuple[Any, ...]]]]] = {
    "activity": (("code", "on_date", "month", "oblast", "centre_uid"), _activity),
    "meeting": (("on_date", "month", "oblast"), _meeting),
    "decision": (("meeting_uid", "responsible", "due", "status"), _decision),
}
"""By kind of what is about no single person: the columns, and what fills them from the document and the owner's
centre."""


def service(
    document: Document, counted: bytes | None, bearer: Bearer | None, owner_centre: bytes | None
) -> tuple[Any, ...]:
    """The columns of a service; ``counted`` is who is counted, ``owner_centre`` stands where it names no centre."""
    code = _text(document, "service") or ""
    on_date, month = _day_and_month(document)
    group, tile = _group_and_tile(code)
    return (
        counted,
        code,
        group,
        tile,
        on_date,
        month,
        uid_bytes(document.get("centre")) or owner_centre,
        _text(document, "oblast"),
        bearer.sex if bearer else "unknown",
        age_at(bearer, month),
        _text(document, "outcome"),
        _text(document, "donor"),
        _text(document, "project"),
        _text(document, "provider_agency"),
        uid_bytes(document.get("grant")),
        _number(document, "amount"),
        _text(document, "currency"),
        min((day for key in _NEXT if (day := _text(document, key))), default=None),
    )


@lru_cache(maxsize=1024)
def _group_and_tile(code: str) -> tuple[str, str]:
    return service_group(code).value, service_tile(code)


def age_at(bearer: Bearer | None, month: str) -> str:
    """The age group of a person in the year of ``month``."""
    if bearer is None or bearer.birth_year is None or not month:
        return AgeGroup.UNKNOWN.value
    return age_group(bearer.birth_year, int(month[:4])).value
