"""Keeps the index of people in line with their records: words that find them, keys and features that compare them.

Called by the projection alone, in the transaction that changed the records, so typed and imported values go one
way. What a person's rows say depends on her live records alone, never on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from app.matching.find_words import words_of
from app.matching.keys import keys
from app.matching.names import features
from app.matching.portrait import pack
from app.models import Identity, MatchKey, Person, Portrait, Record, SearchWord
from app.sync.canonical import decode_object

_CHUNK = 500
_TABLES = (SearchWord, MatchKey, Portrait)
# Past SQLAlchemy's parameters by name: a person has some thirty rows here, a bundle thousands of persons.
_WORD = "INSERT INTO search_word (word, person_rid) VALUES (?, ?)"
_KEY = 'INSERT INTO match_key ("key", person_rid) VALUES (?, ?)'
_PORTRAIT = "INSERT INTO portrait (person_rid, data) VALUES (?, ?)"

Values = dict[str, Any]


def persons_named(session: Session, identity_rids: Sequence[int]) -> set[int]:
    """The keys of the persons to whom these identity rows belong now."""
    found: set[int] = set()
    for chunk in _chunks(identity_rids):
        query = select(Identity.person_rid).where(Identity.rid.in_(chunk), Identity.person_rid.is_not(None))
        found.update(rid for rid in session.scalars(query) if rid is not None)
    return found


def index_persons(session: Session, person_rids: Collection[int]) -> None:
    """Make the rows of these persons anew; who is no longer live has none."""
    rids = sorted(person_rids)
    if not rids:
        return
    for model in _TABLES:
        table = model.__table__
        gone = delete(model).where(table.c.person_rid == bindparam("one"))
        session.connection().execute(gone, [{"one": rid} for rid in rids])
    for chunk in _chunks(rids):
        _add(session, chunk)


def forget_all(session: Session) -> None:
    """Empty the index; the projection of all records fills it again."""
    for model in _TABLES:
        session.execute(delete(model))


def _add(session: Session, rids: Sequence[int]) -> None:
    identities = _identities(session, rids)
    words: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    portraits: list[tuple[int, str]] = []
    query = select(Person.rid, Person.code, Record.data).join(Record, Record.rid == Person.rid)
    for rid, code, data in session.execute(query.where(Person.rid.in_(rids))):
        of = identities[rid]
        compared = features(_read(data), of)
        words += [(word, rid) for word in words_of(code, of)]
        found += [(key, rid) for key in keys(compared)]
        portraits.append((rid, pack(compared)))
    # In the order of each index: its pages are then written once.
    for statement, rows in ((_WORD, sorted(words)), (_KEY, sorted(found)), (_PORTRAIT, sorted(portraits))):
        if rows:
            session.connection().exec_driver_sql(statement, rows)


def _identities(session: Session, rids: Sequence[int]) -> dict[int, list[Values]]:
    found: dict[int, list[Values]] = defaultdict(list)
    query = select(Identity.person_rid, Record.data).join(Record, Record.rid == Identity.rid)
    for rid, data in session.execute(query.where(Identity.person_rid.in_(rids)).order_by(Record.uid)):
        assert rid is not None
        found[rid].append(_read(data))
    return found


def _read(data: str) -> Values:
    return decode_object(data.encode(), sort_keys=True)


def _chunks(items: Sequence[int]) -> Iterator[Sequence[int]]:
    starts: Iterable[int] = range(0, len(items), _CHUNK)
    return (items[start : start + _CHUNK] for start in starts)
