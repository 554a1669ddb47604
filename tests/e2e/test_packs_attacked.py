"""The packs of a year out of a practice country, released one after the other, attacked by linear programming."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from app.i18n import set_language
from app.reports.disclosure import rule_for
from app.reports.table import Audience, Measure
from app.usecases.packs import PackDraft, Packs
from app.usecases.practice import Act, Performer, Span, plan
from app.usecases.practice.plan import OBLASTS
from app.usecases.releases import Releases
from tests.e2e.desks import new_office
from tests.unit.attacker import Attack
from tests.unit.test_disclosure_attacks import in_full_as_told

YEAR = Span(dt.date(2025, 1, 1), 12)
QUARTERS = (("2025-01", "2025-03"), ("2025-04", "2025-06"), ("2025-07", "2025-09"), ("2025-10", "2025-12"))
TASK_FORCE, PUBLIC = Audience.TASK_FORCE, Audience.PUBLIC
_MEANS = (Measure.DAYS, Measure.PER_PERSON)


def test_the_packs_of_a_year_give_nobody_away(tmp_path: Path) -> None:
    set_language("en")
    office = new_office(tmp_path / "office", "coordinator", "Минск", practice=True, seed=72)
    for centre, oblast in enumerate(OBLASTS):
        Performer(office.desk, 5 + centre).perform(
            [
                replace(event, values={**event.values, "oblast": oblast}) if event.act is Act.SERVICE else event
                for event in plan(5, YEAR, centre, len(OBLASTS), 9, office.desk.clock.today())
            ]
        )
    packs = Packs(office.desk)
    public, everything = Attack(), Attack(inside=rule_for(TASK_FORCE))
    told = hidden = 0

    def release(draft: PackDraft) -> None:
        nonlocal told, hidden
        assert draft.protection is not None
        with office.desk.store.reading() as session:
            tables = in_full_as_told(draft.tables, draft.pack.rule, Releases(office.desk).earlier(session))
        packs.release(draft)
        for table, seen in zip(tables, draft.protection.told, strict=True):
            if table.about_persons and table.measure not in _MEANS:
                hidden += seen.hidden
                told += len(list(seen.places())) - seen.hidden
                for attack in (everything, public) if draft.pack.audience is PUBLIC else (everything,):
                    attack.learn(seen, table, draft.pack.rule)

    for first, last in QUARTERS:
        for oblast in ("", "BY-VI"):
            release(packs.task_force(oblast, first, last, TASK_FORCE))
    release(packs.donor("iom", "2025-01", "2025-06", PUBLIC))
    release(packs.donor("iom", "2025-07", "2025-12", PUBLIC))
    release(packs.summary("2025-01", "2025-12"))
    office.lock()
    for attack in (everything, public):
        attack.relate()
        assert attack.given_away() == []
        assert attack.new_cases(rule_for(TASK_FORCE).least) == []
    assert hidden > 100
    assert told > hidden, "what is left can still be read"
