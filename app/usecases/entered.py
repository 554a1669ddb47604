"""Figures that no record holds, entered with their source: what was before the program, population, court statistics.

They stay at the coordinator. Of one figure, for one area, no two entries speak of the same month: a number would be
counted twice, and nobody could say which of the two is right.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import codelists
from app.errors import UserError
from app.forms.reading import LONGEST_LINE
from app.forms.text import clean_line
from app.i18n import N_
from app.models import EnteredFigure
from app.usecases.audit import note
from app.usecases.desk import Desk

LIST: Final = "entered_figures"
LARGEST: Final = 2**40
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_UNKNOWN: Final = N_("Choose what the number says.")
_UNKNOWN_KEY: Final = N_("This part does not belong to what you chose. Choose another one, or the whole.")
_UNKNOWN_AREA: Final = N_("Choose an oblast, or the whole country.")
_NO_END: Final = N_("Give the last month of which the number speaks, for example 08.2026.")
_TURNED: Final = N_("The first month lies after the last one. Please check both.")
_NO_NUMBER: Final = N_("Give a whole number, zero or more.")
_NO_SOURCE: Final = N_("Say where the number comes from: the paper or the office, and its year.")
_OVERLAPS: Final = N_(
    "Overlapping periods: for {first} to {last} there is a number of this kind already. Correct that one, or "
    "choose months that it does not speak of."
)
_GONE: Final = N_("This number is no longer here.")


@dataclass(frozen=True, slots=True)
class Figure:
    """An entered figure. Months are ``2026-03``; ``first`` is empty where it reaches back without a beginning."""

    code: str
    key: str
    area: str
    first: str
    last: str
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as it is kept."""

    uid: uuid.UUID
    figure: Figure


def keys_of(code: str) -> tuple[tuple[str, str], ...]:
    """Of which parts a figure may speak: the list and the code of each; the whole is always possible."""
    names = codelists.get(LIST).column(code, "keys").split()
    return tuple((name, key) for name in names for key in codelists.get(name).codes)


class EnteredFigures:
    """The use cases about them. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> tuple[FigureRow, ...]:
        """All figures in the order of their list, then by area and month, newest first."""
        with self._desk.store.reading() as session:
            found = [_row(one) for one in session.scalars(select(EnteredFigure))]
        order = {code: at for at, code in enumerate(codelists.get(LIST).codes)}
        found.sort(key=lambda row: row.figure.last, reverse=True)
        return tuple(sorted(found, key=lambda row: (order.get(row.figure.code, 99), row.figure.key, row.figure.area)))

    def save(self, figure: Figure, uid: uuid.UUID | None = None) -> uuid.UUID:
        """Keep a new figure, or correct the one with the id ``uid``. Raises UserError for what cannot be right."""
        desk, clean = self._desk, _checked(figure)
        with desk.store.transaction() as session:
            row = _found(session, uid) if uid else EnteredFigure(uid=desk.clock.new_id(), currency="")
            _refuse_overlap(session, clean, row.uid)
            row.code, row.key, row.area = clean.code, clean.key, clean.area
            row.first, row.last, row.value, row.source = clean.first, clean.last, clean.value, clean.source
            row.entered_at, row.entered_by = desk.author().stamp, desk.staff
            session.add(row)
            note(session, desk.author(), "figure_corrected" if uid else "figure_entered", row.uid)
            return row.uid

    def delete(self, uid: uuid.UUID) -> None:
        """Take a figure away."""
        with self._desk.store.transaction() as session:
            session.delete(_found(session, uid))
            note(session, self._desk.author(), "figure_deleted", uid)


def _checked(figure: Figure) -> Figure:
    source = clean_line(figure.source)
    if figure.code not in codelists.get(LIST):
        raise UserError(_UNKNOWN)
    if figure.key and figure.key not in {key for _name, key in keys_of(figure.code)}:
        raise UserError(_UNKNOWN_KEY)
    if figure.area and figure.area not in codelists.get("oblasts"):
        raise UserError(_UNKNOWN_AREA)
    if not _MONTH.fullmatch(figure.last) or (figure.first and not _MONTH.fullmatch(figure.first)):
        raise UserError(_NO_END)
    if figure.first > figure.last:
        raise UserError(_TURNED)
    if not 0 <= figure.value <= LARGEST:
        raise UserError(_NO_NUMBER)
    if not source or len(source) > LONGEST_LINE:
        raise UserError(_NO_SOURCE)
    return Figure(figure.code, figure.key, figure.area, figure.first, figure.last, figure.value, source)


def _refuse_overlap(session: Session, figure: Figure, own: uuid.UUID) -> None:
    query = select(EnteredFigure).where(
        EnteredFigure.code == figure.code,
        EnteredFigure.key == figure.key,
        EnteredFigure.area == figure.area,
        EnteredFigure.last >= figure.first,
        EnteredFigure.first <= figure.last,
        EnteredFigure.uid != own,
    )
    if (other := session.scalars(query.limit(1)).one_or_none()) is not None:
        raise UserError(_OVERLAPS, first=_month(other.first) or "…", last=_month(other.last))


def _month(month: str) -> str:
    return f"{month[5:7]}.{month[:4]}" if month else ""


def _found(session: Session, uid: uuid.UUID) -> EnteredFigure:
    row = session.scalars(select(EnteredFigure).where(EnteredFigure.uid == uid)).one_or_none()
    if row is None:
        raise UserError(_GONE)
    return row


def _row(one: EnteredFigure) -> FigureRow:
    return FigureRow(one.uid, Figure(one.code, one.key, one.area, one.first, one.last, one.value, one.source))
