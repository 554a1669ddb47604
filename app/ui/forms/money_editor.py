"""MONEY: a sum in minor units. The currency stands in another field of the form and is shown beside the sum."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.forms import money
from app.forms.spec import Field, Values
from app.i18n import language
from app.ui.forms.context import FormContext
from app.ui.forms.editor import LineEditor

DEFAULT_CURRENCY = "BYN"


class MoneyEditor(LineEditor):
    """Typed with comma or point; a sum that can be read in two ways is left as typed and named by the check."""

    def __init__(self, field: Field, context: FormContext) -> None:
        super().__init__(field, context, width=200)
        self._currency = DEFAULT_CURRENCY
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.editingFinished.connect(self._settle)
        self.line.show_unit(self._currency)

    def value(self) -> object | None:
        typed = self.line.text().strip()
        if not typed:
            return None
        amount = money.parse(typed, self._currency)
        return typed if amount is None else amount

    def set_value(self, value: object | None) -> None:
        if isinstance(value, int):
            self.line.setText(money.display(value, self._currency, language()).removesuffix(self._currency).strip())
        else:
            self.line.setText("" if value is None else str(value))

    def watch(self, values: Values) -> None:
        """Follow the currency; the digits typed stay, their meaning in minor units follows the currency."""
        currency = str(values.get(self.field.currency_field) or DEFAULT_CURRENCY)
        if currency != self._currency:
            self._currency = currency
            self.line.show_unit(currency)

    def _settle(self) -> None:
        self.set_value(self.value())
