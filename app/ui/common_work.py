"""The places of work that is about no single person, on either desk: activities, partners, the task force."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.i18n import N_
from app.reports.paper.blocks import PaperKind
from app.ui.routes import Desk as Window
from app.ui.routes import Route
from app.ui.screens.activities import ActivitiesScreen
from app.ui.screens.activity_edit import ActivityEdit
from app.ui.screens.decision_edit import DecisionEdit
from app.ui.screens.hotline_call import HotlineCall
from app.ui.screens.meeting_edit import MeetingEdit
from app.ui.screens.memorandum import MemorandumEdit, MemorandumScreen
from app.ui.screens.paper import PaperScreen
from app.ui.screens.partner_edit import PartnerEdit
from app.ui.screens.partners import PartnerScreen, PartnersScreen
from app.ui.screens.record_reading import RecordReading
from app.ui.screens.task_force import TaskForceScreen
from app.ui.use_cases import UseCases
from app.usecases.minutes_papers import MinutesPapers

ASKED_ABOUT: Final = frozenset({"activity_edit", "meeting_edit", "decision_edit"})
"""Forms of records about which the coordinator may ask."""


def in_bar(do: UseCases, *, of_all: bool) -> list[Route]:
    """The places of the left bar. ``of_all``: of all centres, at the coordinator's."""

    def activities(window: Window) -> QWidget:
        return ActivitiesScreen(window, do.activities, of_all=of_all)

    def partners(window: Window) -> QWidget:
        return PartnersScreen(window, do.partners)

    def task_force(window: Window) -> QWidget:
        return TaskForceScreen(window, do.task_force)

    return [
        Route("activities", activities, N_("Activities"), "activity", in_bar=True),
        Route("partners", partners, N_("Partners"), "partner", in_bar=True),
        Route(
            "task_force", task_force, N_("Task force"), "people", in_bar=of_all, under="" if of_all else "partners"
        ),
    ]


def beside(do: UseCases, *, of_all: bool) -> list[Route]:
    """What is reached from those places, and records of other centres, for reading (the coordinator asks there)."""
    today, drafts = do.desk.clock.today, do.drafts
    meetings = "task_force" if of_all else "partners"

    def activity_edit(window: Window, **arguments: Any) -> QWidget:
        return ActivityEdit(window, do.activities, drafts, **arguments)

    def hotline_call(window: Window) -> QWidget:
        return HotlineCall(window, do.activities, drafts)

    def partner(window: Window, **arguments: Any) -> QWidget:
        return PartnerScreen(window, do.partners, **arguments)

    def partner_edit(window: Window, **arguments: Any) -> QWidget:
        return PartnerEdit(window, do.partners, today, drafts, **arguments)

    def memorandum(window: Window) -> QWidget:
        return MemorandumScreen(window, do.partners)

    def memorandum_edit(window: Window, **arguments: Any) -> QWidget:
        return MemorandumEdit(window, do.partners, today, drafts, **arguments)

    def meeting_edit(window: Window, **arguments: Any) -> QWidget:
        return MeetingEdit(window, do.task_force, today, drafts, **arguments)

    def decision_edit(window: Window, **arguments: Any) -> QWidget:
        return DecisionEdit(window, do.task_force, today, drafts, **arguments)

    def minutes(window: Window, **arguments: Any) -> QWidget:
        return PaperScreen(window, MinutesPapers(do.desk), today, kind=PaperKind.MINUTES, **arguments)

    def reading(window: Window, **arguments: Any) -> QWidget:
        return RecordReading(window, do.people, do.assistance, do.questions if of_all else None, **arguments)

    return [
        Route("record_reading", reading, under="people"),
        Route("activity_reading", reading, under="activities"),
        Route("meeting_reading", reading, under=meetings),
        Route("activity_edit", activity_edit, under="activities"),
        Route("hotline_call", hotline_call, under="activities"),
        Route("partner", partner, under="partners"),
        Route("partner_edit", partner_edit, under="partners"),
        Route("memorandum", memorandum, under="partners"),
        Route("memorandum_edit", memorandum_edit, under="partners"),
        Route("meeting_edit", meeting_edit, under=meetings),
        Route("decision_edit", decision_edit, under=meetings),
        Route("minutes", minutes, under=meetings),
    ]
