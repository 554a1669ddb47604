"""Passing a person on: to whom, on which consent, why; the wish for the coordinator, the file for the next centre."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

from app.errors import UserError
from app.forms.catalogue import form_for_kind
from app.i18n import N_, _
from app.ui.exchange.place_chooser import LastFolder
from app.ui.records.edit_page import EditPage
from app.ui.records.forms import Drafts, asked, make_view
from app.ui.records.passing_words import kind, told
from app.ui.records.words import title_of
from app.ui.routes import Desk
from app.ui.screens.transfer.whither import Whither
from app.ui.screens.transfer.writing import Writing
from app.ui.widgets.banner import Banner
from app.ui.widgets.buttons import button, ghost_button
from app.ui.widgets.empty import EmptyState
from app.usecases.people import People
from app.usecases.transfer_state import Passing, State
from app.usecases.transfers import Transfers

_OPEN = (None, Passing.WAITING, Passing.DECLINED, Passing.CAME)


class TransferScreen(EditPage):
    """``TransferScreen(desk, people, transfers, today, drafts, last, person=...)``."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        transfers: Transfers,
        today: Callable[[], dt.date],
        drafts: Drafts,
        last: LastFolder | None = None,
        *,
        person: uuid.UUID,
    ) -> None:
        super().__init__(desk, drafts, _("Pass on to another centre"))
        self._transfers = transfers
        self._today = today
        self._last = last or LastFolder()
        self._person = person
        self._state: State | None = None
        self.whither: Whither | None = None
        self.writing: Writing | None = None
        self.set_title(_("Pass on to another centre"), title_of(people.person(person), people.identity(person)))
        self.save_button.setText(_("Save the wish"))
        self.back_button = button(_("Take the wish back"), "undo", self._ask_back)
        self._leave = ghost_button(_("Back (Esc)"), "", desk.back)
        for press in (self._leave, self.back_button):
            self.add_action(press)
        self.rebuild()

    def rebuild(self) -> None:
        """The page as things stand now."""
        self.clear()
        self._state = state = self._transfers.of_person(self._person)
        passing = state.passing if state else None
        self.back_button.setVisible(passing is Passing.WAITING)
        if state is not None:
            self.add(Banner(told(state), kind(state)))
        centres = self._transfers.centres()
        self.whither = self.writing = None
        # The form has its own, at the foot.
        self._leave.setVisible(passing not in _OPEN or not centres)
        if passing not in _OPEN:
            self._passed()
        elif not centres:
            words = _("Their list comes with the coordinator's files: read the newest under Send and receive.")
            self.add(EmptyState("centre", _("No other centre is known here yet"), words), 1)
        else:
            self._wishing(Whither(centres))

    def store(self, *, sure: bool) -> None:
        assert self.whither is not None
        to = self.whither.inst()
        if to is None:
            raise UserError(N_("Choose the centre first."))
        self._transfers.save(self._person, to, self.values(), self.whither.chosen_files(), sure=sure)

    def saved(self, *, following: bool) -> None:
        self.desk.say(_("The wish is saved. It goes to the coordinator with the next bundle."), "ok")
        self.rebuild()
        if self.writing is not None:
            self.writing.take_focus()

    def extra(self) -> Mapping[str, object]:
        if self.whither is None:
            return {}
        return {"to": str(self.whither.inst() or ""), "files": [str(one) for one in self.whither.chosen_files()]}

    def bring_back(self, extra: Mapping[str, object]) -> None:
        to, files = extra.get("to"), extra.get("files")
        if self.whither is not None and isinstance(to, str) and to:
            self.whither.choose(uuid.UUID(to))
            self.whither.tick({uuid.UUID(str(one)) for one in files} if isinstance(files, list) else ())

    def touched(self) -> None:
        super().touched()
        if self.writing is not None and self.whither is not None:
            self.writing.show_wish(None, self.whither.name(), "")

    def entered(self) -> None:
        """The consent may have been recorded meanwhile."""
        self._look()
        if self.whither is not None and self.whither.inst() is None:
            self.whither.centre.setFocus()
        else:
            super().entered()

    def _wishing(self, whither: Whither) -> None:
        self.whither = whither
        state = self._state
        wish = state.wish if state is not None and state.passing is Passing.WAITING else None
        values = self._transfers.begun(wish) if wish else self._transfers.defaults()
        if wish:
            whither.choose(uuid.UUID(str(values["to"])))
            self._look()
            named = values.get("records")
            whither.tick({uuid.UUID(one["record"]) for one in named} if isinstance(named, list) else ())
        self.writing = Writing(self.desk, self._transfers, self._last)
        self.writing.show_wish(wish, whither.name(), state.written_at if state else "")
        shown = {name: value for name, value in values.items() if name not in ("to", "consent", "records")}
        view = make_view(asked(form_for_kind("transfer")), shown, self._today)
        # What is next comes first: before the wish is saved its form, afterwards the file.
        if wish:
            self.add(self.writing)
        self.show_forms(f"transfer/{self._person}", [view], [whither])
        if not wish:
            self.add(self.writing)
        whither.chosen.connect(self._other_centre)
        whither.ticked.connect(self.touched)
        whither.consent_wanted.connect(self._to_consent)

    def _passed(self) -> None:
        """Nothing is to be wished any more; the file can be written again while the next centre lacks it."""
        state = self._state
        if state is not None and state.wish is not None:
            self.writing = Writing(self.desk, self._transfers, self._last)
            self.writing.show_wish(state.wish, state.centre, state.written_at, decided=True)
            self.add(self.writing)
        self.body.addStretch(1)

    def _other_centre(self) -> None:
        self._look()
        self.touched()

    def _look(self) -> None:
        if self.whither is None or (to := self.whither.inst()) is None:
            return
        try:
            self.whither.show_offer(self._transfers.offer(self._person, to))
        except UserError as error:
            self.say(error.sentence(), "warn")

    def _to_consent(self) -> None:
        centre = self.whither.name() if self.whither is not None else ""
        self.desk.go("consent_edit", person=self._person, scope="release_other", organisation=centre or "other")

    def _ask_back(self) -> None:
        question = _("Take the wish back? The person stays with this centre. A file that was written stays readable.")
        self.confirm.ask(question, _("Take the wish back"), self._take_back, danger=True)

    def _take_back(self) -> None:
        if self._state is not None and self._state.wish is not None:
            self._transfers.withdraw(self._state.wish, "no_longer_needed")
            self.forget()
            self.desk.refresh_status()
            self.desk.say(_("The wish is taken back. The coordinator learns of it with the next bundle."), "ok")
            self.rebuild()
