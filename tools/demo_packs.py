"""The demonstration's judgement of the packs: every number of both against the truth, before they are protected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.reports import reading
from app.reports.disclosure import rule_for
from app.reports.packs import DONOR, TASK_FORCE, ChapterPlan, asked_of, compose, without_small_projects
from app.reports.table import Audience, Cell, Scope, Shown, Table, Told
from app.usecases.desk import Desk
from app.usecases.packs import PackDraft, Packs
from app.usecases.practice import PackTruth, Span, story
from app.usecases.practice.truth_sheet import (
    BASE,
    CELL,
    COLUMN,
    LEFT_OUT,
    ROW,
    TOTAL,
    UNKNOWN,
    Figures,
    Place,
    name_of,
)

PARTY_KINDS: Final = {
    "brcs_vitebsk": "ngo",
    "brcs_novopolotsk": "ngo",
    "bar_association": "legal",
    "dept_interior_affairs_oblast": "law_enforcement",
    "dept_labour_social_oblast": "local_government",
    "dept_education_oblast": "local_government",
    "dept_health_oblast": "health",
    "dept_ideology_oblast": "local_government",
}
"""What sort of organisation each party of the memorandum is, told here once more."""
QUARTER: Final = 3
HALF: Final = 6


@dataclass(slots=True)
class Judged:
    """How many numbers were compared, and those that are not as they should be, in words."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)


def judge(coordinator: Desk, truth: PackTruth, oblasts: list[str], span: Span) -> Judged:
    """Compare every task-force pack of the oblasts' quarters and every donor's half-years: all, and who agreed."""
    found, packs = Judged(), Packs(coordinator)
    for oblast in oblasts:
        for first, last in periods(span, QUARTER):
            name, scope = f"task force, {oblast}", Scope(first, last, oblast)
            draft = packs.task_force(oblast, first, last, Audience.INTERNAL)
            _compare(found, name, scope, _of_draft(draft), truth.task_force(oblast, first, last))
            agreed, true = replace(scope, reporting=True), truth.task_force(oblast, first, last, agreed=True)
            _compare(found, name, agreed, _unprotected(coordinator, TASK_FORCE, agreed), true)
    least = rule_for(Audience.PUBLIC).least
    for donor in truth.donors:
        for first, last in periods(span, HALF):
            name, scope = f"donor {donor}", Scope(first, last, donor=donor)
            draft = packs.donor(donor, first, last, Audience.INTERNAL)
            _compare(found, name, scope, _of_draft(draft), truth.donor(donor, first, last))
            agreed, true = replace(scope, reporting=True), truth.donor(donor, first, last, agreed=True, least=least)
            _compare(found, name, agreed, _unprotected(coordinator, DONOR, agreed, least), true)
    return found


def bind_parties(truth: PackTruth) -> None:
    """What the programme's story tells of the memorandum is true in the practice year too."""
    for agency in story.PARTIES:
        truth.bind(story.OBLAST, PARTY_KINDS[agency])


def periods(span: Span, months: int) -> Iterator[tuple[str, str]]:
    """The first and last months of the whole quarters or halves of a year that a span holds."""
    for month in range(0, span.count - months + 1, months):
        first = Span(span.start, month + 1).end
        last = Span(span.start, month + months).end
        yield f"{first:%Y-%m}", f"{last:%Y-%m}"


def _of_draft(draft: PackDraft) -> Figures:
    """The numbers of a pack for our own use, as its reader sees them."""
    return _flat(part.table for chapter in draft.pack.chapters for part in chapter.parts)


def _unprotected(desk: Desk, plan: Sequence[ChapterPlan], scope: Scope, least: int = 0) -> Figures:
    """The numbers of a pack for others before anything of it is hidden or left out."""
    with desk.store.reading() as session:
        facts = reading.load(session, scope, desk.clock.today(), asked_of(plan))
    composed = compose(plan, without_small_projects(facts, least), Audience.INTERNAL)
    return _flat(table for chapter in composed for table, _picture in chapter.tables)


def _flat(tables: Iterable[Told | Table]) -> Figures:
    found: Figures = {}
    for table in tables:
        by = [axis.dimension for axis in (table.rows, table.columns) if axis.dimension]
        name = name_of(table.code, table.measure.value, by, table.currency)
        parts: Mapping[str, Mapping[tuple[str, str], Cell | Shown]] = {
            CELL: table.cells,
            ROW: {(row, ""): cell for row, cell in table.row_totals.items()},
            COLUMN: {("", column): cell for column, cell in table.column_totals.items()},
            TOTAL: {("", ""): table.total} if table.total else {},
            BASE: {("", column): cell for column, cell in table.base.items()},
            UNKNOWN: {("", column): cell for column, cell in table.unknown.items()},
        }
        for part, cells in parts.items():
            for (row, column), cell in cells.items():
                assert cell.value is not None, "for our own eyes nothing is hidden"
                found[name, part, row, column] = cell.value
        found[name, LEFT_OUT, "", ""] = table.left_out or 0
    return found


def _compare(found: Judged, pack: str, scope: Scope, shown: Figures, true: Figures) -> None:
    of = f"{pack}, {scope.first} to {scope.last}{', those who agreed' if scope.reporting else ''}"
    # A table of nothing is not in a pack, and does not say whom it leaves out.
    wanted = {place: value for place, value in true.items() if place[1] != LEFT_OUT or place in shown}
    for place in sorted(shown.keys() | wanted.keys()):
        found.cells += 1
        if shown.get(place, 0) != wanted.get(place, 0):
            found.wrong.append(f"{of}: {_words(place)}: {shown.get(place, 0)}, but there are {wanted.get(place, 0)}")


def _words(place: Place) -> str:
    table, part, *keys = place
    return f"{table}; {part} {' / '.join(key or '-' for key in keys)}"
