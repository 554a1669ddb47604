"""Keeps the index of people in line with their records: words that find them, keys and features that compare them.

Called by the projection alone, in the transaction that changed the records, so typed and imported values go one
way. What a person's rows say depends on her live records alone, never on the order in which they came.

The store remembers by which version of the rules its index was made. One that an earlier program made is made anew
in slices (``renew_some``), each a transaction of its own; meanwhile what is saved is kept by the new rules at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from app.matching.find_words import raion_word, words_of
from app.matching.keys import keys
from app.matching.names import features, name_forms
from app.matching.portrait import pack
from app.matching.version import INDEX_VERSION
from app.models import MatchKey, Person, Portrait, SearchWord, Setting
from app.sync import bulk
from app.sync.canonical import decode_object

_PARTS: Final = ("surname", "given", "patronymic")
_KEPT: Final = 50_000
"""Of how many parts of names the words are remembered."""
_TABLES: Final = (SearchWord, MatchKey, Portrait)
_GONE: Final = [bulk.delete_text(model, "person_rid") for model in _TABLES]
_WORD: Final = bulk.insert_text(SearchWord, ("word", "person_rid"))
_KEY: Final = bulk.insert_text(MatchKey, ("key", "person_rid"))
_PORTRAIT: Final = bulk.insert_text(Portrait, ("person_rid", "data"))
_NAMED: Final = "SELECT DISTINCT person_rid FROM identity WHERE rid IN ({}) AND person_rid IS NOT NULL"
_PERSONS: Final = """
    SELECT person.rid, person.code, record.data FROM person JOIN record ON record.rid = person.rid
    WHERE person.rid IN ({})
"""
_IDENTITIES: Final = """
    SELECT identity.person_rid, identity.rid, record.data, record.uid
    FROM identity JOIN record ON record.rid = identity.rid WHERE identity.person_rid IN ({})
"""

_MADE_BY: Final = "index_version"
_RENEWED: Final = "index_renewed"
"""How far a renewal has come: the version and the last key that was done. Gone when all is done."""

Values = Mapping[str, Any]


def persons_named(session: Session, identity_rids: Collection[int]) -> set[int]:
    """The keys of the persons to whom these identity rows belong now."""
    return {rid for (rid,) in bulk.look_up(session, _NAMED, identity_rids)}


def index_persons(session: Session, person_rids: Collection[int], documents: Mapping[int, Values]) -> None:
    """Make the rows of these persons anew; who is no longer live has none.

    ``documents`` are the values of records (by key) that were just written: they need not be read again.
    """
    rids = sorted(person_rids)
    for statement in _GONE:
        bulk.run(session, statement, [(rid,) for rid in rids])
    if not _has_rows(session):
        _set(session, _MADE_BY, str(INDEX_VERSION))
    _add(session, rids, documents)


def forget_all(session: Session) -> None:
    """Empty the index; the projection of all records fills it again."""
    for model in _TABLES:
        session.execute(delete(model))


def is_current(session: Session) -> bool:
    """Was the index made by the rules of this program? (One without rows is nobody's work and is current.)"""
    return _get(session, _MADE_BY) == str(INDEX_VERSION) or not _has_rows(session)


def renew_some(session: Session, most: int) -> list[int]:
    """Make the rows of the next ``most`` persons anew, from where the last call stopped; returns their keys.

    To be called, each time in a transaction of its own, while ``is_current`` says no.
    """
    version, _, last = _get(session, _RENEWED).partition(":")
    after = int(last) if version == str(INDEX_VERSION) else 0
    rids = list(session.scalars(select(Person.rid).where(Person.rid > after).order_by(Person.rid).limit(most)))
    index_persons(session, rids, {})
    if len(rids) < most:
        _set(session, _MADE_BY, str(INDEX_VERSION))
        session.execute(delete(Setting).where(Setting.name == _RENEWED))
    else:
        _set(session, _RENEWED, f"{INDEX_VERSION}:{rids[-1]}")
    return rids


def _has_rows(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(Portrait.person_rid.is_not(None)))))


def _get(session: Session, name: str) -> str:
    return session.scalar(select(Setting.value).where(Setting.name == name)) or ""


def _set(session: Session, name: str, value: str) -> None:
    session.merge(Setting(name=name, value=value))


def _add(session: Session, rids: Sequence[int], documents: Mapping[int, Values]) -> None:
    identities = _identities(session, rids, documents)
    words: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    portraits: list[tuple[int, str]] = []
    for rid, code, data in bulk.look_up(session, _PERSONS, rids):
        of = identities[rid]
        compared = features(documents.get(rid) or _read(data), of)
        words += [(word, rid) for word in _words_of(code, of)]
        if compared.raion:
            words.append((raion_word(compared.raion), rid))
        found += [(key, rid) for key in keys(compared)]
        portraits.append((rid, pack(compared)))
    # In the order of each index: its pages are then written once.
    for statement, rows in ((_WORD, sorted(words)), (_KEY, sorted(found)), (_PORTRAIT, sorted(portraits))):
        bulk.run(session, statement, rows)


def _words_of(code: str, identities: Sequence[Values]) -> set[str]:
    """As ``words_of``, a part of a name at a time: parts repeat from person to person, whole names rarely."""
    found = set(words_of(code, ()))
    for form in name_forms(identities):
        for part in _PARTS:
            text = form.get(part)
            if type(text) is str:
                found |= _words_of_part(part, text)
    return found


@lru_cache(maxsize=_KEPT)
def _words_of_part(part: str, text: str) -> frozenset[str]:
    return words_of("", [{"names": [{part: text}]}])


def _identities(
    session: Session, person_rids: Sequence[int], documents: Mapping[int, Values]
) -> dict[int, list[Values]]:
    """The names of each person, in the order of their records' ids."""
    found: dict[int, list[Values]] = defaultdict(list)
    rows = sorted(bulk.look_up(session, _IDENTITIES, person_rids), key=lambda row: row[3])
    for person_rid, rid, data, _uid in rows:
        found[person_rid].append(documents.get(rid) or _read(data))
    return found


def _read(data: str) -> Values:
    return decode_object(data.encode(), sort_keys=True)
