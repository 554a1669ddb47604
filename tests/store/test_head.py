"""The newest revision and the models say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.models import Base
from app.store import connection as driver
from app.store.key import StoreKey
from app.store.migrate import APORA, build_fresh, engine_of_one
from app.store.schema import is_modelled_in


@pytest.mark.skipif(not APORA.numbers(), reason="there is no revision yet")
def test_a_fresh_store_has_the_form_of_the_models(tmp_path: Path) -> None:
    key = StoreKey.random()
    engine = engine_of_one(driver.connect(build_fresh(tmp_path, key), key))
    with engine.begin() as connection:
        options = {"include_name": is_modelled_in(connection), "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_revisions_are_numbered_without_a_gap() -> None:
    numbers = APORA.numbers()
    assert list(numbers) == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
