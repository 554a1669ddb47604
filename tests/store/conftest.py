"""Real stores of a toy form, and Argon2 at a cost that only tests may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.i18n import language, set_language
from tests.store.bench import Bench, new_bench


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def make_bench(tmp_path: Path) -> Callable[[str], Bench]:
    return lambda name: new_bench(tmp_path, name)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return new_bench(tmp_path, "хранилище 1")
