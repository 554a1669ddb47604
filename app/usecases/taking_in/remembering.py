"""What is remembered of registers: how their columns were understood, and the secret from which ids are made."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ColumnMapping, Setting
from app.sheets import mapping
from app.sheets.mapping import Columns
from app.sheets.records import Uids
from app.sheets.table import Sheet
from app.usecases.desk import Desk

_SALT: Final = "register_salt"


def secret_of(desk: Desk) -> bytes:
    """The secret of this store for the ids of taken-in records; made when it is first asked for.

    Ids travel in bundles even where names may not. Without a secret in them, whoever reads a bundle could try
    names until one gives the id.
    """
    with desk.store.reading() as session:
        known = session.get(Setting, _SALT)
    if known is not None:
        return bytes.fromhex(known.value)
    with desk.store.transaction() as session:
        known = session.get(Setting, _SALT)
        if known is None:
            known = Setting(name=_SALT, value=desk.clock.random_bytes(32).hex())
            session.add(known)
        return bytes.fromhex(known.value)


def uids_of(secret: bytes, register: str) -> Uids:
    """Ids that follow from the register's name and the parts of a key, always the same here and nowhere else."""

    def uid(*parts: str) -> uuid.UUID:
        text = json.dumps([" ".join(register.casefold().split()), *parts], ensure_ascii=False)
        data = bytearray(hashlib.blake2b(text.encode(), digest_size=16, key=secret).digest())
        # RFC 9562, section 5.8: version 8, made in a way of one's own.
        data[6], data[8] = data[6] & 0x0F | 0x80, data[8] & 0x3F | 0x80
        return uuid.UUID(bytes=bytes(data))

    return uid


def remembered(session: Session, sheet: Sheet, guess: Callable[[], Columns]) -> Columns | None:
    """How a sheet with these headings was understood last time."""
    head = guess().head
    row = session.get(ColumnMapping, mapping.head_digest(sheet, head))
    return mapping.from_document(json.loads(row.document), head, mapping.titles(sheet, head)) if row else None


def remember(session: Session, columns: Columns, head: str, names: tuple[str, ...], stamp: str) -> None:
    """Keep how the columns were understood, in the caller's transaction."""
    document = json.dumps(mapping.to_document(columns, names), ensure_ascii=False, sort_keys=True)
    session.merge(ColumnMapping(head=head, document=document, used_at=stamp))


def registers(session: Session) -> list[str]:
    """The names of the registers taken in until now, the last one first."""
    query = select(ColumnMapping.document).order_by(ColumnMapping.used_at.desc())
    return list(dict.fromkeys(str(json.loads(text)["register"]) for text in session.scalars(query)))
