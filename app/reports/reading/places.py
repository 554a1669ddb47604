"""Where records are kept, and which donors stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from app.reports.reading.query import run, text_of

_CENTRES: Final = "SELECT uid, name, COALESCE(oblast, '') FROM centre"
_OWNERS: Final = "SELECT installation.rid, centre.uid FROM installation JOIN centre ON centre.rid = centre_rid"
_OBLASTS: Final = "SELECT centre_uid, oblast, COUNT(*) FROM service WHERE oblast > '' GROUP BY centre_uid, oblast"
_DONORS: Final = """
    SELECT DISTINCT donor FROM service WHERE donor > ''
    UNION SELECT json_extract(data, '$.donor') FROM record WHERE kind IN ('grant', 'activity') AND state = 'live'
"""


@dataclass(frozen=True, slots=True)
class Places:
    """The centres: names and oblasts by id, and the centre of each installation that keeps records."""

    names: Mapping[str, str]
    oblasts: Mapping[str, str]
    owners: Mapping[int, str]

    def of_owner(self, rid: int) -> tuple[str, str]:
        """Centre and oblast of the installation that keeps a record."""
        centre = self.owners.get(rid, "")
        return centre, self.oblasts.get(centre, "")


def places(session: Session) -> Places:
    """The centres as they are known here. Where the oblast of one was never told, most of its services tell it."""
    rows = run(session, _CENTRES)
    names = {text_of(uid): name for uid, name, _oblast in rows}
    oblasts = {text_of(uid): oblast for uid, _name, oblast in rows if oblast}
    if any(uid not in oblasts for uid in names):
        found: dict[str, tuple[int, str]] = {}
        for centre, oblast, count in run(session, _OBLASTS):
            uid = text_of(centre)
            found[uid] = max(found.get(uid, (0, "")), (count, oblast))
        oblasts = {uid: oblast for uid, (_count, oblast) in found.items()} | oblasts
    owners = {rid: text_of(uid) for rid, uid in run(session, _OWNERS)}
    return Places(names, oblasts, owners)


def donors(session: Session) -> list[str]:
    """The donors that stand in some service, grant or activity; also those that no list knows."""
    return sorted({donor for (donor,) in run(session, _DONORS) if isinstance(donor, str) and donor})
