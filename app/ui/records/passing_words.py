"""Where the transfer of a person stands, in a sentence: on the person's page and on the page of the transfer."""

from __future__ import annotations

from app.forms import partial
from app.i18n import N_, _, language, ngettext
from app.ui.widgets.banner import BannerKind
from app.usecases.transfer_state import Missing, Passing, State

_WORDS = {
    Passing.WAITING: N_("To be passed on to {centre}: the coordinator has not decided yet."),
    Passing.DECLINED: N_("The coordinator did not pass the person on to {centre}."),
    Passing.PASSED: N_("Passed on to {centre}. The records can be read here, {centre} goes on with them."),
    Passing.COMING: N_("On the way to us from {centre}. For reading, until the coordinator has handed over."),
    Passing.CAME: N_("Taken over from {centre}."),
}
_KINDS: dict[Passing, BannerKind] = {Passing.DECLINED: "warn", Passing.PASSED: "ok"}


def told(state: State) -> str:
    """``To be passed on to Гродно: …``, with the day it was agreed and the words of the coordinator."""
    parts = [_(_WORDS[state.passing]).format(centre=state.centre or _("another centre"))]
    if state.on and state.passing in (Passing.WAITING, Passing.PASSED):
        parts.append(_("Agreed on {date}.").format(date=partial.display(state.on, language())))
    if state.words:
        parts.append(_("The coordinator says: {words}").format(words=state.words))
    return " ".join(parts)


def kind(state: State) -> BannerKind:
    """How it is shown."""
    return _KINDS.get(state.passing, "info")


def lacking(missing: Missing) -> str:
    """What was given to us and has not come, and whom to ask for it."""
    words = ngettext(
        "{count} record was passed on to you and has not come. Ask {centre} for the file.",
        "{count} records were passed on to you and have not come. Ask {centre} for the file.",
        missing.records,
    )
    return words.format(count=missing.records, centre=missing.centre or _("another centre"))
