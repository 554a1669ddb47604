"""Every text is there in Russian and Belarusian; a missing, a stale or a spoilt one is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tools import catalogues


def spoilt(where: Path, change: Callable[[Catalog], object], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the check says of a Belarusian catalogue that was changed."""

    def path(language: str) -> Path:
        return where / f"{language}.po"

    for language in catalogues.LANGUAGES:
        shutil.copy(catalogues.po_path(language), path(language))
    with path("be").open("rb") as file:
        catalogue = read_po(file, locale="be")
    change(catalogue)
    with path("be").open("wb") as changed:
        write_po(changed, catalogue)
    monkeypatch.setattr(catalogues, "po_path", path)
    return list(catalogues.problems())


def drop(catalogue: Catalog) -> None:
    catalogue.delete("Save")


def add(catalogue: Catalog) -> None:
    catalogue.add("A text that nothing shows", "Тэкст")


def empty(catalogue: Catalog) -> None:
    catalogue["Save"].string = ""


def lose_a_place(catalogue: Catalog) -> None:
    catalogue["Sent: bundle {bundle}, {on}"].string = "Адпраўлена: пакет {bundle}"


def test_all_texts_are_there() -> None:
    assert list(catalogues.problems()) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [(drop, "be: missing"), (add, "be: stale"), (empty, "be: not translated"), (lose_a_place, "be: other {places}")],
)
def test_a_gap_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Catalog], object], named: str
) -> None:
    (problem,) = spoilt(tmp_path, change, monkeypatch)
    assert problem.startswith(named)
