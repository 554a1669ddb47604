"""The stage for walking through every screen: a centre's desk and the coordinator's, with something of everything.

The routes come from ``app.ui.composition`` itself, so a new one is walked without a word here; what it is opened
with is read from ``SAMPLES``. A route that has none fails the test that walks.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.clock import SteadyClock
from app.store.keyformat import KdfParams
from app.sync.card import DigitParams
from app.ui.application import ApplicationShell, Preferences
from app.ui.composition import compose
from app.ui.exchange.line_work import LineWork
from app.ui.garbage import InterfaceCollector
from app.ui.main_window import DeskPlan, MainWindow, Place
from app.ui.tasks import Tasks
from app.usecases import practice
from app.usecases.access import Access, SetUp, lock
from app.usecases.assistance import Assistance
from app.usecases.attachments import Attachments
from app.usecases.desk import Desk
from app.usecases.drafts import Draft, Drafts
from app.usecases.line import Line
from app.usecases.people import People
from app.usecases.planning import Planning
from app.usecases.receiving import Receiving
from app.usecases.referrals import Referrals
from app.usecases.sending import Sending
from tests.ui.walking_table import may_be_named, set_the_table, tell_something, work_together

QUICK_KDF: Final = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=8)
QUICK_DIGITS: Final = DigitParams(memory_kib=64, iterations=1, lanes=1)
PHRASE: Final = "учебная фраза для проверки"
SPAN: Final = practice.Span(dt.date(2026, 9, 1), 2)
NOW: Final = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)
SIZE: Final = (1024, 768)
PATIENCE: Final = 20_000

Arguments = Mapping[str, object]


@dataclass(frozen=True)
class Known:
    """The records that the samples name."""

    person: uuid.UUID
    need: uuid.UUID
    appointment: uuid.UUID
    referral: uuid.UUID
    attachment: uuid.UUID
    grant: uuid.UUID
    service: uuid.UUID
    call: uuid.UUID | None = None
    meeting: uuid.UUID | None = None
    stopped: uuid.UUID | None = None
    """The installation from which two histories came."""


@dataclass
class Stage:
    """Two open desks, and what is known of the centre's busiest person."""

    centre: Desk
    coordinator: Desk
    known: Known

    @property
    def desks(self) -> tuple[Desk, Desk]:
        """Both, the centre's first."""
        return self.centre, self.coordinator


def _person(known: Known) -> Arguments:
    return {"person": known.person}


def _nothing(_known: Known) -> Arguments:
    return {}


