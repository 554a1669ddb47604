"""What the window is made of once the store is open: use cases, routes with their screens, the status line."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app import __version__
from app.forms import partial as dates
from app.i18n import N_, _, language, ngettext
from app.ui.application import ApplicationShell
from app.ui.dates import short_date
from app.ui.exchange.place_chooser import LastFolder
from app.ui.first_morning import first_morning
from app.ui.frame.status_line import StatusItem
from app.ui.help.tour import TourStep
from app.ui.main_window import DeskPlan
from app.ui.records.asked_about import mark_doubt
from app.ui.records.edit_page import EditPage
from app.ui.routes import Desk as Window
from app.ui.routes import Factory, Route, Routes
from app.ui.safety import replacing_route, safety_routes, safety_status
from app.ui.screens.appointment_edit import AppointmentEdit
from app.ui.screens.attachment import AttachmentAdd, AttachmentScreen
from app.ui.screens.case_edit import CaseEdit
from app.ui.screens.centres import CentresScreen
from app.ui.screens.consent_edit import ConsentEdit
from app.ui.screens.figures import FiguresScreen
from app.ui.screens.grant_edit import GrantEdit
from app.ui.screens.inbox import InboxScreen
from app.ui.screens.need_edit import NeedEdit
from app.ui.screens.paper import PaperScreen
from app.ui.screens.people import PeopleScreen
from app.ui.screens.person import PersonScreen
from app.ui.screens.person import Sources as PersonSources
from app.ui.screens.person_edit import PersonEdit
from app.ui.screens.record_reading import RecordReading
from app.ui.screens.referral_edit import ReferralEdit
from app.ui.screens.referral_edit import Sources as ReferralSources
from app.ui.screens.send import SendScreen
from app.ui.screens.service_edit import ServiceEdit
from app.ui.screens.service_edit import Sources as ServiceSources
from app.ui.screens.settings import Changes, SettingsScreen, Who
from app.ui.screens.today import Sources as TodaySources
from app.ui.screens.today import TodayScreen
from app.ui.tasks import Tasks
from app.usecases.agenda import Agenda
from app.usecases.assistance import Assistance
from app.usecases.attachments import Attachments
from app.usecases.cases import Cases
from app.usecases.clock_check import wrong_clock
from app.usecases.delivery import Deliveries
from app.usecases.desk import Desk
from app.usecases.drafts import Drafts
from app.usecases.enrolment import Enrolment
from app.usecases.kept import DueInstalment, KeptAppointment
from app.usecases.likely import Likely
from app.usecases.members import Members
from app.usecases.papers import Papers
from app.usecases.people import People
from app.usecases.planning import Planning
from app.usecases.receiving import Receiving
from app.usecases.referrals import Referrals
from app.usecases.reporting import Reporting
from app.usecases.safekeeping import Safekeeping
from app.usecases.sending import Sending
from app.usecases.tour import close_tour, tour_is_open

COORDINATOR = "coordinator"


class UseCases:
    """All that can be done at an open desk."""

    def __init__(self, desk: Desk, drafts: Drafts) -> None:
        self.desk = desk
        self.drafts = drafts
        self.people = People(desk)
        self.cases = Cases(desk)
        self.likely = Likely(desk)
        self.assistance = Assistance(desk)
        self.enrolment = Enrolment(desk)
        self.sending = Sending(desk)
        self.receiving = Receiving(desk)
        self.deliveries = Deliveries(desk)
        self.reporting = Reporting(desk)
        self.last_folder = LastFolder()
        self.papers = Papers(desk)
        self.planning = Planning(desk)
        self.referrals = Referrals(desk)
        self.attachments = Attachments(desk)
        self.agenda = Agenda(desk)
        self.safekeeping = Safekeeping(desk)


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
    for route in safety_routes(do.safekeeping, Members(desk)):
        routes.add(route)
    if coordinator:
        routes.add(replacing_route(desk, do.enrolment, do.safekeeping))
    return DeskPlan(
        routes=routes,
        tasks=tasks,
        who=desk.staff_name,
        practice=desk.me.practice,
        record="" if coordinator else "record",
        search="people",
        search_hint=N_("Find a person: any part of a name, or the code"),
        status=partial(_inbox_status if coordinator else centre_status, do),
        counts=partial(_inbox_counts if coordinator else _counts, do),
        notice=partial(_clock_notice, do),
        unkept=lambda: drafts.waiting,
        tour=_tour(do),
        tour_open=partial(tour_is_open, desk),
        close_tour=partial(close_tour, desk),
    )


def _tour(do: UseCases) -> tuple[TourStep, ...]:
    me = do.desk.me
    if not me.practice or me.role == COORDINATOR:
        return ()
    return first_morning(do.people, do.enrolment, do.deliveries, do.safekeeping)


def centre_routes(do: UseCases) -> Routes:
    """The nurse's desk."""
    routes = Routes(
        Route("today", partial(_today, do), N_("Today"), "today", in_bar=True),
        Route("people", partial(_people, do), N_("People"), "people", in_bar=True),
        Route("send", partial(_send, do), N_("Send and receive"), "send", in_bar=True),
        Route("figures", partial(_figures, do), N_("Figures"), "chart", in_bar=True),
        Route("centres", partial(_centres, do), N_("Centres and trust"), "key", in_bar=True),
    )
    for route in (*_person_routes(do), *_plan_routes(do)):
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
    for route in (*_person_routes(do), *_plan_routes(do)):
        routes.add(route)
    return routes


