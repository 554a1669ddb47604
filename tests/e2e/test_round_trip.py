"""Records of every form, made by chance, go through a real bundle and come out with equal values.

What may leave is told here from the forms' ``leaves`` field by field, not by the exporter's own function.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import uuid
from collections import Counter
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app import codelists
from app.forms import money
from app.forms.catalogue import KINDS, all_forms, form_for_service
from app.forms.reading import read
from app.forms.spec import Field, Form, Kind, Leaves
from app.models import AttachmentContent
from app.sync.columns import OF_NOBODY
from app.sync.ledger import put
from tests.e2e.conftest import Pair
from tests.e2e.desks import TODAY, Office, document_at

HISTORIES: Final = int(os.environ.get("APORA_HISTORIES", "4"))
SERVICES: Final = {form_for_service(code).name: code for code in codelists.get("services").codes}
FORMS: Final = {form.name: form for form in all_forms()}
CONTENT: Final = b"%PDF-1.7 contents"
DAYS: Final = st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31))
WORDS: Final = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["Ўладзіслаў", "О’Нил", "Ё\u0308", '"\\\n/', "\u202eтайна", "е\u0301" * 40, "🙂", "=1+1", "0", "null"]
    ),
)


def typed(field: Field) -> st.SearchStrategy[Any]:
    """Values of the field's kind, as wide as the kind is."""
    codes = st.sampled_from([*codelists.get(field.codes).codes, "of_a_newer_list"]) if field.codes else WORDS
    days = DAYS.flatmap(lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], f"{day.year:04}"]))
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.CODE: codes,
        Kind.CODES: st.lists(codes, max_size=4),
        Kind.DATE: days,
        Kind.BIRTH: days | DAYS.map(lambda day: {"age": day.year % 100, "on": day.isoformat()}),
        Kind.TIME: st.tuples(DAYS, st.times()).map(lambda at: f"{at[0].isoformat()}T{at[1]:%H:%M}"),
        Kind.INTEGER: st.integers(0, 2**40),
        Kind.DECIMAL: st.decimals(-(10**9), 10**9, places=6).map(lambda number: f"{number:f}"),
        Kind.MONEY: st.integers(0, money.LARGEST),
        Kind.YESNO: st.sampled_from(["yes", "no", "unknown", "declined"]),
        Kind.REF: st.uuids().map(str),
    }
    return kinds.get(field.kind, WORDS)


def canonical(field: Field, value: Any) -> Any:
    """As the form keeps it: what ``app.forms.reading`` makes of it."""
    return read(field, value, {}, TODAY.date())


def cells(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Values for any choice of ``fields``, none of them empty."""
    each = {field.name: sound(field) for field in fields}
    return st.fixed_dictionaries({}, optional=each).map(_without_empty)


def sound(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is Kind.ROWS:
        return st.lists(cells(field.row).filter(bool), max_size=3)
    return typed(field).map(lambda value: canonical(field, value))


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [])}


RECORDS: Final = st.fixed_dictionaries({form.name: cells(form.fields) for form in all_forms()})


def expected(form: Form, values: dict[str, Any], *, identified: bool) -> dict[str, Any]:
    """What of ``values`` may stand in the bundle."""
    allowed = {Leaves.ALWAYS, *([Leaves.IDENTIFIED] if identified else [])}
    found: dict[str, Any] = {}
    for field in form.fields:
        if field.name not in values or field.leaves not in allowed:
            continue
        if field.kind is not Kind.ROWS:
            found[field.name] = values[field.name]
            continue
        open_cells = {cell.name for cell in field.row if cell.leaves in allowed}
        rows = [{name: cell for name, cell in row.items() if name in open_cells} for row in values[field.name]]
        if rows := [row for row in rows if row]:
            found[field.name] = rows
    return found


def record(office: Office, made: dict[str, dict[str, Any]], *, agreed: bool) -> dict[uuid.UUID, dict[str, Any]]:
    """All records of one person, written as they are; what must arrive of each."""
    desk, person = office.desk, office.desk.clock.new_id()
    arriving: dict[uuid.UUID, dict[str, Any]] = {}
    with desk.store.transaction() as session:
        for name, form in FORMS.items():
            kind = name if name in KINDS else "service"
            uid = person if kind == "person" else desk.clock.new_id()
            of_somebody = kind not in {"person", *OF_NOBODY}
            values = {**made[name], **({"person": str(person)} if of_somebody else {})}
            if kind in OF_NOBODY:
                # Whose work it is stands in each of them, as the person does in the others.
                values.setdefault("meeting" if kind == "decision" else "centre", str(desk.me.centre))
            match kind:
                case "person":
                    values["code"] = "K7M4-29Q"
                case "service":
                    values["service"] = SERVICES[name]
                case "consent":
                    values |= {"scope": "coordinator_identifiable", "state": "given" if agreed else "refused"}
                case "attachment":
                    digest = hashlib.sha256(CONTENT).hexdigest()
                    values |= {"for_coordinator": "yes", "sha256": digest, "size": len(CONTENT)}
                    session.add(AttachmentContent(uid=uid, sha256=digest, content=CONTENT))
            put(session, desk.author(), kind, uid, values)
            arriving[uid] = expected(form, values, identified=agreed)
            if kind == "person":
                arriving[uid]["code"] = values["code"]
    return arriving


@settings(
    max_examples=max(15, HISTORIES),
    deadline=None,
    derandomize=HISTORIES < 10,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(made=RECORDS, agreed=st.booleans())
def test_what_may_leave_arrives_as_it_was(pair: Pair, made: dict[str, dict[str, Any]], agreed: bool) -> None:
    arriving = record(pair.nurse, made, agreed=agreed)
    (verdict,) = pair.boss.take(pair.nurse.send(pair.stick))
    assert verdict.ok, verdict
    pair.nurse.take(*pair.boss.receipts(pair.back))
    for uid, values in arriving.items():
        state, found = document_at(pair.boss.desk, uid)
        assert state == ("live" if values else "withheld")
        assert found == values


def test_chance_reaches_every_field() -> None:
    """The round trip says nothing of a field that never had a value."""
    met: Counter[str] = Counter()

    @settings(
        max_examples=240,
        deadline=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(made=RECORDS)
    def draw(made: dict[str, dict[str, Any]]) -> None:
        for name, values in made.items():
            met.update(f"{name}.{field}" for field in values)

    draw()
    missing = {f"{form.name}.{field.name}" for form in FORMS.values() for field in form.fields} - set(met)
    assert missing == set()
