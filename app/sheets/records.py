"""From the people of a register to the records that would be written, each checked by its own form."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.forms import money, partial
from app.forms.catalogue import form_for_kind, form_for_service
from app.forms.grant_payment import GRANT_PAYMENT
from app.forms.spec import Context, Form, Severity
from app.forms.validate import validate
from app.i18n import N_
from app.sheets.people import Together, bring_together
from app.sheets.rows import Remark, SheetRow, Weight
from app.sheets.table import Words
from app.sheets.targets import AMOUNT

Uids = Callable[..., uuid.UUID]
"""The id that follows from the parts of a key, always the same."""

_GRANT_KINDS: Final[Mapping[str, str]] = {
    "grant_reintegration": "reintegration",
    "grant_vocational": "vocational",
    "grant_microenterprise": "microenterprise",
}
_NEEDED: Final = frozenset({"interview", "services"})
# Reminders for the moment of the talk: of help long past they only hide what matters.
_SAID_ONCE: Final = frozenset({"consent_unrecorded", "not_asked"})
_SUM_IN_NOTE: Final = N_("This kind of help has no sum of its own: the sum is kept in the note.")


@dataclass(frozen=True, slots=True)
class Made:
    """A record as the sheet would have it, checked. ``rows`` are the rows that it comes from."""

    kind: str
    uid: uuid.UUID
    values: Mapping[str, Any]
    rows: tuple[int, ...]


@dataclass(slots=True)
class Entry:
    """One person of the register with her records; the person herself is ``person``."""

    key: str
    rows: tuple[int, ...]
    person: Made
    identity: Made | None
    others: list[Made] = field(default_factory=list)
    """Consents, cases, grants, services, in this order."""


def entries_of(
    rows: Sequence[SheetRow], uids: Uids, centre: uuid.UUID, today: dt.date, known: Mapping[str, uuid.UUID]
) -> list[Entry]:
    """The people and records of all rows without an error. Findings are added to the rows.

    ``known`` are, by key, those who were known here before: of them nothing but cases and help is made.
    An error takes its rows out, and what remains is made anew, until nothing more is found.
    """
    while True:
        notes: list[tuple[SheetRow, Remark]] = []

        def tell(about: Iterable[SheetRow], remark: Remark, notes: list[tuple[SheetRow, Remark]] = notes) -> None:
            notes.extend((row, remark) for row in about)

        together = bring_together(rows, tell)
        found = [_Maker(one, uids, known.get(one.key), centre, today, tell).entry() for one in together]
        errors = [(row, remark) for row, remark in notes if remark.weight is Weight.ERROR]
        for row, remark in errors or notes:
            if remark not in row.remarks:
                row.remarks.append(remark)
        if not errors:
            return found


class _Maker:
    """Makes the records of one person."""

    def __init__(
        self,
        together: Together,
        uids: Uids,
        known: uuid.UUID | None,
        centre: uuid.UUID,
        today: dt.date,
        tell: Callable[[Iterable[SheetRow], Remark], None],
    ) -> None:
        self._of = together
        self._uids = uids
        self._centre = centre
        self._today = today
        self._tell = tell
        self._person = known or uids(together.key)
        self._known = known is not None
        self._birth = partial.bounds(together.person.get("birth"))

    def entry(self) -> Entry:
        of, rows = self._of, self._of.rows
        person = self._made("person", self._person, of.person, rows[:1])
        identity = None
        if of.identity:
            uid = self._uids(of.key, "identity")
            identity = self._made("identity", uid, {**of.identity, "person": str(self._person)}, rows[:1])
        entry = Entry(of.key, tuple(sorted(row.number for row in rows)), person, identity)
        if not self._known:
            entry.others += self._consents()
        cases = self._cases()
        entry.others += [case for case, _rows in cases]
        entry.others += self._help(cases)
        return entry

    def _consents(self) -> list[Made]:
        of = self._of
        day = {"on": of.consent_on} if of.consent_on else {}
        found = []
        for scope, state in of.consents.items():
            rows = [row for row in of.rows if scope in row.consents]
            values = {"person": str(self._person), "scope": scope, "state": state, **day}
            found.append(self._made("consent", self._uids(of.key, "consent", scope), values, rows))
        return found

    def _cases(self) -> list[tuple[Made, list[SheetRow]]]:
        found = []
        for values, rows in self._of.cases:
            uid = self._uids(self._of.key, "case", str(values.get("opened_on", "")))
            found.append((self._made("case", uid, {**values, "person": str(self._person)}, rows), rows))
        return found

    def _help(self, cases: Sequence[tuple[Made, list[SheetRow]]]) -> list[Made]:
        """Grants first, for payments name them; then every service, equal ones told apart by their order."""
        raw = [(self._service(row, cases), row) for row in self._of.rows if "service" in row.parts]
        raw.sort(key=lambda one: json.dumps(one[0], ensure_ascii=False, sort_keys=True))
        grants = self._grants(raw)
        found: list[Made] = []
        equals: dict[tuple[str, str], int] = {}
        for values, row in raw:
            mark = str(values.get("service", "")), str(values.get("on", ""))
            equals[mark] = equals.get(mark, 0) + 1
            uid = self._uids(self._of.key, "service", *mark, str(equals[mark]))
            case = next((one for one, _rows in cases if str(one.uid) == values.get("case")), None)
            opened = partial.bounds(case.values.get("opened_on")) if case else None
            found.append(self._made("service", uid, values, [row], opened))
        return [*grants, *found]

    def _service(self, row: SheetRow, cases: Sequence[tuple[Made, list[SheetRow]]]) -> dict[str, Any]:
        part = row.parts["service"]
        values: dict[str, Any] = {"outcome": "provided", **part, "person": str(self._person)}
        values["centre"] = str(self._centre)
        own = [case for case, rows in cases if row.number in {one.number for one in rows}]
        own = own or [case for case, _rows in cases if len(cases) == 1]
        if own:
            values["case"] = str(own[0].uid)
        agreed = {scope for scope, state in self._of.consents.items() if state == "given"}
        if not agreed >= _NEEDED:
            values["consent_recorded"] = "no"
        if row.amount:
            self._add_amount(values, row, *row.amount)
        return values

    def _add_amount(self, values: dict[str, Any], row: SheetRow, amount: int, currency: str) -> None:
        code = str(values.get("service", ""))
        if form_for_service(code) is GRANT_PAYMENT:
            grant = self._uids(self._of.key, "grant", _GRANT_KINDS.get(code, "other"), currency)
            values |= {"grant": str(grant), "amount": amount, "currency": currency}
            return
        written = f"{money.plain(amount, currency)} {currency}"
        values["note"] = f"{values['note']}\n{written}" if values.get("note") else written
        self._tell([row], Remark(AMOUNT, Weight.TOLD, Words(_SUM_IN_NOTE)))

    def _grants(self, services: Sequence[tuple[dict[str, Any], SheetRow]]) -> list[Made]:
        """A payment stands in a grant: one for each kind and currency, of the sum that is paid."""
        paid: dict[str, tuple[dict[str, Any], list[SheetRow]]] = {}
        for values, row in services:
            if "grant" in values:
                kind = _GRANT_KINDS.get(str(values["service"]), "other")
                fresh = {
                    "person": str(self._person),
                    "grant_kind": kind,
                    "currency": values["currency"],
                    "approved": 0,
                }
                grant, rows = paid.setdefault(str(values["grant"]), (fresh, []))
                grant["approved"] += values["amount"]
                rows.append(row)
        return [self._made("grant", uuid.UUID(uid), grant, rows) for uid, (grant, rows) in sorted(paid.items())]

    def _made(
        self,
        kind: str,
        uid: uuid.UUID,
        values: Mapping[str, Any],
        rows: Sequence[SheetRow],
        opened: partial.Bounds | None = None,
    ) -> Made:
        form: Form = form_for_service(str(values.get("service", ""))) if kind == "service" else form_for_kind(kind)
        checked = validate(form, values, Context(self._today, birth=self._birth, case_opened=opened))
        for problem in checked.problems:
            if problem.code in _SAID_ONCE:
                continue
            weight = Weight.ERROR if problem.severity is Severity.ERROR else Weight.WARNING
            remark = Remark(f"{kind}.{problem.field}", weight, Words(problem.message, dict(problem.values)))
            self._tell(rows if weight is Weight.ERROR else rows[:1], remark)
        return Made(kind, uid, dict(checked.values), tuple(row.number for row in rows))
