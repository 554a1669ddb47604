"""What the packs of figures must say before anything is protected, counted in plain Python: their yardstick.

As in ``truth``, nothing is shared with the code that is measured: no store, no projection, no indicator, no code
list. What a form implies, what counts as no answer, which help was given: it all stands here and in ``truth_rows``
once more, written after the formulas of the indicators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Final

from app.usecases.practice.events import Event
from app.usecases.practice.truth import Truth, age_band
from app.usecases.practice.truth_rows import CLOSED, HOTLINE, REINTEGRATION, Act, Key, Period, Rows, answers
from app.usecases.practice.truth_sheet import Figures, Item, Sheet

_PARENTS: Final = dict.fromkeys(
    ("sex_prostitution", "sex_pornography", "sex_remote_interactive", "sex_private_services"), "sexual_exploitation"
)
_CROSSED: Final = frozenset({"cross_border", "both"})
_CURRENCIES: Final = ("BYN", "USD", "EUR")
_FIRST_MONTHS: Final = 3
OTHER_PROJECTS: Final = "other_projects"


class PackTruth:
    """The truth of the packs. Who is counted as one is asked of ``truth``, which follows the same events."""

    def __init__(self, truth: Truth) -> None:
        self._rows = Rows(truth)
        self._bound: dict[str, list[str]] = {}

    def tell(self, centre: str, oblast: str, event: Event) -> None:
        """Follow one event of the plan of a centre, which lies in ``oblast``."""
        self._rows.tell(centre, oblast, event)

    def bind(self, oblast: str, kind: str) -> None:
        """An organisation of this kind is party to the memorandum of an oblast."""
        self._bound.setdefault(oblast, []).append(kind)

    def task_force(self, oblast: str, first: str, last: str, *, agreed: bool = False) -> Figures:
        """The pack of an oblast over the months ``first`` to ``last``; ``agreed``: only of those who agreed to it."""
        return _TaskForce(self._rows, Period(first, last, oblast), agreed=agreed).figures(self._bound.get(oblast, ()))

    def donor(self, donor: str, first: str, last: str, *, agreed: bool = False, least: int = 0) -> Figures:
        """The pack of a donor. Projects behind which stand fewer than ``least`` persons are named together."""
        return _Donor(self._rows, Period(first, last, donor=donor), agreed=agreed, least=least).figures()

    @property
    def donors(self) -> list[str]:
        """Everybody who gave money for anything."""
        return sorted(self._rows.donors())


class _TaskForce:
    def __init__(self, rows: Rows, period: Period, *, agreed: bool) -> None:
        self._rows, self._period = rows, period
        self._sheet = Sheet(rows.agreed() if agreed else None)

    def figures(self, bound: Iterable[str]) -> Figures:
        self._persons()
        self._referrals()
        self._help()
        self._cases()
        _activities(self._sheet, self._rows, self._period)
        calls = [Item(rows=("",)) for one in self._rows.activities(self._period) if one.kind == HOTLINE]
        self._sheet.table("hotline_calls", "things", calls)
        self._sheet.table("mou_parties", "things", [Item(rows=(kind,)) for kind in bound], by=("agency_kind",))
        return self._sheet.figures

    def _acts(self) -> list[Act]:
        return [act for act in self._rows.acts() if self._period.holds(act)]

    def _persons(self) -> None:
        rows, sheet = self._rows, self._sheet
        helped = _first_of_each(self._acts())
        new = [act for act in _first_of_each(rows.acts()) if self._period.holds(act)]
        sheet.persons("victims_assisted_new", [Item(act.who) for act in new])
        sheet.persons("victims_assisted_new", [Item(act.who, (rows.sex(act.who),)) for act in new], by=("sex",))
        sheet.persons("victims_assisted_total", [Item(act.who) for act in helped])
        by_both = [Item(act.who, (_age(rows, act),), (rows.sex(act.who),)) for act in helped]
        sheet.persons("victims_assisted_total", by_both, by=("age", "sex"))
        forms = [Item(act.who, self._forms(act.who)) for act in helped]
        sheet.persons("share_by_exploitation", forms, by=("form",), share=True)
        crossing = [Item(act.who, self._crossing(act.who)) for act in helped]
        sheet.persons("share_international", crossing, by=("border",), share=True)

    def _forms(self, who: Key) -> tuple[str, ...]:
        """All forms that any of her cases names; what is a kind of another form is that other form too."""
        told = {form for case in self._rows.cases_of(who) for form in answers(case.get("exploitation", ()))}
        return tuple(sorted(told | {_PARENTS[form] for form in told if form in _PARENTS})) or ("",)

    def _crossing(self, who: Key) -> tuple[str, ...]:
        told = {str(case.get("border", "")) for case in self._rows.cases_of(who)}
        return ("cross_border",) if told & _CROSSED else ("internal",) if "internal" in told else ("",)

    def _referrals(self) -> None:
        period, sheet = self._period, self._sheet
        opened = [one for one in self._rows.cases() if period.here(one) and period.within(one.text("opened_on"))]
        sources = [Item(one.who, answers([one.text("referral_source")]) or ("",)) for one in opened]
        sheet.table("referrals_in", "cases", sources, by=("source",))
        sent = [one for one in self._rows.referrals() if period.here(one) and period.within(one.text("sent_on"))]
        states = [Item(one.who, (one.text("status"),)) for one in sent]
        sheet.table("referrals_out", "referrals", states, by=("referral_status",))
        outcomes = [Item(act.who, (act.text("outcome"),)) for act in self._acts()]
        sheet.table("referral_gap", "services", outcomes, by=("outcome",), share=True)

    def _help(self) -> None:
        groups = [Item(act.who, (act.group,)) for act in self._acts()]
        self._sheet.table("table_services", "services", groups, by=("group",))
        self._sheet.persons("table_persons", groups, by=("group",))

    def _cases(self) -> None:
        period = self._period
        mine = [one for one in self._rows.cases() if period.here(one)]
        still = []
        for one in mine:
            closed = one.text("status") in CLOSED
            if one.text("opened_on")[:7] <= period.last and (not closed or one.text("closed_on")[:7] > period.last):
                still.append(Item(one.who, ("" if closed else one.text("status"),)))
        self._sheet.table("open_cases", "cases", still, by=("case_status",))
        ended = [one for one in mine if one.text("status") in CLOSED and period.within(one.text("closed_on"))]
        reasons = [Item(one.who, (one.text("closure_reason"),)) for one in ended]
        self._sheet.table("closure_reasons", "cases", reasons, by=("reason",))


class _Donor:
    def __init__(self, rows: Rows, period: Period, *, agreed: bool, least: int) -> None:
        self._rows, self._period = rows, period
        who = rows.agreed() if agreed else None
        self._sheet = Sheet(who)
        self._acts = [act for act in rows.acts() if period.holds(act)]
        self._given = [act for act in self._acts if act.text("outcome") in {"", "provided"}]
        self._paid = [one for one in rows.payments() if one.donor == period.donor and period.within(one.text("on"))]
        self._granted = [
            one
            for one in rows.grants()
            if one.text("donor") == period.donor and period.within(one.text("approved_on"))
        ]
        reached = {one.who for one in (*self._given, *self._paid, *self._granted)}
        self._left_out = 0 if who is None else len(reached - who)
        self._named = self._names(reached if who is None else reached & who, least)

    def _names(self, counted: set[Key], least: int) -> Callable[[str], str]:
        behind: dict[str, set[Key]] = {}
        for one in (*self._given, *self._paid, *self._granted):
            if one.who in counted:
                behind.setdefault(one.project, set()).add(one.who)
        return lambda name: name if not name or len(behind.get(name, ())) >= least else OTHER_PROJECTS

    def figures(self) -> Figures:
        rows, sheet = self._rows, self._sheet
        helped = _first_of_each(self._acts)
        sheet.persons("table_persons", [Item(act.who) for act in helped])
        sheet.persons("table_persons", [Item(act.who, (rows.sex(act.who),)) for act in helped], by=("sex",))
        sheet.persons("table_persons", [Item(act.who, (_age(rows, act),)) for act in helped], by=("age",))
        for by, key_of in (("group", _group), ("project", self._project)):
            given = [Item(act.who, (key_of(act),)) for act in self._given]
            self._table("funded_services", "services", given, by)
            self._table("funded_services", "persons", given, by)
        self._grants()
        self._sums()
        _activities(sheet, rows, self._period)
        self._spent()
        return sheet.figures

    def _grants(self) -> None:
        granted = [Item(one.who, (one.text("grant_kind"),)) for one in self._granted]
        self._table("grants", "grants", granted, "grant_kind")
        for currency in _CURRENCIES:
            sums = [
                Item(one.who, (one.text("grant_kind"),), value=one.number("approved"))
                for one in self._granted
                if one.text("currency") == currency
            ]
            self._table("grants_approved", "money", sums, "grant_kind", currency)

    def _sums(self) -> None:
        """Every payment of the plan is one of a grant, so what is paid of grants is all that is paid."""
        for code, by, key_of in (
            ("grants_paid", "grant_kind", lambda one: one.grant_kind),
            ("grants_paid", "project", self._project),
            ("sums_paid", "group", _group),
            ("sums_paid", "project", self._project),
        ):
            for currency in _CURRENCIES:
                sums = [
                    Item(one.who, (key_of(one),), value=one.number("amount"))
                    for one in self._paid
                    if one.text("currency") == currency
                ]
                self._table(code, "money", sums, by, currency)
        self._converted()
        self._first_months()

    def _converted(self) -> None:
        for currency in self._reported_in():
            worth = [
                Item(one.who, (one.grant_kind,), value=value)
                for one in self._paid
                if (value := _worth(one, currency)) is not None
            ]
            self._table("grants_converted", "money", worth, "grant_kind", currency)

    def _reported_in(self) -> list[str]:
        """Into what is converted: what rates are to; without any, the currency of most of several."""
        paid = [one for one in self._paid if self._sheet.counts(one.who)]
        if to := {one.text("rate_currency") for one in paid if one.text("rate")}:
            return sorted(to)
        natives = [one.text("currency") for one in paid]
        return [max(_CURRENCIES, key=natives.count)] if len(set(natives)) > 1 else []

    def _first_months(self) -> None:
        """Who got it when: "yes" where all payments of which the month is known lie in the first three."""
        months: dict[Key, list[int]] = {}
        for one in self._paid:
            if one.text("service") == REINTEGRATION:
                known = self._rows.month_after_return(one)
                months.setdefault(one.who, []).extend([] if known is None else [known])
        items = [
            Item(who, ("yes" if max(known) <= _FIRST_MONTHS else "no",) if known else ("",))
            for who, known in months.items()
        ]
        self._sheet.persons(
            "grant_in_first_3_months", items, by=("answer",), share=True, total_of_base=True, left_out=self._left_out
        )

    def _spent(self) -> None:
        for currency in _CURRENCIES:
            costs = [
                Item(rows=(one.kind,), value=one.number("amount"))
                for one in self._rows.activities(self._period)
                if one.text("currency") == currency
            ]
            self._sheet.table("activities_paid", "money", costs, by=("activity",), currency=currency)

    def _project(self, one: Act) -> str:
        return self._named(one.project)

    def _table(self, code: str, measure: str, items: list[Item], by: str, currency: str = "") -> None:
        self._sheet.table(code, measure, items, by=(by,), currency=currency, left_out=self._left_out)


def _group(act: Act) -> str:
    return act.group


def _age(rows: Rows, act: Act) -> str:
    band = age_band(rows.birth_year(act.who), int(act.month[:4]))
    return "" if band == "unknown" else band


def _first_of_each(acts: Iterable[Act]) -> list[Act]:
    found: dict[Key, Act] = {}
    for act in sorted(acts, key=lambda act: act.order):
        found.setdefault(act.who, act)
    return list(found.values())


def _worth(one: Act, currency: str) -> int | None:
    """In hundredths of ``currency``, half a hundredth to the even side."""
    if one.text("currency") == currency:
        return one.number("amount")
    if one.text("rate_currency") != currency or not one.text("rate"):
        return None
    return round(one.number("amount") * Fraction(one.text("rate")))


def _activities(sheet: Sheet, rows: Rows, period: Period) -> None:
    """How many events there were and how many came; of a tour through several oblasts, to those stops alone."""
    found = [one for one in rows.activities(period) if one.kind != HOTLINE]
    events = [Item(rows=(one.kind,), value=one.sessions) for one in found]
    sheet.table("activities", "events", events, by=("activity",))
    came = [Item(rows=(one.kind,), value=one.attendances) for one in found]
    sheet.table("activities", "attendances", came, by=("activity",))
