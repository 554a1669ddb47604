"""What is written past the ORM names every column of its table, and no other."""

from __future__ import annotations

import pytest

from app.forms.catalogue import KINDS
from app.models import Record
from app.sync import bulk, importer
from app.sync.projection import INSERTS, NOUNS


def test_a_record_is_written_whole() -> None:
    assert set(importer.COLUMNS) == {column.name for column in Record.__table__.columns}
    assert len(set(importer.COLUMNS)) == len(importer.COLUMNS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_noun_is_written_whole(kind: str) -> None:
    columns = INSERTS[kind]
    assert set(columns) == {column.name for column in NOUNS[kind].__table__.columns}
    assert len(set(columns)) == len(columns)


def test_a_column_that_is_not_there_cannot_be_named() -> None:
    with pytest.raises(KeyError):
        bulk.insert_text(Record, ("rid", "nonsense"))
    assert bulk.update_text(Record, ("state",), "rid") == 'UPDATE "record" SET "state" = ? WHERE "rid" = ?'