def _person_routes(do: UseCases) -> list[Route]:
    """A person's page and the forms that hang on it. Records of other centres are shown there, not changed."""
    today, who, drafts = do.desk.clock.today, do.desk.staff_name, do.drafts
    page = PersonSources(
        do.people,
        do.assistance,
        do.cases,
        do.deliveries,
        do.planning,
        do.referrals,
        do.attachments,
        drafts,
        today,
    )
    helping = ServiceSources(do.people, do.assistance, today)

    def person(window: Window, **arguments: Any) -> QWidget:
        return PersonScreen(window, page, **arguments)

    def person_edit(window: Window, **arguments: Any) -> QWidget:
        return PersonEdit(window, do.people, today, drafts, staff_name=who, likely=do.likely, **arguments)

    def service_edit(window: Window, **arguments: Any) -> QWidget:
        return ServiceEdit(window, _begun_from(do, helping, arguments), drafts, **arguments)

    def consent_edit(window: Window, **arguments: Any) -> QWidget:
        return ConsentEdit(window, do.people, today, drafts, staff_name=who, **arguments)

    def case_edit(window: Window, **arguments: Any) -> QWidget:
        return CaseEdit(window, do.people, do.cases, today, drafts, staff_name=who, **arguments)

    def grant_edit(window: Window, **arguments: Any) -> QWidget:
        return GrantEdit(window, do.people, do.assistance, today, drafts, **arguments)

    def record_reading(window: Window, **arguments: Any) -> QWidget:
        return RecordReading(window, do.people, do.assistance, **arguments)

    def paper(window: Window, **arguments: Any) -> QWidget:
        return PaperScreen(window, do.papers, today, **arguments)

    return [
        Route("paper", paper, under="people"),
        Route("person", person, under="people"),
        Route("record_reading", record_reading, under="people"),
        *(
            Route(name, partial(_asked_about, do, factory), under="people")
            for name, factory in (
                ("new_person", person_edit),
                ("person_edit", person_edit),
                ("record", service_edit),
                ("service_edit", service_edit),
                ("consent_edit", consent_edit),
                ("case_edit", case_edit),
                ("grant_edit", grant_edit),
            )
        ),
    ]


def _plan_routes(do: UseCases) -> list[Route]:
    """What is planned with a person and kept of her: needs, appointments, referrals, files."""
    today, who, drafts = do.desk.clock.today, do.desk.staff_name, do.drafts
    referring = ReferralSources(do.people, do.referrals, today)

    def need_edit(window: Window, **arguments: Any) -> QWidget:
        return NeedEdit(window, do.people, do.planning, today, drafts, **arguments)

    def appointment_edit(window: Window, **arguments: Any) -> QWidget:
        return AppointmentEdit(window, do.people, do.planning, today, drafts, staff_name=who, **arguments)

    def referral_edit(window: Window, **arguments: Any) -> QWidget:
        return ReferralEdit(window, referring, drafts, **arguments)

    def attachment(window: Window, **arguments: Any) -> QWidget:
        return AttachmentScreen(window, do.people, do.attachments, today, drafts, **arguments)

    def attachment_add(window: Window, **arguments: Any) -> QWidget:
        return AttachmentAdd(window, do.people, do.attachments, **arguments)

    return [
        Route("attachment_add", attachment_add, under="people"),
        *(
            Route(name, partial(_asked_about, do, factory), under="people")
            for name, factory in (
                ("need_edit", need_edit),
                ("appointment_edit", appointment_edit),
                ("referral_edit", referral_edit),
                ("attachment", attachment),
            )
        ),
    ]


