"""Practice: invented but life-like data, in practice stores only.

``plan`` makes the events of a centre (pure data, seeded), ``Performer`` carries them out through the ordinary use
cases, ``Truth`` counts them in plain Python for comparison, ``country`` sets up stores that know each other.
"""

from app.usecases.practice.country import centre_set_up, coordinator_set_up, found, introduce
from app.usecases.practice.events import Act, Event, Span
from app.usecases.practice.perform import Performer
from app.usecases.practice.plan import PEOPLE, plan
from app.usecases.practice.truth import DIMENSIONS, Truth

__all__ = [
    "DIMENSIONS",
    "PEOPLE",
    "Act",
    "Event",
    "Performer",
    "Span",
    "Truth",
    "centre_set_up",
    "coordinator_set_up",
    "found",
    "introduce",
    "plan",
]
