"""Questions asked of the figures, as they are kept under a name: canonical JSON, read back without trust."""

from __future__ import annotations

from typing import Any, Final

from app.reports.table import Audience, Scope
from app.sync.canonical import NotCanonical, decode_object, encode
from app.usecases.statistics_question import Question

_BOUNDS: Final = ("first", "last", "oblast", "centre", "donor")


def written(question: Question) -> str:
    """The question as a document."""
    scope = {name: getattr(question.scope, name) for name in _BOUNDS}
    whole: dict[str, Any] = {
        "code": question.code, "by": list(question.by), "audience": question.audience.value, "scope": scope,
    }  # fmt: skip
    return encode(whole, sort_keys=True).decode()


def read(document: str) -> Question | None:
    """The question of a document; None for one that this version of the program does not understand."""
    try:
        values = decode_object(document.encode(), sort_keys=True)
        audience = Audience(str(values.get("audience")))
    except (NotCanonical, ValueError):
        return None
    scope, by = values.get("scope"), values.get("by")
    if not isinstance(scope, dict) or not isinstance(by, list):
        return None
    first, last, oblast, centre, donor = (str(scope.get(name, "")) for name in _BOUNDS)
    return Question(str(values.get("code")), tuple(map(str, by)), Scope(first, last, oblast, centre, donor), audience)
