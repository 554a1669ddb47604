"""Passing a person on to another centre, at the centre: her consent, the wish, and the file for the next centre.

The wish travels to the coordinator like any record; she alone gives the records their new owner. The file goes to
the next centre itself, sealed for it alone. Neither waits for the other.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import codelists
from app.codelists import ConsentScope, ConsentState
from app.errors import UserError
from app.forms import partial as dates
from app.forms.catalogue import form_for_kind, form_for_record
from app.forms.names import fold
from app.forms.spec import Leaves
from app.forms.validate import Context
from app.i18n import N_
from app.models import Centre, Installation, Record, Trust
from app.store import places
from app.sync import passing_on
from app.sync.bundle import attachment_part, records_part
from app.sync.ledger import SELF_RID, bury, document, put, values_of
from app.sync.manifest import BundleType
from app.usecases.checking import accept
from app.usecases.desk import Desk
from app.usecases.outbox import Dispatched, Letter, Progress, dispatch
from app.usecases.people import documents_of
from app.usecases.transfer_state import Missing, State, centre_name, missing, state, waiting

_LANGUAGES: Final = ("ru", "be", "en")


class ConsentNeeded(UserError):
    """The person has not agreed to be passed on to this centre. ``centre`` is its name, as a release must say it."""

    def __init__(self, centre: str) -> None:
        super().__init__(
            N_(
                "The person has not agreed to be passed on to {centre}. Ask first, and record the release to this "
                "centre."
            ),
            centre=centre,
        )
        self.centre = centre


@dataclass(frozen=True, slots=True)
class NextCentre:
    """A laptop to which a person can be passed on. ``laptop`` tells two of a centre apart."""

    inst: uuid.UUID
    name: str
    laptop: str


@dataclass(frozen=True, slots=True)
class File:
    """A file kept with the person, which may go along. ``size`` in bytes."""

    uid: uuid.UUID
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What a transfer would mean: what goes, what stays, and the consent it stands on (None: there is none)."""

    consent: uuid.UUID | None
    goes: tuple[tuple[str, int], ...]
    """(kind of record, how many), without the files."""
    files: tuple[File, ...]
    stays: tuple[str, ...]
    """Labels (marked text) of what is written here and never leaves."""


class Transfers:
    """The use cases of a centre. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def centres(self) -> list[NextCentre]:
        """To whom a person can be passed on: whoever stands on the coordinator's list, by name."""
        query = (
            select(Installation.uid, Centre.name)
            .join(Centre, Centre.rid == Installation.centre_rid)
            .where(Installation.trust == Trust.VOUCHED)
        )
        with self._desk.store.reading() as session:
            found = [NextCentre(uid, name, str(uid)[-6:]) for uid, name in session.execute(query)]
        return sorted(found, key=lambda one: (fold(one.name), one.laptop))

    def offer(self, person: uuid.UUID, to: uuid.UUID) -> Offer:
        """What passing ``person`` on to ``to`` would mean. Raises UserError where it cannot be."""
        with self._desk.store.reading() as session:
            heir = _heir(session, to)
            records = [(one, values_of(one.data)) for one in passing_on.going(session, person, heir.rid)]
            consent = _consent(session, person, heir, self._desk.clock.today())
        kinds = Counter(one.kind for one, _values in records if one.kind != passing_on.ATTACHMENT)
        return Offer(
            consent,
            tuple(kinds.items()),
            tuple(_file(one.uid, values) for one, values in records if one.kind == passing_on.ATTACHMENT),
            _staying(records),
        )

    def begun(self, wish: uuid.UUID) -> dict[str, Any]:
        """The values of a wish, for its form."""
        with self._desk.store.reading() as session:
            return _wish(session, wish)

    def defaults(self) -> dict[str, Any]:
        """What a new wish starts with."""
        return {"agreed_on": self._desk.clock.today().isoformat()}

    def save(
        self,
        person: uuid.UUID,
        to: uuid.UUID,
        values: Mapping[str, Any],
        files: Collection[uuid.UUID] = (),
        *,
        sure: bool = False,
    ) -> uuid.UUID:
        """Record the wish, or change the one that waits for this centre. Raises ConsentNeeded, NotAccepted …

        ``files``: the attachments that go along; they alone of all files change their owner.
        """
        desk = self._desk
        with desk.store.transaction() as session:
            heir = _heir(session, to)
            consent = _consent(session, person, heir, desk.clock.today())
            if consent is None:
                raise ConsentNeeded(centre_name(session, heir))
            _hold_ours(session, person)
            wish = waiting(session, person, to) or desk.clock.new_id()
            whole = {**values, "person": str(person), "to": str(to), "consent": str(consent)}
            whole["records"] = _named(session, person, heir, files)
            birth = dates.bounds((document(session, person) or {}).get("birth"))
            context = Context(today=desk.clock.today(), birth=birth)
            clean = accept(form_for_kind("transfer"), whole, context, sure=sure)
            put(session, desk.author(), "transfer", wish, clean)
        return wish

    def write(self, wish: uuid.UUID, folder: Path, progress: Progress) -> Dispatched:
        """Write the person's records for the next centre into ``folder``. It can be done again, whatever came since.

        Raises ConsentNeeded (withdrawn since), UserError (the stick, a centre no longer on the list).
        """
        return dispatch(self._desk, partial(self._compose, wish=wish), folder, progress)

    def withdraw(self, wish: uuid.UUID, reason: str) -> None:
        """Take a wish back; a tombstone with the reason (a code) travels to the coordinator."""
        with self._desk.store.transaction() as session:
            bury(session, self._desk.author(), wish, reason)

    def of_person(self, person: uuid.UUID) -> State | None:
        """How the transfer of this person stands; None where nobody thinks of one."""
        with self._desk.store.reading() as session:
            return state(session, person)

    def missing(self) -> list[Missing]:
        """What was given to us and has not come, by the centre that is to be asked for its file."""
        with self._desk.store.reading() as session:
            return missing(session)

    def removable_folders(self) -> list[Path]:
        """Sticks that are mounted now, where the system tells."""
        return places.sticks()

    def _compose(self, session: Session, *, wish: uuid.UUID) -> Letter:
        desk, values = self._desk, _wish(session, wish)
        person = uuid.UUID(values["person"])
        heir = _heir(session, _goes_on(session, person, uuid.UUID(values["to"])))
        if _consent(session, person, heir, desk.clock.today()) is None:
            raise ConsentNeeded(centre_name(session, heir))
        files = {uuid.UUID(one["record"]) for one in values.get("records", [])}
        # What was recorded since the wish was saved goes along: the coordinator must know of it.
        known = [one["record"] for one in _named(session, person, heir, files)]
        before = [one["record"] for one in values.get("records", [])]
        whole = {**values, "records": [{"record": one} for one in dict.fromkeys([*before, *known])]}
        put(session, desk.author(), "transfer", wish, whole)
        found = passing_on.collect(session, person, heir.rid, files)
        parts = [records_part(found.lines)]
        parts += [attachment_part(uid, contents) for uid, contents in found.attachments]
        # Nobody acknowledges it: the number by which it is remembered is the wish's own.
        mark = session.scalars(select(Record.rid).where(Record.uid == wish)).one()
        return Letter(heir, BundleType.RECORDS, parts, mark, rows=len(found.lines), persons=1, anew=True)


