"""Several people at once: who stays in the house, who came last time, and what is odd about one of many."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.codelists import Outcome
from app.errors import UserError
from app.forms import partial
from app.forms.spec import Problem, Severity
from app.i18n import N_
from app.models import Person, Record, Service, Setting
from app.sync.ledger import SELF_RID, document

STAYS: Final = ("rehab_centre_stay", "shelter_crisis_room")
# A stay that was left open for longer was forgotten rather than lived.
LONGEST_STAY: Final = dt.timedelta(days=366)
KEPT_GROUPS: Final = 4
SMALLEST_GROUP: Final = 2
_SETTING: Final = "groups"


@dataclass(frozen=True, slots=True)
class Group:
    """Help that several people had at once: the kind, the day as it was recorded, and who they were."""

    code: str
    on: str
    persons: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the check and the case codes of those it is about; no codes: about all of them."""

    problem: Problem
    codes: tuple[str, ...] = ()


class NotForAll(UserError):
    """The help cannot be recorded for all as it stands, or not before it is confirmed."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(N_("Please look at the marked fields. Are they right for each of these people?"))
        self.findings = tuple(findings)

    @property
    def forbids(self) -> bool:
        """Is there an error among the findings, and not doubts alone?"""
        return any(one.problem.severity is Severity.ERROR for one in self.findings)


def staying(session: Session, today: dt.date) -> list[uuid.UUID]:
    """Who stays here on ``today``, in the order in which they came.

    The person's latest stay that this centre recorded decides. It is open when it was provided, has begun, is not
    older than a year, and either ends today or later, or names neither an end nor nights that are over.
    """
    since = (today - LONGEST_STAY).isoformat()
    query = (
        select(Service.person_uid, Record.uid)
        .join(Record, Record.rid == Service.rid)
        .where(Service.code.in_(STAYS), Record.owner_rid == SELF_RID, Service.person_rid.is_not(None))
        .where(Service.on_date >= since, Service.on_date <= today.isoformat())
        .order_by(Service.on_date, Service.rid)
    )
    latest = {person: uid for person, uid in session.execute(query) if person is not None}
    return [person for person, uid in latest.items() if _is_open(document(session, uid) or {}, today)]


def last_groups(session: Session) -> list[Group]:
    """The groups recorded last, the newest first, one for each kind of help; only people who are still here."""
    found = []
    for kept in _kept(session):
        asked = [uuid.UUID(text) for text in kept["persons"]]
        here = set(
            session.scalars(select(Record.uid).join(Person, Person.rid == Record.rid).where(Record.uid.in_(asked)))
        )
        persons = tuple(uid for uid in asked if uid in here)
        if len(persons) >= SMALLEST_GROUP:
            found.append(Group(str(kept["code"]), str(kept["on"]), persons))
    return found


def remember_group(session: Session, values: Mapping[str, Any], services: Mapping[uuid.UUID, uuid.UUID]) -> None:
    """Keep who was in a group, so that the next session begins with the same people."""
    if len(services) < SMALLEST_GROUP:
        return
    code = str(values.get("service", ""))
    new = {
        "code": code,
        "on": str(values.get("on", "")),
        "persons": [str(uid) for uid in services],
        "records": [str(uid) for uid in services.values()],
    }
    others = [one for one in _kept(session) if one["code"] != code]
    _keep(session, [new, *others[: KEPT_GROUPS - 1]])


def forget_group(session: Session, records: Iterable[uuid.UUID]) -> None:
    """What was taken back was no group."""
    gone = {str(uid) for uid in records}
    kept = _kept(session)
    left = [one for one in kept if gone.isdisjoint(one["records"])]
    if len(left) != len(kept):
        _keep(session, left)


def gathered(found: Mapping[str, Sequence[Problem]]) -> list[Finding]:
    """The problems by case code as findings: what is odd about all is said once, the rest with its codes."""
    by_kind: dict[tuple[str, str, str], list[str]] = {}
    problems: dict[tuple[str, str, str], Problem] = {}
    for code, own in found.items():
        for problem in own:
            kind = (problem.field, problem.code, str(problem.severity))
            problems.setdefault(kind, problem)
            by_kind.setdefault(kind, []).append(code)
    return [
        Finding(problems[kind], () if len(codes) == len(found) else tuple(codes)) for kind, codes in by_kind.items()
    ]


def _is_open(values: Mapping[str, Any], today: dt.date) -> bool:
    if str(values.get("outcome", Outcome.PROVIDED)) != Outcome.PROVIDED:
        return False
    until = partial.bounds(values.get("until"))
    if until is not None:
        return until[1] >= today
    began, nights = partial.day(values.get("on")), _whole(values.get("quantity"))
    if began is None or nights is None:
        return True
    return began + dt.timedelta(days=nights) >= today


def _whole(quantity: object) -> int | None:
    text = str(quantity or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 4 else None


def _kept(session: Session) -> list[dict[str, Any]]:
    setting = session.get(Setting, _SETTING)
    return list(json.loads(setting.value)) if setting else []


def _keep(session: Session, groups: list[dict[str, Any]]) -> None:
    session.merge(Setting(name=_SETTING, value=json.dumps(groups)))
