"""A referral: the gate above, the form at the left, and at the right what the letter will say, as it is ticked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.forms.spec import Form, Problem, Section, Severity
from app.i18n import _
from app.ui.forms.code_choices import code_choices
from app.ui.forms.context import FormContext
from app.ui.forms.editors import Editors
from app.ui.forms.form_view import FormView
from app.ui.records.forms import Drafts, no_refs, unchecked
from app.ui.records.one_form import OneForm
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.ui.screens.referral_edit.beside import Beside
from app.ui.screens.referral_edit.gate import Gate
from app.ui.screens.referral_edit.preview import Preview
from app.ui.screens.referral_edit.sources import Sources
from app.ui.screens.referral_edit.ticks import TICKS, TicksEditor
from app.ui.widgets.buttons import button
from app.usecases.referrals import ConsentMissing

_GATE: Final = ("service", "agency", "agency_other")


class ReferralEdit(OneForm):
    """``ReferralEdit(desk, sources, drafts, person=..., referral=...)``; without ``referral`` a new one."""

    kind = "referral"

    def __init__(
        self,
        desk: Desk,
        sources: Sources,
        drafts: Drafts,
        *,
        person: uuid.UUID,
        referral: uuid.UUID | None = None,
    ) -> None:
        self._referrals = sources.referrals
        self._people = sources.people
        self._tell = sources.teller(person)
        self._consents = dict(sources.people.consents(person))
        self._looked_for: tuple[object, ...] = ()
        self.gate: Gate
        self.preview: Preview
        who = title_of(sources.people.person(person), sources.people.identity(person))
        title = _("Referral") if referral else _("New referral")
        super().__init__(desk, drafts, sources.today, title, who, person, referral, sources.referrals.delete)
        self.print_button = button(_("Print the letter"), "printer", self._print)
        if referral is not None:
            self.add_action(self.print_button)

    def recorded(self, record: uuid.UUID) -> Mapping[str, Any]:
        return self._referrals.referral(record)

    def fresh(self) -> Mapping[str, Any]:
        return self._referrals.defaults(self._person)

    def view(self, form: Form, values: Mapping[str, Any]) -> FormView:
        context = FormContext(choices=code_choices, refs=no_refs, today=self._today)
        return FormView(
            _ticked(form), context, values, check=unchecked, editors=Editors(specials={TICKS: TicksEditor})
        )

    def above(self) -> list[QWidget]:
        self.gate = Gate(partial(self._referrals.consent, self._person), self._referrals.colleagues())
        self.gate.consent_wanted.connect(self._to_consent)
        return [self.gate]

    def rebuild(self) -> None:
        super().rebuild()
        self.preview = Preview()
        (view,) = self.views
        self.body.removeWidget(view)
        self.add(Beside(view, self.preview))
        self._looked_for = ()
        view.changed.connect(self._look)
        self._look()

    def store(self, *, sure: bool) -> None:
        self._record = self._referrals.save(self._person, self.values(), referral=self._record, sure=sure)

    def saved(self, *, following: bool) -> None:
        print_it = partial(self.desk.go, "paper", kind="referral", record=self._record)
        self.desk.say(self.done(), "ok", _("Print the letter"), print_it)
        self.desk.back()

    def refused(self, error: UserError) -> None:
        # Both refusals are about who agreed: the first is answered by the reason, the second by another name.
        missing = isinstance(error, ConsentMissing) and not self.values().get("without_consent_reason")
        field = "without_consent_reason" if missing else "second_person"
        view = self.views[0]
        if field in view.boxes and not view.boxes[field].isHidden():
            view.show_problems([Problem(field, Severity.ERROR, "gate", error.message, error.values)])
            view.go_to(field)
        else:
            super().refused(error)

    def done(self) -> str:
        return _("The referral is saved on this laptop · not sent yet")

    def _look(self) -> None:
        """Look at the gate where its answers changed, and show anew what the letter will say."""
        view = self.views[0]
        values = view.values()
        asked = tuple(values.get(name) for name in _GATE)
        if asked != self._looked_for:
            self._looked_for = asked
            self.gate.look(values, self._consents)
            if self._record is not None and values.get("consent") and self.gate.consent is None:
                self.gate.say_since(self._referrals.consent_now(self._record))
            elif (found := str(self.gate.consent or "")) != str(values.get("consent", "")):
                # The form asks for a reason and a colleague only where no consent stands in it.
                view.set_values({**values, "consent": found} if found else _without(values))
        chosen = values.get("shared")
        codes = [str(one) for one in chosen] if isinstance(chosen, list) else []
        self.preview.show_told(codes, self._tell(values))

    def _to_consent(self, scope: str, organisation: str) -> None:
        self.desk.go("consent_edit", person=self._person, scope=scope, organisation=organisation)

    def _print(self) -> None:
        self.desk.go("paper", kind="referral", record=self._record)


def _ticked(form: Form) -> Form:
    """``form`` with the shared fields as ticks in two groups."""

    def section(one: Section) -> Section:
        fields = (replace(field, special=TICKS) if field.codes == "shared_fields" else field for field in one.fields)
        return replace(one, fields=tuple(fields))

    return replace(form, sections=tuple(section(one) for one in form.sections))


def _without(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "consent"}
