"""Names of projects are free text, and may say more than a table should. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Final

from app.reports.facts import Facts

OTHER_PROJECTS: Final = "other_projects"
"""In place of a project's name (list ``figure_keys``)."""


def without_small_projects(facts: Facts, least: int) -> Facts:
    """For others: a project is named only where at least ``least`` persons stand behind it, else with all others."""
    work = facts.work
    persons: dict[str, set[str]] = defaultdict(set)
    for project, who in (
        *((one.project, one.counted) for one in work.paid),
        *((one.project, one.counted) for one in work.granted),
        *((one.project, one.counted) for one in work.funded),
    ):
        persons[project].add(who)

    def named(project: str) -> str:
        return project if not project or len(persons[project]) >= least else OTHER_PROJECTS

    return replace(
        facts,
        work=replace(
            work,
            paid=tuple(replace(one, project=named(one.project)) for one in work.paid),
            granted=tuple(replace(one, project=named(one.project)) for one in work.granted),
            funded=tuple(replace(one, project=named(one.project)) for one in work.funded),
            activities=tuple(replace(one, project=named(one.project)) for one in work.activities),
        ),
    )
