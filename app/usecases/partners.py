"""The directory of partners and the memoranda: read at every desk, changed by the coordinator alone.

What is changed goes to all centres with the next receipts (``centres_list``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from app import codelists
from app.errors import UserError
from app.forms.agency import AGENCY
from app.forms.memorandum import MEMORANDUM, was_party
from app.forms.spec import Context, Form, Problem, Severity
from app.i18n import LANGUAGES, N_
from app.matching.fold import fold, words
from app.models import ReferenceDocument
from app.sync import partners
from app.sync.ledger import stamp
from app.sync.partners_document import Directory, Entry
from app.sync.verifier import Role
from app.usecases import centres_list
from app.usecases.audit import note
from app.usecases.checking import NeedsConfirmation, accept
from app.usecases.desk import Desk

Values = Mapping[str, Any]
_CHANGED: Final = "changed"
_NOT_YOURS: Final = N_("The coordinator keeps the directory. Ask there for the change.")


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """An organisation of the directory; ``party_in`` are the oblasts of whose memorandum it is a party today ("" is
    that of the whole country), ``invited_in`` those where it is only invited."""

    code: str
    kind: str
    level: str
    oblast: str
    phone: str
    hours: str
    services: tuple[str, ...]
    party_in: tuple[str, ...]
    invited_in: tuple[str, ...]
    retired: str

    @property
    def name(self) -> str:
        """Its name in the language chosen now."""
        return codelists.get(partners.LIST).label(self.code)


@dataclass(frozen=True, slots=True)
class MemorandumRow:
    """A memorandum: of which oblast ("" of the country), and how many parties it has today and waits for."""

    oblast: str
    signed_on: str
    version: str
    parties: int
    invited: int


class Partners:
    """The use cases about partners. Each public method is one transaction, or reads alone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def may_change(self) -> bool:
        """Is this the coordinator's desk?"""
        return self._desk.me.role == Role.COORDINATOR

    def agencies(
        self, query: str = "", *, oblast: str = "", kind: str = "", service: str = "", retired: bool = False
    ) -> tuple[AgencyRow, ...]:
        """Those whose name in any language holds each word of ``query``, in the order of names; where no name does,
        those that sound like it.

        ``oblast``: also those that belong to no oblast, after its own. Retired ones only where they are asked for.
        """
        with self._desk.store.reading() as session:
            directory = partners.held(session)
        today, found = self._desk.clock.today(), []
        for entry in _named(words(query)):
            row = _row(entry, directory.agencies.get(entry.code, {}), directory.memoranda, today)
            fits = kind in ("", row.kind) and (not oblast or row.oblast in ("", oblast))
            if fits and (not service or service in row.services) and (retired or not row.retired):
                found.append(row)
        return tuple(sorted(found, key=lambda row: (bool(oblast) and row.oblast != oblast, _in_order(row.name))))

    def agency(self, code: str) -> AgencyRow:
        """One organisation. Raises UserError for a code that is not in the directory."""
        with self._desk.store.reading() as session:
            directory = partners.held(session)
        entry = _known(code)
        return _row(entry, directory.agencies.get(code, {}), directory.memoranda, self._desk.clock.today())

    def agency_values(self, code: str) -> dict[str, Any]:
        """Its answers in the form ``AGENCY``: as they were last changed, else as they came with the program."""
        with self._desk.store.reading() as session:
            held = partners.held(session).agencies.get(code)
        if held is not None:
            return {name: value for name, value in held.items() if name not in ("code", _CHANGED)}
        entry = _known(code)
        came = {**entry.labels, **{name: entry.extra.get(name, "") for name in ("kind", "level", "oblast")}}
        security = {"security": "yes"} if entry.extra.get("release") else {}
        return {name: value for name, value in (came | security).items() if value}

    def save_agency(self, values: Values, *, code: str = "", sure: bool = False) -> str:
        """Keep a new organisation, or what changed of one; returns its permanent code.

        Raises NotAccepted, NeedsConfirmation, and UserError at a centre.
        """
        self._only_coordinator()
        clean = accept(AGENCY, values, self._context(), sure=sure)
        code = code or self.new_code()
        if not sure:
            _hold_to_one_name(clean, code)
        with self._desk.store.transaction() as session:
            directory = partners.held(session)
            before = directory.agencies.get(code)
            directory.agencies[code] = {**self._anew(AGENCY, before, clean), "code": code}
            self._keep(session, directory)
        self._show()
        return code

    def new_code(self) -> str:
        """A permanent code for an organisation about to be made: saving the same form twice is then one."""
        return f"a{self._desk.clock.random_bytes(6).hex()}"

    def parties_of(self, code: str) -> tuple[tuple[str, Values], ...]:
        """The memoranda that name the organisation: oblast, and its row among the parties."""
        with self._desk.store.reading() as session:
            memoranda = partners.held(session).memoranda
        return tuple(
            (oblast, row)
            for oblast, one in sorted(memoranda.items())
            for row in one.get("parties", ())
            if row.get("agency") == code
        )

    def memoranda(self) -> tuple[MemorandumRow, ...]:
        """All memoranda, that of the country first."""
        today = self._desk.clock.today()
        with self._desk.store.reading() as session:
            found = partners.held(session).memoranda
        return tuple(
            MemorandumRow(
                oblast=oblast,
                signed_on=str(one.get("signed_on", "")),
                version=str(one.get("version", "")),
                parties=sum(was_party(row, today) for row in one.get("parties", ())),
                invited=sum(row.get("status") == "invited" for row in one.get("parties", ())),
            )
            for oblast, one in sorted(found.items())
        )

    def memorandum(self, oblast: str) -> dict[str, Any]:
        """The answers of a memorandum in the form ``MEMORANDUM``; empty where there is none."""
        with self._desk.store.reading() as session:
            found = partners.held(session).memoranda.get(oblast, {})
        return {name: value for name, value in found.items() if name != _CHANGED}

    def save_memorandum(self, values: Values, *, new: bool, sure: bool = False) -> str:
        """Keep a memorandum; returns its oblast. Raises NotAccepted, NeedsConfirmation, and UserError at a centre or
        where a ``new`` one is there already."""
        self._only_coordinator()
        clean = accept(MEMORANDUM, values, self._context(), sure=sure)
        oblast = str(clean.get("oblast", ""))
        with self._desk.store.transaction() as session:
            directory = partners.held(session)
            before = directory.memoranda.get(oblast)
            if new and before is not None:
                raise UserError(N_("There is a memorandum of this oblast already. Open it and change it there."))
            directory.memoranda[oblast] = self._anew(MEMORANDUM, before, clean)
            self._keep(session, directory)
        self._show()
        return oblast

    def to_be_told(self) -> int:
        """How many centres have not been sent the directory as it stands now (nor the list of centres)."""
        with self._desk.store.reading() as session:
            return len(centres_list.due(session))

    def can_be_told(self) -> bool:
        """Was anything ever changed? What came with the program every centre has."""
        with self._desk.store.reading() as session:
            return session.get(ReferenceDocument, partners.NAME) is not None

    def tell_again(self) -> None:
        """Send the lists to every centre once more, with the next receipts. Raises UserError at a centre."""
        self._only_coordinator()
        with self._desk.store.transaction() as session:
            partners.tell_again(session)

    def _only_coordinator(self) -> None:
        if not self.may_change:
            raise UserError(_NOT_YOURS)

    def _context(self) -> Context:
        return Context(today=self._desk.clock.today())

    def _anew(self, form: Form, before: Entry | None, clean: Values) -> Entry:
        """The entry with the moment of its change, later than the last one whatever the clock says; what a newer
        program keeps with it stays. The same content again is no change."""
        asked = {one.name for one in form.fields}
        known = before or {}
        others = {name: value for name, value in known.items() if name not in asked}
        anew = {**others, **clean}
        if before is not None and anew == before:
            return before
        now = stamp(self._desk.clock.now())
        return {**anew, _CHANGED: max(now, _a_second_later(str(known[_CHANGED]))) if known else now}

    def _keep(self, session: Session, directory: Directory) -> None:
        if not directory.fits():
            raise UserError(N_("The directory is full. Retired organisations cannot make room."))
        if partners.keep(session, directory):
            note(session, self._desk.author(), "directory_changed")

    def _show(self) -> None:
        with self._desk.store.reading() as session:
            partners.show(session)


