"""The programme's own story put into the coordinator's practice store, by the use cases that people use."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from typing import Final

from app.clock import SteadyClock
from app.errors import UserError
from app.i18n import N_
from app.usecases.activities import Activities
from app.usecases.desk import Desk
from app.usecases.entered import EnteredFigures, Figure
from app.usecases.partners import Partners
from app.usecases.practice import story
from app.usecases.task_force import TaskForce

_COORDINATOR: Final = "coordinator"
_EVENING: Final = dt.datetime(2019, 12, 31, 15, 0, tzinfo=dt.UTC)
"""When it is written down: after the last of it."""


def tell_story(desk: Desk) -> None:
    """Record what the papers print: activities, the Vitebsk task force, its memorandum, and the opening balance.

    Raises UserError unless the store is a coordinator's for practice, and where the story was told before.
    """
    if not desk.me.practice or desk.me.role != _COORDINATOR:
        raise UserError(N_("The programme's story goes into the practice store of a coordinator only."))
    chance = hashlib.sha256(f"story/{desk.me.uid}".encode()).digest()[:8]
    at_work = dataclasses.replace(desk, clock=SteadyClock(_EVENING, int.from_bytes(chance, "big")))
    # First what can be there only once: a story told again is refused before anything of it is written.
    Partners(at_work).save_memorandum(story.MEMORANDUM, new=True, sure=True)
    activities = Activities(at_work)
    for did in story.ACTIVITIES:
        activities.save(did.record(), activity=activities.new_id(), sure=True)
    task_force = TaskForce(at_work)
    meeting = task_force.save_meeting(story.MEETING, sure=True)
    for number, (kind, words) in enumerate(story.DECISIONS, 1):
        decided = {"number": number, "type": kind, "text": words, "status": "open"}
        task_force.save_decision(meeting, decided, sure=True)
    before = Figure(
        code="assisted_before",
        key="",
        area="",
        first=story.ASSISTED_SINCE,
        last=story.ASSISTED_UNTIL,
        value=story.ASSISTED_BEFORE,
        source=story.SOURCE,
    )
    EnteredFigures(at_work).save(before)
