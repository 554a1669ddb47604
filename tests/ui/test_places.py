"""Where to write: what was chosen is marked on the next screen too, and a hint is shown in the wording that fits."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.exchange.place_chooser import LastFolder, PlaceChooser
from app.ui.refusal import Refusal
from app.ui.widgets.hint_line import HintLine


def _none() -> list[Path]:
    return []


def test_the_folder_chosen_is_marked_on_the_next_screen(qtbot: QtBot, tmp_path: Path) -> None:
    last = LastFolder()
    first, second, stranger = (PlaceChooser(_none, last=last), None, PlaceChooser(_none))
    qtbot.addWidget(first)
    qtbot.addWidget(stranger)
    first.choose_place(tmp_path)
    second = PlaceChooser(_none, last=last)
    qtbot.addWidget(second)
    assert second.place() == tmp_path
    assert stranger.place() is None


def test_a_folder_that_is_gone_is_not_offered(qtbot: QtBot, tmp_path: Path) -> None:
    chooser = PlaceChooser(_none, last=LastFolder(tmp_path / "gone"))
    qtbot.addWidget(chooser)
    assert chooser.place() is None
    assert not chooser.nothing.isHidden()


def test_a_stick_that_is_marked_by_itself_is_not_taken_for_a_choice(qtbot: QtBot, tmp_path: Path) -> None:
    """Her stick is out for a moment and another is in: hers is marked again when it comes back."""
    mine, other = tmp_path / "mine", tmp_path / "other"
    mine.mkdir()
    other.mkdir()
    last = LastFolder(mine)
    while_out = PlaceChooser(lambda: [other], last=LastFolder(tmp_path / "gone"))
    qtbot.addWidget(while_out)
    assert while_out.place() == other
    back = PlaceChooser(lambda: [other, mine], last=last)
    qtbot.addWidget(back)
    assert back.place() == mine
    assert back.is_stick()


def test_the_longest_hint_that_fits_is_shown(qtbot: QtBot) -> None:
    line = HintLine(["Any part of the name, in any spelling", "A name", "x" * 900])
    qtbot.addWidget(line)
    line.show()
    line.resize(600, 36)
    assert line.placeholderText().startswith("Any part")
    line.resize(110, 36)
    assert line.placeholderText() == "A name"
    line.resize(30, 36)
    assert line.placeholderText() == ""


def test_a_refusal_to_start_is_closed_by_its_button(qtbot: QtBot) -> None:
    window = Refusal("The program runs already. Look for its window.")
    qtbot.addWidget(window)
    window.show()
    window.close_it.click()
    assert not window.isVisible()
