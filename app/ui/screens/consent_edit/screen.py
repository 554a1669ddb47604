"""The consents of one person: first the list of all purposes, then the answer about one of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

from app.forms import partial
from app.forms.catalogue import form_for_kind
from app.i18n import _
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.records.words import coded, title_of
from app.ui.routes import Desk
from app.ui.screens.consent_edit.listing import ConsentListing, Wish
from app.ui.widgets.banner import Banner
from app.usecases.people import People

_AGE_OF_CONSENT = 16  # law 99-Z of Belarus


class ConsentEdit(EditPage):
    """``ConsentEdit(desk, people, today, drafts, staff_name=..., person=..., scope=...)``; no scope: the list."""

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
    ) -> None:
        super().__init__(desk, drafts)
        self._people = people
        self._today = today
        self._staff = staff_name
        self._person = person
        self._wish: Wish | None = None
        self._from_list = not scope
        self.listing: ConsentListing | None = None
        self._who = title_of(people.person(person), people.identity(person))
        if scope:
            known = [n for n, one in enumerate(self._recorded()) if one.get("scope") == scope]
            self.show_answer(Wish(scope, known[0] if known else -1))
        else:
            self.show_list()

    def show_list(self) -> None:
        """All purposes."""
        self.clear()
        self._wish = None
        self.set_title(_("Consents"), self._who)
        self.listing = ConsentListing(self._recorded())
        self.listing.wanted.connect(self.show_answer)
        self.add(self.listing)

    def show_answer(self, wish: Wish) -> None:
        """The form of one answer."""
        self.clear()
        self._wish = wish
        self.set_title(coded("consent_scopes", wish.scope), self._who)
        if self._is_child():
            self.add(Banner(_("Under 16 the legal representative answers, and the child is asked too."), "warn"))
        form = asked(form_for_kind("consent"), without={"scope"})
        view = make_view(form, self._start(wish), self._today)
        self.show_forms(f"consent/{self._person}/{wish.scope}/{wish.number}", [view])
        view.focus_first()

    def rebuild(self) -> None:
        if self._wish is not None:
            self.show_answer(self._wish)

    def store(self, *, sure: bool) -> None:
        self._people.set_consent(self._person, self.values(), sure=sure)

    def saved(self, *, following: bool) -> None:
        self.desk.say(_("The answer is saved on this laptop · not sent yet"), "ok")
        if self._from_list:
            self.show_list()
        else:
            self.desk.back()

    def _recorded(self) -> list[Mapping[str, object]]:
        return [one for _uid, one in self._people.consents(self._person)]

    def _start(self, wish: Wish) -> Mapping[str, object]:
        if wish.number >= 0:
            return self._recorded()[wish.number]
        # The answer itself is never proposed: consent is what the person says.
        return {
            "scope": wish.scope,
            "on": self._today().isoformat(),
            "given_by": "caregiver" if self._is_child() else "individual",
            "recorded_by": self._staff,
        }

    def _is_child(self) -> bool:
        birth = self._people.person(self._person).get("birth")
        ages = partial.ages(birth, self._today()) if birth is not None else None
        return ages is not None and ages[1] < _AGE_OF_CONSENT