SAMPLES: Final[Mapping[str, tuple[Callable[[Known], Arguments], ...]]] = {
    "today": (_nothing,),
    "people": (_nothing, lambda k: {"query": "zzzz"}),
    "send": (_nothing,),
    "inbox": (_nothing,),
    "figures": (_nothing,),
    "centres": (_nothing,),
    "enrol": (_nothing,),
    "alarm": (lambda k: {"inst": k.stopped},),
    "same": (_nothing, _person),
    "questions": (_nothing,),
    "transfers": (_nothing,),
    "transfer": (_person,),
    "take_in": (_nothing,),
    "activities": (_nothing,),
    "activity_edit": (_nothing, lambda k: {"kind": "lecture"}),
    "activity_reading": (lambda k: {"person": None, "kind": "activity", "record": k.call},),
    "meeting_reading": (lambda k: {"person": None, "kind": "meeting", "record": k.meeting},),
    "hotline_call": (_nothing,),
    "partners": (_nothing,),
    "partner": (lambda k: {"code": "court_oblast"},),
    "partner_edit": (_nothing, lambda k: {"code": "court_oblast"}),
    "memorandum": (_nothing,),
    "memorandum_edit": (_nothing,),
    "task_force": (_nothing,),
    "meeting_edit": (_nothing,),
    "decision_edit": (lambda k: {"meeting": k.meeting},),
    "minutes": (lambda k: {"record": k.meeting},),
    "statistics": (_nothing,),
    "packs": (_nothing,),
    "releases": (_nothing,),
    "entered": (_nothing,),
    "htcds": (_nothing,),
    "line": (_nothing,),
    "replace_laptop": (_nothing,),
    "settings": (_nothing,),
    "backup": (_nothing,),
    "staff": (_nothing,),
    "person": (_person,),
    "new_person": (_nothing,),
    "person_edit": (_person, lambda k: {"person": k.person, "part": "identity"}),
    "record": (
        _nothing,
        _person,
        *(
            (lambda k, code=code: {"person": k.person, "code": code})
            for code in ("medical_examination", "legal_civil", "psych_counselling", "food_meals")
        ),
    ),
    "service_edit": (lambda k: {"person": k.person, "service": k.service},),
    "record_reading": (
        lambda k: {"person": k.person, "kind": "service", "record": k.service},
        lambda k: {"person": k.person, "kind": "person", "record": k.person},
    ),
    "consent_edit": (_person,),
    "case_edit": (_person,),
    "grant_edit": (_person, lambda k: {"person": k.person, "grant": k.grant}),
    "need_edit": (_person, lambda k: {"person": k.person, "need": k.need}),
    "appointment_edit": (_person, lambda k: {"person": k.person, "appointment": k.appointment}),
    "referral_edit": (_person, lambda k: {"person": k.person, "referral": k.referral}),
    "attachment": (lambda k: {"person": k.person, "attachment": k.attachment},),
    "attachment_add": (_person,),
    "paper": (
        lambda k: {"kind": "summary", "person": k.person},
        lambda k: {"kind": "referral", "person": k.person, "record": k.referral},
    ),
}


def places(plan: DeskPlan, known: Known, *, forms: bool = True) -> list[Place]:
    """Every route of this desk with each of its samples; KeyError for a route that has none.

    Without ``forms``, those that hang on a person are left out: both desks show the same ones.
    """
    routes = [route for route in plan.routes if forms or route.under != "people"]
    return [Place(route.name, make(known)) for route in routes for make in SAMPLES[route.name]]


def build(folder: Path) -> Stage:
    """Make both stores, let them know each other, record, send, take in."""
    centre = _found(folder / "centre", practice.centre_set_up(0), 1)
    coordinator = _found(folder / "coordinator", practice.coordinator_set_up(), 2)
    practice.introduce(centre, coordinator, QUICK_DIGITS)
    practice.Performer(centre).perform(practice.plan(7, SPAN, 0, people=5))
    busiest = max(
        (row for row in People(centre).rows(People(centre).find()) if row.name), key=lambda row: row.services
    )
    known = _plan_with(centre, busiest.uid)
    may_be_named(centre, busiest.uid)
    call, meeting = work_together(centre)
    stick = folder / "stick"
    stick.mkdir()
    bundle = Sending(centre).send(stick, lambda _done, _of: None).file
    assert Receiving(coordinator).take(bundle).ok
    _plan_with(centre, busiest.uid)  # once more: something that is not sent yet
    other = _found(folder / "other", practice.centre_set_up(1), 3)
    practice.introduce(other, coordinator, QUICK_DIGITS)
    tell_something(coordinator)
    stopped = set_the_table(coordinator, centre, other, busiest.uid, stick)
    lock(other)
    return Stage(centre, coordinator, replace(known, stopped=stopped, call=call, meeting=meeting))


def _found(folder: Path, setup: SetUp, seed: int) -> Desk:
    return practice.found(Access(folder, SteadyClock(NOW, seed), QUICK_KDF), setup, PHRASE)


