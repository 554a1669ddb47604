"""What there is to try on the first morning with practice, and how each thing is seen to be done."""

from __future__ import annotations

from app.i18n import N_
from app.ui.help.tour import TourStep
from app.usecases.delivery import Deliveries
from app.usecases.enrolment import Enrolment
from app.usecases.people import People
from app.usecases.safekeeping import Safekeeping


def first_morning(
    people: People, enrolment: Enrolment, deliveries: Deliveries, keeping: Safekeeping
) -> tuple[TourStep, ...]:
    """The steps; none where all but the last were done before: whoever unlocked this desk has locked it once."""

    def helped() -> bool:
        return any(row.services for row in people.rows(people.find()[:50]))

    def acquainted() -> bool:
        return any(peer.role == "coordinator" and peer.trust == "trusted" for peer in enrolment.peers())

    steps = (
        TourStep(N_("record an invented person."), "new_person", lambda: bool(people.find())),
        TourStep(N_("record help: the person, the digit of the kind, Ctrl+Enter."), "record", helped),
        TourStep(N_("exchange cards with the practice coordinator."), "centres", acquainted),
        TourStep(N_("send the records on a stick or into a folder."), "send", lambda: _sent(deliveries)),
        TourStep(N_("make a backup."), "backup", lambda: bool(keeping.state().last_at)),
    )
    if all(step.done() for step in steps):
        return ()
    return (*steps, TourStep(N_("lock with F12 and unlock again. That is the whole of it."), "", lambda: False))


def _sent(deliveries: Deliveries) -> bool:
    return bool(deliveries.summary().last_sent_at)
