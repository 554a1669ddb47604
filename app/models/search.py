"""The index by which people are found and compared: made from person and identity records, by the projection.

Nothing here is a source: ``app.sync.search_index`` can make all three tables anew from the records. They lie in the
encrypted store like everything else. Plain tables and not FTS5: only beginnings of words are asked for, in several
foldings of our own at once, and the same table counts how often a name occurs. Each row belongs to a live person;
one whose record is not here yet is not found yet.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class SearchWord(Base):
    """A word that finds a person. Its first letter says what it is (``app.matching.find_words``)."""

    __tablename__ = "search_word"
    # Without a rowid the table is its own index: a prefix is one range of it.
    __table_args__ = (Index("ix_search_word_person_rid", "person_rid"), {"sqlite_with_rowid": False})

    word: Mapped[str] = mapped_column(primary_key=True)
    person_rid: Mapped[int] = mapped_column(primary_key=True)


class MatchKey(Base):
    """A key that likely entries of one person share (``app.matching.keys``): a hash of 64 bits."""

    __tablename__ = "match_key"
    __table_args__ = (Index("ix_match_key_person_rid", "person_rid"), {"sqlite_with_rowid": False})

    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_rid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Portrait(Base):
    """What of a person is compared, folded once: ``app.matching.names`` reads and writes ``data`` (JSON)."""

    __tablename__ = "portrait"

    person_rid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[str]
