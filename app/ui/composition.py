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
from app.ui import common_work, coordinating
from app.ui.application import ApplicationShell
from app.ui.dates import short_date
from app.ui.exchange.line_work import LineWork
from app.ui.first_morning import first_morning
from app.ui.frame.status_line import StatusItem
from app.ui.help.tour import TourStep
from app.ui.main_window import DeskPlan
from app.ui.records.asked_about import mark_doubt
from app.ui.records.edit_page import EditPage
from app.ui.records.passing_words import lacking
from app.ui.routes import Desk as Window
from app.ui.routes import Factory, Route, Routes
from app.ui.safety import safety_routes, safety_status
from app.ui.screens.appointment_edit import AppointmentEdit
from app.ui.screens.attachment import AttachmentAdd, AttachmentScreen
from app.ui.screens.case_edit import CaseEdit
from app.ui.screens.centres import CentresScreen
from app.ui.screens.consent_edit import ConsentEdit
from app.ui.screens.figures import FiguresScreen
from app.ui.screens.grant_edit import GrantEdit
from app.ui.screens.line_settings import LineSettingsScreen
from app.ui.screens.need_edit import NeedEdit
from app.ui.screens.paper import PaperScreen
from app.ui.screens.people import PeopleScreen
from app.ui.screens.person import PersonScreen
from app.ui.screens.person import Sources as PersonSources
from app.ui.screens.person_edit import PersonEdit
from app.ui.screens.referral_edit import ReferralEdit
from app.ui.screens.referral_edit import Sources as ReferralSources
from app.ui.screens.send import SendScreen
from app.ui.screens.service_edit import ServiceEdit
from app.ui.screens.service_edit import Sources as ServiceSources
from app.ui.screens.settings import Changes, SettingsScreen, Who
from app.ui.screens.take_in import TakeInScreen
from app.ui.screens.today import Sources as TodaySources
from app.ui.screens.today import TodayScreen
from app.ui.screens.transfer import TransferScreen
from app.ui.tasks import Tasks
from app.ui.use_cases import UseCases
from app.usecases.clock_check import wrong_clock
from app.usecases.desk import Desk
from app.usecases.drafts import Drafts
from app.usecases.kept import DueInstalment, KeptAppointment
from app.usecases.members import Members
from app.usecases.tour import close_tour, tour_is_open

COORDINATOR = "coordinator"


def compose(
    desk: Desk,
    tasks: Tasks,
    shell: ApplicationShell,
    idle_minutes: int,
    keep_idle: Callable[[int], object],
    drafts: Drafts,
    line: LineWork | None = None,
) -> DeskPlan:
    """The plan of the main window for this desk. ``drafts`` is filled by the screens as forms are left.

    ``line`` carries files over the internet; it outlives the window and is closed before the store.
    """
    do = UseCases(desk, drafts, line)
    coordinator = desk.me.role == COORDINATOR
    routes = coordinator_routes(do) if coordinator else centre_routes(do)
    routes.add(_settings(do, shell, idle_minutes, keep_idle))
    for route in (*safety_routes(do.safekeeping, Members(desk)), *_exchange_routes(do)):
        routes.add(route)
    return DeskPlan(
        routes=routes,
        tasks=tasks,
        who=desk.staff_name,
        practice=desk.me.practice,
        record="" if coordinator else "record",
        search="people",
        search_hint=N_("Find a person: any part of a name, or the code"),
        status=partial(coordinating.status if coordinator else centre_status, do),
        counts=partial(coordinating.counts if coordinator else _counts, do),
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
        *common_work.in_bar(do, of_all=False),
        Route("send", partial(_send, do), N_("Send and receive"), "send", in_bar=True),
        Route("figures", partial(_figures, do), N_("Figures"), "chart", in_bar=True),
        Route("centres", partial(_centres, do), N_("Centres and trust"), "key", in_bar=True),
    )
    for route in (*_person_routes(do), *_plan_routes(do), *common_work.beside(do, of_all=False)):
        routes.add(_marked(do, route))
    return routes


def coordinator_routes(do: UseCases) -> Routes:
    """The coordinator's desk. She reads records; only their owners write them."""
    routes = Routes(
        *coordinating.in_bar(do),
        *common_work.in_bar(do, of_all=True),
        Route("enrol", partial(_centres, do), under="centres"),
    )
    of_all = common_work.beside(do, of_all=True)
    for route in (*coordinating.beside(do), *_person_routes(do), *_plan_routes(do), *of_all):
        routes.add(_marked(do, route))
    return routes


def _marked(do: UseCases, route: Route) -> Route:
    """A form of work that is about no single person, with the field marked that the coordinator asks about."""
    if route.name not in common_work.ASKED_ABOUT:
        return route
    return replace(route, factory=partial(_asked_about, do, route.factory))


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
        **_beyond_the_entry(do),
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

    def paper(window: Window, **arguments: Any) -> QWidget:
        return PaperScreen(window, do.papers, today, **arguments)

    return [
        Route("paper", paper, under="people"),
        Route("person", person, under="people"),
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


def _beyond_the_entry(do: UseCases) -> dict[str, Any]:
    """What a person's page says beyond the entry: who counts as one with it, what the coordinator told."""
    if do.desk.me.role == COORDINATOR:
        return {"group": do.same.group_of}
    return {
        "told": lambda person: [one.words for one in do.notices.of_person(person)],
        "passing": do.transfers.of_person,
    }


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

    def transfer(window: Window, **arguments: Any) -> QWidget:
        return TransferScreen(window, do.people, do.transfers, today, drafts, do.last_folder, **arguments)

    def attachment(window: Window, **arguments: Any) -> QWidget:
        return AttachmentScreen(window, do.people, do.attachments, today, drafts, **arguments)

    def attachment_add(window: Window, **arguments: Any) -> QWidget:
        return AttachmentAdd(window, do.people, do.attachments, **arguments)

    return [
        Route("attachment_add", attachment_add, under="people"),
        Route("transfer", transfer, under="people"),
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


def _exchange_routes(do: UseCases) -> list[Route]:
    """What lies under Settings and People on either desk: the shared folder, and a register that was kept before."""

    def take_in(window: Window) -> TakeInScreen:
        return TakeInScreen(window, do.taking_in)

    routes = [Route("take_in", take_in, under="people")]
    if (line := do.line) is not None:
        routes.append(Route("line", lambda window: LineSettingsScreen(window, line), under="settings"))
    return routes


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
    return PeopleScreen(window, do.people, query)


def _send(do: UseCases, window: Window) -> SendScreen:
    return SendScreen(window, do.sending, do.receiving, do.deliveries, do.last_folder, do.line)


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
    items += [StatusItem(lacking(one), "warning", overdue=True) for one in do.transfers.missing()]
    return items + safety_status(do.safekeeping)


def _counts(do: UseCases) -> dict[str, int]:
    return {"today": do.deliveries.summary().attention}


def _clock_notice(do: UseCases) -> str:
    day = wrong_clock(do.desk)
    if day is None:
        return ""
    words = _("The clock of this laptop shows {date}. Please set it; dates are taken from it.")
    return words.format(date=short_date(day.isoformat()))
