"""The root of all tables: naming of constraints, and ids as 16 bytes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from sqlalchemy import BLOB, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase


class Uid(TypeDecorator[uuid.UUID]):
    """A UUID as 16 bytes. SQLAlchemy's own ``Uuid`` becomes text in SQLite, twice the size in every index."""

    impl = BLOB
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> uuid.UUID | None:
        return None if value is None else uuid.UUID(bytes=value)


class Base(DeclarativeBase):
    """Constraint names are fixed, so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[type, type]] = {uuid.UUID: Uid}
