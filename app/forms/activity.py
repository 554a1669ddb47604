"""Activity: prevention, training and coordination work, about no single person.

The form asks what its kind measures (``activity_measures``). Everything leaves in a bundle, words too: they are the
topic of a lecture and the name of a hall, and the form says that nobody who was helped is named in them. A note for
the centre's own eyes stays. *Attendances* are a sum, a person who comes twice counts twice; persons are counted from
the records of people alone, and the two are never added together.
"""

from __future__ import annotations

from typing import Final

from app.forms.activity_measures import is_call, is_no_call, measures
from app.forms.activity_rules import RULES
from app.forms.spec import Field, Form, Kind, Leaves, Section, Timing
from app.i18n import N_

_OUT: Final = Leaves.ALWAYS
_MANY: Final = 1_000_000


def _number(name: str, label: str, high: float = _MANY, *, hint: str = "", by: str = "") -> Field:
    """A whole number, asked where ``by`` (or the number itself) is measured of the kind."""
    return Field(name, Kind.INTEGER, label, _OUT, hint=hint, low=0, high=high, relevant=measures(by or name))


STOP: Final = (
    Field("oblast", Kind.CODE, N_("Oblast"), _OUT, codes="oblasts"),
    Field("raion", Kind.CODE, N_("Raion"), _OUT, codes="raions"),
    Field("place", Kind.TEXT, N_("Town and place"), _OUT),
    Field("from", Kind.DATE, N_("From"), _OUT),
    Field("until", Kind.DATE, N_("Until"), _OUT),
    Field("visitors", Kind.INTEGER, N_("Visitors there"), _OUT, low=0, high=_MANY),
)
"""One place of several: a stop of a travelling exhibit or of a play, a school of a series of lectures."""

TOOK_PART: Final = (
    Field("agency", Kind.CODE, N_("Organisation"), _OUT, codes="agencies"),
    Field("participants", Kind.INTEGER, N_("Participants from there"), _OUT, low=0, high=10_000),
)
MATERIAL: Final = (
    Field("print_kind", Kind.CODE, N_("Kind of material"), _OUT, codes="print_kinds"),
    Field("title", Kind.TEXT, N_("Title"), _OUT),
    Field("copies", Kind.INTEGER, N_("Copies"), _OUT, low=0, high=_MANY),
)

_WHAT = Section(
    N_("What and when"),
    (
        Field("centre", Kind.REF, N_("Centre"), _OUT, ref="centre", special="hidden"),
        Field("activity", Kind.CODE, N_("Kind of activity"), _OUT, codes="activity_kinds", required=True),
        Field(
            "title",
            Kind.TEXT,
            N_("Topic or title"),
            _OUT,
            hint=N_("No names of people who were helped."),
            relevant=is_no_call,
        ),
        Field("on", Kind.DATE, N_("Date"), _OUT, required=True, timing=Timing.PAST),
        Field(
            "until",
            Kind.DATE,
            N_("Until"),
            _OUT,
            hint=N_("Only if it lasted several days"),
            relevant=is_no_call,
        ),
    ),
)
_CALL = Section(
    N_("The call"),
    (
        Field("topic", Kind.CODE, N_("What it was about"), _OUT, codes="hotline_topics"),
        Field("caller", Kind.CODE, N_("Who called"), _OUT, codes="hotline_callers"),
        Field("minutes", Kind.INTEGER, N_("How many minutes"), _OUT, low=0, high=180),
        Field("referred_to", Kind.CODE, N_("Where the caller was sent"), _OUT, codes="agencies"),
        Field("call_at", Kind.TIME, N_("Day and time of the call"), _OUT, timing=Timing.PAST),
    ),
    relevant=is_call,
)
_HOW_MANY = Section(
    N_("Numbers"),
    (
        _number(
            "sessions",
            N_("How many sessions"),
            10_000,
            hint=N_("One lecture, meeting or show is one. Left empty, it counts as one event."),
        ),
        _number(
            "attendances",
            N_("Attendances"),
            hint=N_("How many came in all. A person who comes twice counts twice."),
        ),
        _number("women", N_("Of them women"), by="attendances"),
        _number("men", N_("Of them men"), by="attendances"),
        _number("minors", N_("Of them under 18"), by="attendances"),
        _number("volunteers", N_("Volunteers"), 10_000),
        _number("titles", N_("Titles"), 1000),
        _number("copies_printed", N_("Copies printed")),
        _number("copies_distributed", N_("Copies given out")),
        _number("spots", N_("Spots made"), 1000),
        _number("broadcasts", N_("Times broadcast"), 100_000),
        _number("articles", N_("Articles and reports in the media"), 10_000),
        _number("placements", N_("Placements"), 10_000),
        _number("items", N_("Items"), 10_000),
        _number("weeks", N_("Weeks at one place"), 520),
        _number("visits", N_("Visits"), 10**9),
        _number("reached", N_("People reached (an estimate)"), 10**8),
        _number("units_equipped", N_("Units equipped"), 1000),
        Field("status", Kind.CODE, N_("How far the proposal is"), _OUT, codes="legislation_status",
              relevant=measures("status")),
    ),
)  # fmt: skip
_FOR_WHOM = Section(
    N_("For whom and with whom"),
    (
        Field("audiences", Kind.CODES, N_("Audience"), _OUT, codes="audiences", relevant=is_no_call),
        Field(
            "agencies",
            Kind.ROWS,
            N_("Organisations that took part"),
            _OUT,
            row=TOOK_PART,
            adds=N_("Add an organisation"),
            relevant=measures("agencies"),
        ),
        Field("countries", Kind.CODES, N_("Countries"), _OUT, codes="countries", relevant=measures("countries")),
    ),
)
_WHERE = Section(
    N_("Where"),
    (
        Field("oblast", Kind.CODE, N_("Oblast"), _OUT, codes="oblasts"),
        Field("raion", Kind.CODE, N_("Raion"), _OUT, codes="raions", relevant=is_no_call),
        Field("place", Kind.TEXT, N_("Town and place"), _OUT, relevant=is_no_call),
        Field(
            "places",
            Kind.ROWS,
            N_("Several places"),
            _OUT,
            hint=N_("The stops of a tour, the schools of a series: each with its days."),
            row=STOP,
            adds=N_("Add a place"),
            relevant=measures("places"),
        ),
    ),
)
_MEANS = Section(
    N_("Materials and money"),
    (
        Field(
            "materials",
            Kind.ROWS,
            N_("Printed material"),
            _OUT,
            row=MATERIAL,
            adds=N_("Add printed material"),
            relevant=measures("materials"),
        ),
        Field("currency", Kind.CODE, N_("Currency"), _OUT, codes="currencies", relevant=measures("amount")),
        Field(
            "amount",
            Kind.MONEY,
            N_("What it cost"),
            _OUT,
            currency_field="currency",
            relevant=measures("amount"),
        ),
        Field("donor", Kind.CODE, N_("Donor"), _OUT, codes="donors"),
        Field("project", Kind.TEXT, N_("Project"), _OUT),
    ),
)
_OWN = Section(
    N_("For ourselves"),
    (
        Field(
            "note",
            Kind.LONG,
            N_("Note"),
            Leaves.NEVER,
            hint=N_("Stays on this laptop. No names of people who were helped."),
        ),
    ),
)

ACTIVITY = Form("activity", N_("Activity"), (_WHAT, _CALL, _HOW_MANY, _FOR_WHOM, _WHERE, _MEANS, _OWN), rules=RULES)
