"""Making the plan: rows to people, people to records, and each of them beside what stands here. Writes nothing."""

from __future__ import annotations

import dataclasses
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from app.codelists import ConsentScope
from app.forms.names import display_name, full_name
from app.i18n import N_
from app.matching.names import features
from app.sheets import mapping
from app.sheets.mapping import Columns
from app.sheets.people import key_of, names_agree, numbers
from app.sheets.records import Entry, Made, Uids, entries_of
from app.sheets.rows import Reader, Remark, SheetRow, Skipped, Weight, read_rows
from app.sheets.table import Sheet, Words
from app.sheets.targets import NUMBER
from app.usecases.desk import Desk
from app.usecases.likely import LikelyMatch
from app.usecases.people import documents_of
from app.usecases.taking_in.alike import Progress, alike_in_sheet, known_here
from app.usecases.taking_in.comparing import Held, held, known_before, living_persons, write_of
from app.usecases.taking_in.plan import Choices, Plan, PlanRow, State, Write
from app.usecases.taking_in.remembering import secret_of, uids_of

_NO_CONSENT: Final = N_(
    "No column says that the name may go to the coordinator. These people come with that consent not asked: "
    "their names stay on this laptop until they agree."
)
_GRANTS: Final = N_("For payments of grants a grant is recorded, of the sum that is paid in the sheet.")
_TOTALS: Final = N_("Rows with totals: {count}. They are passed over.")
_HEADINGS: Final = N_("Headings that are repeated below: {count}. They are passed over.")
_ALIKE: Final = N_("Rows {rows} look like the same person. They are taken in as two people.")
_OTHER_PERSON: Final = N_(
    "Under this number of this register another person was taken in before. Give this register another name, or "
    "mend the number."
)
_GONE: Final = N_("Deleted here since, or handed over to another centre. It is not brought back.")
_CLASH: Final = N_("Changed here by hand and in the sheet too. What stands here is kept.")
_ANSWERED: Final = N_("The person has answered about this consent here. That answer is kept.")
_FOLLOWED: Final = N_("Changed here by hand and in the sheet too. The sheet is followed.")
_ORDER: Final = (State.KEPT, State.CHANGED, State.NEW, State.KNOWN, State.UNCHANGED)
_KINDS: Final = ("person", "identity", "consent", "case", "grant", "service")


