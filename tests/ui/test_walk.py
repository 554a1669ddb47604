"""Every screen of both desks is opened and looked at: names, cut words, room, contrast, the tab order, the language.

All screens in Russian, light, at 100 %; then the other languages, the dark, and 200 % over fewer checks, for what
each of these can spoil. 1024x768, the smallest screen there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.i18n import translate
from app.ui.application import Preferences
from app.ui.main_window import Place
from app.ui.tasks import Tasks
from app.ui.widgets.page import Page
from tests.ui import looking
from tests.ui.doors import doors, opened
from tests.ui.walking import SAMPLES, Stage, Walk, places, staged, walking

DESKS = ("centre", "coordinator")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage")) as made:
        yield made


def walk_through(walk: Walk, stage: Stage, *, forms: bool = True) -> Iterator[tuple[str, Page]]:
    """Each place in turn, with its name for the complaint."""
    for place in places(walk.plan, stage.known, forms=forms):
        walk.show(place)
        screen = walk.window.stack.currentWidget()
        assert isinstance(screen, Page)
        yield _name(place), screen


def _name(place: Place) -> str:
    more = [str(value) for key, value in place.arguments.items() if key in {"code", "part", "kind", "query"}]
    return " ".join([place.route, *more])


def _title(walk: Walk, route: str) -> str:
    screen = walk.show(Place(route)).stack.currentWidget()
    return screen.accessibleName() if screen is not None else ""


def complaints(found: list[tuple[str, list[str]]]) -> str:
    """One line for each, with where it was seen."""
    by_what: dict[str, list[str]] = {}
    for where, sentences in found:
        for what in sentences:
            by_what.setdefault(what, []).append(where)
    return "\n".join(f"{what} [{', '.join(where[:6])}]" for what, where in by_what.items())


@pytest.mark.parametrize("desk", DESKS)
def test_every_route_is_walked_and_its_menu_word_is_its_title(qapp: QApplication, stage: Stage, desk: str) -> None:
    with walking(qapp, getattr(stage, desk), Preferences("ru")) as walk:
        assert [route.name for route in walk.plan.routes if route.name not in SAMPLES] == []
        named = {route.name: translate(route.label) for route in walk.plan.routes.bar}
        titles = {name: _title(walk, name) for name in named}
    assert titles == named


@pytest.mark.parametrize("desk", DESKS)
def test_all_screens_in_russian(qapp: QApplication, stage: Stage, desk: str) -> None:
    found = []
    with walking(qapp, getattr(stage, desk), Preferences("ru")) as walk:
        for where, screen in walk_through(walk, stage):
            window = walk.window
            wrong = [*looking.unnamed(window), *looking.cut(window), *looking.too_large(screen)]
            wrong += looking.kept_items()
            found.append((where, [*wrong, *looking.poor_contrast(window), *looking.off_the_tab_order(window)]))
    assert complaints(found) == ""


@pytest.mark.parametrize(("desk", "language"), list(product(DESKS, ("be", "en"))))
def test_no_word_is_cut_in_the_other_languages(qapp: QApplication, stage: Stage, desk: str, language: str) -> None:
    found = []
    with walking(qapp, getattr(stage, desk), Preferences(language)) as walk:
        for where, _screen in walk_through(walk, stage, forms=desk == "centre"):
            found.append((where, looking.cut(walk.window)))
    assert complaints(found) == ""


@pytest.mark.parametrize(("desk", "look"), list(product(DESKS, (("ru", 2.0), ("be", 1.5)))))
def test_dark_and_large(qapp: QApplication, stage: Stage, desk: str, look: tuple[str, float]) -> None:
    found = []
    with walking(qapp, getattr(stage, desk), Preferences(look[0], dark=True, scale=look[1])) as walk:
        for where, _screen in walk_through(walk, stage, forms=desk == "centre"):
            found.append((where, [*looking.cut(walk.window), *looking.poor_contrast(walk.window)]))
    assert complaints(found) == ""


@pytest.mark.parametrize(("desk", "language"), list(product(DESKS, ("ru", "be"))))
def test_no_english_word_is_left(qapp: QApplication, stage: Stage, desk: str, language: str) -> None:
    found = []
    with walking(qapp, getattr(stage, desk), Preferences(language)) as walk:
        for where, _screen in walk_through(walk, stage, forms=desk == "centre"):
            found.append((where, looking.left_in_english(walk.window)))
    assert complaints(found) == ""


@pytest.mark.parametrize("look", [Preferences("ru"), Preferences("be", dark=True, scale=2.0)], ids=["ru", "be large"])
def test_the_screens_before_the_desk(qapp: QApplication, tmp_path: Path, look: Preferences) -> None:
    failures: list[BaseException] = []
    tasks = Tasks(failures.append)
    found = []
    for door in doors(tmp_path, tasks):
        with opened(qapp, door, tasks, look) as window:
            wrong = [*looking.unnamed(window), *looking.cut(window), *looking.poor_contrast(window)]
            wrong += looking.kept_items()
            wrong += [] if "working" in door.name or "done" in door.name else looking.off_the_tab_order(window)
            found.append((door.name, wrong))
    assert tasks.stop()
    assert failures == []
    assert complaints(found) == ""
