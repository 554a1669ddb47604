"""A coordinator's register with something in it to lose, and the forgers around it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.sync import bundle
from app.sync.bundle import Draft, PartSource
from app.sync.rows import Row
from tests.e2e.desks import Office
from tests.sync.crafting import OTHER, draft, lines_of, row, uid, written

PHOTO = b"photo" * 300
RECORDS = [row(number) for number in range(1, 6)]
OTHERS = row(900, owner=OTHER.inst)
"""A record that belongs to OTHER."""


def photo_row(content: bytes = PHOTO, **changes: object) -> Row:
    """The nurse's attachment record, ticked for the coordinator."""
    data = {"name": "снимок.jpg", "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    whole = {"kind": "attachment", "id": uid("photo"), "data": {**data, "person": str(uid("Анна"))}, **changes}
    return row(50, **whole)


def photo_part(content: bytes = PHOTO, name: str = "photo") -> PartSource:
    return bundle.attachment_part(uid(name), lambda: [content])


@dataclass
class Scene:
    """NURSE's bundles 1 and 3 were taken (2 is late), and one of OTHER; ``next`` is NURSE's fourth."""

    office: Office
    first: bytes
    second: bytes
    late: Draft
    next: Draft
    others: Draft


def records(*found: Row) -> list[PartSource]:
    return [bundle.records_part(lines_of(*found))]


def make_scene(office: Office) -> Scene:
    parts = [*records(*RECORDS, photo_row()), photo_part()]
    first, one = written(draft(id=uid("b1")), parts)
    late = draft(id=uid("b2"), seq=2, prev=one.manifest_hash)
    second, two = written(late, parts)
    third, three = written(draft(id=uid("b3"), seq=3, prev=two.manifest_hash), records(row(6)))
    for data in (first, third):
        assert office.take_bytes(data).answer == "ACCEPTED"
    other, four = written(draft(OTHER, id=uid("o1")), records(OTHERS), party=OTHER)
    assert office.take_bytes(other).answer == "ACCEPTED"
    return Scene(
        office,
        first,
        second,
        late,
        draft(id=uid("b4"), seq=4, prev=three.manifest_hash),
        draft(OTHER, id=uid("o2"), seq=2, prev=four.manifest_hash),
    )
