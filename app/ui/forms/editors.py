"""Which editor class serves which kind of field."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.forms.spec import Field, Kind
from app.ui.forms.birth_editor import BirthEditor
from app.ui.forms.code_editor import CodeEditor
from app.ui.forms.codes_editor import CodesEditor
from app.ui.forms.context import FormContext
from app.ui.forms.date_editors import DateEditor, TimeEditor
from app.ui.forms.editor import Editor
from app.ui.forms.money_editor import MoneyEditor
from app.ui.forms.number_editors import DecimalEditor, IntegerEditor
from app.ui.forms.ref_editor import RefEditor
from app.ui.forms.rows_editor import RowsEditor
from app.ui.forms.text_editors import LongEditor, TextEditor
from app.ui.forms.yesno_editor import YesNoEditor

MakeEditor = Callable[[Field, FormContext], Editor]


class Editors:
    """Makes editors. ``specials`` are hand-made ones by the name in ``Field.special``; ``filter_by`` maps the
    name of a CODE field to the field whose code is the parent of its entries (``{"raion": "oblast"}``)."""

    def __init__(
        self, specials: Mapping[str, MakeEditor] | None = None, filter_by: Mapping[str, str] | None = None
    ) -> None:
        self._specials = dict(specials or {})
        self._filter_by = dict(filter_by or {})
        self._kinds: dict[Kind, MakeEditor] = {
            Kind.TEXT: TextEditor,
            Kind.LONG: LongEditor,
            Kind.CODE: self._code,
            Kind.CODES: CodesEditor,
            Kind.DATE: DateEditor,
            Kind.BIRTH: BirthEditor,
            Kind.TIME: TimeEditor,
            Kind.INTEGER: IntegerEditor,
            Kind.DECIMAL: DecimalEditor,
            Kind.MONEY: MoneyEditor,
            Kind.YESNO: YesNoEditor,
            Kind.REF: RefEditor,
            Kind.ROWS: self._rows,
        }

    def make(self, field: Field, context: FormContext) -> Editor:
        """The editor of ``field``: a special one where there is one by that name, else its kind's."""
        return self._specials.get(field.special, self._kinds[field.kind])(field, context)

    def _code(self, field: Field, context: FormContext) -> Editor:
        return CodeEditor(field, context, self._filter_by.get(field.name, ""))

    def _rows(self, field: Field, context: FormContext) -> Editor:
        return RowsEditor(field, context, self.make)
