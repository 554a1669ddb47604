"""What the window is made of once the store is open: use cases, routes with their screens, the status line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app import __version__
from app.forms import partial as dates
from app.i18n import N_, _, language, ngettext
from app.ui.application import ApplicationShell
from app.ui.frame.status_line import StatusItem
from app.ui.main_window import DeskPlan
from app.ui.records.forms import Drafts
from app.ui.routes import Desk as Window
from app.ui.routes import Route, Routes
from app.ui.screens.case_edit import CaseEdit
from app.ui.screens.centres import CentresScreen
from app.ui.screens.consent_edit import ConsentEdit
from app.ui.screens.figures import FiguresScreen
from app.ui.screens.grant_edit import GrantEdit
from app.ui.screens.inbox import InboxScreen
from app.ui.screens.people import PeopleScreen
from app.ui.screens.person import PersonScreen
from app.ui.screens.person.screen import Sources as PersonSources
from app.ui.screens.person_edit import PersonEdit
from app.ui.screens.send import SendScreen
from app.ui.screens.service_edit import ServiceEdit
from app.ui.screens.service_edit import Sources as ServiceSources
from app.ui.screens.settings import Changes, SettingsScreen, Who
from app.ui.screens.today import Attention, TodayScreen
from app.ui.tasks import Tasks
from app.usecases.assistance import Assistance
from app.usecases.cases import Cases
from app.usecases.delivery import Deliveries
from app.usecases.desk import Desk
from app.usecases.enrolment import Enrolment
from app.usecases.people import People
from app.usecases.receiving import Receiving
from app.usecases.reporting import Reporting
from app.usecases.sending import Sending

COORDINATOR = "coordinator"


class UseCases:
    """All that can be done at an open desk."""

    def __init__(self, desk: Desk, drafts: Drafts) -> None:
        self.desk = desk
        self.drafts = drafts
        self.people = People(desk)
        self.cases = Cases(desk)
        self.assistance = Assistance(desk)
        self.enrolment = Enrolment(desk)
        self.sending = Sending(desk)
        self.receiving = Receiving(desk)
        self.deliveries = Deliveries(desk)
        self.reporting = Reporting(desk)


def compose(
    desk: Desk,
    tasks: Tasks,
    shell: ApplicationShell,
    idle_minutes: int,
    keep_idle: Callable[[int], object],
    drafts: Drafts,
) -> DeskPlan:
    """The plan of the main window for this desk. ``drafts`` is filled by the screens as forms are left."""
    do = UseCases(desk, drafts)
    coordinator = desk.me.role == COORDINATOR
    routes = coordinator_routes(do) if coordinator else centre_routes(do)
    routes.add(_settings(do, shell, idle_minutes, keep_idle))
    return DeskPlan(
        routes=routes,
        tasks=tasks,
        who=desk.staff_name,
        practice=desk.me.practice,
        record="" if coordinator else "record",
        search="people",
        search_hint=N_("Find a person: any part of a name, or the code"),
        status=partial(_inbox_status if coordinator else _status, do),
        counts=partial(_inbox_counts if coordinator else _counts, do),
    )


def centre_routes(do: UseCases) -> Routes:
    """The nurse's desk."""
    routes = Routes(
        Route("today", partial(_today, do), N_("Today"), "today", in_bar=True),
        Route("people", partial(_people, do), N_("People"), "people", in_bar=True),
        Route("send", partial(_send, do), N_("Send and receive"), "send", in_bar=True),
        Route("figures", partial(_figures, do), N_("Figures"), "chart", in_bar=True),
        Route("centres", partial(_centres, do), N_("Centres and trust"), "key", in_bar=True),
    )
    for route in _person_routes(do):
        routes.add(route)
    return routes


def coordinator_routes(do: UseCases) -> Routes:
    """The coordinator's desk. She reads records; only their owners write them."""
    routes = Routes(
        Route("inbox", partial(_inbox, do), N_("Inbox"), "inbox", in_bar=True),
        Route("centres", partial(_centres, do), N_("Centres and trust"), "centre", in_bar=True),
        Route("people", partial(_people, do), N_("Register"), "people", in_bar=True),
        Route("figures", partial(_figures, do), N_("Figures"), "chart", in_bar=True),
    )
    for route in _person_routes(do):
        routes.add(route)
    return routes


