"""Shelter and material help: where the person stayed and what she was given.

How many nights or sets there were stands in the quantity that every service has. Leaves: codes and numbers always;
the room and words only with consent (data model, the rule for fields that name no ``leaves``).
"""

from __future__ import annotations

from typing import Final

from app.forms.service_general import RULES, closing, opening
from app.forms.spec import Field, Form, Kind, Leaves, Section, Values
from app.i18n import N_

_OUT, _ID = Leaves.ALWAYS, Leaves.IDENTIFIED
_STAYS: Final = frozenset({"rehab_centre_stay", "shelter_crisis_room"})


def _stay(values: Values) -> bool:
    return values.get("service") in _STAYS


def _things(values: Values) -> bool:
    return not _stay(values)


GIVEN = (
    Field("item", Kind.CODE, N_("What"), _OUT, codes="material_items"),
    Field("item_count", Kind.DECIMAL, N_("How much"), _OUT, low=0, high=1000),
    Field("item_note", Kind.TEXT, N_("Note"), _ID),
)

_STAY = Section(
    N_("Stay"),
    (
        Field("room", Kind.TEXT, N_("Room"), _ID),
        Field("children_along", Kind.INTEGER, N_("Children who stay too"), _OUT, low=0, high=10),
        Field("meals_included", Kind.YESNO, N_("With meals"), _OUT),
    ),
    relevant=_stay,
)
_GIVEN = Section(
    N_("What was given"),
    (
        Field("given_items", Kind.ROWS, N_("Given"), _OUT, row=GIVEN),
        Field("for_children", Kind.YESNO, N_("Also for her children"), _OUT, relevant=_things),
    ),
)

MATERIAL = Form(
    "material",
    N_("Shelter and material help"),
    (*opening(), _STAY, _GIVEN, *closing()),
    rules=RULES,
)
