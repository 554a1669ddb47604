"""People: registering them, finding them, their names, their consents."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope
from app.errors import UserError
from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.forms.code import new_code
from app.forms.validate import Context
from app.i18n import N_
from app.models import Centre, Identity, Installation, OfPerson, Person, Record, Service
from app.sync.ledger import SELF_RID, bury, document, put, touch, values_of
from app.sync.projection import NOUNS
from app.usecases.checking import accept, accept_all
from app.usecases.desk import Desk
from app.usecases.drafts import drop_about
from app.usecases.finding import find_persons, other_names

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    rid: int
    uid: uuid.UUID
    code: str
    name: str
    sex: str
    birth_year: int | None
    oblast: str
    services: int
    last_service: str
    mine: bool
    centre: str
    """Of the laptop that keeps the entry."""


class People:
    """The use cases about people. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(
        self, person: Values, identity: Values, consents: Sequence[Values] = (), *, sure: bool = False
    ) -> uuid.UUID:
        """Add a person with a new case code, her names where any are known, and the answers she gave already.

        All in one transaction: a person never stands there without the answers that were given with her. (Nothing
        of her has left yet, so no answer makes her records travel anew, as a later one may.)
        """
        person_uid = self._desk.clock.new_id()
        parts: list[tuple[str, Values]] = [("person", person)]
        parts += [("identity", {**identity, "person": str(person_uid)})] if identity else []
        parts += [("consent", {**answer, "person": str(person_uid)}) for answer in consents]
        context = Context(today=self._desk.clock.today(), birth=partial.bounds(person.get("birth")))
        clean = accept_all([(form_for_kind(kind), values, context) for kind, values in parts], sure=sure)
        with self._desk.store.transaction() as session:
            clean[0]["code"] = self._fresh_code(session)
            for (kind, _values), values in zip(parts, clean, strict=True):
                uid = person_uid if kind == "person" else self._desk.clock.new_id()
                put(session, self._desk.author(), kind, uid, values)
        return person_uid

    def change_person(self, person_uid: uuid.UUID, values: Values, *, sure: bool = False) -> None:
        """Correct what is known of a person. The case code stays."""
        with self._desk.store.transaction() as session:
            code = _document(session, person_uid)["code"]
            self._put_person(session, person_uid, code, values, sure=sure)

    def change_identity(self, person_uid: uuid.UUID, values: Values, *, sure: bool = False) -> None:
        """Correct names, documents and safe contact."""
        with self._desk.store.transaction() as session:
            uid = _identity_uid(session, person_uid) or self._desk.clock.new_id()
            self._put_identity(session, person_uid, uid, values, sure=sure)

    def person(self, person_uid: uuid.UUID) -> dict[str, Any]:
        """The person's own values, with the code."""
        with self._desk.store.reading() as session:
            return _document(session, person_uid)

    def identity(self, person_uid: uuid.UUID) -> dict[str, Any]:
        """Names, documents and safe contact; empty where none are known here."""
        with self._desk.store.reading() as session:
            uid = _identity_uid(session, person_uid)
            return (document(session, uid) or {}) if uid else {}

    def identity_record(self, person_uid: uuid.UUID) -> uuid.UUID | None:
        """The record that holds her names; None where none are known here."""
        with self._desk.store.reading() as session:
            return _identity_uid(session, person_uid)

    def set_consent(self, person_uid: uuid.UUID, values: Values, *, sure: bool = False) -> uuid.UUID:
        """Record an answer about one purpose (and one organisation). A later answer replaces an earlier one.

        Where the answer changes what may leave this centre, every record of the person travels anew.
        """
        desk = self._desk
        with desk.store.transaction() as session:
            whole = {**values, "person": str(person_uid)}
            birth = partial.bounds(_document(session, person_uid).get("birth"))
            context = Context(today=desk.clock.today(), birth=birth)
            clean = accept(form_for_kind("consent"), whole, context, sure=sure)
            uid = self._consent_uid(session, person_uid, clean) or desk.clock.new_id()
            before = document(session, uid)
            put(session, desk.author(), "consent", uid, clean)
            gate = clean["scope"] == ConsentScope.COORDINATOR_IDENTIFIABLE
            if gate and (before or {}).get("state") != clean["state"]:
                touch(session, desk.author(), records_of(session, person_uid, but=uid))
            return uid

    def consents(self, person_uid: uuid.UUID) -> list[tuple[uuid.UUID, dict[str, Any]]]:
        """All recorded answers, in the order of the list of purposes."""
        return self._of_person(person_uid, "consent")

    def delete(self, person_uid: uuid.UUID, reason: str) -> None:
        """Delete a person with everything recorded for her. Tombstones with the reason remain and travel."""
        author = self._desk.author()
        with self._desk.store.transaction() as session:
            for uid in records_of(session, person_uid, but=person_uid):
                bury(session, author, uid, reason)
            bury(session, author, person_uid, reason)
            drop_about(session, person_uid)

    def find(self, text: str = "", *, order: str = "recent", descending: bool = False) -> list[int]:
        """Keys of the people whom ``text`` finds: any parts of any of their names in any spelling, or the code.

        ``order``: ``recent`` (last changed first; those spelt as typed before others), ``name``, ``code``,
        ``born``, ``services`` (how many) or ``last`` (help).
        """
        with self._desk.store.reading() as session:
            return find_persons(session, text, order, descending=descending)

    def found_by(self, text: str, rids: Sequence[int]) -> dict[int, str]:
        """Which of these people ``text`` finds by a name other than the one shown, and that name."""
        with self._desk.store.reading() as session:
            return other_names(session, text, rids)

    def rows(self, rids: Sequence[int]) -> list[PersonRow]:
        """The lines for these keys, in the order given."""
        counted = (
            select(Service.person_rid, func.count().label("n"), func.max(Service.on_date).label("last"))
            .where(Service.person_rid.in_(rids))
            .group_by(Service.person_rid)
            .subquery()
        )
        query = (
            select(
                Person,
                Record.uid,
                Record.owner_rid,
                func.max(Identity.display_name),
                func.coalesce(counted.c.n, 0),
                counted.c.last,
                Centre.name,
            )
            .join(Record, Record.rid == Person.rid)
            .join(Installation, Installation.rid == Record.owner_rid)
            .join(Centre, Centre.rid == Installation.centre_rid)
            .outerjoin(Identity, Identity.person_rid == Person.rid)
            .outerjoin(counted, counted.c.person_rid == Person.rid)
            .where(Person.rid.in_(rids))
            .group_by(Person.rid)
        )
        with self._desk.store.reading() as session:
            found = {
                person.rid: PersonRow(
                    rid=person.rid,
                    uid=uid,
                    code=person.code,
                    name=name or "",
                    sex=person.sex or "",
                    birth_year=person.birth_year,
                    oblast=person.oblast or "",
                    services=count,
                    last_service=last or "",
                    mine=owner == SELF_RID,
                    centre=centre,
                )
                for person, uid, owner, name, count, last, centre in session.execute(query)
            }
        return [found[rid] for rid in rids if rid in found]

    def _of_person(self, person_uid: uuid.UUID, kind: str) -> list[tuple[uuid.UUID, dict[str, Any]]]:
        with self._desk.store.reading() as session:
            return documents_of(session, person_uid, kind)

    def _context(self) -> Context:
        return Context(today=self._desk.clock.today())

    def _put_person(self, session: Session, uid: uuid.UUID, code: str, values: Values, *, sure: bool) -> None:
        clean = accept(form_for_kind("person"), values, self._context(), sure=sure)
        clean["code"] = code
        put(session, self._desk.author(), "person", uid, clean)

    def _put_identity(
        self, session: Session, person_uid: uuid.UUID, uid: uuid.UUID, values: Values, *, sure: bool
    ) -> None:
        whole = {**values, "person": str(person_uid)}
        clean = accept(form_for_kind("identity"), whole, self._context(), sure=sure)
        put(session, self._desk.author(), "identity", uid, clean)

    def _fresh_code(self, session: Session) -> str:
        while True:
            code = new_code(self._desk.clock.random_bytes)
            if session.scalar(select(Person.rid).where(Person.code == code)) is None:
                return code

    def _consent_uid(self, session: Session, person_uid: uuid.UUID, clean: Values) -> uuid.UUID | None:
        for uid, known in documents_of(session, person_uid, "consent"):
            if all(known.get(key) == clean.get(key) for key in ("scope", "organisation", "organisation_other")):
                return uid
        return None


