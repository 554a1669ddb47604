"""What a question says, in words: the field, the value that stands there, the value that is thought right."""

from __future__ import annotations

from typing import Any

from app.forms.catalogue import form_for_record
from app.forms.spec import Field, Values
from app.i18n import _, translate
from app.ui.records.words import answer
from app.usecases.doubts import AskedHere, Doubt


def field_of(kind: str, values: Values, name: str) -> Field | None:
    """The field of a record's form; None where this program does not know it."""
    try:
        return form_for_record(kind, values).field(name)
    except KeyError:
        return None


def label_of(kind: str, values: Values, name: str) -> str:
    """The field's label; for the whole record, or a field that is not known, words for that."""
    field = field_of(kind, values, name) if name else None
    return translate(field.label) if field is not None else _("The whole record")


def value_words(kind: str, values: Values, name: str, value: Any) -> str:  # Any: a plain JSON value of any kind
    """A value of the field ``name`` in words."""
    if value is None:
        return _("nothing")
    field = field_of(kind, values, name)
    return (answer(field, value, values) if field is not None else str(value)) or _("nothing")


def sentences(doubt: Doubt, one: AskedHere) -> list[str]:
    """The question as the nurse reads it: both values of each field, then the coordinator's words."""
    kind, values = doubt.kind, doubt.values
    parts: list[str] = []
    if one.field and values:
        held = value_words(kind, values, one.field, values.get(one.field))
        parts.append(_("Here stands: {value}.").format(value=held))
    if one.proposed is not None:
        thought = value_words(kind, values, one.field, one.proposed)
        parts.append(_("The coordinator thinks: {value}.").format(value=thought))
    found = [" ".join(parts)] if parts else []
    for difference in one.differences:
        words = _("{field}: here stands {held}, the centre before wrote {other}.")
        found.append(
            words.format(
                field=label_of(kind, values, difference.field),
                held=value_words(kind, values, difference.field, difference.held),
                other=value_words(kind, values, difference.field, difference.other),
            )
        )
    if one.words:
        found.append(_("“{words}”").format(words=one.words))
    return found
