"""Places of the program: a name, a word and an icon for the bar, and a factory that builds the screen.

Bootstrap fills ``Routes``; a factory is a closure over the use cases it needs, so that a screen gets its
collaborators as constructor arguments. A screen goes elsewhere by name through ``Desk`` and knows no other screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.ui.tasks import Tasks
from app.ui.widgets.banner import BannerKind


class Desk(Protocol):
    """What a screen may ask of the window around it."""

    tasks: Tasks

    def go(self, route: str, /, **arguments: object) -> None:
        """Show another screen (a fresh one); the present one is asked to leave first."""

    def back(self) -> None:
        """Return to the screen before, or home."""

    def say(
        self, text: str, kind: BannerKind = "info", action: str = "", acted: Callable[[], object] | None = None
    ) -> None:
        """Say a line at the top of the window that outlives the screen ("Saved on this laptop", Undo)."""

    def moved_on(self) -> None:
        """Another step of the same screen is shown: what was said before it is over."""

    def tell(self, error: BaseException) -> None:
        """Say an exception in words."""

    def refresh_status(self) -> None:
        """Read the status line and the counts of the bar again (after a save)."""

    def lock(self) -> None:
        """Lock now."""


Factory = Callable[..., QWidget]


@dataclass(frozen=True, slots=True)
class Route:
    """``factory(desk, **arguments)`` builds the screen. ``label`` is marked text; ``in_bar`` puts it into the bar.

    ``under`` names the route of the bar that is lit while this one is shown (a person page under "people").
    """

    name: str
    factory: Factory
    label: str = ""
    icon: str = ""
    in_bar: bool = False
    under: str = ""


class Routes:
    """The routes in the order of the bar. The first one in the bar is home unless ``home`` names another."""

    def __init__(self, *routes: Route, home: str = "") -> None:
        self._routes = {route.name: route for route in routes}
        self._home = home

    def add(self, route: Route) -> None:
        """Append a route; a name that is taken raises ValueError."""
        if route.name in self._routes:
            raise ValueError(route.name)
        self._routes[route.name] = route

    def __getitem__(self, name: str) -> Route:
        return self._routes[name]

    def __contains__(self, name: object) -> bool:
        return name in self._routes

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes.values())

    @property
    def bar(self) -> list[Route]:
        """The routes of the left bar."""
        return [route for route in self if route.in_bar]

    @property
    def home(self) -> str:
        """Where the program opens."""
        return self._home or self.bar[0].name
