"""Erasure means erasure: what quoted a record goes with it, and a name that went is confirmed to its centre.

Called by the importer for records that were live here and no longer are: deleted, or withheld because consent was
not given or withdrawn (a centre sends the identity anew then, without a word of it: bundle format, section 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy.orm import Session

from app.models import Erasure
from app.sync import bulk
from app.sync.projection import Changed

_ERASED: Final = bulk.insert_text(Erasure, ("record_uid", "owner_rid", "erased_at"), or_ignore=True)
_RESTORED: Final = bulk.delete_text(Erasure, "record_uid")
_BLANKED: Final = "UPDATE question SET document = '', held = '', proposed = '' WHERE record_uid = ?"


def erase(session: Session, gone: Sequence[Changed], now: str) -> None:
    """Blank what questions quote of these records, and note each identity among them for its centre's receipt."""
    bulk.run(session, _ERASED, [(one.uid.bytes, one.owner_rid, now) for one in gone if one.kind == "identity"])
    bulk.run(session, _BLANKED, [(one.uid.bytes,) for one in gone])


def restore(session: Session, back: Sequence[Changed]) -> None:
    """A name that may be here again is no longer told as erased."""
    bulk.run(session, _RESTORED, [(one.uid.bytes,) for one in back if one.kind == "identity"])
