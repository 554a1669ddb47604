"""The document of the directory of partners, read strictly: whatever a bundle says, only this shape gets in.

``{"agencies": [...], "memoranda": [...]}``: each agency with its permanent ``code`` and the answers of the form
``AGENCY``, each memorandum with those of ``MEMORANDUM``; both with ``changed``, the moment of the last change.
Agencies that were never edited are not in it: they came with the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.forms import partial
from app.forms.agency import AGENCY
from app.forms.memorandum import MEMORANDUM
from app.forms.reading import LONGEST_LINE
from app.forms.spec import Field, Kind
from app.forms.text import clean_line
from app.i18n import LANGUAGES
from app.sync.canonical import MAX_BYTES, Json, encode
from app.sync.errors import Answer, BundleRefused

MOST: Final = 2_000
"""Agencies in one directory; far more than there are partners in the country."""
_MOST_MEMORANDA: Final = 40
_MOST_ROWS: Final = 300
_MOST_BYTES: Final = MAX_BYTES // 2
"""A part of a bundle holds twice as much."""
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+\-]{0,63}")
_STAMP: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
Entry = dict[str, Any]
"""An agency or a memorandum as it stands in the document."""


@dataclass(slots=True)
class Directory:
    """Agencies by code, memoranda by oblast ("" is the whole country)."""

    agencies: dict[str, Entry] = field(default_factory=dict)
    memoranda: dict[str, Entry] = field(default_factory=dict)

    def document(self) -> dict[str, Json]:
        """As it is kept and sent: each list in the order of its keys, so that equal content is equal text."""
        return {
            "agencies": [self.agencies[code] for code in sorted(self.agencies)],
            "memoranda": [self.memoranda[oblast] for oblast in sorted(self.memoranda)],
        }

    def text(self) -> str:
        """The canonical text of it."""
        return encode(self.document(), sort_keys=True).decode()

    def fits(self) -> bool:
        """Can it be read again? What is too large to be read would be lost."""
        many = len(self.agencies) > MOST or len(self.memoranda) > _MOST_MEMORANDA
        return not many and len(self.text().encode()) <= _MOST_BYTES

    def merge(self, other: Directory) -> None:
        """Take from ``other`` what it alone has, and what was changed there later; nothing is ever taken away.

        The result is the same in whatever order documents come.
        """
        for mine, theirs in ((self.agencies, other.agencies), (self.memoranda, other.memoranda)):
            for key, entry in theirs.items():
                if key not in mine or _rank(entry) > _rank(mine[key]):
                    mine[key] = entry


def _rank(entry: Entry) -> tuple[str, bytes]:
    return str(entry["changed"]), encode(entry, sort_keys=True)


def read(document: Json) -> Directory:
    """The directory in ``document``. Raises BundleRefused (MANIFEST) where it is none."""
    if not isinstance(document, dict) or set(document) != {"agencies", "memoranda"}:
        raise _refused("not a directory")
    agencies = _entries(document["agencies"], MOST, _AGENCY, "code")
    if not all(CODE.fullmatch(code) for code in agencies):
        raise _refused("code")
    if not all(any(entry.get(name) for name in LANGUAGES) for entry in agencies.values()):
        raise _refused("an agency without a name")
    return Directory(agencies, _entries(document["memoranda"], _MOST_MEMORANDA, _MEMORANDUM, "oblast"))


def _entries(found: Json, most: int, fields: Mapping[str, Field], key: str) -> dict[str, Entry]:
    if not isinstance(found, list) or len(found) > most:
        raise _refused("a list")
    entries: dict[str, Entry] = {}
    for entry in found:
        if not isinstance(entry, dict) or not _STAMP.fullmatch(str(entry.get("changed"))):
            raise _refused("an entry")
        if not _is_sound(entry, fields):
            raise _refused("a value")
        if (name := str(entry.get(key, ""))) in entries:
            raise _refused("twice")
        entries[name] = entry
    return entries


def _is_sound(values: Mapping[str, Json], fields: Mapping[str, Field]) -> bool:
    """Is each value of its question's kind? What a newer program added is kept where it is a line of text."""
    return all(
        _SOUND[fields[name].kind](value, fields[name]) if name in fields else _is_line(value, None)
        for name, value in values.items()
    )


def _is_line(value: Json, _field: Field | None) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_LINE and clean_line(value) == value


def _is_code(value: Json, _field: Field | None) -> bool:
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def _are_codes(value: Json, _field: Field) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_ROWS and all(_is_code(one, None) for one in value)


def _is_date(value: Json, _field: Field) -> bool:
    return isinstance(value, str) and partial.bounds(value) is not None


def _are_rows(value: Json, field: Field) -> bool:
    cells = _by_name(field.row)
    return (
        isinstance(value, list)
        and len(value) <= _MOST_ROWS
        and all(isinstance(row, dict) and _is_sound(row, cells) for row in value)
    )


def _by_name(fields: Iterable[Field]) -> Mapping[str, Field]:
    return {field.name: field for field in fields}


def _refused(what: str) -> BundleRefused:
    return BundleRefused(Answer.MANIFEST, f"directory of partners: {what}")


_SOUND: Final[Mapping[Kind, Callable[[Json, Field], bool]]] = {
    Kind.TEXT: _is_line,
    Kind.CODE: _is_code,
    Kind.YESNO: _is_code,
    Kind.CODES: _are_codes,
    Kind.DATE: _is_date,
    Kind.ROWS: _are_rows,
}
"""The kinds of question that the two forms have."""
_AGENCY: Final = _by_name(AGENCY.fields)
_MEMORANDUM: Final = _by_name(MEMORANDUM.fields)
