"""All use cases of an open desk, made once and handed to the screens that need them."""

from __future__ import annotations

from app.ui.exchange.line_work import LineWork
from app.ui.exchange.place_chooser import LastFolder
from app.usecases.activities import Activities
from app.usecases.agenda import Agenda
from app.usecases.assistance import Assistance
from app.usecases.attachments import Attachments
from app.usecases.cases import Cases
from app.usecases.delivery import Deliveries
from app.usecases.desk import Desk
from app.usecases.drafts import Drafts
from app.usecases.enrolment import Enrolment
from app.usecases.entered import EnteredFigures
from app.usecases.htcds import Htcds
from app.usecases.likely import Likely
from app.usecases.notices import Notices
from app.usecases.packs import Packs
from app.usecases.papers import Papers
from app.usecases.partners import Partners
from app.usecases.people import People
from app.usecases.planning import Planning
from app.usecases.questions import Questions
from app.usecases.receiving import Receiving
from app.usecases.referrals import Referrals
from app.usecases.releases import Releases
from app.usecases.reporting import Reporting
from app.usecases.safekeeping import Safekeeping
from app.usecases.same_person import SamePersons
from app.usecases.sending import Sending
from app.usecases.statistics import Statistics
from app.usecases.taking_in import TakingIn
from app.usecases.task_force import TaskForce
from app.usecases.transfer_desk import TransferDesk
from app.usecases.transfers import Transfers
from app.usecases.watch import Watch


class UseCases:
    """All that can be done at an open desk."""

    def __init__(self, desk: Desk, drafts: Drafts, line: LineWork | None = None) -> None:
        self.desk = desk
        self.drafts = drafts
        self.line = line
        """The worker of the line; without one nothing goes by internet."""
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
        self.same = SamePersons(desk)
        self.watch = Watch(desk)
        self.notices = Notices(desk)
        self.questions = Questions(desk)
        self.taking_in = TakingIn(desk)
        self.transfers = Transfers(desk)
        self.transfer_desk = TransferDesk(desk)
        self.activities = Activities(desk)
        self.partners = Partners(desk)
        self.task_force = TaskForce(desk)
        self.statistics = Statistics(desk)
        self.packs = Packs(desk)
        self.releases = Releases(desk)
        self.entered = EnteredFigures(desk)
        self.htcds = Htcds(desk)