class Planner:
    """Makes one plan."""

    def __init__(
        self,
        desk: Desk,
        sheet: Sheet,
        columns: Columns,
        choices: Choices,
        progress: Progress,
        read: Reader = read_rows,
    ) -> None:
        self._desk = desk
        self._sheet = sheet
        self._columns = columns
        self._choices = choices
        self._progress = progress
        self._uids: Uids = uids_of(secret_of(desk), columns.register)
        self._rows, self._skipped = read(sheet, columns, desk.clock.today())
        self._by_number = {row.number: row for row in self._rows}
        self._before: Mapping[str, uuid.UUID] = {}
        """By key: who a person of the sheet was said to be the last time."""
        self._gone: set[str] = set()
        """Keys of people who were said to be others, and those are no longer here."""

    def plan(self) -> Plan:
        """All that would be done."""
        entries, stand, known = self._entries()
        writes = {entry.key: list(self._writes(entry, stand, known)) for entry in entries}
        fresh = [one for one in entries if one.person.uid not in stand and one.key not in {*known, *self._gone}]
        # Who was said to be somebody stays with the choice that can be taken back.
        asked = [*fresh, *(one for one in entries if one.key in known and one.key in self._choices.same)]
        self._warn_of_alike(fresh)
        likely = known_here(self._desk, asked, self._progress)
        counts = Counter((one.kind, one.state) for of_one in writes.values() for one in of_one)
        counts.update(("person", State.KNOWN) for _key in known)
        return Plan(
            rows=tuple(self._shown(entries, writes, likely, known)),
            notes=(*self._sheet.notes, *self._notes(self._skipped, counts)),
            counts=counts,
            writes=tuple(sorted(_flat(writes), key=lambda one: _KINDS.index(one.kind))),
            known={self._uids(key): uid for key, uid in known.items() if self._before.get(key) != uid},
            columns=self._columns,
            head=mapping.head_digest(self._sheet, self._columns.head),
            names=mapping.titles(self._sheet, self._columns.head),
            leave_out=self._choices.leave_out,
        )

    def _entries(self) -> tuple[list[Entry], dict[uuid.UUID, Held], dict[str, uuid.UUID]]:
        """The people of the sheet, once no row is left that speaks of another one than before."""
        while True:
            keys = sorted({key_of(row) for row in self._rows if not row.has_error})
            known = self._known(keys)
            entries = entries_of(self._rows, self._uids, self._desk.me.centre, self._desk.clock.today(), known)
            with self._desk.store.reading() as session:
                made = [one.uid for entry in entries for one in _records(entry, known)]
                stand = held(session, made)
            if not self._refused(entries, stand, known):
                return entries, stand, {key: uid for key, uid in known.items() if key in {e.key for e in entries}}

    def _known(self, keys: Sequence[str]) -> dict[str, uuid.UUID]:
        by_uid = {self._uids(key): key for key in keys}
        with self._desk.store.reading() as session:
            self._before = before = {by_uid[uid]: same for uid, same in known_before(session, list(by_uid)).items()}
            chosen = {key: before.get(key) for key in keys} | {
                key: uid for key, uid in self._choices.same.items() if key in keys
            }
            living = living_persons(session, [uid for uid in chosen.values() if uid])
        self._gone = {key for key, uid in chosen.items() if uid is not None and uid not in living}
        return {key: uid for key, uid in chosen.items() if uid is not None and uid in living}

    def _refused(self, entries: list[Entry], stand: Mapping[uuid.UUID, Held], known: Mapping[str, object]) -> bool:
        """Mark the rows of a number under which somebody else is recorded. Two lists may both begin with 1."""
        found = False
        for entry in entries:
            here = stand.get(entry.identity.uid) if entry.identity and entry.key not in known else None
            if here is None or here.values is None or entry.identity is None:
                continue
            if not names_agree(features({}, [here.values]), features({}, [entry.identity.values])):
                for row in self._of(entry):
                    row.error(NUMBER, _OTHER_PERSON)
                found = True
        return found

    def _writes(
        self, entry: Entry, stand: Mapping[uuid.UUID, Held], known: Mapping[str, uuid.UUID]
    ) -> Iterator[Write]:
        person = stand.get(entry.person.uid)
        deleted = person is not None and person.values is None and entry.key not in known
        if deleted or entry.key in self._gone:
            # Deleted with all that was hers, or another's now: nothing of her is written.
            self._tell(entry.rows, _GONE, Weight.WARNING)
            for made in _records(entry, known):
                yield Write(made.kind, made.uid, made.values, State.KEPT, b"", b"")
            return
        wins = entry.key in self._choices.sheet_wins
        for made in _records(entry, known):
            write = write_of(made, stand.get(made.uid), sheet_wins=wins)
            if made.kind == "consent" and write.state is State.NEW and person is not None and self._answered(made):
                write = dataclasses.replace(write, state=State.KEPT)
                self._tell(made.rows, _ANSWERED, Weight.WARNING)
            elif write.over or write.state is State.KEPT:
                kept = _CLASH if stand[made.uid].values is not None else _GONE
                self._tell(made.rows, _FOLLOWED if write.over else kept, Weight.WARNING)
            yield write

    def _answered(self, consent: Made) -> bool:
        """Did the person answer about this purpose here? What she said to us counts, not an older list."""
        with self._desk.store.reading() as session:
            known = documents_of(session, uuid.UUID(str(consent.values["person"])), "consent")
        return any(values.get("scope") == consent.values["scope"] for _uid, values in known)

    def _shown(
        self,
        entries: Sequence[Entry],
        writes: Mapping[str, Sequence[Write]],
        likely: Mapping[str, tuple[LikelyMatch, ...]],
        known: Mapping[str, uuid.UUID],
    ) -> Iterator[PlanRow]:
        by_row = {number: entry for entry in entries for number in entry.rows}
        clashing = {_CLASH, _FOLLOWED}
        for row in self._rows:
            entry = None if row.has_error else by_row.get(row.number)
            makes = list(self._makes(row, entry, writes, known)) if entry else []
            states = {state for _kind, state in makes}
            first = entry is not None and row.number == entry.rows[0]
            yield PlanRow(
                number=row.number,
                key=entry.key if entry else "",
                who=full_name(row.names[0]) if row.names else self._name_of(entry),
                state=next((state for state in _ORDER if state in states), None),
                makes=tuple(makes),
                remarks=tuple(row.remarks),
                likely=likely.get(entry.key, ()) if entry and first else (),
                same=known.get(entry.key) if entry else None,
                clash=any(remark.words.message in clashing for remark in row.remarks),
                follows_sheet=entry is not None and entry.key in self._choices.sheet_wins,
            )

    def _name_of(self, entry: Entry | None) -> str:
        return display_name(entry.identity.values) if entry and entry.identity else ""

    def _makes(
        self,
        row: SheetRow,
        entry: Entry,
        writes: Mapping[str, Sequence[Write]],
        known: Mapping[str, uuid.UUID],
    ) -> Iterator[tuple[str, State]]:
        """What the row makes: the person with the first of her rows, help with its own."""
        state = {write.uid: write.state for write in writes[entry.key]}
        for made in (entry.person, entry.identity, *entry.others):
            if made is None:
                continue
            if entry.key in known and made.kind == "person" and row.number == entry.rows[0]:
                yield "person", State.KNOWN
            elif made.uid in state and row.number == min(made.rows):
                yield made.kind, state[made.uid]

    def _of(self, entry: Entry) -> list[SheetRow]:
        return [self._by_number[number] for number in entry.rows]

    def _warn_of_alike(self, fresh: Sequence[Entry]) -> None:
        by_key = {entry.key: entry for entry in fresh}
        for key, others in alike_in_sheet(fresh).items():
            rows = [self._of(one)[0] for one in (by_key[key], *others)]
            remark = Remark("", Weight.WARNING, Words(_ALIKE, {"rows": numbers(rows)}))
            rows[0].remarks.append(remark)

    def _tell(self, rows: Sequence[int], message: str, weight: Weight) -> None:
        remark = Remark("", weight, Words(message))
        for row in (self._by_number[number] for number in rows):
            if remark not in row.remarks:
                row.remarks.append(remark)

    def _notes(self, skipped: Skipped, counts: Mapping[tuple[str, State], int]) -> Iterator[Words]:
        if f"consent.{ConsentScope.COORDINATOR_IDENTIFIABLE}" not in self._columns.taken.values():
            yield Words(_NO_CONSENT)
        if any(kind == "grant" for kind, _state in counts):
            yield Words(_GRANTS)
        if skipped.totals:
            yield Words(_TOTALS, {"count": skipped.totals})
        if skipped.headings:
            yield Words(_HEADINGS, {"count": skipped.headings})


def _records(entry: Entry, known: Mapping[str, object]) -> list[Made]:
    """All records of a person of the sheet; of one who was known before only her cases and help."""
    own = [] if entry.key in known else [entry.person, *([entry.identity] if entry.identity else [])]
    return [*own, *entry.others]


def _flat(writes: Mapping[str, Sequence[Write]]) -> list[Write]:
    return [write for of_one in writes.values() for write in of_one]
