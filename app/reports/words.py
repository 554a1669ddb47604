"""The words around figures, in the language of the paper or the screen: titles, keys, units, why a number is hidden,
and all that a file says at its top. Pure; the last argument is always the tongue in which to say it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from app.forms.money import minor_digits
from app.i18n import N_
from app.reports.pack import CountedUntil, Pack, PackKind, Rule
from app.reports.paper.tongue import Tongue
from app.reports.table import OTHERS, Audience, Axis, Measure, Scope, Told, Why
from app.reports.words_axes import DIMENSIONS

_NARROW_SPACE: Final = "\N{NARROW NO-BREAK SPACE}"
_NOT_KNOWN: Final = N_("not known")
_OTHERS: Final = N_("all others")
_MEASURES: Final[Mapping[Measure, str]] = {
    Measure.PERSONS: N_("persons"),
    Measure.SERVICES: N_("services"),
    Measure.CASES: N_("cases"),
    Measure.REFERRALS: N_("referrals"),
    Measure.GRANTS: N_("grants"),
    Measure.MONEY: N_("sum, {currency}"),
    Measure.DAYS: N_("days"),
    Measure.PER_PERSON: N_("per person"),
    Measure.EVENTS: N_("events"),
    Measure.ATTENDANCES: N_("attendances"),
    Measure.THINGS: N_("number"),
    Measure.PER_100K: N_("per 100,000 of population"),
    Measure.VALUES: N_("values"),
}
_HUNDREDTHS: Final = frozenset({Measure.PER_PERSON, Measure.PER_100K})
_WHY: Final[Mapping[Why, str]] = {
    # All that a reader outside is ever told: the other reasons are for the coordinator.
    Why.SMALL: N_("hidden, so that nobody can be recognised"),
    Why.BESIDE: N_("hidden: a small number beside it could be worked out"),
    Why.DOMINATED: N_("hidden: one or two persons received nearly all of it"),
    Why.ALL_ALIKE: N_("hidden: all persons stand in one place"),
    Why.SMALL_BASE: N_("hidden: share of too few persons"),
    Why.EARLIER: N_("hidden: an earlier table together with it would tell too much"),
}
_KINDS: Final[Mapping[str, str]] = {
    PackKind.TABLE: N_("Table of figures"),
    PackKind.TASK_FORCE: N_("Figures for the task force"),
    PackKind.DONOR: N_("Figures for the donor"),
    PackKind.SUMMARY: N_("Summary of figures"),
}
_AUDIENCES: Final[Mapping[Audience, str]] = {
    Audience.INTERNAL: N_("For our own use only"),
    Audience.TASK_FORCE: N_("For the members of the task force only"),
    Audience.PUBLIC: N_("For donors and the public"),
}
_REMARKS: Final[Mapping[str, str]] = {
    "opening_balance": N_("Includes persons assisted before the program was in use, as entered with their source."),
    "date_doubtful/some": N_("Some records without a certain month are in no period."),
    "rate_missing/some": N_("Some payments without an exchange rate are not converted."),
    "population_missing": N_("No population was entered for this period and area: there is no rate."),
}


def title(code: str, say: Tongue) -> str:
    """What an indicator, or a question of the table builder, is called; an unknown code as it stands."""
    return say.code("indicators", code)


def dimension(name: str, say: Tongue) -> str:
    """What a dimension is called, as a head: ``Oblast``."""
    found = DIMENSIONS.get(name)
    return say(found.label) if found else name


def key(axis: Axis, key: str, say: Tongue) -> str:
    """The words for a key of ``axis``; "not known" for "", an unknown code as it stands."""
    if not key:
        return say(_NOT_KNOWN) if axis.dimension else ""
    if key in axis.names:
        return axis.names[key]
    if key == OTHERS:
        return say(_OTHERS)
    if axis.dimension == "month":
        return say.date(key)
    found = DIMENSIONS.get(axis.dimension)
    return say.code(found.codes, key) if found and found.codes else key


def measure(measure: Measure, currency: str, say: Tongue) -> str:
    """The unit of a table: ``persons``, ``sum, BYN``."""
    return say(_MEASURES[measure], currency=currency)


def number(measure: Measure, value: int, currency: str, say: Tongue) -> str:
    """A number as people write it: ``1 234``, ``12,50`` of money, ``2,35`` of hundredths."""
    return _written(Decimal(value).scaleb(-digits(measure, currency)), say)


def digits(measure: Measure, currency: str) -> int:
    """How many decimals a number of this kind has."""
    return minor_digits(currency) if measure is Measure.MONEY else 2 if measure in _HUNDREDTHS else 0


def share(value: float, say: Tongue) -> str:
    """A share in per cent with one decimal: ``74,0 %``."""
    return f"{_written(round(Decimal(value), 1), say)}\N{NO-BREAK SPACE}%"


def _written(value: Decimal, say: Tongue) -> str:
    text = f"{value:,f}"
    return text if say.language == "en" else text.replace(",", _NARROW_SPACE).replace(".", ",")


def hidden(why: Why, say: Tongue) -> str:
    """Why a number is not there."""
    return say(_WHY[why])


def released(what: str, say: Tongue) -> str:
    """What a release is called: the kind of pack, or the question whose table it was."""
    return say(_KINDS[what]) if what in _KINDS else title(what, say)


def audience(audience: Audience, say: Tongue) -> str:
    """For whom a table is."""
    return say(_AUDIENCES[audience])


def period(first: str, last: str, say: Tongue) -> str:
    """``1st quarter of 2026``, ``2026``, ``March 2026``, ``January 2025 – March 2026``, ``all time``."""
    if not first and not last:
        return say(N_("all time"))
    if not first:
        return say(N_("until {month}"), month=say.date(last))
    if not last:
        return say(N_("from {month}"), month=say.date(first))
    if first == last:
        return say.date(first)
    if first[:4] == last[:4]:
        named = _PARTS_OF_YEAR.get((first[4:], last[4:]))
        if named is not None:
            return say(named, year=first[:4])
    return f"{say.date(first)} – {say.date(last)}"


_PARTS_OF_YEAR: Final[Mapping[tuple[str, str], str]] = {
    ("-01", "-12"): N_("the year {year}"),
    ("-01", "-06"): N_("1st half of {year}"),
    ("-07", "-12"): N_("2nd half of {year}"),
    ("-01", "-03"): N_("1st quarter of {year}"),
    ("-04", "-06"): N_("2nd quarter of {year}"),
    ("-07", "-09"): N_("3rd quarter of {year}"),
    ("-10", "-12"): N_("4th quarter of {year}"),
}


def scope(scope: Scope, say: Tongue, names: Mapping[str, str] | None = None) -> str:
    """Over what a table counts: ``1st quarter of 2026, Vitebsk oblast``. ``names`` are those of centres, by id."""
    parts = [period(scope.first, scope.last, say)]
    parts.append(say.code("oblasts", scope.oblast) if scope.oblast else say(N_("all oblasts")))
    if scope.centre:
        parts.append((names or {}).get(scope.centre) or say(N_("one centre")))
    if scope.donor:
        parts.append(say(N_("donor: {donor}"), donor=say.code("donors", scope.donor)))
    return ", ".join(parts)


def rule(rule: Rule, say: Tongue) -> tuple[str, ...]:
    """The rule by which tables are protected, in sentences."""
    if rule.audience is Audience.INTERNAL:
        return (say(N_("Internal, not for release: small numbers are not hidden.")),)
    rounded = (
        say(
            N_("All other numbers, totals too, are rounded to multiples of {base}; money to hundreds."),
            base=rule.base,
        )
        if rule.base
        else say(N_("The numbers that are shown are exact."))
    )
    return (
        say(N_("Numbers of fewer than {least} persons are hidden, also where they are zero."), least=rule.least),
        say(N_("More numbers are hidden where a hidden one could be worked out from them.")),
        say(
            N_("Countries, kinds of help, projects and the like are named only from {least} persons on."),
            least=rule.least,
        ),
        rounded,
        say(N_("A sum of money is hidden where one or two persons received nearly all of it.")),
        say(N_("A row or column is hidden where all its persons, or nearly all, stand in one place.")),
        say(N_("A share is shown only where at least {least} persons gave an answer."), least=rule.least),
        say(N_("Only persons who agreed to the use of their data in statistics are counted.")),
    )


def remark(code: str, say: Tongue) -> str:
    """What a reader must know, in a sentence; an unknown code as it stands."""
    name, *values = code.split("/")
    if name == "source":
        return say(N_("Source: {source}"), source="/".join(values))
    counted = _COUNTED.get(name)
    if counted and values and values[-1].isdigit():
        return counted(values, say)
    found = _REMARKS.get(code) or _REMARKS.get(name)
    return say(found) if found else code


def _date_doubtful(values: list[str], say: Tongue) -> str:
    return say.ngettext(
        "{count} record without a certain month is in no period.",
        "{count} records without a certain month are in no period.",
        int(values[-1]),
    )


def _rate_missing(values: list[str], say: Tongue) -> str:
    said = say.ngettext(
        "{count} payment without an exchange rate is not converted",
        "{count} payments without an exchange rate are not converted",
        int(values[-1]),
    )
    return f"{said} ({values[0]})."


def _sessions_missing(values: list[str], say: Tongue) -> str:
    return say.ngettext(
        "{count} activity without a number of sessions counts as one event.",
        "{count} activities without a number of sessions count as one event each.",
        int(values[-1]),
    )


def _attendances_missing(values: list[str], say: Tongue) -> str:
    return say.ngettext(
        "Of {count} event nobody wrote down how many came; it adds nothing to the sum.",
        "Of {count} events nobody wrote down how many came; they add nothing to the sum.",
        int(values[-1]),
    )


def _overdue(values: list[str], say: Tongue) -> str:
    return say.ngettext("{count} decision is overdue.", "{count} decisions are overdue.", int(values[-1]))


def _balance(values: list[str], say: Tongue) -> str:
    return say.ngettext(
        "{count} person was assisted before the program was in use, as entered with the source.",
        "{count} persons were assisted before the program was in use, as entered with the source.",
        int(values[-1]),
    )


_COUNTED: Final[Mapping[str, Callable[[list[str], Tongue], str]]] = {
    "opening_balance": _balance,
    "attendances_missing": _attendances_missing,
    "overdue": _overdue,
    "sessions_missing": _sessions_missing,
    "date_doubtful": _date_doubtful,
    "rate_missing": _rate_missing,
}


def until(one: CountedUntil, say: Tongue) -> str:
    """Until which bundle a centre is counted, and which are missing."""
    if one.missing:
        return say(
            N_("{centre}: incomplete, counted up to bundle {bundle}; missing: {missing}"),
            centre=one.centre,
            bundle=one.bundle,
            missing=one.missing,
        )
    if not one.bundle:
        return say(N_("{centre}: no bundle has come yet"), centre=one.centre)
    return say(N_("{centre}: counted up to bundle {bundle}"), centre=one.centre, bundle=one.bundle)


def collapsed(told: Told, say: Tongue) -> str:
    """Which dimensions of a table were put together; nothing where none was."""
    if not told.collapsed:
        return ""
    names = ", ".join(dimension(name, say) for name in told.collapsed)
    return say(N_("Put together into fewer parts, so that nobody can be recognised: {names}."), names=names)


def left_out(count: int | None, say: Tongue) -> str:
    """How many were left out because they did not agree; None: too few to be told; nothing for nobody."""
    if count is None:
        return say(N_("Whoever did not agree to be counted is left out; how many they are is not told."))
    if not count:
        return ""
    return say.ngettext(
        "{count} person did not agree to be counted and is left out.",
        "{count} persons did not agree to be counted and are left out.",
        count,
    )


def head_lines(pack: Pack, say: Tongue) -> tuple[str, ...]:
    """All that each file says at its top: what, when, where, by and for whom, by which rule, until which bundles."""
    lines = [say(N_("Practice: all data are invented."))] if pack.practice else []
    tables = [part.table for chapter in pack.chapters for part in chapter.parts]
    alone = pack.kind is PackKind.TABLE and tables
    lines.append(title(tables[0].code, say) if alone else say(_KINDS[pack.kind]))
    lines.append(scope(pack.scope, say, {one.scope.centre: _centre_of(pack) for one in tables if one.scope.centre}))
    made = say(N_("Made on {date}."), date=say.date(pack.made_on))
    lines.append(f"{made} {pack.issuer}" if pack.issuer else made)
    lines.append(audience(pack.audience, say))
    lines += rule(pack.rule, say)
    lines.append(left_out(pack.left_out, say))
    lines += (until(one, say) for one in pack.until)
    return tuple(line for line in lines if line)


def _centre_of(pack: Pack) -> str:
    """The name of the one centre that is counted, where a table of the pack counts one."""
    return pack.until[0].centre if len(pack.until) == 1 else ""