def _person_routes(do: UseCases) -> list[Route]:
    """A person's page and the forms that hang on it. Records of other centres are shown there, not changed."""
    today, who, drafts = do.desk.clock.today, do.desk.staff_name, do.drafts
    page = PersonSources(do.people, do.assistance, do.cases, do.deliveries, today)
    helping = ServiceSources(do.people, do.assistance, today)

    def person(window: Window, **arguments: Any) -> QWidget:
        return PersonScreen(window, page, **arguments)

    def person_edit(window: Window, **arguments: Any) -> QWidget:
        return PersonEdit(window, do.people, today, drafts, staff_name=who, **arguments)

    def service_edit(window: Window, **arguments: Any) -> QWidget:
        return ServiceEdit(window, helping, drafts, **arguments)

    def consent_edit(window: Window, **arguments: Any) -> QWidget:
        return ConsentEdit(window, do.people, today, drafts, staff_name=who, **arguments)

    def case_edit(window: Window, **arguments: Any) -> QWidget:
        return CaseEdit(window, do.people, do.cases, today, drafts, staff_name=who, **arguments)

    def grant_edit(window: Window, **arguments: Any) -> QWidget:
        return GrantEdit(window, do.people, do.assistance, today, drafts, **arguments)

    return [
        Route("person", person, under="people"),
        Route("new_person", person_edit, under="people"),
        Route("person_edit", person_edit, under="people"),
        Route("record", service_edit, under="people"),
        Route("service_edit", service_edit, under="people"),
        Route("consent_edit", consent_edit, under="people"),
        Route("case_edit", case_edit, under="people"),
        Route("grant_edit", grant_edit, under="people"),
    ]


def _settings(do: UseCases, shell: ApplicationShell, idle_minutes: int, keep_idle: Callable[[int], object]) -> Route:
    me = do.desk.me
    who = Who(do.desk.staff_name, me.centre_name, me.role, str(me.uid), me.practice, __version__)
    changes = Changes(shell.set_language, shell.toggle_theme, shell.change_scale, keep_idle)

    def build(window: Window) -> SettingsScreen:
        return SettingsScreen(window, who, shell.preferences, idle_minutes, changes)

    return Route("settings", build, N_("Settings"), "settings", in_bar=True)


def _today(do: UseCases, window: Window) -> TodayScreen:
    def attention() -> Sequence[Attention]:
        return [Attention(doubt.person, doubt.code, doubt.why) for doubt in do.deliveries.doubts()]

    return TodayScreen(window, do.deliveries, do.people, attention, do.desk.clock, do.desk.me.centre_name)


def _people(do: UseCases, window: Window, query: str = "") -> PeopleScreen:
    return PeopleScreen(window, do.people, query, may_add=do.desk.me.role != COORDINATOR)


def _send(do: UseCases, window: Window) -> SendScreen:
    return SendScreen(window, do.sending, do.receiving, do.deliveries)


def _inbox(do: UseCases, window: Window) -> InboxScreen:
    return InboxScreen(window, do.receiving, do.sending)


def _centres(do: UseCases, window: Window) -> CentresScreen:
    return CentresScreen(window, do.enrolment, do.sending, coordinator=do.desk.me.role == COORDINATOR)


def _figures(do: UseCases, window: Window) -> FiguresScreen:
    return FiguresScreen(window, do.reporting)


def _status(do: UseCases) -> Sequence[StatusItem]:
    summary = do.deliveries.summary()
    unsent = ngettext("{count} record is not sent yet", "{count} records are not sent yet", summary.unsent)
    items = [
        StatusItem(unsent.format(count=summary.unsent) if summary.unsent else _("Everything is sent"), "send"),
    ]
    if summary.last_receipt_at:
        day = dates.display(summary.last_receipt_at[:10], language())
        items.append(StatusItem(_("Last receipt: {date}").format(date=day), "check"))
    elif summary.last_sent_at:
        items.append(StatusItem(_("No receipt yet"), "clock"))
    return items


def _counts(do: UseCases) -> dict[str, int]:
    return {"today": do.deliveries.summary().attention}


def _inbox_status(do: UseCases) -> Sequence[StatusItem]:
    due = do.receiving.receipts_due()
    words = ngettext("{count} receipt is to be written", "{count} receipts are to be written", due)
    return [StatusItem(words.format(count=due) if due else _("All receipts are written"), "check")]


def _inbox_counts(do: UseCases) -> dict[str, int]:
    return {"inbox": do.receiving.receipts_due()}