def _plan_with(desk: Desk, person: uuid.UUID) -> Known:
    """A need, an appointment of today, a referral with its consent, a grant, a file; a draft of a form."""
    planning, assistance = Planning(desk), Assistance(desk)
    need = planning.save_need(
        person,
        {**planning.need_defaults(person), "category": "psychological", "need": "Спать спокойно"},
        sure=True,
    )
    appointment = planning.save_appointment(
        person,
        {**planning.appointment_defaults(person), "at": "2026-11-02T14:30", "what": "Встреча с психологом"},
        sure=True,
    )
    service = assistance.record_service(
        person,
        {**assistance.defaults(person, "psych_counselling"), "on": "2026-11-02"},
        service=assistance.new_service(),
        sure=True,
    )
    grant = assistance.approve_grant(
        person,
        {"grant_kind": "reintegration", "currency": "BYN", "approved": 150_000, "instalments": 3},
        sure=True,
    )
    attachments = Attachments(desk)
    about = {"description": "Запись", "for_coordinator": "yes"}
    attachment = attachments.add(person, "zapis.txt", "Пример записи".encode(), about, sure=True)
    Drafts(desk).keep(Draft("need/new", "need_edit", {"person": person}, {"need": "Начато"}, subject=person))
    return Known(person, need, appointment, _refer(desk, person), attachment, grant, service)


def _refer(desk: Desk, person: uuid.UUID) -> uuid.UUID:
    consent = {"scope": "release_other", "state": "given", "on": "2026-10-01", "given_by": "individual"}
    consent |= {"language": "ru", "evidence": "paper", "organisation": "brcs"}
    People(desk).set_consent(person, consent, sure=True)
    referrals = Referrals(desk)
    told = {"service": "legal_civil", "agency": "brcs", "urgency": "week", "shared": ["case_code", "languages"]}
    return referrals.save(person, {**referrals.defaults(person), **told}, sure=True)


class Walk:
    """One desk in its window, in one look. ``show`` opens a place and waits until it has loaded."""

    def __init__(self, app: QApplication, desk: Desk, look: Preferences) -> None:
        self._app = app
        # As in the program: a window swept up in the thread of the background work would take Qt with it.
        self._collector = InterfaceCollector()
        self.failures: list[BaseException] = []
        self._tasks = Tasks(self.failures.append)
        self._shell = ApplicationShell(app, look, save=_ignore, end=_ignore)
        self._line = LineWork(Line(desk), self.failures.append, self._shell)
        self.plan = compose(desk, self._tasks, self._shell, 10, _ignore, Drafts(desk), self._line)
        self._shell.show_desk(self.plan)
        window = self._shell.window
        assert isinstance(window, MainWindow)
        self.window = window
        window.showNormal()
        window.resize(*SIZE)
        self.settle()

    def show(self, place: Place) -> MainWindow:
        """Open ``place``; what fails in the background fails here."""
        self.window.go(place.route, **place.arguments)
        self.settle()
        assert not self.failures, self.failures
        return self.window

    def settle(self) -> None:
        """Until the background is quiet and everything is laid out."""
        settle(self._app, self._tasks)

    def close(self) -> None:
        """Take the window down here and now, so that no later one is styled with it."""
        self._tasks.stop()
        self._line.close()
        self.window.close()
        self.window.deleteLater()
        self._shell.deleteLater()
        self._tasks.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._collector.stop()


def settle(app: QApplication, tasks: Tasks) -> None:
    """Let background work end and layouts come to rest."""
    quiet = 0
    for _round in range(PATIENCE):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        quiet = 0 if tasks.busy else quiet + 1
        if quiet > 4:
            return
        if tasks.busy:
            QTest.qWait(2)
    raise AssertionError("a screen is still loading")


@contextmanager
def walking(app: QApplication, desk: Desk, look: Preferences) -> Iterator[Walk]:
    """A walk through one desk."""
    walk = Walk(app, desk, look)
    try:
        yield walk
    finally:
        walk.close()


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """The stage, locked at the end."""
    stage = build(folder)
    try:
        yield stage
    finally:
        for desk in stage.desks:
            lock(desk)


def _ignore(*_arguments: object) -> None:
    """Nothing is kept of a look, and nothing ends."""
