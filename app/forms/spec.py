"""The vocabulary in which forms are written: ``Field``, ``Section``, ``Form``. Data only; no Qt, no database.

One spec drives everything: the editor on screen, the check of a typed record and of an imported one, what may
leave the centre (``leaves``), and the documents. A record's *values* are a flat dictionary of field name to a
plain JSON value, exactly as it travels in a bundle:

=============  ==============================================================================================
kind           value
=============  ==============================================================================================
TEXT, LONG     str (NFC, no control characters but newline)
CODE           str, a code of ``codes`` (an unknown one is kept verbatim and flagged)
CODES          list[str], in the order of the list
DATE           str: ``2026``, ``2026-03`` or ``2026-03-09`` (what is known, never a made-up day)
BIRTH          like DATE, or ``{"age": 30, "on": "2026-03-09"}`` for an age estimated on a day
TIME           str ``2026-03-09T14:30`` (local time, no zone)
INTEGER        int
DECIMAL        str, canonical: ``36.6`` (no exponent, no trailing zeros after the point)
MONEY          int, minor units (kopecks, cents); its currency stands in the field named by ``currency_field``
YESNO          str: ``yes``, ``no``, ``unknown``, ``declined`` (not asked: the key is absent)
REF            str, the UUID of another record of kind ``ref``
ROWS           list[dict], each by the fields in ``row`` (medicines, name forms)
=============  ==============================================================================================

A key that is absent means "not asked". Empty strings and nulls are never stored.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Values = Mapping[str, Any]


class Kind(StrEnum):
    """The kinds of field; the interface has one editor class for each."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"
    CODES = "codes"
    DATE = "date"
    BIRTH = "birth"
    TIME = "time"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    YESNO = "yesno"
    REF = "ref"
    ROWS = "rows"


class Leaves(StrEnum):
    """May the field leave the centre in a bundle? (design: data model, bundle format section 5)"""

    NEVER = "never"
    IDENTIFIED = "identified"  # only with the person's consent ``coordinator_identifiable``
    ALWAYS = "always"


class Severity(StrEnum):
    """``ERROR`` cannot be saved; ``WARNING`` is saved after "sure?"."""

    ERROR = "error"
    WARNING = "warning"


class Timing(StrEnum):
    """When the thing a date speaks of can be. A breach warns, it does not forbid."""

    FREE = "free"  # any day: an appointment, a plan
    PAST = "past"  # it has happened: neither after today nor before the person's birth
    IN_CASE = "in_case"  # PAST, and not before the case was opened


@dataclass(frozen=True, slots=True)
class Context:
    """What a record alone does not tell, and the validator needs.

    ``imported`` records are never refused: each finding is a warning and the value stays verbatim.
    ``birth`` and ``case_opened`` are the earliest and latest possible day (``partial.bounds``);
    ``consents_missing`` are the purposes, of those which help needs, to which no yes is recorded.
    """

    today: dt.date
    imported: bool = False
    birth: tuple[dt.date, dt.date] | None = None
    case_opened: tuple[dt.date, dt.date] | None = None
    grant_currency: str = ""
    consents_missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding of the validator. ``message`` is marked text with ``values`` for its named places.

    ``field`` is the field's name, or for a cell of ROWS ``name[2].cell``. Values never hold free text.
    """

    field: str
    severity: Severity
    code: str  # stable: required, unknown_code, out_of_range, not_a_date, future, before_birth, ...
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    ``name`` is the permanent key in records. ``label`` and ``hint`` are marked text. ``relevant`` says from
    the values so far whether the question is asked at all; an irrelevant field's value is dropped on save.
    ``low``/``high`` are the plausible range in ``unit``: outside it the form warns, it does not forbid.
    """

    name: str
    kind: Kind
    label: str
    leaves: Leaves
    hint: str = ""
    codes: str = ""  # the name of a code list in app.codelists
    ref: str = ""  # for REF: the kind of record
    unit: str = ""  # marked text
    low: float | None = None
    high: float | None = None
    required: bool = False
    relevant: Callable[[Values], bool] | None = None
    constraint: Callable[[Values], Problem | None] | None = None
    currency_field: str = ""
    row: tuple[Field, ...] = ()
    adds: str = ""  # for ROWS: marked text of the button that adds one
    multiline: int = 3  # visible lines of a LONG field
    special: str = ""  # the name of a hand-made editor; "derived" is computed by the validator, never asked
    timing: Timing = Timing.FREE


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its fields; unfolds only where ``relevant`` says so."""

    title: str
    fields: tuple[Field, ...]
    relevant: Callable[[Values], bool] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its permanent ``name``, title (marked text), and sections in the order they are asked.

    ``rules`` are checks that need more than one field and what the record alone does not tell.
    ``travels_if`` says from the values whether the record may leave at all (an attachment must be ticked).
    ``derive`` gives the values of the ``derived`` fields from the others, at each save.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    rules: tuple[Callable[[Values, Context], Problem | None], ...] = ()
    travels_if: Callable[[Values], bool] | None = None
    derive: Callable[[Values], Values] | None = None
    fields: tuple[Field, ...] = dataclasses.field(init=False, repr=False, compare=False)
    """All fields in order."""

    def __post_init__(self) -> None:
        # Laid out once: the validator asks for them several times for each of many thousands of records.
        object.__setattr__(self, "fields", tuple(item for section in self.sections for item in section.fields))

    def field(self, name: str) -> Field:
        """The field called ``name``; raises KeyError."""
        for item in self.fields:
            if item.name == name:
                return item
        raise KeyError(name)
