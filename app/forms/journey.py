"""Return and escort: the way, who went along, and whether the person arrived.

Leaves: codes, times and answers always; places finer than the country, names and the number of the flight or train
only with consent (data model, "return and escort" and the rule for fields that name no ``leaves``).
"""

from __future__ import annotations

from app.forms.service_general import RULES, closing, opening
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Section, Severity, Timing, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED


def _escorted(values: Values) -> bool:
    return values.get("escorted") == "yes"


def _arrived(values: Values) -> bool:
    return values.get("arrived") == "yes"


def _confirmed(values: Values) -> bool:
    return _arrived(values) and values.get("arrival_confirmed") == "yes"


def _arrives_before_leaving(values: Values, _context: Context) -> Problem | None:
    left, arrived = values.get("departs_at"), values.get("arrived_at")
    if isinstance(left, str) and isinstance(arrived, str) and arrived < left:
        message = N_("The arrival lies before the departure. Clocks differ between countries: please check.")
        return Problem("arrived_at", Severity.WARNING, "arrives_before_leaving", message)
    return None


_WAY = Section(
    N_("Journey"),
    (
        Field("from_country", Kind.CODE, N_("From which country"), _OUT, codes="countries"),
        Field("from_place", Kind.TEXT, N_("From"), _ID, hint=N_("Town, station or airport")),
        Field("to_country", Kind.CODE, N_("To which country"), _OUT, codes="countries"),
        Field("to_place", Kind.TEXT, N_("To"), _ID, hint=N_("Town, station or airport")),
        Field("transport", Kind.CODE, N_("Transport"), _OUT, codes="transport_kinds"),
        Field("travel_number", Kind.TEXT, N_("Flight or train"), _ID),
        Field("departs_at", Kind.TIME, N_("Departure"), _OUT),
    ),
)
_COMPANY = Section(
    N_("Escort and arrival"),
    (
        Field("escorted", Kind.YESNO, N_("With an escort"), _OUT),
        Field("escort", Kind.TEXT, N_("Who escorts"), _ID, relevant=_escorted),
        Field("handed_over_by", Kind.TEXT, N_("Handed over by"), _ID),
        Field("handed_over_to", Kind.TEXT, N_("Handed over to"), _ID),
        Field("arrived", Kind.YESNO, N_("Arrived"), _OUT),
        Field("arrived_at", Kind.TIME, N_("Arrived at"), _OUT, relevant=_arrived, timing=Timing.PAST),
        Field("arrival_confirmed", Kind.YESNO, N_("Arrival is confirmed"), _OUT, relevant=_arrived),
        Field("confirmed_by", Kind.TEXT, N_("Confirmed by"), _ID, relevant=_confirmed),
    ),
)

JOURNEY = Form(
    "journey",
    N_("Return and escort"),
    (*opening(), _WAY, _COMPANY, *closing()),
    rules=(*RULES, _arrives_before_leaving),
)