def _settings(do: UseCases, shell: ApplicationShell, idle_minutes: int, keep_idle: Callable[[int], object]) -> Route:
    me = do.desk.me
    who = Who(do.desk.staff_name, me.centre_name, me.role, str(me.uid), me.practice, __version__)
    changes = Changes(shell.set_language, shell.toggle_theme, shell.change_scale, keep_idle)

    def build(window: Window) -> SettingsScreen:
        return SettingsScreen(window, who, shell.preferences, idle_minutes, changes)

    return Route("settings", build, N_("Settings"), "settings", in_bar=True)


def _asked_about(
    do: UseCases, factory: Factory, window: Window, *, asked: uuid.UUID | None = None, **arguments: Any
) -> QWidget:
    """The page of a record; where the coordinator asks about ``asked``, the field is marked on it."""
    screen = factory(window, **arguments)
    if isinstance(screen, EditPage):
        mark_doubt(window, do.deliveries, screen, asked)
    return screen


def _begun_from(do: UseCases, helping: ServiceSources, arguments: dict[str, Any]) -> ServiceSources:
    """Help that is recorded at an appointment, or that pays an instalment that is due."""
    appointment, grant = arguments.pop("appointment", None), arguments.pop("grant", None)
    if appointment is not None:
        return replace(helping, assistance=KeptAppointment(do.desk, appointment))
    if grant is not None:
        return replace(helping, assistance=DueInstalment(do.desk, grant))
    return helping


def _today(do: UseCases, window: Window) -> TodayScreen:
    sources = TodaySources(
        do.agenda,
        do.planning,
        do.assistance,
        do.drafts,
        do.deliveries,
        do.safekeeping,
        do.people,
        do.desk.clock,
        do.desk.me.centre_name,
    )
    return TodayScreen(window, sources)


def _people(do: UseCases, window: Window, query: str = "") -> PeopleScreen:
    return PeopleScreen(window, do.people, query, may_add=do.desk.me.role != COORDINATOR)


def _send(do: UseCases, window: Window) -> SendScreen:
    return SendScreen(window, do.sending, do.receiving, do.deliveries, do.last_folder)


def _inbox(do: UseCases, window: Window) -> InboxScreen:
    return InboxScreen(window, do.receiving, do.sending, do.last_folder)


def _centres(do: UseCases, window: Window) -> CentresScreen:
    return CentresScreen(window, do.enrolment, do.sending, do.last_folder, coordinator=do.desk.me.role == COORDINATOR)


def _figures(do: UseCases, window: Window) -> FiguresScreen:
    return FiguresScreen(window, do.reporting)


def centre_status(do: UseCases) -> Sequence[StatusItem]:
    """The line at the bottom of the nurse's window."""
    summary = do.deliveries.summary()
    unsent = ngettext("{count} record is not sent yet", "{count} records are not sent yet", summary.unsent)
    none = _("Everything is sent") if summary.last_sent_at else _("Nothing is recorded yet")
    items = [StatusItem(unsent.format(count=summary.unsent) if summary.unsent else none, "send")]
    if not summary.unsent and do.safekeeping.handover_waits():
        items = []  # what was restored counts as nobody's until the handover: nobody knows whether it was sent
    if summary.last_receipt_at:
        day = dates.display(summary.last_receipt_at[:10], language())
        items.append(StatusItem(_("Last receipt: {date}").format(date=day), "check"))
    elif summary.last_sent_at:
        items.append(StatusItem(_("No receipt yet"), "clock"))
    return items + safety_status(do.safekeeping)


def _counts(do: UseCases) -> dict[str, int]:
    return {"today": do.deliveries.summary().attention}


def _inbox_status(do: UseCases) -> Sequence[StatusItem]:
    due = do.receiving.receipts_due()
    words = ngettext("{count} receipt is to be written", "{count} receipts are to be written", due)
    items = [StatusItem(words.format(count=due) if due else _("All receipts are written"), "check")]
    return items + safety_status(do.safekeeping)


def _inbox_counts(do: UseCases) -> dict[str, int]:
    return {"inbox": do.receiving.receipts_due()}


def _clock_notice(do: UseCases) -> str:
    day = wrong_clock(do.desk)
    if day is None:
        return ""
    words = _("The clock of this laptop shows {date}. Please set it; dates are taken from it.")
    return words.format(date=short_date(day.isoformat()))
