"""Already known? Whom a new entry may be, asked while it is typed. It warns and never blocks, and merges nothing.

Whom the register has to offer: ``app.usecases.candidates``. Below the likely ones stand those who are called the
same and of whom nothing says that they are others (``app.matching.namesake``), marked as weak.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.i18n import N_, _, translate
from app.matching.keys import keys
from app.matching.names import Features, features
from app.matching.namesake import beside_the_name, is_namesake
from app.matching.number import contradicts_birth
from app.matching.score import Addend, Comparison
from app.matching.weights import WARN_AT_DESK
from app.models import Identity, Person, Record
from app.sync.canonical import decode_object
from app.sync.ledger import SELF_RID
from app.usecases.candidates import Found, Register
from app.usecases.desk import Desk

MOST_SHOWN: Final = 5
_TELLING: Final = 0.5
_BUT: Final = N_("but: {finding}")
_NAME_ALONE: Final = N_("the same name; nothing else is known to compare")
_NAME_AND: Final = N_("the same name, and little else to compare")

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LikelyMatch:
    """Somebody who is recorded already and may be the one who is typed now."""

    uid: uuid.UUID
    code: str
    name: str
    birth: object
    """As it is recorded: a partial date, an estimate, a year, or None."""
    score: float
    reasons: tuple[str, ...]
    """Sentences in the language chosen now, the weightiest first; what speaks against it stands last."""
    mine: bool
    weak: bool = False
    """Little more than the name is the same: a hint, and no warning."""


class Likely:
    """``Likely(desk).of(person, identity)``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, person: Values, identity: Values) -> list[LikelyMatch]:
        """The people who may be the one with these values, at most five: the likeliest first, the weak ones last."""
        typed = features(person, [identity])
        if not keys(typed):
            return []
        with self._desk.store.reading() as session:
            return _shown(session, _ranked(session, typed)[:MOST_SHOWN])


def _ranked(session: Session, typed: Features) -> list[Found]:
    found = Register(session).who_may_be(typed)
    return sorted((one for one in found if not _is_weak(one) or is_namesake(one.compared)), key=_place)


def _is_weak(found: Found) -> bool:
    return found.compared.total < WARN_AT_DESK


def _place(found: Found) -> tuple[bool, float, int]:
    """By weight; among equals the one who came last, for she is the likelier to come again."""
    return _is_weak(found), -found.compared.total, -found.rid


def number_contradicts_birth(person: Values, identity: Values) -> bool:
    """Do the personal number and the date of birth contradict each other? Shown, never refused."""
    return contradicts_birth(identity.get("personal_number"), person.get("birth"))


def _shown(session: Session, found: Sequence[Found]) -> list[LikelyMatch]:
    query = (
        select(Person.rid, Person.code, Record.uid, Record.owner_rid, Record.data, func.max(Identity.display_name))
        .join(Record, Record.rid == Person.rid)
        .outerjoin(Identity, Identity.person_rid == Person.rid)
        .where(Person.rid.in_([one.rid for one in found]))
        .group_by(Person.rid)
    )
    rows = {row[0]: row for row in session.execute(query)}
    return [_match(one, *rows[one.rid][1:]) for one in found if one.rid in rows]


def _match(found: Found, code: str, uid: uuid.UUID, owner_rid: int, data: str, name: str | None) -> LikelyMatch:
    values = decode_object(data.encode(), sort_keys=True)
    compared = found.compared
    return LikelyMatch(
        uid=uid,
        code=code,
        name=name or "",
        birth=values.get("birth") or values.get("birth_year"),
        score=compared.total,
        reasons=_weak_reasons(compared) if _is_weak(found) else reasons(compared),
        mine=owner_rid == SELF_RID,
        weak=_is_weak(found),
    )


def reasons(compared: Comparison) -> tuple[str, ...]:
    """What speaks for one person, and then what speaks against it, each by weight; chance is not told."""
    return _told(one for one in compared.addends if one.code != "chance")


def _weak_reasons(compared: Comparison) -> tuple[str, ...]:
    others = _told(beside_the_name(compared))
    return (_(_NAME_AND), *others) if others else (_(_NAME_ALONE),)


def _told(found: Iterable[Addend]) -> tuple[str, ...]:
    told = sorted(
        (one for one in found if abs(one.weight) >= _TELLING), key=lambda one: (one.weight < 0, -abs(one.weight))
    )
    return tuple(
        translate(one.text) if one.weight > 0 else _(_BUT).format(finding=translate(one.text)) for one in told
    )
