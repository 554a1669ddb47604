"""What is usual: the kinds of help most used, the last donor, the last place. So that a hand need not type it again.

The kinds of this person come before those of the centre, whose use is counted over 90 days: what was usual a year
ago is not what the nurse looks for today.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, func, select
from sqlalchemy.orm import Session

from app import codelists
from app.codelists import RecordState
from app.models import Record, Service
from app.sync.ledger import SELF_RID, document, values_of
from app.usecases.people import rid_of

COUNTED_DAYS: Final = 90
# What the kind of help says already.
_SAID_BY_KIND: Final = {"psych_group": {"session_format": "group"}}


def usual_kinds(session: Session, today: dt.date, person: uuid.UUID | None) -> list[str]:
    """The kinds of help most used: first those that this person has had, then those of this centre lately."""
    since = (today - dt.timedelta(days=COUNTED_DAYS)).isoformat()
    lately = (
        select(Service.code, func.count())
        .join(Record, Record.rid == Service.rid)
        # The month stands at the head of an index; the day is then exact.
        .where(Service.month >= since[:7], Service.on_date >= since, Record.owner_rid == SELF_RID)
        .group_by(Service.code)
    )
    hers = select(Service.code, func.count()).where(_of_person(session, person)).group_by(Service.code)
    return list(dict.fromkeys([*(_ranked(session, hers) if person else ()), *_ranked(session, lately)]))


def last_service(session: Session, person: uuid.UUID, *, code: str = "", group: str = "") -> uuid.UUID | None:
    """The person's latest service of this kind, or of this group."""
    query = select(Record.uid).join(Service, Service.rid == Record.rid).where(_of_person(session, person))
    if code:
        query = query.where(Service.code == code)
    if group:
        query = query.where(Service.service_group == group)
    return session.scalars(query.order_by(Service.on_date.desc(), Service.rid.desc()).limit(1)).one_or_none()


def usual_answers(session: Session, staff: uuid.UUID, person: uuid.UUID | None, code: str) -> dict[str, Any]:
    """Donor (with the project) and place as they were last time.

    The donor is that of this person's last help of the group, else of my own last service. The place is taken only
    from help of the same group: a court is no place for a bandage.
    """
    group = str(codelists.service_group(code))
    hers = last_service(session, person, group=group) if person else None
    candidates = [hers, _my_last(session, staff, group), _my_last(session, staff, "")]
    known = [document(session, uid) or {} if uid else {} for uid in candidates]
    found: dict[str, Any] = dict(_SAID_BY_KIND.get(code, {}))
    donors, places = codelists.get("donors"), codelists.get("service_places")
    # What the list does not know is kept where it stands, and never handed on.
    if paid := next((one for one in known if one.get("donor") in donors), None):
        found |= {name: paid[name] for name in ("donor", "project") if name in paid}
    if placed := next((one["place"] for one in known[:2] if one.get("place") in places), None):
        found["place"] = placed
    return found


def known_allergies(session: Session, person: uuid.UUID) -> dict[str, Any]:
    """The person's allergies as her last medical record tells them, shown in the next one to be confirmed or mended.

    Only a yes or a no is taken over: whoever did not know, or did not wish to say, is asked again.
    """
    medical = [code for code in codelists.get("services").codes if codelists.service_form(code) == "medical"]
    query = (
        select(Record.data)
        .join(Service, Service.rid == Record.rid)
        .where(_of_person(session, person), Service.code.in_(medical))
        .order_by(Service.on_date.desc(), Service.rid.desc())
    )
    for data in session.scalars(query):
        values = values_of(data)
        if values.get("allergies_known") in ("yes", "no"):
            return {name: values[name] for name in ("allergies_known", "allergies") if name in values}
    return {}


def _my_last(session: Session, staff: uuid.UUID, group: str) -> uuid.UUID | None:
    query = (
        select(Record.uid)
        .join(Service, Service.rid == Record.rid)
        .where(Record.owner_rid == SELF_RID, Record.changed_by == staff, Record.state == RecordState.LIVE)
        .order_by(Record.changed_seq.desc())
    )
    if group:
        query = query.where(Service.service_group == group)
    return session.scalars(query.limit(1)).one_or_none()


def _of_person(session: Session, person: uuid.UUID | None) -> ColumnElement[bool]:
    return Service.person_rid == (rid_of(session, person) if person else None)


def _ranked(session: Session, counted: Executable) -> list[str]:
    found = session.execute(counted).all()
    return [code for code, _count in sorted(found, key=lambda row: (-row[1], row[0]))]
