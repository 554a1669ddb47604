"""Watching over the centres: who has been silent longer than agreed, what has not come, what waits for a decision.

A field clock is wrong as often as not, so silence is counted from the day on which a bundle was taken in here.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import BundleSeen, Installation, Question, SetAside, Setting, Trust
from app.sync.ledger import SELF_RID
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.enrolment import Peer, installation_row, peer_of

USUAL_DAYS: Final = 30
LONGEST_DAYS: Final = 366
_AGREED = "silence_days"


@dataclass(frozen=True, slots=True)
class Watched:
    """A laptop with what the coordinator watches."""

    peer: Peer
    silent_days: int | None
    """Days since its last bundle, or since it was enrolled while none has come; None where nothing is expected."""
    agreed_days: int
    own_agreement: bool
    """Was something else agreed with this laptop than with all?"""
    set_aside: int
    """Its files that were not taken and wait for a decision."""
    questions: int
    """Questions to it that are open."""

    @property
    def overdue(self) -> bool:
        """Is it silent for longer than agreed?"""
        return self.silent_days is not None and self.silent_days > self.agreed_days

    @property
    def is_alarm(self) -> bool:
        """Did two histories come from it?"""
        return self.peer.trust == Trust.STOPPED


class Watch:
    """The use cases about silence. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def centres(self) -> list[Watched]:
        """All laptops that were ever trusted: alarms first, then gaps, then the longest silence."""
        with self._desk.store.reading() as session:
            everybody = agreed_with_all(session)
            query = select(Installation).where(Installation.rid != SELF_RID)
            rows = [row for row in session.scalars(query) if row.trust not in (Trust.PENDING, Trust.VOUCHED)]
            aside = _counts(
                session.execute(select(SetAside.from_rid, func.count()).group_by(SetAside.from_rid)).all()
            )
            asked = select(Question.to_rid, func.count()).where(Question.state == "open").group_by(Question.to_rid)
            questions = _counts(session.execute(asked).all())
            found = [
                Watched(
                    peer=(peer := peer_of(session, row)),
                    silent_days=self._silent(row, peer.last_received_at or peer.enrolled_at),
                    agreed_days=row.silence_days or everybody,
                    own_agreement=row.silence_days is not None,
                    set_aside=aside.get(row.rid, 0),
                    questions=questions.get(row.rid, 0),
                )
                for row in rows
            ]
        return sorted(found, key=_urgency)

    def calls(self) -> int:
        """How many laptops want a call because of an alarm or of silence; quick enough to ask at every step."""
        last = func.max(BundleSeen.received_at)
        heard = select(BundleSeen.from_rid, last.label("last")).group_by(BundleSeen.from_rid).subquery()
        query = select(Installation, heard.c.last).outerjoin(heard, heard.c.from_rid == Installation.rid)
        count = 0
        with self._desk.store.reading() as session:
            everybody = agreed_with_all(session)
            for row, received_at in session.execute(query.where(Installation.rid != SELF_RID)):
                silent = self._silent(row, received_at or row.enrolled_at or "")
                count += row.trust == Trust.STOPPED or (silent or 0) > (row.silence_days or everybody)
        return count

    def agree(self, days: int, inst: uuid.UUID | None = None) -> None:
        """Agree on ``days`` with one laptop, or with all with whom nothing else was agreed."""
        if not 1 <= days <= LONGEST_DAYS:
            raise UserError(N_("Please give a number of days between 1 and {most}."), most=LONGEST_DAYS)
        with self._desk.store.transaction() as session:
            if inst is None:
                session.merge(Setting(name=_AGREED, value=str(days)))
            else:
                row = installation_row(session, inst)
                row.silence_days = None if days == agreed_with_all(session) else days
            note(session, self._desk.author(), "agreed", inst)

    def _silent(self, row: Installation, since: str) -> int | None:
        """Days since then; None for a laptop from which nothing is expected."""
        if row.trust != Trust.TRUSTED or not since:
            return None
        return max(0, (self._desk.clock.today() - dt.date.fromisoformat(since[:10])).days)


def agreed_with_all(session: Session) -> int:
    """The days agreed with everybody."""
    setting = session.get(Setting, _AGREED)
    return int(setting.value) if setting else USUAL_DAYS


def _counts(rows: Iterable[tuple[int | None, int]]) -> dict[int, int]:
    return {rid: count for rid, count in rows if rid is not None}


def _urgency(one: Watched) -> tuple[int, int, str]:
    """A decision first, then a gap, then silence; what is revoked stands last."""
    rank = 4 if one.peer.trust == Trust.REVOKED else 3
    if one.overdue:
        rank = 2
    if one.peer.missing:
        rank = 1
    if one.is_alarm:
        rank = 0
    return rank, -(one.silent_days or 0), one.peer.centre_name
