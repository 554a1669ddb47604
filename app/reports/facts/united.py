"""One person out of her entries: what several centres wrote down about her, put together. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

Said = TypeVar("Said", bound=Hashable)
Entry = tuple[str, int | None, tuple[str, ...]]
"""Sex, year of birth, citizenships; "" or None where nothing is known."""

_REFUSED = frozenset({"refused", "withdrawn", "expired"})


def most_said(values: Iterable[Said | None]) -> Said | None:
    """What most of them say; None where nobody says anything, or two answers are said equally often."""
    said = Counter(value for value in values if value).most_common(2)
    if not said or (len(said) > 1 and said[0][1] == said[1][1]):
        return None
    return said[0][0]


def united(entries: Sequence[Entry]) -> Entry:
    """One entry for all; citizenships are gathered, for somebody may have several."""
    if len(entries) == 1:
        return entries[0]
    gathered = {code for _sex, _born, codes in entries for code in codes}
    sex = most_said(sex for sex, _born, _codes in entries)
    return sex or "", most_said(born for _sex, born, _codes in entries), tuple(sorted(gathered))


def agrees(states: Iterable[set[str]]) -> str:
    """Her word on being counted for others: ``agrees`` where some entry says so and none says otherwise.

    ``states`` are those of that consent, by entry. A no at one centre is a no: she cannot know how many lists she
    stands on. "" where nobody asked her.
    """
    return _judged(frozenset().union(*states))


@lru_cache(maxsize=256)
def agreeing(states: str) -> str:
    """The same of all states in one text, apart by spaces: there are few texts, and many persons."""
    return _judged(frozenset(states.split()))


def _judged(said: frozenset[str]) -> str:
    if said & _REFUSED:
        return "does_not_agree"
    return "agrees" if "given" in said else ""
