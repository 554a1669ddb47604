"""Statistics: every indicator and the table builder, asked for an audience; questions kept under a name.

What is asked for anybody outside is protected here already, as it will be in a file: the same rule, held against the
same register of releases. So nobody sees on screen a table "for donors" that a donor would not get.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from app.errors import UserError
from app.forms.text import clean_line
from app.i18n import N_
from app.models import Centre, SavedReport
from app.reports import reading
from app.reports.disclosure import may_stand, open_problem, protect, rule_for
from app.reports.facts import months
from app.reports.indicators import INDICATORS
from app.reports.indicators.spec import Indicator, needs
from app.reports.pack import Picture
from app.reports.reading.months import in_store
from app.reports.table import Audience, Scope, in_full
from app.sync.columns import as_uid
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.releases import Releases
from app.usecases.statistics_question import Answer, Question
from app.usecases.statistics_saved import read, written
from app.usecases.statistics_until import counted_until

__all__ = ["Answer", "IndicatorRow", "Question", "Saved", "Statistics"]

MOST_DIMENSIONS: Final = 2
LONGEST_NAME: Final = 80
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_UNKNOWN: Final = N_("This figure is not known here. Choose another one.")
_WRONG_BY: Final = N_("This figure cannot be broken down like that. Choose at most two of what is offered.")
_WRONG_MONTHS: Final = N_("The period is not right: give the first and the last month, the first one not later.")
_UNKNOWN_CENTRE: Final = N_("This centre is not known here. Choose another one, or all.")
_INTERNAL: Final = N_("This figure is for our own use only and is told to nobody else.")
_NO_NAME: Final = N_("Please give the question a name.")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """What can be asked for: by which dimensions, how it is drawn, and whether it stays with us."""

    code: str
    chapter: str
    dimensions: tuple[str, ...]
    picture: Picture
    internal: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """A question under its name."""

    uid: uuid.UUID
    name: str
    question: Question


class Statistics:
    """The use cases about figures. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def indicators(self) -> tuple[IndicatorRow, ...]:
        """All that can be asked, in order; the table builder's two questions last."""
        return tuple(
            IndicatorRow(one.code, one.chapter, one.dimensions, one.picture, one.internal)
            for one in INDICATORS.values()
        )

    def ask(self, question: Question) -> Answer:
        """Count. Raises UserError for a question without sense; that something may not be told is an answer."""
        indicator = _sensible(question)
        today, outside = self._desk.clock.today(), question.audience is not Audience.INTERNAL
        scope = replace(question.scope, reporting=outside)
        problem = _INTERNAL if outside and indicator.internal else open_problem(scope, today, question.audience)
        with self._desk.store.reading() as session:
            until = counted_until(session)
            if problem:
                return Answer(question, (), indicator.picture, until, problem)
            found = reading.load(session, scope, today, needs(indicator, question.by))
            earlier = Releases(self._desk).earlier(session) if outside else None
        tables, rule = indicator.count(found, question.by), rule_for(question.audience)
        told = (
            protect([table for table in tables if may_stand(table, rule)], rule, earlier).told
            if earlier is not None
            else tuple(map(in_full, tables))
        )
        return Answer(question, told, indicator.picture, until)

    def months(self) -> list[str]:
        """The months in which anything was recorded, oldest first; none that is still to come."""
        with self._desk.store.reading() as session:
            found = in_store(session)
        return list(months.of_scope(found, Scope(), self._desk.clock.today()).within)

    def centres(self) -> dict[str, str]:
        """The names of all centres known here, by id."""
        with self._desk.store.reading() as session:
            return {str(uid): name for uid, name in session.execute(select(Centre.uid, Centre.name))}

    def donors(self) -> list[str]:
        """The codes of donors that stand in some service, grant or activity."""
        with self._desk.store.reading() as session:
            return reading.donors(session)

    def saved(self) -> tuple[Saved, ...]:
        """The questions that were kept, by name. One that a newer program wrote is passed over, not lost."""
        with self._desk.store.reading() as session:
            rows = list(session.scalars(select(SavedReport)))
        found = [(row, question) for row in rows if (question := read(row.document)) is not None]
        return tuple(
            Saved(row.uid, row.name, question) for row, question in sorted(found, key=lambda one: one[0].name.lower())
        )

    def save(self, name: str, question: Question) -> uuid.UUID:
        """Keep a question; one of the same name is replaced."""
        cleaned = clean_line(name)[:LONGEST_NAME]
        if not cleaned:
            raise UserError(_NO_NAME)
        _sensible(question)
        uid = self._desk.clock.new_id()
        with self._desk.store.transaction() as session:
            row = session.scalars(select(SavedReport).where(SavedReport.name == cleaned)).one_or_none()
            if row is None:
                row = SavedReport(uid=uid, name=cleaned)
                session.add(row)
            row.document, row.saved_at = written(question), self._desk.author().stamp
            note(session, self._desk.author(), "question_saved", row.uid)
            return row.uid

    def forget(self, uid: uuid.UUID) -> None:
        """Keep a question no longer; nothing happens where it is gone already."""
        with self._desk.store.transaction() as session:
            row = session.scalars(select(SavedReport).where(SavedReport.uid == uid)).one_or_none()
            if row is not None:
                session.delete(row)
                note(session, self._desk.author(), "question_forgotten", uid)


def _sensible(question: Question) -> Indicator:
    indicator = INDICATORS.get(question.code)
    if indicator is None:
        raise UserError(_UNKNOWN)
    by = question.by
    if len(by) > MOST_DIMENSIONS or len(set(by)) < len(by) or not set(by) <= set(indicator.dimensions):
        raise UserError(_WRONG_BY)
    bounds = [month for month in (question.scope.first, question.scope.last) if month]
    if not all(_MONTH.fullmatch(month) for month in bounds) or bounds != sorted(bounds):
        raise UserError(_WRONG_MONTHS)
    if question.scope.centre and as_uid(question.scope.centre) is None:
        raise UserError(_UNKNOWN_CENTRE)
    return indicator
