"""Two persons side by side: what both hold of each question, and where they differ."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.forms.names import full_name
from app.forms.spec import Field
from app.i18n import _, language, translate
from app.models import Case, Service
from app.reports.paper.tongue import Tongue
from app.usecases.same_person.people import Someone, identity_of
from app.usecases.same_person.shapes import Line, Side

_OF_PERSON: Final = ("sex", "citizenships", "oblast", "raion")
_OF_IDENTITY: Final = ("personal_number", "passport", "phone", "address")
_BESIDE: Final = ("languages", "marital_status", "children", "education", "disability")
_EARLIER: Final = ("birth", "earlier")
_ALIAS: Final = "alias"


@dataclass(frozen=True, slots=True)
class _Told:
    """All that is known here of one of the two."""

    person: Mapping[str, Any]
    identity: Mapping[str, Any]
    birth: object
    opened_on: str
    helped_on: str


Asked = tuple[str, Callable[[_Told], str]]


def side(session: Session, someone: Someone) -> Side:
    """Who she is, where and since when."""
    services = session.scalar(select(func.count()).where(Service.person_rid == someone.rid)) or 0
    return Side(
        uid=someone.uid,
        code=someone.code,
        name=someone.name,
        centre=someone.centre,
        installation=someone.installation,
        recorded_on=_recorded_on(someone),
        services=services,
    )


def lines(session: Session, one: Someone, other: Someone) -> tuple[Line, ...]:
    """The questions to which at least one of the two has an answer here, in the order of the forms."""
    left, right = _told(session, one), _told(session, other)
    answers = ((label, answer(left), answer(right)) for label, answer in _questions())
    return tuple(
        Line(label, mine, theirs, differs=label not in _of_the_work() and _differ(mine, theirs))
        for label, mine, theirs in answers
        if mine or theirs
    )


def _differ(one: str, other: str) -> bool:
    """Both are known, and nothing of either stands with the other (several names stand in several lines)."""
    return bool(one and other) and not set(one.splitlines()) & set(other.splitlines())


def _of_the_work() -> tuple[str, ...]:
    """What tells of the work with her and not of her: it may well differ."""
    return (_("Case opened on"), _("Last help on"))


def _questions() -> Iterator[Asked]:
    yield _("Name"), lambda told: _names(told, lambda kind: kind not in (*_EARLIER, _ALIAS))
    yield _("Earlier names"), lambda told: _names(told, lambda kind: kind in _EARLIER)
    yield _("Other names"), lambda told: _names(told, lambda kind: kind == _ALIAS)
    yield _("Born"), lambda told: _date(told.birth)
    yield from (_field("person", name) for name in _OF_PERSON)
    yield from (_field("identity", name) for name in _OF_IDENTITY)
    yield from (_field("person", name) for name in _BESIDE)
    yield _("Case opened on"), lambda told: _date(told.opened_on)
    yield _("Last help on"), lambda told: _date(told.helped_on)


def _field(kind: str, name: str) -> Asked:
    field = next(one for one in form_for_kind(kind).fields if one.name == name)
    return translate(field.label), lambda told: _answer(field, told.person if kind == "person" else told.identity)


def _answer(field: Field, values: Mapping[str, Any]) -> str:
    return Tongue(language()).answer(field, values[field.name], values, {}) if field.name in values else ""


def _names(told: _Told, wanted: Callable[[object], bool]) -> str:
    names = told.identity.get("names")
    forms = [form for form in names if isinstance(form, Mapping)] if isinstance(names, list) else []
    return "\n".join(dict.fromkeys(filter(None, (full_name(form) for form in forms if wanted(form.get("kind"))))))


def _date(value: object) -> str:
    return partial.display(value, language()) if value else ""


def _told(session: Session, someone: Someone) -> _Told:
    opened = select(func.max(Case.opened_on)).where(Case.person_rid == someone.rid)
    helped = select(func.max(Service.on_date)).where(Service.person_rid == someone.rid)
    return _Told(
        person=someone.values,
        identity=identity_of(session, someone),
        birth=someone.birth,
        opened_on=session.scalar(opened) or "",
        helped_on=session.scalar(helped) or "",
    )


def _recorded_on(someone: Someone) -> str:
    """The day that her id carries (UUID version 7, RFC 9562), else that of the last change: no record has it."""
    if someone.uid.version != 7:
        return someone.changed_at[:10]
    return _day_of(someone.uid) or someone.changed_at[:10]


def _day_of(uid: uuid.UUID) -> str:
    try:
        return dt.datetime.fromtimestamp((uid.int >> 80) / 1000, dt.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""  # an id made by a clock beyond the years
