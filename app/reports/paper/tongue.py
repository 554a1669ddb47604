"""One language to write a paper in, whatever the interface speaks: texts, codes, dates, sums, whole records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app import codelists
from app.forms import money, partial
from app.forms.identity import NAME_FORM
from app.forms.names import full_name
from app.forms.spec import Field, Kind, Section, Values
from app.i18n import N_, ngettext, translate

Pairs = tuple[tuple[str, str], ...]

_YESNO: Final = {"yes": N_("yes"), "no": N_("no"), "unknown": N_("not known"), "declined": N_("declined to answer")}
_SCRIPTS: Final = {"ru": "ru", "be": "be", "en": "latin"}
"""In which writing a name stands on a paper of each language."""
_PARTS_OF_NAME: Final = ("surname", "given", "patronymic")
_SILENT: Final = frozenset({"hidden", "derived"})


@dataclass(frozen=True, slots=True)
class Tongue:
    """``say = Tongue("be")``; ``say(N_("Born on {date}"), date=...)``."""

    language: str

    def __call__(self, text: str, **values: object) -> str:
        """Marked ``text`` in this language, with its places filled."""
        said = translate(text, self.language)
        return said.format(**values) if values else said

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The form of a phrase for ``number``, with ``{count}`` filled. Called so for the collector of texts."""
        return ngettext(one, many, number, self.language).format(count=number)

    def code(self, name: str, code: object) -> str:
        """The words for ``code`` of the list ``name``; nothing for nothing."""
        return codelists.get(name).label(str(code), self.language) if code else ""

    def codes(self, name: str, codes: object) -> str:
        """The words for several codes."""
        return ", ".join(self.code(name, code) for code in codes) if isinstance(codes, list) else ""

    def date(self, value: object) -> str:
        """A partial date, an estimated age, or a moment; nothing for nothing."""
        if not value:
            return ""
        if isinstance(value, str) and len(value) > 10 and value[10] == "T":
            return f"{partial.display(value[:10], self.language)}, {value[11:16]}"
        return partial.display(value, self.language)

    def money(self, minor: int, currency: str) -> str:
        """A sum as figures with its currency."""
        return money.display(minor, currency, self.language)

    def name(self, identity: Values) -> str:
        """The name as it is written in this language, else the current one, else the first."""
        forms = [form for form in identity.get("names", []) if isinstance(form, Mapping)]
        current = [form for form in forms if form.get("kind") == "current"]
        own = [form for form in current or forms if form.get("language") == _SCRIPTS[self.language]]
        found = own or current or forms
        return full_name(found[0]) if found else ""

    def organisation(self, values: Values, field: str) -> str:
        """The organisation named by ``field``, or in words where it is none of the list."""
        return str(values.get(f"{field}_other") or self.code("agencies", values.get(field)))

    def pairs(
        self, sections: Iterable[Section], values: Values, refs: Mapping[str, str], but: Collection[str] = ()
    ) -> Pairs:
        """The answers in ``sections`` as (question, answer), without the fields named in ``but``.

        ``refs`` names the records an answer may point to. What points to a record without a name is left out:
        an internal id tells a person nothing.
        """
        found: list[tuple[str, str]] = []
        for field in (field for section in sections for field in section.fields):
            if field.special in _SILENT or field.name in but or field.name not in values:
                continue
            if answer := self.answer(field, values[field.name], values, refs):
                found.append((self(field.label), answer))
        return tuple(found)

    def answer(self, field: Field, value: Any, values: Values, refs: Mapping[str, str]) -> str:
        """One answer in words, with its unit. ``value`` is a plain JSON value of any kind."""
        match field.kind:
            case Kind.CODE:
                text = self.code(field.codes, value)
            case Kind.CODES:
                text = self.codes(field.codes, value)
            case Kind.DATE | Kind.BIRTH | Kind.TIME:
                text = self.date(value)
            case Kind.MONEY if isinstance(value, int):
                text = self.money(value, str(values.get(field.currency_field, "")))
            case Kind.YESNO:
                text = self(_YESNO.get(str(value), str(value)))
            case Kind.REF:
                text = refs.get(str(value), "")
            case Kind.ROWS if isinstance(value, list):
                text = "\n".join(self._row(field, row, refs) for row in value if isinstance(row, Mapping))
            case Kind.DECIMAL:
                text = str(value) if self.language == "en" else str(value).replace(".", ",")
            case _:
                text = str(value)
        unit = self._unit_of_service(values) if field.special == "quantity" else self(field.unit)
        return f"{text}\N{NO-BREAK SPACE}{unit}" if text and unit else text

    def _unit_of_service(self, values: Values) -> str:
        unit = codelists.get("services").column(str(values.get("service", "")), "unit")
        return self.code("units", unit)

    def _row(self, field: Field, row: Values, refs: Mapping[str, str]) -> str:
        """One line: a name as it is said, what is known of it after; other rows cell by cell."""
        name = full_name(row) if field.row == NAME_FORM else ""
        rest = [cell for cell in field.row if cell.name in row and not (name and cell.name in _PARTS_OF_NAME)]
        cells = [self.answer(cell, row[cell.name], row, refs) for cell in rest]
        return ", ".join(part for part in (name, *cells) if part)
