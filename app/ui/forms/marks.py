"""What is said beside the fields: what the save refused, and what looks odd already while one fills in the form.

A live check runs when a field is left and when an answer is chosen. It warns in words and stops nobody; what is only
missing is not said before the save, for nobody can have filled in everything yet. A mark goes as soon as its field
is mended: one need not save again to see whether it is right now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from shiboken6 import isValid

from app.forms.spec import Problem, Severity, Values
from app.i18n import translate
from app.ui.forms.field_box import FieldBox
from app.ui.forms.problem_summary import ProblemSummary
from app.ui.forms.problems import cell_of, sentence
from app.ui.forms.rows_editor import RowsEditor

Live = Callable[[Values], Sequence[Problem]]
Key = tuple[str, str]

AT_THE_SAVE: Final = frozenset({"required", "not_asked"})
"""What only says that something is missing; so does every error about a field that is empty."""


class Marks:
    """The marks of one form. ``live`` gives what the check finds in the values now."""

    def __init__(self, boxes: Mapping[str, FieldBox], summary: ProblemSummary, live: Live | None) -> None:
        self._boxes = boxes
        self._summary = summary
        self._live = live
        self._said: list[Problem] = []
        self._beyond: set[Key] = set()
        """Refusals that the live check cannot know (a grant that is used up): they go when their field is edited."""
        self._shown: dict[FieldBox, tuple[str, Severity | None]] = {}
        self._seen: set[Key] = set()

    @property
    def any(self) -> bool:
        """Is there a mark anywhere?"""
        return bool(self._shown or self._said)

    def say(self, problems: Sequence[Problem], values: Values) -> None:
        """Mark what a save refused or doubted, and list it at the top; nothing takes all marks away."""
        self._said = list(problems)
        known = {_key(one) for one in self._found(values)} if problems else set()
        self._beyond = {_key(one) for one in problems} - known
        self._paint(self._said)
        self._summarise()

    def look(self, values: Values, *, edited: str = "", typing: str = "") -> None:
        """Look over ``values``: ``edited`` is the field just changed, ``typing`` the one (or cell) in hand.

        The field in hand gets no new mark, for a half-typed number is no wrong one.
        """
        found = self._found(values)
        keys = {_key(one) for one in found}
        before = len(self._said)
        self._said = [one for one in self._said if self._stands(one, keys, edited)]
        said = {_key(one) for one in self._said}
        fresh = [one for one in found if _key(one) not in said and not _is_missing(one, values)]
        self._paint([*self._said, *(one for one in fresh if one.field != typing or _key(one) in self._seen)])
        if len(self._said) != before:
            self._summarise()

    def _found(self, values: Values) -> Sequence[Problem]:
        if self._live is None:
            return ()
        return [one for one in self._live(values) if cell_of(one.field)[0] in self._boxes]

    def _stands(self, problem: Problem, found: set[Key], edited: str) -> bool:
        if _key(problem) in self._beyond:
            return cell_of(problem.field)[0] != edited
        return _key(problem) in found

    def _summarise(self) -> None:
        titles = {name: translate(box.field.label) for name, box in self._boxes.items()}
        self._summary.show_problems(self._said, titles)

    def _paint(self, problems: Sequence[Problem]) -> None:
        """Show these and nothing else; fields whose words stay the same are not touched."""
        self._seen = {_key(one) for one in problems}
        wanted: dict[FieldBox, tuple[str, Severity | None]] = {}
        for problem in sorted(problems, key=lambda one: one.severity is Severity.ERROR):
            if (box := self.box_of(problem.field)) is not None:
                wanted[box] = (sentence(problem), problem.severity)
        for box in self._shown:
            # A row may have been taken away with its marks.
            if box not in wanted and isValid(box):
                box.set_problem("", None)
        for box, (text, severity) in wanted.items():
            if self._shown.get(box) != (text, severity):
                box.set_problem(text, severity)
        self._shown = wanted

    def box_of(self, name: str) -> FieldBox | None:
        """The box of the field ``name``, or of the cell ``name[2].cell``."""
        field, at, cell = cell_of(name)
        box = self._boxes.get(field)
        if box is not None and at is not None and isinstance(box.editor, RowsEditor):
            return box.editor.cell_box(at, cell) or box
        return box


def _is_missing(problem: Problem, values: Values) -> bool:
    empty = values.get(cell_of(problem.field)[0]) is None
    return problem.code in AT_THE_SAVE or (empty and problem.severity is Severity.ERROR)


def _key(problem: Problem) -> Key:
    return problem.field, problem.code
