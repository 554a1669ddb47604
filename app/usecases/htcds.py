"""The spreadsheet of HTCDS 2.0, out and in.

Out go data of single people: to ourselves, or to one named party of the memorandum, never to the public. Only who
agreed to be counted is in it, and by name only who released that to this very organisation. In goes a filled
workbook by the same way as any register: looked at first, all or nothing, and twice is once.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import codelists
from app.codelists import ConsentScope, ConsentState, RecordState
from app.errors import UserError
from app.forms.memorandum import party_of
from app.i18n import N_
from app.models import OfPerson, Person, Record, SamePerson
from app.reports.writers import htcds as writer
from app.reports.writers.htcds_row import Detail, Someone, fields_of, given_scopes, stands
from app.sheets.htcds import CROSSED, codes_in, read_rows
from app.sheets.htcds_columns import Found, find
from app.sheets.mapping import Columns
from app.sheets.opening import open_sheets
from app.sheets.rows import SheetRow, Skipped
from app.sheets.table import Sheet, Words
from app.sheets.xlsx_file import HIDDEN_ROWS
from app.sync import partners
from app.sync.ledger import values_of
from app.sync.projection import NOUNS
from app.usecases.audit import note_each
from app.usecases.desk import Desk
from app.usecases.taking_in import Choices, Done, Plan, TakingIn

OURSELVES: Final = ""
"""The receiver of a file for our own use."""
WARNING: Final = N_(
    "These are data of single people, not figures. Whoever holds the file may recognise somebody even without names. "
    "It is for one receiver alone, on paths that you trust, and is deleted when it is no longer needed."
)
_COORDINATOR: Final = "coordinator"
_NO: Final = frozenset({ConsentState.REFUSED.value, ConsentState.WITHDRAWN.value})
_CHUNK: Final = 400

Progress = Callable[[int, int], object]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a file would hold: people and rows, how many of the people by name, how many are left out."""

    persons: int
    rows: int
    named: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A filled workbook, and where its columns stand."""

    sheet: Sheet
    found: Found


@dataclass(frozen=True, slots=True)
class _Row:
    """One row to be: its person, the group of entries that are one person, and what it is made of."""

    person: uuid.UUID
    group: uuid.UUID
    someone: Someone


class Htcds:
    """The use cases about HTCDS. Each public method is one transaction, or reads alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_export(self) -> bool:
        """Is this the coordinator's desk? A centre sends bundles to the coordinator, nothing to others."""
        return self._desk.me.role == _COORDINATOR

    def receivers(self) -> tuple[tuple[str, str], ...]:
        """The parties of any memorandum today: code and name, in the order of their names."""
        with self._desk.store.reading() as session:
            codes = self._parties(session)
        listed = codelists.get(partners.LIST)
        return tuple(sorted(((code, listed.label(code)) for code in codes), key=lambda one: one[1].casefold()))

    def look(self, receiver: str) -> Outlook:
        """What a file for ``receiver`` would hold. Raises UserError as ``export`` does."""
        with self._desk.store.reading() as session:
            rows, left_out = self._rows(session, receiver)
        return _outlook(rows, left_out)

    def export(self, receiver: str, language: str) -> tuple[bytes, Outlook]:
        """The workbook. Who left in it stands in the audit log before any file is written.

        Raises UserError at a centre, for who is no party of a memorandum, and where nobody may leave.
        """
        with self._desk.store.transaction() as session:
            rows, left_out = self._rows(session, receiver)
            if not rows:
                raise UserError(N_("Nobody has agreed to this. There is nothing to write."))
            who = list(dict.fromkeys(row.person for row in rows))
            note_each(session, self._desk.author(), f"htcds_exported {receiver or 'own_use'}", who)
        head = writer.Head(
            receiver=codelists.get(partners.LIST).label(receiver, language) if receiver else "",
            left_out=left_out,
            made_on=self._desk.clock.today(),
            practice=self._desk.me.practice,
        )
        return writer.write(list(_numbered(rows)), head, language), _outlook(rows, left_out)

    def open(self, path: Path) -> Opened:
        """A filled workbook. The file is only read. Raises UserError where it is none."""
        for sheet in open_sheets(path):
            if (found := find(sheet)) is not None:
                # The workbook hides its row of names; that row is no person who is taken in.
                notes = tuple(one for one in sheet.notes if one != Words(HIDDEN_ROWS, {"count": 1}))
                crossed = (Words(CROSSED),) if found.crossed else ()
                return Opened(dataclasses.replace(sheet, notes=(*notes, *crossed)), found)
        raise UserError(
            N_("This is no sheet of HTCDS 2.0: its columns are not there. Take it in as another register.")
        )

    def plan(self, opened: Opened, register: str, choices: Choices, progress: Progress) -> Plan:
        """What taking it in would do, row by row. Writes nothing. ``register`` names the source for good."""
        columns = Columns(register, opened.found.head, {}, {}, month_first=False, ages_on=self._desk.clock.today())
        return self._taking(opened).plan(opened.sheet, columns, choices, progress)

    def take_in(self, opened: Opened, plan: Plan, progress: Progress) -> Done:
        """Take in what was looked at: all of it or nothing."""
        return self._taking(opened).carry_out(plan, progress)

    def _taking(self, opened: Opened) -> TakingIn:
        written = codes_in(opened.sheet, opened.found)
        with self._desk.store.reading() as session:
            here = _codes_here(session, sorted(written))

        def read(sheet: Sheet, _columns: Columns, today: dt.date) -> tuple[list[SheetRow], Skipped]:
            return read_rows(sheet, opened.found, today, here)

        return TakingIn(self._desk, read)

    def _parties(self, session: Session) -> list[str]:
        today, memoranda = self._desk.clock.today(), partners.held(session).memoranda
        return [
            code
            for code in codelists.get(partners.LIST).codes
            if any(party_of(one.get("parties", ()), code, today) for one in memoranda.values())
        ]

    def _rows(self, session: Session, receiver: str) -> tuple[list[_Row], int]:
        """All rows that may leave to ``receiver``, and how many people may not."""
        if not self.may_export:
            raise UserError(N_("Only the coordinator writes this file."))
        if receiver != OURSELVES and receiver not in self._parties(session):
            raise UserError(
                N_("This organisation is no party of a memorandum today. Data of single people stay here.")
            )
        register = _Register(session)
        today = self._desk.clock.today()
        rows: list[_Row] = []
        left: set[uuid.UUID] = set()
        out: set[uuid.UUID] = set()
        for person in register.persons:
            group = register.group(person)
            if register.may_leave(person, today):
                out.add(group)
                rows += register.rows(person, receiver, today)
            else:
                left.add(group)
        return sorted(rows, key=lambda row: (row.group.bytes, row.person.bytes)), len(left - out)