def rid_of(session: Session, uid: uuid.UUID) -> int | None:
    """The key of a record inside this store."""
    return session.scalar(select(Record.rid).where(Record.uid == uid))


def documents_of(session: Session, person_uid: uuid.UUID, kind: str) -> list[tuple[uuid.UUID, dict[str, Any]]]:
    """All live records of one kind that name this person, in the order in which they were made."""
    model = NOUNS[kind]
    assert issubclass(model, OfPerson)
    rid = select(Record.rid).where(Record.uid == person_uid).scalar_subquery()
    query = (
        select(Record.uid, Record.data)
        .join(model, model.rid == Record.rid)
        .where(model.person_rid == rid)
        .order_by(Record.uid)
    )
    return [(uid, values_of(data)) for uid, data in session.execute(query)]


def _document(session: Session, uid: uuid.UUID) -> dict[str, Any]:
    values = document(session, uid)
    if values is None:
        raise UserError(N_("This person is no longer here."))
    return values


def _identity_uid(session: Session, person_uid: uuid.UUID) -> uuid.UUID | None:
    known = documents_of(session, person_uid, "identity")
    return known[0][0] if known else None


def records_of(session: Session, person_uid: uuid.UUID, *, but: uuid.UUID) -> list[uuid.UUID]:
    """The ids of the person's live records, her own first, without ``but``."""
    found = [person_uid]
    for kind, model in NOUNS.items():
        if issubclass(model, OfPerson):
            found += [uid for uid, _ in documents_of(session, person_uid, kind)]
    return [uid for uid in found if uid != but]
