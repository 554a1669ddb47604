"""One question of the coordinator in words: where it has got to, both values, the answer."""

from __future__ import annotations

from app.i18n import N_, _, translate
from app.ui.dates import short_date
from app.ui.records.asked_words import label_of, value_words
from app.ui.records.places import name_of
from app.ui.records.words import coded
from app.ui.widgets.chip import ChipKind
from app.usecases.questions import QuestionRow, QuestionState

_CHIPS: dict[QuestionState, tuple[str, ChipKind]] = {
    QuestionState.TO_TELL: (N_("to be told"), "warn"),
    QuestionState.ASKED: (N_("waits for an answer"), "plain"),
    QuestionState.ANSWERED: (N_("has an answer"), "accent"),
    QuestionState.CLOSED: (N_("question closed"), "ok"),
}


def chip_of(row: QuestionRow) -> tuple[str, ChipKind]:
    """The state as a chip."""
    words, kind = _CHIPS[row.state]
    return _(words), kind


def what_of(row: QuestionRow) -> str:
    """The record and the field."""
    record = name_of(row.kind, row.about)
    if not row.field:
        return record
    return _("{record}: {field}").format(record=record, field=translate(row.label) if row.label else row.field)


def state_of(row: QuestionRow) -> str:
    """Where it has got to, with the days."""
    asked = short_date(row.asked_on)
    match row.state:
        case QuestionState.TO_TELL:
            return _("Written on {date}, goes with the next receipt").format(date=asked)
        case QuestionState.ASKED:
            return _("Asked on {date}, told with receipt {number}").format(date=asked, number=row.receipt)
        case QuestionState.ANSWERED:
            return _("Asked on {date}, answered on {day}").format(date=asked, day=short_date(row.answered_on))
        case _ if row.answer:
            return _("Asked on {date}, answered and closed").format(date=asked)
        case _ if not row.values:
            return _("Asked on {date}; the record is no longer here").format(date=asked)
        case _:
            return _("Asked on {date}, closed without an answer").format(date=asked)


def values_of(row: QuestionRow) -> list[str]:
    """What stood there, what stands there now, what she thinks; for a late row each field with both values."""
    found: list[str] = []
    if row.late:
        found.append(_("The centre that kept this record before wrote something else."))
        for one in row.differences:
            words = _("{field}: here stands {held}, the centre before wrote {other}.")
            found.append(
                words.format(
                    field=label_of(row.kind, row.values, one.field),
                    held=value_words(row.kind, row.values, one.field, one.held),
                    other=value_words(row.kind, row.values, one.field, one.other),
                )
            )
    elif row.field and row.values:
        held = value_words(row.kind, row.values, row.field, row.held)
        parts = [_("It said: {value}.").format(value=held)]
        if row.now != row.held:
            now = value_words(row.kind, row.values, row.field, row.now)
            parts.append(_("Now it says: {value}.").format(value=now))
        if row.proposed is not None:
            thought = value_words(row.kind, row.values, row.field, row.proposed)
            parts.append(_("You think: {value}.").format(value=thought))
        found.append(" ".join(parts))
    if row.words:
        found.append(_("You asked: “{words}”").format(words=row.words))
    return found


def answer_of(row: QuestionRow) -> str:
    """The nurse's answer and her words; empty while there is none."""
    if not row.answer:
        return ""
    said = coded("answers", row.answer)
    if row.answer_words:
        return _("Answer: {answer}. “{words}”").format(answer=said, words=row.answer_words)
    return _("Answer: {answer}.").format(answer=said)
