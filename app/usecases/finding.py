"""The questions that the search puts to the index: whom a text finds, and in which order they stand.

Every typed word must be met by one of the person's kept words (``app.matching.find_words``): by the beginning of
one, by its sound, by the given name it is a form of. Each of these is one range of the index. Only when nobody is
found so, a word may also stand inside of another; that reads all words, and needs some milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from app.forms.names import full_name
from app.matching.find_words import Sought, sought, words_of
from app.matching.names import Values, name_forms
from app.models import Identity, Person, Record, SearchWord, Service
from app.sync.canonical import decode_object

ORDERS: Final = ("recent", "name", "code", "born", "services", "last")
_PARTS: Final = ("surname", "given", "patronymic")
_PAST_ALL_LETTERS: Final = "\U0010ffff"
_IN_RECENT: Final = literal_column("+record.rid", Integer)
_IN_ANY: Final = literal_column("+person.rid", Integer)

Met = Callable[[Sought], list[Select[int]]]


def find_persons(session: Session, text: str, order: str, *, descending: bool) -> list[int]:
    """The keys of the people whom ``text`` finds. Without an order of their own those spelt as typed come first."""
    typed = sought(text)
    ways: tuple[Met, ...] = (_begun, _contained) if typed else (_begun,)
    for met in ways:
        if found := _keys(session, question(typed, order, met=met, descending=descending)):
            return found
    return []


def _keys(session: Session, query: Select[int]) -> list[int]:
    """All keys at once, as one text: a row for each of 200,000 people would take four times as long.

    SQLite keeps the order of a subquery for this function (its optimiser drops it for count, min and max alone).
    """
    found = query.subquery()
    text = session.scalar(select(func.json_group_array(found.c.rid)))
    keys: list[int] = json.loads(text or "[]")
    return keys


def other_names(session: Session, text: str, rids: Sequence[int]) -> dict[int, str]:
    """Of the people who were found: the words of another name by which, where it was not the one that is shown."""
    typed = sought(text)
    if not typed:
        return {}
    query = select(Identity.person_rid, Identity.display_name, Record.data).join(Record, Record.rid == Identity.rid)
    # The key has a line for each form: with one alone there is no other name.
    several = query.where(Identity.person_rid.in_(rids), Identity.search_key.contains("\n"))
    found: dict[int, str] = {}
    for rid, shown, data in session.execute(several):
        identity = decode_object(data.encode(), sort_keys=True)
        if rid is not None and (name := _other_name(typed, shown, name_forms([identity]))):
            found[rid] = name
    return found


def _other_name(typed: Sequence[Sought], shown: str, forms: Sequence[Values]) -> str:
    by_name = {
        full_name(form): sum(
            one.met_by(_words_of_form(*(str(form.get(part, "")) for part in _PARTS))) for one in typed
        )
        for form in forms
    }
    best = max(by_name, key=lambda name: by_name[name], default="")
    if by_name.get(best, 0) <= by_name.get(shown, 0):
        return ""
    # The part that differs is enough: who sees the rest beside it reads it twice.
    return " ".join(word for word in best.split() if word not in shown.split()) or best


@lru_cache(maxsize=10_000)
def _words_of_form(surname: str, given: str, patronymic: str) -> frozenset[str]:
    """Kept, for the same people are drawn again with each key that is typed."""
    return words_of("", [{"names": [{"surname": surname, "given": given, "patronymic": patronymic}]}])


def question(typed: Sequence[Sought], order: str, *, met: Met | None = None, descending: bool = False) -> Select[int]:
    """The statement that finds the people who meet all of ``typed``."""
    scanned = _IN_RECENT if order == "recent" else _IN_ANY
    query = select(Person.rid).where(*(_of_all(met or _begun, one, scanned) for one in typed))
    if order == "recent" and any(one.alike or one.equal for one in typed):
        as_written = and_(*(_of_all(_written, one, scanned) for one in typed))
        query = query.order_by(as_written.desc())
    return _ordered(query, order, descending=descending)


def _of_all(met: Met, one: Sought, scanned: ColumnElement[int]) -> ColumnElement[bool]:
    """Is the person among those who meet this word in one of the ways?

    One letter or two are met by a tenth of the register: to look each of them up takes longer than to go through all
    in the order of the list. (The plus keeps SQLite from looking up.)
    """
    parts = met(one)
    hits = union_all(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
    few_letters = all(len(word) <= 3 for word in (*one.written, *one.alike))
    return (scanned if few_letters else Person.rid.expression).in_(select(hits.c.person_rid))


def _written(one: Sought) -> list[Select[int]]:
    return [_beginning(word) for word in one.written]


def _begun(one: Sought) -> list[Select[int]]:
    parts = [_beginning(word) for word in (*one.written, *one.alike)]
    if one.equal:
        parts.append(select(SearchWord.person_rid).where(SearchWord.word.in_(one.equal)))
    return parts


def _contained(one: Sought) -> list[Select[int]]:
    return [*_begun(one), *(_inside(word) for word in one.inside)]


def _beginning(word: str) -> Select[int]:
    """A range, for LIKE and its kin do not use the index with bound values."""
    return select(SearchWord.person_rid).where(SearchWord.word >= word, SearchWord.word < word + _PAST_ALL_LETTERS)


def _inside(word: str) -> Select[int]:
    kind, letters = word[0], word[1:]
    return _beginning(kind).where(func.instr(SearchWord.word, letters) > 1)


def _ordered(query: Select[int], order: str, *, descending: bool) -> Select[int]:
    """Who has nothing to be ordered by stands last, whichever way."""

    def by(*keys: SQLColumnExpression[Any]) -> Iterator[ColumnElement[Any]]:
        for key in keys:
            yield (key.desc() if descending else key.asc()).nulls_last()

    match order:
        case "recent":
            # The record drives, by its index of people; a bound value would keep SQLite from that index.
            latest = (Record.changed_at, Record.rid)
            keys = [key.asc() if descending else key.desc() for key in latest]
            of_people = literal_column("record.kind") == literal_column("'person'")
            return query.join(Record, Record.rid == Person.rid).where(of_people).order_by(*keys)
        case "name":
            name = func.nullif(func.min(Identity.search_key), "")
            named = query.outerjoin(Identity, Identity.person_rid == Person.rid).group_by(Person.rid)
            return named.order_by(*by(name, Person.code))
        case "code":
            return query.order_by(*by(Person.code, Person.rid))
        case "born":
            return query.order_by(*by(Person.birth_year, Person.rid))
        case "services":
            helped = query.outerjoin(Service, Service.person_rid == Person.rid).group_by(Person.rid)
            return helped.order_by(*by(func.count(Service.person_rid), Person.rid))
        case "last":
            last = select(func.max(Service.on_date)).where(Service.person_rid == Person.rid)
            return query.order_by(*by(last.scalar_subquery(), Person.rid))
        case _:
            raise ValueError(order)
