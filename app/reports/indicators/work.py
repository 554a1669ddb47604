"""Work that is about no single person: lectures, trainings, publications, media, the hotline, task forces.

*Attendances* are a sum; they are never added to persons. Where nobody wrote down how many sessions there were, an
activity is one event; where nobody wrote how many came, nobody is made up: the remarks say how many such there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app import codelists
from app.reports.facts import Facts
from app.reports.facts.work_entered import sources, within_years
from app.reports.facts.work_kinds import Act, Decided, Entered, Met, Party
from app.reports.indicators.spec import Indicator
from app.reports.indicators.work_tables import Counted, Keys, by_attribute, doubtful, lifted
from app.reports.pack import Picture
from app.reports.table import Cell, Measure, Table

By = tuple[str, ...]

HOTLINE: Final = "hotline_operation"
TRAININGS: Final = frozenset(
    {"training", "training_of_trainers", "seminar", "language_course", "staff_support", "vulnerable_group_training"}
)
COPIES: Final = ("titles", "copies_printed", "copies_distributed")
MEDIA: Final = ("spots", "broadcasts", "articles", "placements", "press_conferences")
OFFENCES: Final = ("offences_registered", "offences_investigated", "persons_prosecuted", "persons_convicted")
_SPLIT: Final = frozenset({"sex", "majority", "agency", "agency_kind"})
"""Dimensions by which not the activity but those who came are parted; by one of them at a time, the first asked."""
_SEVERAL: Final = frozenset({"audience", "agency", "agency_kind"})


@dataclass(frozen=True, slots=True)
class _Came:
    """A part of those who came to an activity."""

    act: Act
    count: int
    sex: str = ""
    majority: str = ""
    agency: str = ""


def _keys() -> dict[str, Keys[Act]]:
    return {
        **by_attribute("month", "oblast", "centre", "donor", "project", activity="code"),
        "audience": lambda one: one.audiences or ("",),
        "agency": lambda one: [agency for agency, _count in one.agencies] or ("",),
        "agency_kind": lambda one: [_agency_kind(agency) for agency, _count in one.agencies] or ("",),
    }


def _agency_kind(agency: str) -> str:
    return codelists.get("agencies").column(agency, "kind")


def held_and_came(facts: Facts, code: str, acts: Sequence[Act], by: By, population: str) -> tuple[Table, ...]:
    """Events, and those who came to them, each by ``by``. What parts the people alone has no table of events."""
    work, keys = facts.work, _keys()
    names = {"centre": work.centres}
    doubts = doubtful(work.doubts.activities)
    came_keys: dict[str, Keys[_Came]] = lifted(keys, lambda one: one.act)
    came_keys |= {
        **by_attribute("sex", "majority", "agency"),
        "agency_kind": lambda one: (_agency_kind(one.agency),),
    }
    came = Counted[_Came](
        code,
        Measure.ATTENDANCES,
        f"{population}_attendances",
        work.scope,
        came_keys,
        value=lambda one: one.count,
        several=frozenset({"audience"}),
        names=names,
        remarks=_missing("attendances_missing", (one.attendances for one in acts)) + doubts,
    )
    people = came.table([part for act in acts for part in _parts(act, by)], by)
    if {"sex", "majority"} & set(by):
        return (people,)
    events = Counted[Act](
        code,
        Measure.EVENTS,
        population,
        work.scope,
        keys,
        value=lambda one: 1 if one.sessions is None else one.sessions,
        several=_SEVERAL,
        names=names,
        remarks=_missing("sessions_missing", (one.sessions for one in acts)) + doubts,
    )
    return events.table(acts, by), people


def _parts(act: Act, by: By) -> list[_Came]:
    """Those who came, parted as ``by`` wants; the rest, and parts that are more than the whole, are not known."""
    if act.attendances is None:
        return []
    split = next((one for one in by if one in _SPLIT), "")
    parts: list[_Came] = []
    if split == "sex":
        parts = [_Came(act, act.women or 0, sex="female"), _Came(act, act.men or 0, sex="male")]
    elif split == "majority" and act.minors is not None:
        parts = [_Came(act, act.minors, majority="minor"), _Came(act, act.attendances - act.minors, majority="adult")]
    elif split in ("agency", "agency_kind"):
        parts = [_Came(act, count or 0, agency=agency) for agency, count in act.agencies]
    rest = act.attendances - sum(part.count for part in parts)
    if rest < 0 or any(part.count < 0 for part in parts):
        return [_Came(act, act.attendances)]
    return [part for part in (*parts, _Came(act, rest)) if part.count]


def _missing(remark: str, numbers: Iterable[int | None]) -> tuple[str, ...]:
    count = sum(number is None for number in numbers)
    return (f"{remark}/{count}",) if count else ()


def _lectures(facts: Facts, by: By) -> tuple[Table, ...]:
    acts = [one for one in facts.work.activities if one.code == "lecture"]
    return held_and_came(facts, "lectures", acts, by, "lectures")


def _trainings(facts: Facts, by: By) -> tuple[Table, ...]:
    acts = [one for one in facts.work.activities if one.code in TRAININGS]
    return held_and_came(facts, "trainings", acts, by, "trainings")


def activities(facts: Facts, by: By) -> tuple[Table, ...]:
    """All activities but calls to the hotline, which have figures of their own: events and attendances."""
    acts = [one for one in facts.work.activities if one.code != HOTLINE]
    return held_and_came(facts, "activities", acts, by, "activities")


def _numbers(facts: Facts, code: str, numbers: Sequence[str], by: By) -> tuple[Table, ...]:
    """One row for each number; they are of different things and have no total. By one more dimension at most."""
    keys: dict[str, Keys[tuple[str, int, Act]]] = lifted(_keys(), lambda one: one[2])
    counted = Counted[tuple[str, int, Act]](
        code,
        Measure.THINGS,
        code,
        facts.work.scope,
        {**keys, "number": lambda one: (one[0],)},
        value=lambda one: one[1],
        several=frozenset({"number", "audience"}),
        names={"centre": facts.work.centres},
        remarks=doubtful(facts.work.doubts.activities),
    )
    found = [(name, count, act) for act in facts.work.activities for name, count in _numbers_of(act, numbers)]
    table = counted.table(found, ("number", *by[:1]))
    return (replace(table, total=None, column_totals={}),)


def _numbers_of(act: Act, numbers: Sequence[str]) -> list[tuple[str, int]]:
    found = [(name, act.numbers[name]) for name in numbers if name in act.numbers]
    if act.code == "press_conference" and "press_conferences" in numbers:
        found.append(("press_conferences", 1 if act.sessions is None else act.sessions))
    return found


def _publications(facts: Facts, by: By) -> tuple[Table, ...]:
    return _numbers(facts, "publications", COPIES, by)


def _media(facts: Facts, by: By) -> tuple[Table, ...]:
    return _numbers(facts, "media", MEDIA, by)


def _hotline(facts: Facts, by: By) -> tuple[Table, ...]:
    """Calls are from people in need: as many persons stand behind a number as there were calls."""
    calls = [one for one in facts.work.activities if one.code == HOTLINE]
    counted = Counted[Act](
        "hotline_calls",
        Measure.THINGS,
        "hotline_calls",
        facts.work.scope,
        {
            **_keys(),
            **by_attribute("topic", agency="referred_to"),
            "answer": lambda one: ("yes" if one.referred_to else "no",),
        },
        value=lambda one: 1 if one.sessions is None else one.sessions,
        names={"centre": facts.work.centres},
        remarks=doubtful(facts.work.doubts.activities),
    )
    return (as_persons(counted.table(calls, by)),)


def as_persons(table: Table) -> Table:
    """``table`` with as many persons behind each number as it says."""

    def behind(cell: Cell) -> Cell:
        return Cell(cell.value, cell.value)

    return replace(
        table,
        cells={key: behind(cell) for key, cell in table.cells.items()},
        row_totals={key: behind(cell) for key, cell in table.row_totals.items()},
        column_totals={key: behind(cell) for key, cell in table.column_totals.items()},
        total=behind(table.total) if table.total else None,
        about_persons=True,
    )


def _task_forces(facts: Facts, by: By) -> tuple[Table, ...]:
    """Meetings, people at them, organisations at them (each once), decisions by how far they are."""
    scope, met = facts.work.scope, facts.work.meetings
    keys: dict[str, Keys[Met]] = by_attribute("month", "oblast")
    meetings = Counted[Met]("task_force_meetings", Measure.EVENTS, "meetings", scope, keys, value=lambda _one: 1)
    people = replace(
        meetings,
        measure=Measure.ATTENDANCES,
        population="meeting_attendances",
        value=lambda one: sum(count or 0 for _agency, count in one.attendees),
        remarks=_missing("attendances_missing", (_all_counted(one) for one in met)),
    )
    came = [(one, agency) for one in met for agency, _count in one.attendees]
    agencies = Counted[tuple[Met, str]](
        "task_force_agencies",
        Measure.THINGS,
        "meeting_agencies",
        scope,
        lifted(keys, lambda pair: pair[0]),
        value=lambda _pair: 1,
        person=lambda pair: pair[1],
        several=frozenset(keys),
    )
    organisations = replace(agencies.table(came, by, of_persons=True), about_persons=False)
    made = decisions(facts, (*by[:1], "decision_status"))
    return meetings.table(met, by), people.table(met, by), organisations, *made


def _all_counted(meeting: Met) -> int | None:
    return None if not any(count for _agency, count in meeting.attendees) else 1


def decisions(facts: Facts, by: By) -> tuple[Table, ...]:
    """Decisions made at the meetings of the period, by how far they are today."""
    overdue = sum(one.is_overdue for one in facts.work.decisions)
    counted = Counted[Decided](
        "task_force_decisions",
        Measure.THINGS,
        "decisions",
        facts.work.scope,
        by_attribute("month", "oblast", agency="responsible", decision_type="kind", decision_status="status"),
        value=lambda _one: 1,
        remarks=(f"overdue/{overdue}",) if overdue else (),
    )
    return (counted.table(facts.work.decisions, by),)


def _parties(facts: Facts, by: By) -> tuple[Table, ...]:
    """An organisation bound in two oblasts counts once in the total and once in each of the two."""
    counted = Counted[Party](
        "mou_parties",
        Measure.THINGS,
        "mou_parties",
        facts.work.scope,
        {**by_attribute("oblast", "agency"), "agency_kind": lambda one: (_agency_kind(one.agency),)},
        value=lambda _one: 1,
        person=lambda one: one.agency,
        several=frozenset({"oblast"}),
    )
    return (replace(counted.table(facts.work.parties, by, of_persons=True), about_persons=False),)


def _prosecution(facts: Facts, by: By) -> tuple[Table, ...]:
    """What courts and offices publish by the year, as it was entered: never counted from cases."""
    found = within_years(facts.work, OFFENCES)
    counted = Counted[Entered](
        "prosecution",
        Measure.THINGS,
        "prosecution",
        facts.work.scope,
        {"entered": lambda one: (one.code,), "year": lambda one: (one.last[:4],)},
        value=lambda one: one.value,
        several=frozenset({"entered"}),
        remarks=sources(found),
    )
    table = counted.table([one for one in found if not one.key], ("entered", "year"))
    return (replace(table, total=None, column_totals={}),)


_PLACES: Final = ("month", "oblast", "centre", "donor")
INDICATORS: Final = (
    Indicator("lectures", "activities", (*_PLACES, "audience", "sex", "majority"), _lectures),
    Indicator(
        "trainings", "activities", (*_PLACES, "activity", "agency", "agency_kind", "sex", "majority"), _trainings
    ),
    Indicator("publications", "activities", _PLACES, _publications),
    Indicator("media", "activities", _PLACES, _media),
    Indicator("hotline_calls", "activities", ("topic", "answer", "agency", "month", "oblast", "centre"), _hotline),
    Indicator("task_force_meetings", "partners", ("oblast", "month"), _task_forces, Picture.COLUMNS),
    Indicator("mou_parties", "partners", ("oblast", "agency_kind", "agency"), _parties),
    Indicator("prosecution", "partners", (), _prosecution, Picture.COLUMNS),
)
