"""Steps with one question and a few large answers: language, what this laptop is for, real or practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _, language
from app.ui import icons, theme
from app.ui.screens.first_start.draft import Draft
from app.ui.screens.first_start.step import Step
from app.ui.widgets.text import WrapLabel


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its key, its word, a sentence that explains it, its icon."""

    key: str
    word: str
    text: str = ""
    icon: str = ""


class AnswerButton(QAbstractButton):
    """A wide button with an icon, a word and an explanation that wraps."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self.setCheckable(True)
        self.setText(answer.word)
        self.setAccessibleName(answer.word)
        self.setAccessibleDescription(answer.text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._over = False
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), self._height(max(self.width(), theme.px(240))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, held = self.isChecked(), self.hasFocus()
        edge = t.accent if chosen else t.border_strong if self._over else t.border
        painter.setPen(QPen(QColor(t.focus if held and not chosen else edge), 2 if chosen or held else 1))
        painter.setBrush(QColor(t.accent_soft if chosen else t.surface2 if self._over else t.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        left = self._left()
        if self.answer.icon:
            side = theme.px(26)
            picture = icons.pixmap(self.answer.icon, t.accent_text, side, self.devicePixelRatioF())
            painter.drawPixmap(theme.px(18), theme.px(16), picture)
        painter.setFont(_word_font())
        painter.setPen(QColor(t.accent_text if chosen else t.text))
        word = self.rect().adjusted(left, theme.px(12), -theme.px(14), 0)
        painter.drawText(word, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self.answer.word)
        painter.setFont(theme.font(13))
        painter.setPen(QColor(t.text2))
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        rest = word.adjusted(0, QFontMetrics(_word_font()).height() + theme.px(2), 0, 0)
        painter.drawText(rest, int(flags) | int(Qt.TextFlag.TextWordWrap), self.answer.text)

    def _left(self) -> int:
        return theme.px(60) if self.answer.icon else theme.px(18)

    def _height(self, width: int) -> int:
        room = QRectF(0, 0, width - self._left() - theme.px(14), 10_000)
        words = QFontMetrics(_word_font()).height()
        text = QFontMetrics(theme.font(13)).boundingRect(
            room.toRect(), int(Qt.TextFlag.TextWordWrap), self.answer.text
        )
        return theme.px(26) + words + (text.height() + theme.px(2) if self.answer.text else 0)

    def _fit(self) -> None:
        self.setMinimumHeight(self._height(max(self.width(), theme.px(240))))
        self.updateGeometry()


def _word_font() -> QFont:
    return theme.font(15, QFont.Weight.DemiBold)


class Answers(QWidget):
    """Exclusive answers below one another; arrows move, space chooses; Enter chooses, and once more goes on."""

    def __init__(self, answers: Sequence[Answer], chosen: str = "") -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.buttons = [AnswerButton(answer) for answer in answers]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for made in self.buttons:
            self.group.addButton(made)
            made.setChecked(made.answer.key == chosen)
            column.addWidget(made)
        self.setFocusProxy(next((made for made in self.buttons if made.isChecked()), self.buttons[0]))

    def chosen(self) -> str:
        """The key of the chosen answer, or an empty string."""
        return next((made.answer.key for made in self.buttons if made.isChecked()), "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next((made for made in self.buttons if made.hasFocus()), None)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and focused is not None and not focused.isChecked():
            focused.click()
        else:
            super().keyPressEvent(event)


class ChoiceStep(Step):
    """A question whose answers are shown large. Choosing does not go on by itself: one may look first."""

    def __init__(self, draft: Draft, title: str, text: str, answers: Sequence[Answer], chosen: str) -> None:
        super().__init__(draft, title, text)
        self.answers = Answers(answers, chosen)
        self._error = WrapLabel("", "error")
        self._error.hide()
        self.answers.group.buttonClicked.connect(self._chosen)
        self.body.addWidget(self.answers)
        self.body.addWidget(self._error)
        self.body.addStretch(1)

    def first(self) -> QWidget | None:
        return self.answers

    def accept(self) -> bool:
        key = self.answers.chosen()
        self._error.setText("" if key else _("Please choose one."))
        self._error.setVisible(not key)
        if key:
            self.keep(key)
        return bool(key)

    def _chosen(self) -> None:
        """Kept at once: Back, another language and other colours build the step anew from the draft."""
        self._error.hide()
        self.keep(self.answers.chosen())

    def keep(self, key: str) -> None:
        """Write the answer into the draft."""
        raise NotImplementedError


class LanguageStep(ChoiceStep):
    """The first page speaks three languages at once, for nobody knows yet which is read here."""

    def __init__(self, draft: Draft) -> None:
        answers = [
            Answer("ru", "Русский", "Программа говорит по-русски."),
            Answer("be", "Беларуская", "Праграма размаўляе па-беларуску."),
            Answer("en", "English", "The program speaks English."),
        ]
        super().__init__(draft, "Выберите язык · Абярыце мову · Choose the language", "", answers, language())

    def keep(self, key: str) -> None:
        """The journey itself listens to the buttons and changes the language at once."""


class RoleStep(ChoiceStep):
    """Centre or coordinator."""

    def __init__(self, draft: Draft) -> None:
        answers = [
            Answer(
                "centre",
                _("A centre"),
                _(
                    "Help is given and recorded here: a crisis centre or a branch. "
                    "Records are sent to the coordinator."
                ),
                "centre",
            ),
            Answer(
                "coordinator",
                _("The coordinator"),
                _("Records of the centres come together here. There is one coordinator's laptop in the country."),
                "inbox",
            ),
        ]
        super().__init__(draft, _("What is this laptop for?"), "", answers, draft.role)

    def keep(self, key: str) -> None:
        self.draft.role = key


class PurposeStep(ChoiceStep):
    """Real work or practice."""

    def __init__(self, draft: Draft) -> None:
        answers = [
            Answer("real", _("Real work"), _("Real people are recorded. The records are encrypted."), "shield"),
            Answer(
                "practice",
                _("Practice"),
                _(
                    "Everything works, with invented people only. Practice wears a coloured band, and its records "
                    "can never reach a real coordinator."
                ),
                "activity",
            ),
        ]
        chosen = {None: "", True: "practice", False: "real"}[draft.practice]
        text = _("This cannot be changed later. To change over, one starts anew.")
        super().__init__(draft, _("Real work or practice?"), text, answers, chosen)

    def keep(self, key: str) -> None:
        self.draft.practice = key == "practice"