def _in_order(name: str) -> str:
    """A name as it is sorted: quotation marks do not put it first."""
    return " ".join(words(name)).casefold()


def _a_second_later(moment: str) -> str:
    return stamp(dt.datetime.fromisoformat(moment) + dt.timedelta(seconds=1))


def _known(code: str) -> codelists.Entry:
    listed = codelists.get(partners.LIST)
    if code not in listed:
        raise UserError(N_("This organisation is not in the directory yet. It comes with the next receipts."))
    return listed[code]


def _named(asked: list[str]) -> list[codelists.Entry]:
    """The organisations whose names hold each of the words as they stand, else as they sound."""
    listed = [entry for entry in codelists.get(partners.LIST) if entry.code != partners.OTHER]
    plain = [word.casefold() for word in asked]
    found = [one for one in listed if all(word in " ".join(one.labels.values()).casefold() for word in plain)]
    sounds = [fold(word) for word in asked]
    return found or [one for one in listed if all(sound and sound in _sound(one) for sound in sounds)]


def _sound(entry: codelists.Entry) -> str:
    return " ".join(fold(word) for label in entry.labels.values() for word in words(label))


def _row(entry: codelists.Entry, held: Values, memoranda: Mapping[str, Entry], today: dt.date) -> AgencyRow:
    rows = [
        (oblast, row)
        for oblast, one in sorted(memoranda.items())
        for row in one.get("parties", ())
        if row.get("agency") == entry.code
    ]
    return AgencyRow(
        code=entry.code,
        kind=entry.extra.get("kind", ""),
        level=entry.extra.get("level", ""),
        oblast=entry.extra.get("oblast", ""),
        phone=next((str(one["number"]) for one in held.get("phones", ()) if one.get("number")), ""),
        hours=str(held.get("hours", "")),
        services=tuple(held.get("services", ())),
        party_in=tuple(oblast for oblast, row in rows if was_party(row, today)),
        invited_in=tuple(oblast for oblast, row in rows if row.get("status") == "invited"),
        retired=entry.extra.get("retired", ""),
    )


def _hold_to_one_name(clean: Values, code: str) -> None:
    """Two organisations of one name cannot be told apart on any list: asked once."""
    for entry in codelists.get(partners.LIST):
        if entry.code != code and entry.labels[LANGUAGES[0]].casefold() == str(clean["ru"]).casefold():
            message = N_("An organisation of this name is in the directory already. Is this another one?")
            raise NeedsConfirmation((Problem("ru", Severity.WARNING, "name_taken", message),))
