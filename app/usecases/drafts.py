"""Drafts: what was typed and not saved, each kept in the encrypted store within two seconds.

A draft belongs to one form, named by its key, and knows how that form is opened again. Each member of staff has her
own: a colleague at the same laptop neither sees it nor can delete it. It never travels. It goes in
the very transaction that saves its form: a crash between the two must not offer it a second time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.models import Draft as Row
from app.models import Identity, Person, Record
from app.sync.ledger import stamp
from app.usecases.desk import Desk
from app.usecases.kept_values import pack, unpack


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form. ``route`` and ``arguments`` open it, ``focus`` is where the hand was.

    ``about`` names what the form is about as ``list/code`` where the route alone does not say it.
    """

    key: str
    route: str
    arguments: Mapping[str, Any]
    contents: Mapping[str, Any]
    focus: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    subject: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft as Today lists it: ``desk.go(line.route, **line.arguments)`` opens it.

    ``code`` and ``name`` are those of the person it is about, empty where there is none yet.
    """

    key: str
    route: str
    arguments: Mapping[str, Any]
    about: str
    subject: uuid.UUID | None
    code: str
    name: str
    changed_at: str


class Drafts:
    """The drafts of this laptop. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._unwritten: dict[str, Draft] = {}

    def keep(self, draft: Draft) -> None:
        """Keep ``draft`` in place of an earlier one of its form.

        Raises UserError where it cannot be written (the disk is full). It is then held in memory, so that leaving
        the form loses nothing, and is written with the next one that can be.
        """
        self._unwritten[draft.key] = draft
        self.write()

    @property
    def waiting(self) -> bool:
        """Is there a draft that could not be written yet?"""
        return bool(self._unwritten)

    def write(self) -> None:
        """Try once more to write what could not be written. Raises UserError as ``keep`` does."""
        if not self._unwritten:
            return
        at = stamp(self._desk.clock.now())
        with self._desk.store.transaction() as session:
            for seq, waiting in enumerate(self._unwritten.values(), _next_seq(session)):
                session.merge(_row(self._own(waiting.key), waiting, seq, at))
        self._unwritten.clear()

    def load(self, key: str) -> Draft | None:
        """The draft of a form, where there is one."""
        if key in self._unwritten:
            return self._unwritten[key]
        with self._desk.store.reading() as session:
            row = session.get(Row, self._own(key))
            return _draft(row, key) if row is not None else None

    def forget(self, key: str) -> None:
        """Throw the draft of a form away."""
        self._unwritten.pop(key, None)
        with self._desk.store.transaction() as session:
            session.execute(delete(Row).where(Row.key == self._own(key)))

    @contextmanager
    def spent(self, key: str) -> Iterator[None]:
        """What is saved within the block takes the draft ``key`` away in the same transaction."""
        gone = delete(Row).where(Row.key == self._own(key))
        with self._desk.store.alongside(lambda session: session.execute(gone)):
            yield
        self._unwritten.pop(key, None)

    def list(self) -> Sequence[DraftLine]:
        """All drafts of who is at the laptop, the one that was changed last first."""
        waiting = [_line(draft) for draft in reversed(self._unwritten.values())]
        query = (
            select(Row, Person.code, func.max(Identity.display_name))
            .select_from(Row)
            .outerjoin(Record, Record.uid == Row.subject)
            .outerjoin(Person, Person.rid == Record.rid)
            .outerjoin(Identity, Identity.person_rid == Person.rid)
            .where(Row.key.startswith(self._own(""), autoescape=True))
            .group_by(Row.key)
            .order_by(Row.seq.desc())
        )
        start = len(self._own(""))
        with self._desk.store.reading() as session:
            written = [
                _line(_draft(row, row.key[start:]), row.changed_at, code or "", name or "")
                for row, code, name in session.execute(query)
                if row.key[start:] not in self._unwritten
            ]
        return waiting + written

    def _own(self, key: str) -> str:
        """The key of a form as it stands in the store: with who is typing before it."""
        return f"{self._desk.staff.hex}:{key}"


def drop_about(session: Session, person: uuid.UUID) -> None:
    """Throw away what is drafted about a person, in the transaction that deletes her."""
    session.execute(delete(Row).where(Row.subject == person))


def _next_seq(session: Session) -> int:
    return (session.scalar(select(func.max(Row.seq))) or 0) + 1


def _row(key: str, draft: Draft, seq: int, at: str) -> Row:
    return Row(
        key=key,
        seq=seq,
        route=draft.route,
        arguments=pack(draft.arguments),
        contents=pack(draft.contents),
        focus=pack(draft.focus),
        about=draft.about,
        subject=draft.subject,
        changed_at=at,
    )


def _draft(row: Row, key: str) -> Draft:
    return Draft(
        key=key,
        route=row.route,
        arguments=unpack(row.arguments),
        contents=unpack(row.contents),
        focus=unpack(row.focus),
        about=row.about,
        subject=row.subject,
    )


def _line(draft: Draft, changed_at: str = "", code: str = "", name: str = "") -> DraftLine:
    return DraftLine(draft.key, draft.route, draft.arguments, draft.about, draft.subject, code, name, changed_at)
