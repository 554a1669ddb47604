"""The register of releases: which tables left, for whom, by which rule, until which bundles, with every number.

Each new table is held against all of them before it leaves. What is told of a release here, even to ourselves, is
what its readers saw; the truth behind it stays in the store for the protection of the next one.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.i18n import N_
from app.models import Release, ReleasedFigure, Staff
from app.reports.disclosure import Earlier, EarlierRelease, Protection, Quantity, open_problem, rule_for
from app.reports.pack import CountedUntil, Pack, PackKind, Rule
from app.reports.table import Audience, Scope
from app.sync import bulk
from app.sync.canonical import decode, encode
from app.usecases.audit import note
from app.usecases.desk import Desk

_GONE: Final = N_("This release is not in the register.")
_INSERT: Final = bulk.insert_text(ReleasedFigure, ("release_rid", "quantity", "told", "true"))


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release in the list: when, by whom, for whom, of what; how many numbers it told and how many it hid."""

    uid: uuid.UUID
    at: str
    by: str
    audience: Audience
    what: str
    scope: Scope
    told: int
    hidden: int


@dataclass(frozen=True, slots=True)
class ReleaseDetail:
    """A release with the rule as it was then, and until which bundle of each centre it counts."""

    row: ReleaseRow
    rule: Rule
    until: tuple[CountedUntil, ...]


class Releases:
    """The use cases about what was told to others."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def earlier(self, session: Session) -> Earlier:
        """All that was told before, for ``protect``; read in the caller's transaction."""
        figures: dict[int, list[Quantity]] = {}
        for one in session.execute(
            select(ReleasedFigure.release_rid, ReleasedFigure.quantity, ReleasedFigure.told, ReleasedFigure.true)
        ):
            figures.setdefault(one.release_rid, []).append(Quantity(one.quantity, one.told, one.true))
        return Earlier(
            tuple(
                EarlierRelease(one.at[:10], _rule_of(one), tuple(figures.get(one.rid, ())))
                for one in session.scalars(select(Release).order_by(Release.rid))
            )
        )

    def keep(self, session: Session, pack: Pack, protection: Protection) -> None:
        """Write a pack down before a file is made of it, in the caller's transaction.

        Raises UserError where its period is not over by now; ValueError for a pack that is for our own use, or whose
        rule is not that of its audience.
        """
        if pack.audience is Audience.INTERNAL or pack.rule != rule_for(pack.audience):
            raise ValueError("not a pack for others, or not by the rule of its audience")
        if problem := open_problem(pack.scope, self._desk.clock.today(), pack.audience):
            raise UserError(problem)
        author = self._desk.author()
        codes = {part.table.code for chapter in pack.chapters for part in chapter.parts}
        release = Release(
            uid=self._desk.clock.new_id(),
            at=author.stamp,
            by=author.staff,
            audience=pack.audience.value,
            rule=_text({"audience": pack.rule.audience.value, "least": pack.rule.least, "base": pack.rule.base}),
            what=min(codes) if pack.kind is PackKind.TABLE and codes else pack.kind.value,
            area=pack.scope.oblast,
            first=pack.scope.first,
            last=pack.scope.last,
            until=_text([{"centre": one.centre, "bundle": one.bundle, "missing": one.missing} for one in pack.until]),
        )
        session.add(release)
        session.flush()
        bulk.run(session, _INSERT, [(release.rid, one.key, one.told, one.true) for one in protection.quantities])
        note(session, author, "tables_released", release.uid)

    def list(self) -> list[ReleaseRow]:
        """All releases, the newest first."""
        with self._desk.store.reading() as session:
            return [_row(*found) for found in session.execute(_LISTED.order_by(Release.rid.desc())).all()]

    def of(self, uid: uuid.UUID) -> ReleaseDetail:
        """One release. Raises UserError where there is none."""
        with self._desk.store.reading() as session:
            found = session.execute(_LISTED.where(Release.uid == uid)).one_or_none()
            if found is None:
                raise UserError(_GONE)
            until = decode(found[0].until.encode())
            assert isinstance(until, list)
            return ReleaseDetail(_row(*found), _rule_of(found[0]), tuple(_until(one) for one in until))


_LISTED: Final = (
    select(Release, Staff.name, func.count(ReleasedFigure.told), func.count(ReleasedFigure.rid))
    .outerjoin(Staff, Staff.uid == Release.by)
    .outerjoin(ReleasedFigure, ReleasedFigure.release_rid == Release.rid)
    .group_by(Release.rid)
)


def _row(one: Release, by: str | None, told: int, every: int) -> ReleaseRow:
    scope = Scope(one.first, one.last, oblast=one.area, reporting=True)
    return ReleaseRow(one.uid, one.at, by or "", Audience(one.audience), one.what, scope, told, every - told)


def _rule_of(one: Release) -> Rule:
    found = json.loads(one.rule)
    return Rule(Audience(found["audience"]), int(found["least"]), int(found["base"]))


def _until(one: object) -> CountedUntil:
    assert isinstance(one, dict)
    return CountedUntil(str(one["centre"]), int(one["bundle"]), str(one["missing"]))


def _text(value: object) -> str:
    return encode(value).decode()
