"""What is due, as lines: for each row of the agenda the words and the buttons. The screen gives what they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from app.forms import partial as partial_date
from app.i18n import _, ngettext
from app.ui.dates import short_date
from app.ui.records.asked_words import label_of, sentences
from app.ui.records.draft_words import draft_title
from app.ui.records.places import has_form, name_of
from app.ui.records.task_force_words import short
from app.ui.records.words import coded
from app.ui.screens.today.lines import Task, Verb, late
from app.usecases.agenda import AgendaRow
from app.usecases.answering import CHANGED, KEPT, UNKNOWN
from app.usecases.doubts import ASKED, Doubt
from app.usecases.drafts import DraftLine
from app.usecases.task_force_rows import DecisionRow

Do = Callable[[AgendaRow], object]


@dataclass(frozen=True, slots=True)
class Verbs:
    """What the buttons do."""

    help: Do
    done: Do
    missed: Do
    move: Do
    open: Do
    met: Do
    pay: Do
    open_draft: Callable[[DraftLine], object]
    drop_draft: Callable[[DraftLine], object]
    open_doubt: Callable[[Doubt], object]
    decided: Callable[[DecisionRow], object]
    open_decision: Callable[[DecisionRow], object]
    answer: Callable[[Doubt, str], object]
    """All that is asked about the record, with one code of the list ``answers``."""


def of_appointment(row: AgendaRow, do: Verbs, today: dt.date) -> Task:
    """An appointment of today or before: help given, kept without help, missed, or moved."""
    return _task(
        row,
        "calendar",
        today,
        (
            Verb(_("Record help"), partial(do.help, row), icon="plus"),
            Verb(_("Done"), partial(do.done, row)),
            Verb(_("Missed"), partial(do.missed, row)),
            Verb(_("Moved…"), partial(do.move, row)),
        ),
    )


def of_follow_up(row: AgendaRow, do: Verbs, today: dt.date) -> Task:
    """The next step of a service: done by recording help."""
    verbs = (
        Verb(_("Record help"), partial(do.help, row), icon="plus"),
        Verb(_("Open"), partial(do.open, row), quiet=True),
    )
    return _task(row, "clock", today, verbs)


def of_step(row: AgendaRow, do: Verbs, today: dt.date) -> Task:
    """A step of a plan."""
    verbs = (
        Verb(_("Goal met"), partial(do.met, row), icon="check"),
        Verb(_("Open"), partial(do.open, row), quiet=True),
    )
    return _task(row, "today", today, verbs)


def of_instalment(row: AgendaRow, do: Verbs, today: dt.date) -> Task:
    """The next payment of a grant."""
    verbs = (
        Verb(_("Record the payment"), partial(do.pay, row), icon="money"),
        Verb(_("Open"), partial(do.open, row), quiet=True),
    )
    return _task(row, "money", today, verbs)


def of_decision(row: DecisionRow, do: Verbs, today: dt.date) -> Task:
    """What the task force decided and is due, or will be within two weeks."""
    verbs = (
        Verb(_("Mark as done"), partial(do.decided, row), icon="check"),
        Verb(_("Open"), partial(do.open_decision, row), quiet=True),
    )
    what = " · ".join(
        part for part in (short(" ".join(row.text.split())), coded("agencies", row.responsible)) if part
    )
    return Task(icon="partner", what=what, when=_when(row.due, today), late=_days_late(row.due, today), verbs=verbs)


def of_draft(draft: DraftLine, do: Verbs, today: dt.date) -> Task:
    """A form that was left unfinished."""
    return Task(
        icon="pencil",
        what=" · ".join(part for part in (draft_title(draft), typed_at(draft.changed_at, today)) if part),
        who=_who(draft.code, draft.name) or _several(draft),
        person=draft.subject if draft.code else None,
        verbs=(
            Verb(_("Finish"), partial(do.open_draft, draft)),
            Verb(_("Delete draft"), partial(do.drop_draft, draft), quiet=True),
        ),
    )


def of_doubt(doubt: Doubt, do: Verbs) -> Task:
    """A record that the coordinator asks about. What has no form to open is answered on its line."""
    record = name_of(doubt.kind, doubt.about)
    plain = doubt.asked and doubt.reason == ASKED
    what = [record if plain else _("{record}: {why}").format(record=record, why=doubt.why)]
    for one in doubt.asked:
        field = label_of(doubt.kind, doubt.values, one.field) if one.field else ""
        what.append(" ".join(part for part in (f"{field}." if field else "", *sentences(doubt, one)) if part))
    if doubt.gone:
        what.append(_("The record was deleted here since."))
        verbs: tuple[Verb, ...] = (Verb(_("Tell that it was deleted"), partial(do.answer, doubt, CHANGED)),)
    elif doubt.asked and not has_form(doubt.kind):
        verbs = (
            Verb(_("It is right as it is"), partial(do.answer, doubt, KEPT)),
            Verb(_("It cannot be found out"), partial(do.answer, doubt, UNKNOWN)),
        )
    else:
        verbs = (Verb(_("Look at it"), partial(do.open_doubt, doubt)),)
    return Task(
        icon="question",
        what="\n".join(what),
        who=" · ".join(part for part in (doubt.code, doubt.name) if part),
        person=doubt.person if doubt.code else None,
        verbs=verbs,
    )


def typed_at(stamp: str, today: dt.date) -> str:
    """When a draft was changed last: ``today 14:05``, else the day and the hour."""
    if not stamp:
        return ""
    moment = dt.datetime.fromisoformat(stamp).astimezone()
    day = _("today") if moment.date() == today else short_date(moment.date().isoformat())
    return f"{day} {moment:%H:%M}"


def _several(draft: DraftLine) -> str:
    """For how many people a form for several is."""
    persons = draft.arguments.get("persons")
    count = len(persons) if isinstance(persons, Sequence) else 0
    return ngettext("{count} person", "{count} people", count).format(count=count) if count else ""


def _task(row: AgendaRow, icon: str, today: dt.date, verbs: tuple[Verb, ...]) -> Task:
    return Task(
        icon=icon,
        what=row.what,
        when=_when(row.on, today),
        who=_who(row.code, row.name),
        person=row.person,
        late=_late(row, today),
        verbs=verbs,
    )


def _when(on: str, today: dt.date) -> str:
    """The hour for today, else the day."""
    day, hour = on[:10], on[11:16]
    if day == today.isoformat():
        return hour or _("today")
    return " ".join(part for part in (short_date(day), hour) if part)


def _late(row: AgendaRow, today: dt.date) -> str:
    return _days_late(row.on, today) if row.overdue else ""


def _days_late(on: str, today: dt.date) -> str:
    days = partial_date.bounds(on[:10])
    if days is None or days[1] >= today:
        return ""
    # A step for a month or a year is late by no number of days.
    return late((today - days[1]).days) if len(on) > len("2026-03") else _("late")


def _who(code: str, name: str) -> str:
    return " · ".join(part for part in (code, name) if part)
