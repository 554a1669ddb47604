"""Numbers that were entered with their source: which of them speak of a time and a place. Pure.

An *opening balance* (``assisted_before``) says how many persons were helped before there were records of them. It
ends in its month: to it are added only persons whose first recorded help lies after that month, so that nobody who
stands in the balance is counted a second time. Somebody helped both before and after it is in the balance already;
no record can tell, and ``opening_balance/<n>`` says that ``n`` persons come from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from app.reports.facts.work_kinds import Entered

if TYPE_CHECKING:
    from app.reports.facts.work import WorkFacts

ASSISTED_BEFORE: Final = "assisted_before"
POPULATION: Final = "population"


def opening(work: WorkFacts, code: str, last: str, key: str = "") -> int:
    """The balances of ``code`` that ended by the month ``last`` ("": all of them), in the area of the scope.

    ``key`` is one form of exploitation; "" the whole. Several balances whose months do not overlap add up. Use it
    together with ``opening_until``: count persons whose first month is later than that one, and add this number.
    """
    return sum(one.value for one in _balances(work, code, last, key))


def opening_until(work: WorkFacts, code: str, last: str, key: str = "") -> str:
    """The month with which the balance ends; "" where there is none."""
    return max((one.last for one in _balances(work, code, last, key)), default="")


def opening_remarks(work: WorkFacts, code: str, last: str, key: str = "") -> tuple[str, ...]:
    """What a reader must know of the balance: how many persons come from it, and from which source."""
    found = _balances(work, code, last, key)
    if not found:
        return ()
    return (f"opening_balance/{opening(work, code, last, key)}", *sources(found))


def latest(work: WorkFacts, code: str, last: str, key: str = "") -> Entered | None:
    """The newest figure of ``code`` that had begun by the month ``last``, in the area of the scope: a population."""
    begun = [
        one
        for one in work.entered
        if (one.code, one.key, one.area) == (code, key, work.scope.oblast)
        and (not last or (one.first or one.last) <= last)
    ]
    return max(begun, key=lambda one: one.last, default=None)


def within_years(work: WorkFacts, codes: Iterable[str]) -> list[Entered]:
    """The figures of ``codes`` for the years that the scope touches: what courts and offices publish by the year."""
    wanted, scope = set(codes), work.scope
    return [
        one
        for one in work.entered
        if one.code in wanted
        and one.area == scope.oblast
        and (not scope.first or one.last[:4] >= scope.first[:4])
        and (not scope.last or (one.first or one.last)[:4] <= scope.last[:4])
    ]


def within_period(work: WorkFacts, code: str) -> list[Entered]:
    """The figures of ``code`` that lie in the scope as a whole."""
    scope = work.scope
    return [
        one
        for one in work.entered
        if one.code == code
        and one.area == scope.oblast
        and (not scope.first or (one.first or one.last) >= scope.first)
        and (not scope.last or one.last <= scope.last)
    ]


def sources(found: Sequence[Entered]) -> tuple[str, ...]:
    """The remarks on where the numbers come from, once each."""
    return tuple(dict.fromkeys(f"source/{one.source}" for one in found))


def _balances(work: WorkFacts, code: str, last: str, key: str) -> list[Entered]:
    return [
        one
        for one in work.entered
        if one.code == code and one.key == key and one.area == work.scope.oblast and (not last or one.last <= last)
    ]
