"""What the window of the coordinator has and a centre's has not: routes, the status line, the counts in the bar."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from app.i18n import N_, _, ngettext
from app.ui.exchange.line_card import LineCard
from app.ui.frame.status_line import StatusItem
from app.ui.routes import Desk as Window
from app.ui.routes import Route
from app.ui.safety import replacing_route, safety_status
from app.ui.screens.alarm import AlarmScreen
from app.ui.screens.entered import EnteredScreen
from app.ui.screens.htcds import HtcdsScreen
from app.ui.screens.inbox import InboxScreen
from app.ui.screens.packs import PacksScreen
from app.ui.screens.people import PeopleScreen
from app.ui.screens.questions import QuestionsScreen
from app.ui.screens.releases import ReleasesScreen
from app.ui.screens.same_person import SamePersonScreen
from app.ui.screens.statistics import StatisticsScreen
from app.ui.screens.transfers import TransfersScreen
from app.ui.screens.watched import WatchedScreen
from app.ui.use_cases import UseCases
from app.usecases.forks import Forks


def in_bar(do: UseCases) -> Sequence[Route]:
    """The places of her left bar, in their order."""

    def inbox(window: Window) -> InboxScreen:
        told = _("Carries the receipts to the centres and brings their bundles.")
        card = LineCard(window, do.line, told) if do.line else None
        return InboxScreen(window, do.receiving, do.sending, do.last_folder, card, do.same.look_for)

    def centres(window: Window) -> WatchedScreen:
        return WatchedScreen(window, do.watch, do.enrolment)

    def register(window: Window, query: str = "") -> PeopleScreen:
        return PeopleScreen(window, do.people, query, of_all=True)

    def same(window: Window, person: uuid.UUID | None = None) -> SamePersonScreen:
        return SamePersonScreen(window, do.same, person)

    def questions(window: Window) -> QuestionsScreen:
        return QuestionsScreen(window, do.questions)

    def transfers(window: Window) -> TransfersScreen:
        return TransfersScreen(window, do.transfer_desk, do.last_folder)

    def statistics(window: Window) -> StatisticsScreen:
        return StatisticsScreen(window, do.statistics, do.packs, do.desk.clock.today())

    return (
        Route("inbox", inbox, N_("Inbox"), "inbox", in_bar=True),
        Route("centres", centres, N_("Centres"), "centre", in_bar=True),
        Route("people", register, N_("Register"), "register", in_bar=True),
        Route("same", same, N_("Same person"), "same", in_bar=True),
        Route("questions", questions, N_("Questions"), "question", in_bar=True),
        Route("transfers", transfers, N_("Passing on"), "return", in_bar=True),
        Route("statistics", statistics, N_("Statistics"), "chart", in_bar=True),
    )


def beside(do: UseCases) -> Sequence[Route]:
    """What is reached from those places."""

    def alarm(window: Window, inst: uuid.UUID) -> AlarmScreen:
        return AlarmScreen(window, Forks(do.desk), inst)

    def packs(window: Window) -> PacksScreen:
        return PacksScreen(window, do.packs, do.statistics, do.desk.clock.today())

    def releases(window: Window) -> ReleasesScreen:
        return ReleasesScreen(window, do.releases)

    def entered(window: Window) -> EnteredScreen:
        return EnteredScreen(window, do.entered, do.desk.clock.today)

    def htcds(window: Window) -> HtcdsScreen:
        return HtcdsScreen(window, do.htcds)

    return (
        replacing_route(do.desk, do.enrolment, do.safekeeping),
        Route("alarm", alarm, under="centres"),
        Route("packs", packs, under="statistics"),
        Route("releases", releases, under="statistics"),
        Route("entered", entered, under="statistics"),
        Route("htcds", htcds, under="statistics"),
    )


def status(do: UseCases) -> Sequence[StatusItem]:
    """The line at the bottom of her window."""
    due = do.receiving.receipts_due()
    words = ngettext("{count} receipt is to be written", "{count} receipts are to be written", due)
    items = [StatusItem(words.format(count=due) if due else _("All receipts are written"), "check")]
    return items + safety_status(do.safekeeping)


def counts(do: UseCases) -> Mapping[str, int]:
    """What waits, beside each place of the bar."""
    return {
        "inbox": do.receiving.receipts_due(),
        "centres": do.watch.calls(),
        "same": do.same.counts().waiting,
        "questions": do.questions.waiting(),
        "transfers": do.transfer_desk.waiting(),
        "task_force": do.task_force.overdue(),
    }
