"""The page of a new person in four parts, in the order of a first talk: name, birth, (consent), and then the rest.

Who she is and how old comes first, for it finds her if she is recorded already and says who may consent; what is
asked only after she agreed stands below the consents. The fields are those of the two forms, each once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.forms.catalogue import form_for_kind
from app.forms.spec import Form, Section
from app.i18n import N_
from app.ui.records.forms import asked

PARTS: Final = ("identity", "person", "identity", "person")
"""Of which record each part holds the values."""
CONSENTS_BEFORE: Final = 2
_NAMES: Final = ("names",)
_BIRTH: Final = ("birth", "sex")


def part_forms() -> list[Form]:
    """The forms of the four parts."""
    identity, person = form_for_kind("identity"), form_for_kind("person")
    born = Section(N_("Birth and sex"), tuple(person.field(name) for name in _BIRTH))
    names = [field.name for field in identity.fields if field.name not in _NAMES]
    return [
        asked(identity, without=names),
        replace(person, sections=(born,)),
        asked(identity, without=_NAMES),
        asked(person, without=_BIRTH),
    ]


def together(kind: str, parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The values of one record from its parts."""
    return {name: value for of, part in zip(PARTS, parts, strict=True) if of == kind for name, value in part.items()}
