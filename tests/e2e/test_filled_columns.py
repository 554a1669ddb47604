"""A store of an earlier version gets the columns that figures read from its documents, as new records do."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import msgspec
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.orm import Session

from app.reports.facts.documents import CaseDocument
from app.sync.columns import COUNTED_OF_CASE
from app.sync.ledger import put
from tests.e2e.desks import new_office

REVISION = importlib.import_module("app.store.migrations.versions.0003")
RECORDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("case", {
        "opened_on": "2026-01-05", "closed_on": "2026-02-01", "exploitation": ["forced_labour", "new_form"],
        "age_at_start": 17, "border": "both", "witness": "yes", "case_note": "Не для падлікаў",
    }),
    ("case", {"closed_on": 5, "exploitation": {"a": [True, None]}, "border": True, "witness": None}),
    ("case", {}),
    ("consent", {"scope": "reporting", "state": "given", "expires_on": "2026-05-31"}),
    ("consent", {"scope": "reporting", "expires_on": ["soon"]}),
    ("need", {"category": "legal", "agreed_on": "2026-02"}),
    ("need", {"agreed_on": 2026}),
    ("service", {"service": "food_meals", "donor": "iom", "project": 7, "provider_agency": "brc"}),
)  # fmt: skip


def test_columns_of_an_earlier_store_are_filled_as_new_ones_are(tmp_path: Path) -> None:
    office = new_office(tmp_path / "boss", "coordinator", "Минск", seed=9)
    desk = office.desk
    with desk.store.transaction() as session:
        for kind, values in RECORDS:
            put(session, desk.author(), kind, desk.clock.new_id(), {"person": str(desk.clock.new_id()), **values})
    with desk.store.transaction() as session:
        new = _columns(session)
        connection = session.connection()
        for name in ("ix_service_paid", "ix_record_kept"):
            connection.exec_driver_sql(f"DROP INDEX {name}")
        for table, column, _answer in (*REVISION._ANSWERS, ("case_file", "counted", ""), _NUMBER):
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN {column}")
        with Operations.context(MigrationContext.configure(connection)):
            REVISION._columns()
        assert _columns(session) == new
    assert {"closed_on": "2026-02-01", "agreed_on": "2026-02", "donor": "iom"}.items() <= _told(new).items()
    assert ["counted", {"exploitation": {"a": [True, None]}, "border": True, "witness": None}] in new
    office.lock()


_NUMBER = ("reference_document", "number", "")


def _columns(session: Session) -> list[list[Any]]:
    """Each column with each of its values; documents as what they say."""
    found: list[list[Any]] = []
    for table, column, _answer in (*REVISION._ANSWERS, ("case_file", "counted", "")):
        rows = session.connection().exec_driver_sql(f"SELECT {column} FROM {table} ORDER BY rid")
        found += [[column, json.loads(value) if column == "counted" else value] for (value,) in rows]
    return found


def _told(found: list[list[Any]]) -> dict[str, str]:
    return {column: value for column, value in found if isinstance(value, str)}


def test_figures_know_the_answers_of_a_case_that_its_row_keeps() -> None:
    assert {field.name for field in msgspec.structs.fields(CaseDocument)} == set(COUNTED_OF_CASE)
    assert all(f"'{name}'" in REVISION._COUNTED for name in COUNTED_OF_CASE)
