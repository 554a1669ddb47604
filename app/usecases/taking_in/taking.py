"""The use case: open a file, understand its columns, look at the plan, carry it out in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.codelists import ConsentScope
from app.errors import UserError
from app.forms.code import new_code
from app.i18n import N_
from app.models import Person, TakenIn
from app.sheets import mapping
from app.sheets.mapping import Columns
from app.sheets.opening import open_sheets
from app.sheets.rows import Reader, read_rows
from app.sheets.table import Sheet
from app.sync.ledger import Author, document, put, touch
from app.usecases.audit import note
from app.usecases.desk import Desk
from app.usecases.people import records_of
from app.usecases.taking_in import remembering
from app.usecases.taking_in.comparing import held, living_persons
from app.usecases.taking_in.plan import Choices, Done, Plan, State, Write
from app.usecases.taking_in.planning import Planner

Progress = Callable[[int, int], object]
_CHANGED_MEANWHILE: Final = N_("Something was changed here meanwhile. Nothing was taken in; look at it again.")
_TOLD_EVERY: Final = 50


class TakingIn:
    """``open``, then ``guess`` or ``remembered``, then ``plan`` as often as one likes, then ``carry_out`` once."""

    def __init__(self, desk: Desk, read: Reader = read_rows) -> None:
        """``read`` makes rows of a sheet; a sheet of a fixed form (HTCDS) has a reader of its own."""
        self._desk = desk
        self._read = read

    def open(self, path: Path) -> list[Sheet]:
        """The sheets of a file. Raises UserError with what is wrong with it. The file is only read."""
        return open_sheets(path)

    def guess(self, sheet: Sheet, head: int | None = None) -> Columns:
        """What the headings of a sheet say by themselves; ``head`` is their row where somebody said so."""
        return mapping.guess(sheet, self._desk.clock.today(), head=head)

    def remembered(self, sheet: Sheet) -> Columns | None:
        """How a sheet with these headings was understood when it was last taken in."""
        with self._desk.store.reading() as session:
            return remembering.remembered(session, sheet, lambda: self.guess(sheet))

    def registers(self) -> list[str]:
        """The names of the registers taken in until now."""
        with self._desk.store.reading() as session:
            return remembering.registers(session)

    def plan(self, sheet: Sheet, columns: Columns, choices: Choices, progress: Progress) -> Plan:
        """What taking the sheet in would do, with everything that is odd. Writes no record."""
        return Planner(self._desk, sheet, columns, choices, progress, self._read).plan()

    def carry_out(self, plan: Plan, progress: Progress) -> Done:
        """Take in what was looked at: all of it or nothing."""
        if not plan.ready:
            raise UserError(N_("There are rows with errors. Mend them, or choose to leave them out."))
        author = self._desk.author()
        with self._desk.store.transaction() as session:
            _must_stand(session, plan)
            writes = [one for one in plan.writes if one.state in (State.NEW, State.CHANGED)]
            fresh = {one.uid for one in writes if one.kind == "person" and one.state is State.NEW}
            for number, write in enumerate(writes, 1):
                self._write(session, author, write)
                self._open_gate(session, author, write, fresh)
                if number % _TOLD_EVERY == 0:
                    progress(number, len(writes))
            _remember_what_was_said(session, plan, writes)
            if plan.columns.taken:
                remembering.remember(session, plan.columns, plan.head, plan.names, author.stamp)
            note(session, author, "register_taken_in")
        return Done(
            persons=plan.count("person", State.NEW),
            services=plan.count("service", State.NEW),
            changed=sum(one.state is State.CHANGED for one in writes),
        )

    def _write(self, session: Session, author: Author, write: Write) -> None:
        before = document(session, write.uid) if write.state is State.CHANGED else None
        values: dict[str, Any] = dict(write.values)
        if write.over and before is not None:
            values = {**before, **values}
        if write.kind == "person":
            values["code"] = before["code"] if before else self._fresh_code(session)
        put(session, author, write.kind, write.uid, values)

    def _open_gate(self, session: Session, author: Author, write: Write, fresh: Collection[uuid.UUID]) -> None:
        """Where it changes what of a person may leave, all that is hers travels anew (bundle format, section 5)."""
        if write.kind == "consent" and write.values.get("scope") == ConsentScope.COORDINATOR_IDENTIFIABLE:
            person = uuid.UUID(str(write.values["person"]))
            if person not in fresh:
                touch(session, author, records_of(session, person, but=write.uid))

    def _fresh_code(self, session: Session) -> str:
        while True:
            code = new_code(self._desk.clock.random_bytes)
            if session.scalar(select(Person.rid).where(Person.code == code)) is None:
                return code


def _remember_what_was_said(session: Session, plan: Plan, writes: Sequence[Write]) -> None:
    """What the sheet said of each record, and who is whom: so that the next time is told from this one."""
    told = [{"uid": one.uid, "digest": one.digest, "same_uid": None} for one in writes]
    told += [{"uid": uid, "digest": b"", "same_uid": same} for uid, same in plan.known.items()]
    if told:
        session.execute(insert(TakenIn).prefix_with("OR REPLACE"), told)


def _must_stand(session: Session, plan: Plan) -> None:
    """Everything is as it was looked at, or nothing is done."""
    now = held(session, [one.uid for one in plan.writes])
    for write in plan.writes:
        stands = now.get(write.uid)
        if write.state in (State.NEW, State.CHANGED) and (stands.seen if stands else b"") != write.seen:
            raise UserError(_CHANGED_MEANWHILE)
    if set(plan.known.values()) - living_persons(session, list(plan.known.values())):
        raise UserError(_CHANGED_MEANWHILE)
