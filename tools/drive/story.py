"""The nurse's morning, all of it by keyboard: what is done, how many keys it takes, and a picture of each step.

A new person, three services, a group session for eight, a referral with its letter, and the bundle on the stick. The
issue allows twelve presses besides text for a usual service of a known person; the other limits are ours.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app import codelists
from app.i18n import _, language
from tools.drive.hands import Hands
from tools.drive.program import Program, Seen
from tools.drive.screen import DriveFailed, VirtualScreen
from tools.drive.stage import AGENCY, GROUP, PASSPHRASE, Stage

# The Russian keyboard has no Latin letter: these keys carry N, G, K and P on others.
RECORD: Final = "ctrl+Cyrillic_te"
SEVERAL: Final = "ctrl+Cyrillic_pe"
SEARCH: Final = "ctrl+Cyrillic_el"
SAVE: Final = "ctrl+Return"
USUAL_SERVICE: Final = 12
NEW_PERSON: Final = 12
GROUP_OF_EIGHT: Final = 20
MOST_TABS: Final = 60


@dataclass
class Story:
    """``tell`` plays it; ``counted`` is how many keys each part took besides text."""

    screen: VirtualScreen
    program: Program
    hands: Hands
    stage: Stage
    folder: Path
    counted: dict[str, int] = field(default_factory=dict)
    pictures: list[Path] = field(default_factory=list)

    def tell(self) -> None:
        """The whole morning. Raises DriveFailed where something else happened."""
        self._unlock()
        with self._counting("new person", NEW_PERSON):
            self._new_person()
        for number, (tile, text) in enumerate((("1", "галаўны боль"), ("3", ""), ("2", "")), 1):
            with self._counting(f"service {number} of a known person", USUAL_SERVICE):
                self._service(GROUP[0][0], tile, text)
        with self._counting("group session for eight", GROUP_OF_EIGHT):
            self._group()
        self._referral()
        self._letter()
        self._send()
        self._lock()

    # the parts

    def _unlock(self) -> None:
        self.program.wait_for(window="OpeningWindow", focus="QLineEdit")
        self._picture("unlock")
        self.hands.type(PASSPHRASE)
        self.hands.press("Return")
        self.program.wait_for(route="today")
        self._picture("today")
        self.hands.count()

    def _new_person(self) -> None:
        self._record()
        self.hands.type("Навумава")
        self.program.settle()
        self.hands.press("Tab", "Return")
        self.program.wait_for(screen="PersonEdit")
        self.hands.type("Навумава")
        self.hands.press("Return")
        self.hands.type("Вольга")
        self.hands.press("Return")
        self.hands.type("Пятроўна")
        self._picture("new-person")
        self.hands.press(SAVE)
        self.program.wait_for(screen="PersonScreen")
        self._picture("person")

    def _service(self, name: str, tile: str, text: str) -> None:
        self._record()
        self.hands.type(name)
        self.hands.press("Return")
        self.program.wait_for(focus="TileButton")
        self.hands.press(tile)
        self.program.settle()
        self.hands.press("1")
        self._wait_to_write()
        self.hands.type(text)
        self._picture(f"service-{tile}")
        self.hands.press(SAVE)
        self._saved()

    def _group(self) -> None:
        self._record()
        self.hands.press(SEVERAL)
        self.program.wait("the search of several", lambda seen: seen.get("focus") == "SearchLine")
        for surname, _given in GROUP:
            self.hands.type(surname)
            self.hands.press("Return")
            self.program.wait("the search, emptied", lambda seen: seen.get("text") == "")
        self._picture("several")
        self.hands.press("Return")
        self.program.wait_for(focus="TileButton")
        self.hands.press("2")
        self.program.settle()
        self.hands.press("2")
        self._wait_to_write()
        self._picture("group-session")
        self.hands.press(SAVE)
        self._saved()

    def _referral(self) -> None:
        self.hands.press(SEARCH)
        self.hands.type(GROUP[2][0])
        self.hands.press("Return")
        self.program.wait_for(route="people")
        self.program.settle()
        self.hands.press("Return")
        self.program.wait_for(screen="PersonScreen")
        self._picture("person-with-help")
        self._tab_to(_("New referral"))
        self.hands.press("Return")
        self.program.wait_for(screen="ReferralEdit")
        self._choose(codelists.get("services").label("psych_counselling"))
        self._choose(codelists.get("agencies").label(AGENCY))
        self._tab_to(codelists.get("shared_fields").label("case_code"))
        self.hands.press("space")
        self._picture("referral")
        self.hands.press(SAVE)

    def _letter(self) -> None:
        self.program.wait("the referral, saved", lambda seen: seen.get("screen") != "ReferralEdit")
        self._tab_to(_("Print the letter"))
        self.hands.press("Return")
        self.program.wait_for(screen="PaperScreen")
        self._picture("letter")
        self._tab_to(_("Save as PDF …"))
        self.hands.press("Return")
        self._tab_to(_("Save without encryption …"))
        self.hands.press("Return")
        self._in_dialog(self.stage.stick / "paper.pdf")
        file = self.stage.stick / "paper.pdf"
        self._until("the letter as a file", lambda: file.is_file() and file.read_bytes().startswith(b"%PDF"))

    def _send(self) -> None:
        self.hands.press("ctrl+5")
        self.program.wait_for(screen="SendScreen")
        self.program.settle()
        self._tab_to(_("Choose a folder…"))
        self.hands.press("Return")
        self._in_dialog(self.stage.stick)
        self.program.settle()
        self._picture("send")
        self._tab_to(_("Write and check"))
        self.hands.press("Return")
        self._until("the bundle on the stick", lambda: any(self.stage.stick.glob("**/*.age")))
        self.program.settle()
        self._picture("sent")

    def _lock(self) -> None:
        self.hands.press("F12")
        self.program.wait_for(window="OpeningWindow")
        self._picture("locked")

    # what hands and eyes do in several places

    def _record(self) -> None:
        self.hands.press(RECORD)
        self.program.wait_for(route="record", focus="SearchLine")
        self.program.settle()

    def _wait_to_write(self) -> None:
        writing = ("UnitLine", "Lines", "QLineEdit", "CalmCombo", "SearchCombo")
        self.program.wait("a field to write in", lambda seen: seen.get("focus") in writing)

    def _saved(self) -> None:
        """Wait for the save. What is unusual (no word on allergies) is asked about: it is saved all the same."""
        seen = self.program.wait("the save", lambda seen: seen.get("focus") in {"Press", "ProblemSummary"})
        if seen["focus"] == "ProblemSummary":
            self._tab_to(_("Save all the same"))
            self.hands.press("Return")
        self.program.wait("that it is saved", lambda seen: seen.get("focus") == "Press")
        self.program.settle()

    def _choose(self, label: str) -> None:
        """Type an answer into a list that is searched while one types; Enter takes it and goes on."""
        field_name = str(self.program.wait("a list", lambda seen: seen.get("focus") == "SearchCombo")["name"])
        self.hands.type(label)
        self.program.settle()
        for _press in range(2):
            if self.program.wait("the form", _anything).get("name") == field_name:
                self.hands.press("Return")
                self.program.settle()

    def _tab_to(self, name: str) -> None:
        """Go with Tab until the control called ``name`` has the focus."""
        for _press in range(MOST_TABS):
            if self.program.wait("a control", _anything).get("name") == name:
                return
            self.hands.press("Tab")
            time.sleep(0.09)
        raise DriveFailed(f"no Tab leads to: {name}")

    def _in_dialog(self, path: Path) -> None:
        """Type a path into the dialog for files."""
        self.program.wait("the dialog", lambda seen: seen.get("window") == "QFileDialog")
        self.hands.type(str(path))
        self.hands.press("Return")
        self.program.wait_for(window="MainWindow")

    def _until(self, what: str, holds: Callable[[], bool]) -> None:
        for _moment in range(100):
            if holds():
                return
            time.sleep(0.1)
        raise DriveFailed(f"waited in vain for {what}")

    @contextmanager
    def _counting(self, what: str, limit: int) -> Iterator[None]:
        self.hands.count()
        yield
        self.counted[what] = pressed = self.hands.count()
        if pressed > limit:
            raise DriveFailed(f"{what}: {pressed} keys besides text, {limit} are allowed")

    def _picture(self, name: str) -> None:
        self.program.settle()
        width, height = self.screen.size
        file = self.folder / f"{language()}-{width}x{height}-{len(self.pictures) + 1:02}-{name}.png"
        self.pictures.append(self.screen.picture(file))


def _anything(_seen: Seen) -> bool:
    return True
