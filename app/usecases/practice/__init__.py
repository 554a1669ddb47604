"""Practice: invented but life-like data, in practice stores only.

``plan`` makes the events of a centre (pure data, seeded), ``Performer`` carries them out through the ordinary use
cases, ``Truth`` counts them in plain Python for comparison, ``country`` sets up stores that know each other.
``tell_story`` adds what the programme's own papers print.
"""

from app.usecases.practice.country import centre_set_up, coordinator_set_up, found, introduce
from app.usecases.practice.events import Act, Event, Span
from app.usecases.practice.perform import Performer
from app.usecases.practice.plan import PEOPLE, plan
from app.usecases.practice.tell import tell_story
from app.usecases.practice.truth import DIMENSIONS, Truth
from app.usecases.practice.truth_packs import PackTruth
from app.usecases.practice.work import work

__all__ = [
    "DIMENSIONS",
    "PEOPLE",
    "Act",
    "Event",
    "PackTruth",
    "Performer",
    "Span",
    "Truth",
    "centre_set_up",
    "coordinator_set_up",
    "found",
    "introduce",
    "plan",
    "tell_story",
    "work",
]
