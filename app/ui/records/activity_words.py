"""The form of an activity as one kind asks it: a play has shows and spectators, the hotline has calls."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from app.forms.activity import ACTIVITY
from app.forms.activity_measures import HOTLINE
from app.forms.spec import Field, Form
from app.i18n import N_
from app.ui.records.forms import asked

_TWICE: Final = N_("How many came in all. A person who comes twice counts twice.")
_ONE: Final = N_("Left empty, it counts as one.")
_WORDS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = MappingProxyType(
    {
        HOTLINE: {
            "sessions": (N_("How many calls"), N_("Only where several calls are written down together.")),
        },
        "lecture": {"sessions": (N_("How many lectures"), _ONE), "attendances": (N_("Listeners"), _TWICE)},
        "theatre_tour": {"sessions": (N_("How many shows"), _ONE), "attendances": (N_("Spectators"), _TWICE)},
        "installation_tour": {"attendances": (N_("Visitors"), _TWICE), "items": (N_("Installations"), "")},
        "campaign": {"sessions": (N_("How many campaigns"), _ONE)},
        "language_course": {"sessions": (N_("How many courses"), _ONE)},
        "vulnerable_group_training": {"sessions": (N_("How many courses"), _ONE)},
        "networking_visit": {"visits": (N_("How many journeys"), "")},
        "website": {"visits": (N_("Visits to the site"), "")},
        "research": {"titles": (N_("How many reports"), "")},
        "equipment": {"items": (N_("Things handed over"), "")},
        "legislation": {"items": (N_("How many proposals"), "")},
    }
)


def form_for_activity(kind: str, without: Collection[str] = ()) -> Form:
    """The form without the question of its kind (that stands in the title), in the words of ``kind``."""
    words = _WORDS.get(kind, {})

    def fitted(field: Field) -> Field:
        if field.name not in words:
            return field
        label, hint = words[field.name]
        return replace(field, label=label, hint=hint)

    plain = asked(ACTIVITY, {"activity", *without})
    sections = (replace(one, fields=tuple(fitted(field) for field in one.fields)) for one in plain.sections)
    return replace(plain, sections=tuple(sections))
