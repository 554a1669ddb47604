"""The consents of one person: first the list of all purposes, then the answer about one of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial as partial_of
from typing import Any

from PySide6.QtCore import QTimer

from app import codelists
from app.codelists import ConsentScope, ConsentState
from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.forms.names import fold
from app.i18n import _
from app.ui.records.consent_words import about_names, withdrawal
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.records.words import coded, title_of
from app.ui.routes import Desk
from app.ui.screens.consent_edit.listing import ConsentListing, Wish
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import ghost_button
from app.usecases.people import People

_AGE_OF_CONSENT = 16  # law 99-Z of Belarus


class ConsentEdit(EditPage):
    """``ConsentEdit(desk, people, today, drafts, staff_name=..., person=..., scope=..., organisation=...)``.

    ``scope`` is a purpose (its recorded answer, or a new one), ``organisation`` to whom a release is asked: its code,
    or its name where it stands on no list. Without a scope: the list.
    """

    def __init__(
        self,
        desk: Desk,
        people: People,
        today: Callable[[], dt.date],
        drafts: Drafts,
        *,
        staff_name: str,
        person: uuid.UUID,
        scope: str = "",
        organisation: str = "",
    ) -> None:
        super().__init__(desk, drafts)
        self._people = people
        self._today = today
        self._staff = staff_name
        self._person = person
        self._wish: Wish | None = None
        self._saved_state = ""
        listed = not organisation or organisation in codelists.get("agencies").codes
        self._organisation, self._called = (organisation, "") if listed else ("other", organisation)
        self._from_list = not scope
        self.listing: ConsentListing | None = None
        self._way_back = ghost_button(_("Back (Esc)"), "", desk.back)
        self.add_action(self._way_back)
        self._who = title_of(people.person(person), people.identity(person))
        wish = self._wanted(scope)
        if wish is None:
            self._from_list = True
            self.show_list()
        else:
            self.show_answer(wish)

    def show_list(self) -> None:
        """All purposes."""
        self.clear()
        self._wish = None
        self.set_title(_("Consents"), self._who)
        self.listing = ConsentListing(self._recorded(), quick=not self._is_child())
        self.listing.wanted.connect(self._wanted_in_list)
        self.add(self.listing)
        self._way_back.show()

    def _wanted_in_list(self, wish: Wish) -> None:
        if wish.state:
            # Only after the press: the list, with the button that was pressed, is made anew.
            QTimer.singleShot(0, self, partial_of(self.answer, wish))
        else:
            self.show_answer(wish)

    def answer(self, wish: Wish) -> None:
        """One press: said today, by the person herself."""
        today = self._today().isoformat()
        values = {**self._start(replace(wish, state="")), "state": wish.state}
        if wish.state == ConsentState.WITHDRAWN:
            values["withdrawn_on"] = today
        else:
            values |= {"on": today, "given_by": "individual", "recorded_by": self._staff}
            for old in ("withdrawn_on", "expires_on", "withheld_reason"):
                values.pop(old, None)
        self._people.set_consent(self._person, values, sure=True)
        self.desk.refresh_status()
        self.desk.say(_told(wish), "ok")
        self.show_list()
        assert self.listing is not None
        number = next(n for n, one in enumerate(self._recorded()) if one.get("scope") == wish.scope)
        self.listing.button_for(wish.scope, number).setFocus()

    def show_answer(self, wish: Wish) -> None:
        """The form of one answer."""
        self.clear()
        # The form has its own, at the foot.
        self._way_back.hide()
        self._wish = wish
        self.set_title(coded("consent_scopes", wish.scope), self._who)
        if self._is_child():
            self.add(Banner(_("Under 16 the legal representative answers, and the child is asked too."), "warn"))
        if wish.scope == ConsentScope.COORDINATOR_IDENTIFIABLE and self._state(wish) == ConsentState.GIVEN:
            self.add(Banner(_("If it is taken back: {words}").format(words=withdrawal()), "info"))
        form = asked(form_for_kind("consent"), without={"scope"})
        view = make_view(form, self._start(wish), self._today)
        self.show_forms(f"consent/{self._person}/{wish.scope}/{wish.number}", [view])
        view.focus_first()

    def rebuild(self) -> None:
        if self._wish is not None:
            self.show_answer(self._wish)

    def address(self) -> tuple[str, Mapping[str, Any]]:
        to = {"organisation": self._called or self._organisation} if self._organisation else {}
        return "consent_edit", {"person": self._person, "scope": self._wish.scope if self._wish else "", **to}

    def about(self) -> str:
        return f"consent_scopes/{self._wish.scope}" if self._wish else ""

    def store(self, *, sure: bool) -> None:
        values = self.values()
        self._people.set_consent(self._person, values, sure=sure)
        self._saved_state = str(values.get("state", ""))

    def saved(self, *, following: bool) -> None:
        if self._wish is not None:
            self.desk.say(_told(replace(self._wish, state=self._saved_state)), "ok")
        if self._from_list:
            self.show_list()
        else:
            self.desk.back()

    def _recorded(self) -> list[Mapping[str, object]]:
        return [one for _uid, one in self._people.consents(self._person)]

    def _wanted(self, scope: str) -> Wish | None:
        for number, one in enumerate(self._recorded()):
            same = not self._organisation or one.get("organisation") == self._organisation
            named = not self._called or fold(str(one.get("organisation_other", ""))) == fold(self._called)
            if scope and one.get("scope") == scope and same and named:
                return Wish(scope, number)
        return Wish(scope) if scope else None

    def _state(self, wish: Wish) -> str:
        return str(self._recorded()[wish.number].get("state", "")) if wish.number >= 0 else ""

    def _start(self, wish: Wish) -> Mapping[str, object]:
        if wish.number >= 0:
            return self._recorded()[wish.number]
        organisation = {"organisation": self._organisation} if self._organisation else {}
        if self._called:
            organisation["organisation_other"] = self._called
        # The answer itself is never proposed: consent is what the person says.
        return organisation | {
            "scope": wish.scope,
            "on": self._today().isoformat(),
            "given_by": "caregiver" if self._is_child() else "individual",
            "recorded_by": self._staff,
        }

    def _is_child(self) -> bool:
        birth = self._people.person(self._person).get("birth")
        ages = partial.ages(birth, self._today()) if birth is not None else None
        return ages is not None and ages[1] < _AGE_OF_CONSENT


def _told(wish: Wish) -> str:
    """What the answer means from now on."""
    told = _("The answer is saved on this laptop · not sent yet")
    if about_names(wish.scope, wish.state):
        return f"{told}. {withdrawal()}"
    if wish.state == ConsentState.WITHDRAWN:
        back = _("From today this consent no longer holds. What was done before stays recorded.")
        return f"{told}. {back}"
    return told
