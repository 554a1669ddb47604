"""The journey on screen: which step is shown, back and on.

Nothing is written before the sheets are proved: ``Access`` holds the set-up in memory, and the last step of the
journey, ``unlock``, writes it. So giving up at any point leaves nothing half made.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.ui import errors, theme
from app.ui.screens.first_start.choices import LanguageStep, PurposeStep, RoleStep
from app.ui.screens.first_start.draft import Draft, Stop
from app.ui.screens.first_start.journey import Journey
from app.ui.screens.first_start.paper import KeyStep, SheetStep
from app.ui.screens.first_start.passphrase import PassphraseStep, TypedBackStep
from app.ui.screens.first_start.prove import ProveKeyStep, ProveSheetStep
from app.ui.screens.first_start.step import Step
from app.ui.screens.first_start.who import CentreStep, StaffStep
from app.ui.screens.first_start.working import WorkingStep
from app.ui.widgets.buttons import button, ghost_button, primary_button
from app.ui.widgets.confirm import ConfirmBar
from app.ui.widgets.steps import StepHeader

_CHAPTERS = (
    (N_("Language"), (Stop.LANGUAGE,)),
    (N_("This laptop"), (Stop.ROLE, Stop.PURPOSE, Stop.CENTRE, Stop.STAFF)),
    (N_("Passphrase"), (Stop.PHRASE, Stop.TYPED_BACK, Stop.WORKING)),
    (N_("On paper"), (Stop.SHEET, Stop.PROVE_SHEET, Stop.KEY, Stop.PROVE_KEY, Stop.DONE)),
)
WIDEST = 680


class FirstStart(QWidget):
    """``FirstStart(journey, choose_language)``; a second one on the same journey goes on where the first one was.

    ``choose_language`` is called from the first page; the window is then built anew by whoever holds it.
    """

    def __init__(
        self,
        journey: Journey,
        choose_language: Callable[[str], object],
        restore: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.journey = journey
        self._choose_language = choose_language
        self._restore = restore
        self._step: Step | None = None
        self._header = StepHeader([translate(title) for title, _stops in _CHAPTERS])
        self._room = QScrollArea()
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.confirm = ConfirmBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_inset(self._header))
        column.addWidget(self._room, 1)
        column.addWidget(_inset(self.confirm))
        column.addWidget(self._bar())
        journey.made.connect(self._made)
        journey.refused.connect(self._refused)
        self.show_stop(journey.stop)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        assert self._step is not None
        return self._step

    @property
    def draft(self) -> Draft:
        """The answers so far."""
        return self.journey.draft

    @property
    def stop(self) -> Stop:
        """Where the journey is."""
        return self.journey.stop

    def go_on(self) -> None:
        """Keep the answers of this step and show the next one, or say what is missing."""
        if not self.step.accept():
            return
        following = self.draft.after(self.stop)
        self.show_stop(following)
        if following is Stop.WORKING:
            self.journey.make()
        elif following is Stop.DONE:
            self.journey.finish()

    def go_back(self) -> None:
        """Show the step before."""
        before = self.draft.before(self.stop)
        if before is not None:
            self.show_stop(before)

    def ask_to_give_up(self) -> None:
        """Ask once where something would be lost; at the beginning, just stop."""
        if self.stop in (Stop.LANGUAGE, Stop.ROLE):
            self.journey.give_up()
            return
        question = _("Stop here? Nothing has been written to this laptop, and what you have typed is forgotten.")
        self.confirm.ask(question, _("Stop setting up"), self.journey.give_up, stay=_("Go on"), danger=True)

    def show_stop(self, stop: Stop) -> Step:
        """Show the step ``stop`` with what was answered before."""
        self.journey.stop = stop
        old = self._step
        self._step = self._build(stop)
        self._step.setMaximumWidth(theme.px(WIDEST))
        self._room.takeWidget()
        if old is not None:
            old.hide()
            old.deleteLater()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(12))
        row.addStretch(1)
        row.addWidget(self._step, 100)
        row.addStretch(1)
        self._room.setWidget(holder)
        self._show_bar()
        self._header.set_step(next(at for at, (_title, stops) in enumerate(_CHAPTERS) if stop in stops))
        self._focus()
        return self._step

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The window would give the focus to its first button.
        QTimer.singleShot(0, self, self._focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, from wherever nothing nearer wanted it (Ctrl+Enter also out of a field of many lines)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if self.on.isVisible() and not self.confirm.isVisible():
                self.go_on()
        else:
            super().keyPressEvent(event)

    def _focus(self) -> None:
        (self.step.first() or self.on).setFocus(Qt.FocusReason.OtherFocusReason)

    def _bar(self) -> QWidget:
        self.cancel = ghost_button(_("Stop setting up"), "", self.ask_to_give_up)
        self.back = button(_("Back"), "chevron-left", self.go_back)
        self.on = primary_button(_("Next"), "", self.go_on)
        self.on.setDefault(True)
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.cancel)
        # A lost laptop begins here too: with its backup instead of a new store.
        self.restore = ghost_button(_("Restore a backup"), "undo", self._restore)
        row.addWidget(self.restore)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.on)
        return _inset(held)

    def _show_bar(self) -> None:
        stop = self.stop
        working = stop in (Stop.WORKING, Stop.DONE)
        self.back.setVisible(self.draft.before(stop) is not None)
        self.on.setVisible(not working)
        self.cancel.setEnabled(not working)
        self.restore.setVisible(self._restore is not None and stop in (Stop.LANGUAGE, Stop.ROLE))
        verb = self.step.verb or _("Next")
        self.on.setText(verb)
        self.on.setAccessibleName(verb)

    def _build(self, stop: Stop) -> Step:
        draft = self.draft
        makers: dict[Stop, Callable[[], Step]] = {
            Stop.LANGUAGE: self._language_step,
            Stop.ROLE: lambda: RoleStep(draft),
            Stop.PURPOSE: lambda: PurposeStep(draft),
            Stop.CENTRE: lambda: CentreStep(draft),
            Stop.STAFF: lambda: StaffStep(draft),
            Stop.PHRASE: lambda: PassphraseStep(draft, self.journey.access.new_passphrase),
            Stop.TYPED_BACK: lambda: TypedBackStep(draft),
            Stop.WORKING: lambda: WorkingStep(
                draft, _("The keys are being made"), _("A moment, please."), self.journey.make
            ),
            Stop.SHEET: lambda: SheetStep(draft),
            Stop.PROVE_SHEET: lambda: ProveSheetStep(draft, self.journey.access.prove_recovery),
            Stop.KEY: lambda: KeyStep(draft),
            Stop.PROVE_KEY: lambda: ProveKeyStep(draft, self.journey.access.prove_coordinator_recovery),
            Stop.DONE: lambda: WorkingStep(
                draft,
                _("Everything is proved"),
                _("The encrypted store is being written. This takes a few seconds; then your desk opens."),
                self._finish_again,
            ),
        }
        return makers[stop]()

    def _language_step(self) -> Step:
        step = LanguageStep(self.draft)
        step.answers.group.buttonClicked.connect(self._language_chosen)
        return step

    def _language_chosen(self) -> None:
        assert isinstance(self._step, LanguageStep)
        chosen = self._step.answers.chosen()
        # After the click has run its course, for the button that was clicked goes with the window.
        QTimer.singleShot(0, self, lambda: self._choose_language(chosen))

    def _finish_again(self) -> None:
        self.cancel.setEnabled(False)
        self.journey.finish()

    def _made(self) -> None:
        self.show_stop(self.journey.stop)

    def _refused(self, error: BaseException) -> None:
        sentence = errors.words(error).text
        if self.stop is Stop.CENTRE:
            step = self.show_stop(Stop.CENTRE)
            assert isinstance(step, CentreStep)
            step.refuse(sentence)
        elif isinstance(self._step, WorkingStep):
            self._step.fail(sentence)
            self.cancel.setEnabled(True)


def _inset(inner: QWidget) -> QWidget:
    held = QWidget()
    row = QHBoxLayout(held)
    row.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
    row.addWidget(inner)
    return held
