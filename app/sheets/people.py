"""Rows of one person brought together: who she is, her case, her consents and the help she was given.

Rows belong together by the register's own number, else by name and birth. What contradicts is never chosen from:
the rows are named. The order of rows changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.forms import partial
from app.forms.names import fold
from app.i18n import N_
from app.matching.names import Features, features
from app.sheets.names import NAME_PARTS
from app.sheets.rows import Remark, SheetRow, Weight
from app.sheets.table import Words
from app.sheets.targets import NUMBER

_OTHERS: Final = N_(
    "Rows {rows} have one number, but they speak of different people. Mend the number, or leave the rows out."
)
_CONTRADICT: Final = N_("Rows {rows} are one person, but they contradict each other here.")
_DIFFER: Final = N_("Rows {rows} say different things here. “{kept}” is kept.")
_JOINED: Final = frozenset({"phone", "address", "email", "passport"})
_STRICT: Final = frozenset({"sex", "personal_number"})

Told = Callable[[Iterable[SheetRow], Remark], None]


@dataclass(slots=True)
class Together:
    """One person of the register, as all of her rows tell her. ``key`` says who she is within the register."""

    key: str
    rows: list[SheetRow]
    person: dict[str, Any] = field(default_factory=dict)
    identity: dict[str, Any] = field(default_factory=dict)
    cases: list[tuple[dict[str, Any], list[SheetRow]]] = field(default_factory=list)
    consents: dict[str, str] = field(default_factory=dict)
    consent_on: str = ""

    @property
    def numbers(self) -> str:
        """The numbers of her rows, for words."""
        return numbers(self.rows)


def numbers(rows: Iterable[SheetRow]) -> str:
    """``3, 7, 12``; of many the first ones."""
    found = sorted({row.number for row in rows})
    return ", ".join(map(str, found[:6])) + (" …" if len(found) > 6 else "")


def key_of(row: SheetRow) -> str:
    """Who the row is about, within its register."""
    if row.own_number:
        return f"number {row.own_number}"
    number = row.parts.get("identity", {}).get("personal_number", "")
    if not row.names:
        return f"personal {number}"
    name = [fold(row.names[0].get(part, "")) for part in NAME_PARTS]
    return json.dumps([name, row.parts.get("person", {}).get("birth", "")], ensure_ascii=False, sort_keys=True)


def bring_together(rows: Sequence[SheetRow], tell: Told) -> list[Together]:
    """The people of rows without an error, in the order of their keys."""
    grouped: dict[str, list[SheetRow]] = {}
    for row in rows:
        if not row.has_error:
            grouped.setdefault(key_of(row), []).append(row)
    return [_together(key, grouped[key], tell) for key in sorted(grouped)]


def _together(key: str, rows: list[SheetRow], tell: Told) -> Together:
    made = Together(key, rows)
    made.person = _merged("person", rows, [row.parts.get("person", {}) for row in rows], tell)
    made.identity = _merged("identity", rows, [row.parts.get("identity", {}) for row in rows], tell)
    if names := _names(rows, tell):
        made.identity["names"] = names
    _gather_cases(made, tell)
    _gather_consents(made, tell)
    return made


def _merged(kind: str, rows: Sequence[SheetRow], parts: Sequence[dict[str, Any]], tell: Told) -> dict[str, Any]:
    """One value for each field. Lists are joined, as are ways to reach her; what must agree, must."""
    found: dict[str, Any] = {}
    for name in sorted({name for part in parts for name in part}):
        values = sorted((part[name] for part in parts if name in part), key=_text)
        different = [one for at, one in enumerate(values) if at == 0 or _text(one) != _text(values[at - 1])]
        key = f"{kind}.{name}"
        if len(different) == 1:
            found[name] = different[0]
        elif name == "birth":
            found[name] = _birth(rows, different, tell)
        elif name in _STRICT:
            tell(rows, Remark(key, Weight.ERROR, Words(_CONTRADICT, {"rows": numbers(rows)})))
        elif isinstance(different[0], list):
            found[name] = sorted({code for codes in different for code in codes})
        elif name in _JOINED:
            found[name] = "; ".join(map(str, different))
        else:
            found[name] = different[0]
            words = Words(_DIFFER, {"rows": numbers(rows), "kept": str(different[0])})
            tell(rows[:1], Remark(key, Weight.WARNING, words))
    return found


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _birth(rows: Sequence[SheetRow], births: Sequence[object], tell: Told) -> object:
    """The most exact of births that are compatible: 1986 and 9 March 1986 are."""

    def width(value: object) -> tuple[int, str]:
        found = partial.bounds(value)
        return ((found[1] - found[0]).days if found else 0), _text(value)

    best = min(births, key=width)
    exact = partial.bounds(best)
    for other in births:
        known = partial.bounds(other)
        if exact and known and (known[0] > exact[1] or known[1] < exact[0]):
            tell(rows, Remark("person.birth", Weight.ERROR, Words(_CONTRADICT, {"rows": numbers(rows)})))
    return best


def _names(rows: Sequence[SheetRow], tell: Told) -> list[dict[str, str]]:
    """All forms of her name, the present ones first. Under one number they must be forms of one name."""
    forms = {_text(form): form for row in rows for form in row.names}
    ordered = sorted(forms.values(), key=lambda form: ("kind" in form, _text(form)))
    first = {_text(row.names[0]): row for row in rows if row.names}
    seen = [(row, features({}, [{"names": row.names}])) for _text_of, row in sorted(first.items())]
    for row, known in seen[1:]:
        if not names_agree(seen[0][1], known):
            both = (seen[0][0], row)
            alike = [one for one in rows if any(one.names == other.names for other in both)]
            words = Words(_OTHERS, {"rows": numbers(alike)})
            tell(alike, Remark(NUMBER, Weight.ERROR, words))
    return ordered


def names_agree(one: Features, other: Features) -> bool:
    """Is a part of the name the same in some spelling? (A surname changes; a short form of a name is no other.)"""
    surnames = {mark for name in one.surnames for mark in name.skeletons}
    givens = {mark for name in one.givens for mark in name.marks}
    same_surname = surnames & {mark for name in other.surnames for mark in name.skeletons}
    same_given = givens & {mark for name in other.givens for mark in name.marks}
    missing = not one.surnames or not other.surnames
    return bool(same_surname or same_given) if not missing else bool(same_given or not one.givens or not other.givens)


def _gather_cases(made: Together, tell: Told) -> None:
    """A case for each day on which one was opened; rows without the day belong to it where there is one only."""
    by_day: dict[str, list[SheetRow]] = {}
    for row in made.rows:
        if part := row.parts.get("case"):
            by_day.setdefault(str(part.get("opened_on", "")), []).append(row)
    days = [day for day in by_day if day]
    if "" in by_day and len(days) == 1:
        by_day[days[0]] += by_day.pop("")
    for _day, rows in sorted(by_day.items()):
        made.cases.append((_merged("case", rows, [row.parts["case"] for row in rows], tell), rows))


def _gather_consents(made: Together, tell: Told) -> None:
    days = [row.consent_on for row in made.rows if row.consent_on]
    made.consent_on = max(days, default="")
    for scope in sorted({scope for row in made.rows for scope in row.consents}):
        rows = [row for row in made.rows if scope in row.consents]
        states = {row.consents[scope] for row in rows}
        if len(states) > 1:
            words = Words(_CONTRADICT, {"rows": numbers(rows)})
            tell(rows, Remark(f"consent.{scope}", Weight.ERROR, words))
        made.consents[scope] = min(states)
