"""The one validator, for typed and for imported records, and the one gate for what leaves the centre.

A typed record: values are made canonical, irrelevant ones dropped, derived ones computed; an ERROR cannot be
saved, a WARNING is saved after "sure?". An imported record is never refused and never changed: whatever is odd
is kept verbatim and flagged with a WARNING (bundle format, section 4).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.forms import findings
from app.forms.reading import Unreadable, read
from app.forms.spec import Context, Field, Form, Kind, Leaves, Problem, Severity, Values

__all__ = ["Checked", "Context", "outgoing", "relevant_fields", "validate"]


@dataclass(frozen=True, slots=True)
class Checked:
    """``values`` as they are to be kept, and what was found, in the order of the form."""

    values: dict[str, Any]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What forbids saving."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is saved after "sure?"."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)


@dataclass(slots=True)
class _Reading:
    """Values on the way: ``kept`` are those to be stored, ``sound`` those of the right kind, ``bad`` the rest."""

    kept: dict[str, Any]
    sound: dict[str, Any]
    bad: dict[str, list[Problem]]


def validate(form: Form, values: Values, context: Context) -> Checked:
    """Check ``values`` against ``form``. Validating the result again gives the result again."""
    reading = _read_fields(form.fields, values, context, "")
    if not context.imported:
        _drop_irrelevant(form, reading)
        if form.derive:
            derived = form.derive(reading.sound)
            reading.sound.update(derived)
            reading.bad = {name: found for name, found in reading.bad.items() if name not in derived}
            both = {**reading.kept, **derived}
            reading.kept = {field.name: both[field.name] for field in form.fields if field.name in both}
    problems = [
        *(p for field, asked in _judged(form, reading) for p in _field_problems(field, asked, reading, context)),
        *(p for rule in form.rules if (p := rule(reading.sound, context))),
        *_strangers(form.fields, values, context, ""),
    ]
    return Checked(reading.kept, tuple(_softened(problems) if context.imported else problems))


def _read_fields(fields: Iterable[Field], values: Values, context: Context, prefix: str) -> _Reading:
    """Read the values of ``fields``; sums last, for their currency stands in another field."""
    reading = _Reading({}, {}, {})
    present = [field for field in fields if field.name in values]
    for field in (*(f for f in present if f.kind is not Kind.MONEY), *(f for f in present if f.kind is Kind.MONEY)):
        value = values[field.name]
        if field.kind is Kind.ROWS:
            _read_rows(field, value, context, prefix, reading)
        else:
            _read_one(field, value, context, prefix, reading)
    kept = {field.name: reading.kept[field.name] for field in present if field.name in reading.kept}
    if context.imported:
        kept |= {name: value for name, value in values.items() if name not in kept}
    reading.kept = kept
    return reading


def _read_one(field: Field, value: object, context: Context, prefix: str, reading: _Reading) -> None:
    name, path = field.name, prefix + field.name
    try:
        canonical = None if _is_empty(value) else read(field, value, reading.sound, context.today)
    except Unreadable as unreadable:
        reading.kept[name] = value
        reading.bad[name] = [findings.unreadable(path, unreadable.code)]
        return
    empty = _is_empty(canonical)
    if context.imported and (empty or not _is_canonical(field, value, canonical)):
        reading.kept[name] = value
        reading.bad[name] = [findings.unreadable(path, "empty" if empty else "not_canonical")]
    elif not empty:
        reading.kept[name] = value if context.imported else canonical
        reading.sound[name] = canonical


def _is_canonical(field: Field, value: object, canonical: object) -> bool:
    """Did the value come as we would keep it? A newer list may have another order: that is no fault."""
    if type(canonical) is not type(value):
        return False
    if field.kind is Kind.CODES and isinstance(canonical, list) and isinstance(value, list):
        return sorted(canonical) == sorted(value)
    return canonical == value


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], ())


def _read_rows(field: Field, value: object, context: Context, prefix: str, reading: _Reading) -> None:
    """Rows one by one; empty ones vanish when typed. One bad cell leaves the others readable."""
    name, path = field.name, prefix + field.name
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        if not _is_empty(value) or context.imported:
            reading.kept[name] = value
            reading.bad[name] = [findings.unreadable(path, "not_rows")]
        return
    kept: list[dict[str, Any]] = []
    sound: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for row in value:
        cells = _read_fields(field.row, row, context, f"{path}[{len(kept)}].")
        if not cells.kept and not context.imported:
            continue
        place = f"{path}[{len(kept)}]."
        problems += [p for found in cells.bad.values() for p in found]
        for cell in field.row:
            if cell.name in cells.sound:
                problems += findings.of_value(cell, place + cell.name, cells.sound[cell.name], context)
        problems += _strangers(field.row, row, context, place)
        kept.append(cells.kept)
        sound.append(cells.sound)
    if kept or context.imported:
        reading.kept[name] = kept
        reading.sound[name] = sound
        reading.bad[name] = problems


def _strangers(fields: Iterable[Field], values: Values, context: Context, prefix: str) -> Iterator[Problem]:
    """Values that belong to no question: typed ones are dropped without a word, imported ones are kept."""
    known = {field.name for field in fields}
    if context.imported:
        yield from (findings.unreadable(prefix + name, "unknown_field") for name in values if name not in known)


def relevant_fields(form: Form, values: Values) -> frozenset[str]:
    """The names of the fields that are asked, given the values so far."""
    return frozenset(
        field.name
        for section in form.sections
        if section.relevant is None or section.relevant(values)
        for field in section.fields
        if field.relevant is None or field.relevant(values)
    )


def _judged(form: Form, reading: _Reading) -> Iterator[tuple[Field, bool]]:
    """The fields about which there may be something to say, and whether each is asked."""
    for section in form.sections:
        open_ = section.relevant is None or section.relevant(reading.sound)
        for field in section.fields:
            on_its_own = field.required or field.constraint is not None
            if on_its_own or field.name in reading.kept:
                asked = on_its_own and open_ and (field.relevant is None or field.relevant(reading.sound))
                yield field, asked


def _drop_irrelevant(form: Form, reading: _Reading) -> None:
    """Drop until nothing changes: what is dropped may have made another question relevant."""
    while gone := set(reading.kept) - relevant_fields(form, reading.sound):
        for name in gone:
            reading.kept.pop(name)
            reading.sound.pop(name, None)
            reading.bad.pop(name, None)


def _field_problems(field: Field, asked: bool, reading: _Reading, context: Context) -> Iterator[Problem]:
    """All that was found about one field. What an imported record lacks may have been held back: not judged."""
    name = field.name
    yield from reading.bad.get(name, ())
    if name in reading.sound and field.kind is not Kind.ROWS:
        yield from findings.of_value(field, name, reading.sound[name], context)
    if asked and field.required and name not in reading.kept:
        yield findings.missing(name)
    if asked and field.constraint and not (context.imported and name not in reading.sound):
        problem = field.constraint(reading.sound)
        if problem:
            yield problem


def _softened(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (dataclasses.replace(problem, severity=Severity.WARNING) for problem in problems)


def outgoing(form: Form, values: Values, identified: bool) -> dict[str, Any]:
    """The values that may leave the centre in a bundle, and nothing else.

    ``never`` stays whatever the consent; ``identified`` goes only where the person has given
    ``coordinator_identifiable``; what belongs to no question of the form stays too. Cells of rows each have
    their own word. Empty for a record that may not travel at all.
    """
    if form.travels_if is not None and not form.travels_if(values):
        return {}
    return _allowed(form.fields, values, identified)


def _allowed(fields: Iterable[Field], values: Values, identified: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        if field.name not in values or not _may_leave(field, identified):
            continue
        value = values[field.name]
        if field.kind is not Kind.ROWS:
            found[field.name] = value
        elif isinstance(value, list):
            rows = [_allowed(field.row, row, identified) for row in value if isinstance(row, Mapping)]
            if rows := [row for row in rows if row]:
                found[field.name] = rows
    return found


def _may_leave(field: Field, identified: bool) -> bool:
    return field.leaves is Leaves.ALWAYS or (identified and field.leaves is Leaves.IDENTIFIED)
