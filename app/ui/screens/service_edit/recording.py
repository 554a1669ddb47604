"""What is being recorded: for whom, which kind, under which ids; and the way back after the save.

An id is drawn for each person when the form opens: saving the same form twice changes the same records.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app import codelists
from app.usecases.assistance import Assistance

Values = Mapping[str, Any]


@dataclass
class Recording:
    """``services`` gives each person the id of her record; ``earlier`` the values as they stood before a change."""

    persons: tuple[uuid.UUID, ...] = ()
    code: str = ""
    services: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    earlier: dict[uuid.UUID, Values] = field(default_factory=dict)
    new: bool = True

    @property
    def person(self) -> uuid.UUID | None:
        """The one person, or None while there is none or where there are several."""
        return self.persons[0] if len(self.persons) == 1 else None

    @property
    def many(self) -> bool:
        """Is it help for several people at once?"""
        return len(self.persons) > 1

    @property
    def service(self) -> uuid.UUID | None:
        """The id of the one record."""
        return self.services.get(self.person) if self.person else None

    @property
    def key(self) -> str:
        """The name of the draft: a group's is that of these very people."""
        if not self.new and self.person:
            return f"service/{self.service}"
        if self.person:
            return f"service/{self.person}/{self.code}"
        group = uuid.uuid5(uuid.NAMESPACE_OID, " ".join(sorted(str(one) for one in self.persons)))
        return f"services/{group}/{self.code}"

    def as_state(self) -> dict[str, object]:
        """What is needed to go on after a lock."""
        services = {str(person): uid for person, uid in self.services.items()}
        return {"persons": list(self.persons), "code": self.code, "new": self.new, "services": services}

    @classmethod
    def of_state(cls, state: Mapping[str, object]) -> Recording:
        """What ``as_state`` gave; an unknown kind (of another version) is asked anew."""
        persons, code = ids(state.get("persons")), str(state.get("code", ""))
        made = cls(persons, code if code in codelists.get("services") else "")
        made.services = dict.fromkeys(persons, uuid.UUID(int=0))
        made.take_services(state.get("services"))
        # Only records whose ids are known can be mended.
        made.new = bool(state.get("new", True)) or uuid.UUID(int=0) in made.services.values()
        return made

    def draw(self, assistance: Assistance) -> None:
        """Give each person a fresh id."""
        self.services = {person: assistance.new_service() for person in self.persons}
        self.earlier = {}
        self.new = True

    def take_services(self, kept: object) -> None:
        """The ids that a draft kept, for the people whom it is about."""
        for text, uid in kept.items() if isinstance(kept, Mapping) else ():
            person = _id(text)
            if person in self.services and isinstance(uid, uuid.UUID):
                self.services[person] = uid

    def way_back(self) -> WayBack:
        """How to undo the save that has just been made."""
        return WayBack(tuple(self.services.values()), dict(self.earlier))


@dataclass(frozen=True, slots=True)
class WayBack:
    """Undo of one save: new records are taken back, changed ones get their earlier values. Outlives its screen."""

    services: Sequence[uuid.UUID]
    earlier: Mapping[uuid.UUID, Values]

    def go(self, assistance: Assistance) -> None:
        """Undo it."""
        if self.earlier:
            assistance.put_back(self.earlier)
        else:
            assistance.take_back(self.services)


def ids(value: object) -> tuple[uuid.UUID, ...]:
    """The ids in what a route, a draft or a state gave."""
    return tuple(one for one in value if isinstance(one, uuid.UUID)) if isinstance(value, list | tuple) else ()


def _id(text: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
