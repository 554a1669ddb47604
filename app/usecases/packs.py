"""Packs of tables for an occasion: counted, protected for their audience, and written down before they leave.

What is for others counts only persons who agreed to it, over periods that have ended; the register of releases is
asked when a pack is made and once more when it is released, in the transaction that writes it down. No file is
written before that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.errors import UserError
from app.i18n import N_
from app.reports import reading
from app.reports.disclosure import NOTHING, Protection, open_problem, protect, rule_for
from app.reports.facts import Facts
from app.reports.indicators import INDICATORS
from app.reports.pack import Pack, PackKind
from app.reports.packs import (
    DONOR,
    SUMMARY,
    TASK_FORCE,
    Asked,
    ChapterPlan,
    asked_of,
    compose,
    told_chapters,
    without_small_projects,
)
from app.reports.table import Audience, Scope, Table
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.releases import Releases
from app.usecases.statistics_question import Question
from app.usecases.statistics_until import counted_until

_UNKNOWN: Final = N_("This version of the program does not know this question. Choose another one.")
_INTERNAL: Final = N_("This figure is for our own use only: it is never told to others.")
_MEANWHILE: Final = N_("Another table was released meanwhile. Make this one anew: more of it may have to be hidden.")
_NO_PERIOD: Final = N_("Choose from which month to which month: the first must not lie after the last.")


@dataclass(frozen=True, slots=True)
class PackDraft:
    """A pack as its reader would see it. ``protection`` is None where it is for our own use.

    ``tables`` are counted in full and stay here: the pack is checked with them once more when it is released.
    """

    pack: Pack
    protection: Protection | None
    tables: tuple[Table, ...] = ()


class Packs:
    """The use cases about packs. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._releases = Releases(desk)

    def task_force(self, oblast: str, first: str, last: str, audience: Audience) -> PackDraft:
        """The pack for the task force of an oblast ("": the whole country) over the months ``first`` to ``last``."""
        return self._draft(PackKind.TASK_FORCE, TASK_FORCE, Scope(first, last, oblast=oblast), audience)

    def donor(self, donor: str, first: str, last: str, audience: Audience) -> PackDraft:
        """The pack for a donor: what was done and paid with this donor's money."""
        return self._draft(PackKind.DONOR, DONOR, Scope(first, last, donor=donor), audience)

    def summary(self, first: str, last: str) -> PackDraft:
        """The summary after the columns of CTDC, for everybody."""
        return self._draft(PackKind.SUMMARY, SUMMARY, Scope(first, last), Audience.PUBLIC)

    def of_table(self, question: Question) -> PackDraft:
        """A pack of the tables of one question."""
        indicator = INDICATORS.get(question.code)
        if indicator is None or not set(question.by) <= set(indicator.dimensions):
            raise UserError(_UNKNOWN)
        if indicator.internal and question.audience is not Audience.INTERNAL:
            raise UserError(_INTERNAL)
        plan = (ChapterPlan(N_("Figures"), (Asked(question.code, question.by),)),)
        return self._draft(PackKind.TABLE, plan, question.scope, question.audience)

    def release(self, draft: PackDraft) -> None:
        """Write the pack down in the register of releases. Only after that may a file of it be made.

        Raises UserError where another release came in between and more of it would have to be hidden now.
        """
        with self._desk.store.transaction() as session:
            if draft.protection is not None:
                now = protect(draft.tables, draft.pack.rule, self._releases.earlier(session))
                if now.told != draft.protection.told:
                    raise UserError(_MEANWHILE)
                self._releases.keep(session, draft.pack, draft.protection)
            note(session, self._desk.author(), f"pack_{draft.pack.kind}")

    def _draft(self, kind: PackKind, plan: Sequence[ChapterPlan], scope: Scope, audience: Audience) -> PackDraft:
        if kind is not PackKind.TABLE and not (scope.first and scope.first <= scope.last):
            raise UserError(_NO_PERIOD)
        if problem := open_problem(scope, self._desk.clock.today(), audience):
            raise UserError(problem)
        rule = rule_for(audience)
        outside = audience is not Audience.INTERNAL
        wanted = Scope(scope.first, scope.last, scope.oblast, scope.centre, scope.donor, reporting=outside)
        with self._desk.store.reading() as session:
            found = reading.load(session, wanted, self._desk.clock.today(), asked_of(plan))
            earlier = self._releases.earlier(session) if outside else NOTHING
            until = counted_until(session)
        composed = compose(plan, _fit(found, rule.least if outside else 0), audience)
        tables = tuple(table for chapter in composed for table, _picture in chapter.tables)
        protection = protect(tables, rule, earlier)
        pack = Pack(
            kind=kind,
            audience=audience,
            rule=rule,
            scope=wanted,
            chapters=told_chapters(composed, protection.told),
            until=until,
            left_out=_left_out(protection),
            made_on=self._desk.clock.today().isoformat(),
            issuer=self._desk.me.centre_name,
            practice=self._desk.me.practice,
        )
        return PackDraft(pack, protection if outside else None, tables)


def _fit(found: Facts, least: int) -> Facts:
    return without_small_projects(found, least) if least else found


def _left_out(protection: Protection) -> int | None:
    """How many persons are left out at most; None where that is too few to be told."""
    found = [told.left_out for told in protection.told]
    return None if None in found else max((one for one in found if one is not None), default=0)
