"""The line "saved" with its way back, for as long as it stands at the top of the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.i18n import _
from app.ui.routes import Desk
from app.ui.screens.service_edit.recording import WayBack
from app.usecases.assistance import Assistance


def nothing() -> None:
    """Stay where one is."""


def say_saved(desk: Desk, assistance: Assistance, way_back: WayBack, then: Callable[[], object] = nothing) -> None:
    """Say that it is saved, with Undo; ``then`` shows what has changed by it. No widget is kept alive for this."""
    words = _("Saved on this laptop · not sent yet")
    desk.say(words, "ok", _("Undo"), partial(_undo, desk, assistance, way_back, then))


def undone(way_back: WayBack) -> str:
    """What an undo did, in words."""
    if way_back.earlier:
        return _("Undone. The record is as it was before.")
    return _("Undone. Nothing of it is recorded.")


def _undo(desk: Desk, assistance: Assistance, way_back: WayBack, then: Callable[[], object]) -> None:
    way_back.go(assistance)
    desk.refresh_status()
    then()
    desk.say(undone(way_back), "ok")