def _heir(session: Session, to: uuid.UUID) -> Installation:
    row = session.scalars(select(Installation).where(Installation.uid == to)).one_or_none()
    if row is None or row.trust != Trust.VOUCHED:
        raise UserError(N_("This centre is not on the coordinator's list now. Read her newest files, or ask her."))
    return row


def _goes_on(session: Session, person: uuid.UUID, to: uuid.UUID) -> uuid.UUID:
    """The laptop that goes on: the one that was chosen, or the one that has followed it meanwhile in its centre."""
    owner = session.scalars(
        select(Installation).join(Record, Record.owner_rid == Installation.rid).where(Record.uid == person)
    ).one()
    chosen = session.scalars(select(Installation).where(Installation.uid == to)).one_or_none()
    follows = chosen is not None and owner.trust == Trust.VOUCHED and owner.centre_rid == chosen.centre_rid
    return owner.uid if follows else to


def _wish(session: Session, wish: uuid.UUID) -> dict[str, Any]:
    values = document(session, wish)
    if values is None:
        raise UserError(N_("This record is no longer here."))
    return values


def _hold_ours(session: Session, person: uuid.UUID) -> None:
    owner = session.scalar(select(Record.owner_rid).where(Record.uid == person))
    if owner != SELF_RID:
        raise UserError(
            N_("This person is with another centre. Only the centre that helps now can pass a person on.")
        )


def _consent(session: Session, person: uuid.UUID, heir: Installation, today: dt.date) -> uuid.UUID | None:
    """The given, valid release that names this centre; there is no way around it.

    Only what was recorded here counts: another centre cannot agree for a person of ours.
    """
    name = fold(centre_name(session, heir))
    ours = {one.uid for one in passing_on.going(session, person, heir.rid)}
    for uid, values in documents_of(session, person, "consent"):
        scope = str(values.get("scope", ""))
        if uid not in ours or not scope.startswith("release_") or scope == ConsentScope.RELEASE_SECURITY:
            continue
        ends = dates.bounds(values.get("expires_on"))
        given = values.get("state") == ConsentState.GIVEN and not (ends and ends[1] < today)
        if given and name in _organisation(values):
            return uid
    return None


def _organisation(consent: Mapping[str, Any]) -> set[str]:
    """To whom a release is given, folded: as it was written, or as the list names it in any language."""
    code = str(consent.get("organisation", ""))
    if code == "other":
        return {fold(str(consent.get("organisation_other", "")))}
    listed = codelists.get("agencies")
    return {fold(listed.label(code, language)) for language in _LANGUAGES} if code in listed else set()


def _named(
    session: Session, person: uuid.UUID, heir: Installation, files: Collection[uuid.UUID]
) -> list[dict[str, str]]:
    records = passing_on.going(session, person, heir.rid)
    return [{"record": str(one.uid)} for one in records if one.kind != passing_on.ATTACHMENT or one.uid in files]


def _file(uid: uuid.UUID, values: Mapping[str, Any]) -> File:
    name = str(values.get("description") or values.get("name") or "").split("\n", 1)[0]
    return File(uid, name, int(values.get("size", 0)))


def _staying(records: Iterable[tuple[Record, Mapping[str, Any]]]) -> tuple[str, ...]:
    """What is written of the person and never leaves this centre, whatever she agreed to."""
    labels: dict[str, None] = {}
    for record, values in records:
        for field in form_for_record(record.kind, values).fields:
            cells = [cell for cell in field.row if cell.leaves is Leaves.NEVER]
            rows = values.get(field.name) if cells else None
            if field.leaves is Leaves.NEVER and field.name in values:
                labels[field.label] = None
            for row in rows if isinstance(rows, list) else ():
                labels |= {cell.label: None for cell in cells if cell.name in row}
    return tuple(labels)