class _Register:
    """All living people with what the rows are made of, read once."""

    def __init__(self, session: Session) -> None:
        query = select(Record.uid, Record.data).where(Record.kind == "person", Record.state == RecordState.LIVE)
        self.persons: dict[uuid.UUID, Values] = {uid: values_of(data) for uid, data in session.execute(query)}
        self._identities = _by_person(session, "identity")
        self._consents = _by_person(session, "consent")
        self._cases = _by_person(session, "case")
        self._groups = dict(session.execute(select(SamePerson.person_uid, SamePerson.group_uid)).all())
        self._no = {
            self.group(person)
            for person, consents in self._consents.items()
            if any(one.get("scope") == ConsentScope.REPORTING and one.get("state") in _NO for one in consents)
        }

    def group(self, person: uuid.UUID) -> uuid.UUID:
        """Of entries that are one person, one id."""
        return self._groups.get(person, person)

    def may_leave(self, person: uuid.UUID, today: dt.date) -> bool:
        """Did she agree to be counted, here and in no other entry of hers said no?"""
        given = given_scopes(self._consents.get(person, ()), today)
        return ConsentScope.REPORTING in given and self.group(person) not in self._no

    def rows(self, person: uuid.UUID, receiver: str, today: dt.date) -> Iterator[_Row]:
        """A row for each case of the person, or one where there is none."""
        consents = self._consents.get(person, [])
        detail = Detail.OWN if receiver == OURSELVES else Detail.BARE
        if receiver != OURSELVES and any(_releases(one, receiver) and stands(one, today) for one in consents):
            detail = Detail.NAMED
        values = self.persons[person]
        identity = next(iter(self._identities.get(person, ())), {})
        given = given_scopes(consents, today)
        for case in self._cases.get(person) or [{}]:
            someone = Someone(str(values.get("code", "")), values, identity, case, detail, given)
            yield _Row(person, self.group(person), someone)


def _releases(consent: Values, receiver: str) -> bool:
    """Does this answer speak of telling this very organisation?"""
    return str(consent.get("scope", "")).startswith("release_") and consent.get("organisation") == receiver


def _by_person(session: Session, kind: str) -> dict[uuid.UUID, list[Values]]:
    model = NOUNS[kind]
    assert issubclass(model, OfPerson)
    query = (
        select(model.person_uid, Record.data)
        .join(Record, Record.rid == model.rid)
        .order_by(model.person_uid, Record.uid)
    )
    found: dict[uuid.UUID, list[Values]] = defaultdict(list)
    for person, data in session.execute(query):
        if person is not None:
            found[person].append(values_of(data))
    return found


def _codes_here(session: Session, codes: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for at in range(0, len(codes), _CHUNK):
        found.update(session.scalars(select(Person.code).where(Person.code.in_(codes[at : at + _CHUNK]))))
    return found


def _numbered(rows: Sequence[_Row]) -> Iterator[tuple[str, writer.Fields]]:
    """For ourselves the case code stands before a row; for others a number, one for each person."""
    numbers: dict[uuid.UUID, int] = {}
    for row in rows:
        number = numbers.setdefault(row.group, len(numbers) + 1)
        own = row.someone.detail is Detail.OWN
        yield (row.someone.code if own else str(number)), fields_of(row.someone)


def _outlook(rows: Sequence[_Row], left_out: int) -> Outlook:
    persons = {row.group for row in rows}
    named = {row.group for row in rows if row.someone.detail is Detail.NAMED}
    return Outlook(len(persons), len(rows), len(named), left_out)
