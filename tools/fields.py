"""``python -m tools.fields``: what the data model asks of the nurse, beside what the program has.

``docs/fields.csv`` is the list, one line for each thing that is asked: the noun, in words what, the form and field
that ask it, whether it may leave the centre, the columns that lists and figures take from it, and what outside
lists call it. Compared are the forms, ``leaves``, the noun tables, and (where the design's code lists lie beside
this repository) the clinical fields and those of HTCDS 2.0; what is left out on purpose stands with its reason in
``docs/fields-left-out.csv``. Prints the table and the gaps; exit code 1 if there is a gap.

A form called ``service`` in the list means every form of a service; a line for one of them goes before it.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.forms.catalogue import KINDS, all_forms
from app.forms.spec import Field, Form
from app.sync.projection import NOUNS

ROOT: Final = Path(__file__).resolve().parent.parent
LIST: Final = ROOT / "docs" / "fields.csv"
LEFT_OUT: Final = ROOT / "docs" / "fields-left-out.csv"
DESIGN: Final = ROOT.parent / "shared"
# The keys of a projected row: not answers of a form.
_KEYS: Final = frozenset({"rid", "person_rid"})
# Not a question: made by the program, and always sent.
_CODE: Final = ("person", "code")


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the list."""

    noun: str
    what: str
    form: str
    field: str
    leaves: str
    columns: tuple[str, ...]
    clinical: tuple[str, ...]
    htcds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that an outside list names and that is not recorded, with the reason."""

    source: str
    name: str
    why: str


def read_list(path: Path = LIST) -> list[Asked]:
    """The lines of the list."""
    return [
        Asked(
            row["noun"],
            row["what"],
            row["form"],
            row["field"],
            row["leaves"],
            tuple(row["column"].split()),
            tuple(row["clinical"].split()),
            tuple(row["htcds"].split()),
        )
        for row in _rows(path)
    ]


def read_left_out(path: Path = LEFT_OUT) -> list[LeftOut]:
    """What is left out on purpose."""
    return [LeftOut(row["list"], row["name"], row["why"]) for row in _rows(path)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gaps(asked: Iterable[Asked], left_out: Iterable[LeftOut], design: Path = DESIGN) -> list[str]:
    """Every difference between the list, the forms, the tables and the outside lists, each as a sentence."""
    lines, missing = list(asked), list(left_out)
    return [
        *_double(lines),
        *_in_forms(lines),
        *_of_forms(lines),
        *_columns(lines),
        *_design(lines, missing, design),
    ]


def _double(lines: Iterable[Asked]) -> Iterator[str]:
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if (line.form, line.field) in seen:
            yield f"{line.form}.{line.field} is listed twice"
        seen.add((line.form, line.field))


def _forms(name: str) -> list[Form]:
    """The forms that a name in the list means."""
    found = [form for form in all_forms() if form.name == name]
    return [form for form in all_forms() if form.name not in KINDS] if name == "service" else found


def _cells(form: Form) -> Iterator[tuple[str, Field]]:
    for field in form.fields:
        yield field.name, field
        for cell in field.row:
            yield f"{field.name}.{cell.name}", cell


def _in_forms(lines: Iterable[Asked]) -> Iterator[str]:
    """Each line has its field, and the field may leave as the line says."""
    lines = list(lines)
    own = {(line.form, line.field) for line in lines}
    for line in lines:
        if (line.form, line.field) == _CODE:
            continue
        if not _forms(line.form):
            yield f"{line.form} is no form"
        for form in _forms(line.form):
            if line.form == "service" and (form.name, line.field) in own:
                continue
            field = dict(_cells(form)).get(line.field)
            if field is None:
                yield f"{form.name}.{line.field} is listed and not asked ({line.noun}: {line.what})"
            elif field.leaves.value != line.leaves:
                yield f"{form.name}.{line.field} leaves {field.leaves.value}, and is listed as {line.leaves}"


def _of_forms(lines: Iterable[Asked]) -> Iterator[str]:
    """Each field of each form has its line: what is not in the data model is not asked by the way."""
    listed = {(line.form, line.field) for line in lines}
    for form in all_forms():
        for name, _field in _cells(form):
            general = form.name not in KINDS and ("service", name) in listed
            if (form.name, name) not in listed and not general:
                yield f"{form.name}.{name} is asked and not listed"


def _columns(lines: Iterable[Asked]) -> Iterator[str]:
    """Each column of the noun tables comes from a listed field, and each listed column is there."""
    listed = {column for line in lines for column in line.columns}
    there = {
        f"{model.__tablename__}.{column.name}"
        for model in NOUNS.values()
        for column in model.__table__.columns
        if column.name not in _KEYS
    }
    yield from (f"column {name} is listed and is in no table" for name in sorted(listed - there))
    yield from (f"column {name} is in a table and comes from no listed field" for name in sorted(there - listed))


def _design(lines: list[Asked], left_out: list[LeftOut], design: Path) -> Iterator[str]:
    """What the design names is listed, or left out with a reason."""
    if not design.is_dir():
        return
    nouns = {line.noun.partition(":")[0] for line in lines}
    compared = (
        ("model", _nouns_of((design / "design" / "data-model.md").read_text(encoding="utf-8")), nouns),
        ("clinical", _names(design, "clinical_fields", "field"), {name for line in lines for name in line.clinical}),
        ("htcds", _names(design, "htcds_2_0_fields", "name"), {name for line in lines for name in line.htcds}),
    )
    for source, named, recorded in compared:
        excused = {one.name for one in left_out if one.source == source}
        # Grants and the details of services are nouns of ours under one of theirs.
        known = excused if source == "model" else excused | recorded
        yield from (f"{source}: {name} is not listed" for name in sorted(named - recorded - excused))
        yield from (f"{source}: {name} is listed and unknown there" for name in sorted(known - named))
        yield from (f"{source}: {name} is recorded and yet left out" for name in sorted(recorded & excused))
    yield from (f"{one.source}: {one.name} is left out without a reason" for one in left_out if not one.why.strip())


def _names(design: Path, name: str, column: str) -> set[str]:
    return {row[column] for row in _rows(design / "codelists" / f"{name}.csv")}


def _nouns_of(text: str) -> set[str]:
    """The nouns of the chapter on records that travel: what stands in bold at the head of a line, or after a stop."""
    chapter = text.partition("## Records that travel")[2].partition("\n## ")[0]
    return set(re.findall(r"(?:^|\. )\*\*([A-Z][a-z ]+)\*\* (?:—|\()", chapter, re.MULTILINE))


def table(lines: Iterable[Asked]) -> Iterator[str]:
    """The list as text."""
    for line in lines:
        where = f"{line.form}.{line.field}"
        yield f"{line.noun:<28} {where:<44} {line.leaves:<10} {line.what}"


def main() -> int:
    """Print the table and the gaps; returns the exit code."""
    lines, left_out = read_list(), read_left_out()
    for line in table(lines):
        print(line)
    found = gaps(lines, left_out)
    beside = "" if DESIGN.is_dir() else " (the design's lists are not beside this repository: not compared)"
    print(f"{len(lines)} things asked, {len(left_out)} left out with a reason, {len(found)} gaps{beside}")
    for gap in found:
        print(f"  GAP {gap}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
