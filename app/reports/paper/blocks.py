"""A paper as data: a title and blocks of finished text, in one language. How it looks is decided where it is painted.

Nothing here is marked text any more: whoever composes a paper has put every word into the paper's language,
which need not be the language of the interface.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.reports.pack import Picture
from app.reports.table import Told


class PaperKind(StrEnum):
    """The papers there are; also the ``kind`` argument of the route and the word in the audit log."""

    CONSENT = "consent"
    REFERRAL = "referral"
    SUMMARY = "summary"
    RECEIPT = "receipt"
    PACK = "pack"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 begins a part, 2 one record in it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short statements, each with a bullet, or with its number."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Questions at the left, answers at the right. A row is never cut between two pages."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement with two boxes. ``answer`` None leaves both empty; ``fill`` names a line to write on."""

    text: str
    answer: bool | None = None
    note: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """Statements to be answered; ``yes`` and ``no`` head the boxes, ``head`` the statements."""

    head: str
    yes: str
    no: str
    rows: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to write on, each after its label; a value that is known stands on the line already."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """For each party a line with places for the name, the signature and the date.

    A party is (who, name if known); ``captions`` stand small under the three places.
    """

    captions: tuple[str, str, str]
    parties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount of money in a frame: figures, and the same in words."""

    figures: str
    words: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A dashed line; what follows is torn off, so it stays together on one page."""

    text: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """One place of a table; ``below`` stands small under it (a share). ``hidden`` places are drawn as hidden."""

    text: str
    below: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of a table; ``total`` lines are set apart."""

    cells: tuple[GridCell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head is repeated on each page, and no row is cut.

    The first ``labels`` columns are words, all others are numbers (set at the right); ``totals`` are the numbers of
    the columns that sum up the others. Each row has as many cells as ``head``.
    """

    head: tuple[str, ...]
    rows: tuple[GridRow, ...]
    labels: int = 1
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table whose numbers stand in the Grid after it, so it has no words of its own."""

    told: Told
    picture: Picture


Block = Heading | Text | Points | Rows | Choices | Blanks | Signatures | Sum | Cut | Grid | Chart


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. ``issuer`` and ``date`` head the first page, ``foot`` and the page's number end each.

    ``page_of`` has the places ``{page}`` and ``{pages}``.
    """

    kind: PaperKind
    language: str
    issuer: str
    date: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    foot: str
    page_of: str


def texts(paper: Paper) -> Iterator[str]:
    """Every word of the paper, in reading order: for those who hear it, and for tests."""
    yield from (text for text in (paper.issuer, paper.date, paper.title, paper.lead) if text)
    for block in paper.blocks:
        yield from (text for text in _texts(block) if text)
    yield paper.foot


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text=text) | Text(text=text) | Cut(text=text):
            yield text
        case Points(items=items):
            yield from items
        case Rows(pairs=pairs) | Blanks(lines=pairs):
            yield from (part for pair in pairs for part in pair)
        case Choices():
            yield from (block.head, block.yes, block.no)
            yield from (part for row in block.rows for part in (row.text, row.note, row.fill))
        case Signatures():
            yield from (part for party in block.parties for part in party)
            yield from block.captions
        case Sum():
            yield from (block.figures, block.words)
        case Grid():
            yield from block.head
            yield from (part for row in block.rows for cell in row.cells for part in (cell.text, cell.below))
