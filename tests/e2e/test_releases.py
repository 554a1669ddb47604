"""The register of releases on a real store: what left is kept, and the next table is held against it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.clock import SteadyClock
from app.errors import UserError
from app.models import AuditEntry, ReleasedFigure
from app.reports.disclosure import Protection, protect, rule_for
from app.reports.pack import Chapter, CountedUntil, Pack, PackKind, Part
from app.reports.table import Audience, Axis, Cell, Measure, Scope, Table
from app.usecases.desk import Desk
from app.usecases.releases import Releases
from tests.e2e.desks import new_office

TASK_FORCE = rule_for(Audience.TASK_FORCE)
FIRST = Scope("2026-01", "2026-03", oblast="BY-VI", reporting=True)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    office = new_office(tmp_path_factory.mktemp("releases") / "coordinator", "coordinator", "Минск", seed=50)
    return replace(office.desk, clock=SteadyClock(dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC), 7))


def helped(women: int, men: int, scope: Scope = FIRST) -> Table:
    return Table(
        code="victims_assisted_total",
        measure=Measure.PERSONS,
        population="cumulative",
        scope=scope,
        cells={("female", ""): Cell(women, women), ("male", ""): Cell(men, men)},
        rows=Axis("sex", ("female", "male")),
        total=Cell(women + men, women + men),
    )


def pack_of(table: Table, protection: Protection, audience: Audience = Audience.TASK_FORCE) -> Pack:
    return Pack(
        kind=PackKind.TABLE,
        audience=audience,
        rule=rule_for(audience),
        scope=table.scope,
        chapters=(Chapter("", tuple(Part(one) for one in protection.told)),),
        until=(CountedUntil("Витебск", 43, "41-42"),),
        left_out=None,
        made_on="2026-08-03",
        issuer="Минск",
        practice=False,
    )


def release(desk: Desk, table: Table) -> Protection:
    """Protect a table against the register and write it down, in one transaction."""
    releases = Releases(desk)
    with desk.store.transaction() as session:
        protection = protect([table], TASK_FORCE, releases.earlier(session))
        releases.keep(session, pack_of(table, protection), protection)
    return protection


def test_a_release_is_kept_and_the_next_is_held_against_it(desk: Desk) -> None:
    releases = Releases(desk)
    told = release(desk, helped(40, 3)).told[0]
    assert told.total is not None
    assert told.total.value == 43

    (row,) = releases.list()
    assert (row.what, row.audience, row.scope) == ("victims_assisted_total", Audience.TASK_FORCE, FIRST)
    assert (row.told, row.hidden) == (1, 3)  # the total; both cells and those left out
    assert row.by == "Тамара"
    detail = releases.of(row.uid)
    assert detail.rule == TASK_FORCE
    assert detail.until == (CountedUntil("Витебск", 43, "41-42"),)
    with desk.store.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.rid.desc()).limit(1)).one()
        assert (entry.action, entry.subject) == ("tables_released", row.uid)
        # The truth of what was hidden is kept, for the next one.
        assert 3 in set(session.scalars(select(ReleasedFigure.true).where(ReleasedFigure.told.is_(None))))

    # A quarter later everybody until now is one person more: it would prove her.
    second = replace(FIRST, first="2026-04", last="2026-06")
    told = release(desk, helped(41, 3, second)).told[0]
    assert told.total is not None
    assert told.total.value is None
    assert [one.told for one in releases.list()] == [0, 1]


def test_what_is_open_or_for_ourselves_is_not_kept(desk: Desk) -> None:
    releases = Releases(desk)
    before = len(releases.list())
    table = helped(40, 30)
    protection = protect([table], TASK_FORCE)
    still_open = replace(table, scope=replace(FIRST, first="2026-07", last="2026-09"))
    with pytest.raises(UserError, match="not over"), desk.store.transaction() as session:
        releases.keep(session, pack_of(still_open, protection), protection)
    with pytest.raises(ValueError, match="not a pack for others"), desk.store.transaction() as session:
        releases.keep(session, pack_of(table, protection, Audience.INTERNAL), protection)
    lowered = replace(pack_of(table, protection), rule=replace(TASK_FORCE, least=1))
    with pytest.raises(ValueError, match="by the rule"), desk.store.transaction() as session:
        releases.keep(session, lowered, protection)
    assert len(releases.list()) == before


def test_an_unknown_release_is_named_as_such(desk: Desk) -> None:
    with pytest.raises(UserError, match="not in the register"):
        Releases(desk).of(desk.clock.new_id())
