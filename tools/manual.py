"""``python -m tools.manual FOLDER``: the manual in three languages, with pictures of the real screens.

The words are those of the help in the program (``resources/manual``); the pictures are drawn here from invented
data, so that they never show a screen that is no longer so. They are not kept in the repository: a few megabytes
that every change of a screen would change.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QSizeF, Qt, QUrl
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication, QWidget

from app.i18n import LANGUAGES, set_language
from app.reports.table import Audience
from app.store.keyformat import KdfParams
from app.sync.card import DigitParams
from app.ui.application import Preferences, create_application
from app.ui.help import book
from app.ui.screens.packs import PacksScreen
from app.ui.screens.statistics import StatisticsScreen
from app.usecases.desk import Desk
from app.usecases.people import People
from app.usecases.practice import introduce, tell_story
from app.usecases.questions import Questions
from app.usecases.receiving import Receiving
from app.usecases.referrals import Referrals
from app.usecases.same_person import SamePersons
from app.usecases.sending import Sending
from tools.demo_country import Country, Size, establish
from tools.demo_screens import Shot, draw

_WIDTH: Final = 1000
_COLOURS: Final = 64
_ON_PAPER: Final = 600
_PICTURE: Final = re.compile(r"^!\[([^\]]*)\]\(shot:(\w+)\)$", re.MULTILINE)
_BODY: Final = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_QUICK: Final = KdfParams(memory_kib=64, lanes=1, passes=1, floor_kib=8)
_SIZE: Final = Size(people=40, months=6, centres=2, kdf=_QUICK, digits=DigitParams(memory_kib=64, iterations=1))


def shots(country: Country) -> Mapping[str, tuple[Desk, Shot]]:
    """The screens that the pages ask for, by name: at whose desk, and where."""
    centre, head = country.centres[0].desk, country.coordinator.desk
    people = People(centre)
    busy = max((row for row in people.rows(people.find()) if row.name), key=lambda row: row.services)
    person = {"person": busy.uid}
    at_centre = {
        "today": Shot("today", "today"),
        "person": Shot("person", "person", person),
        "record": Shot("record", "record", {**person, "code": "psych_counselling"}),
        "consent": Shot("consent", "consent_edit", person),
        "plan": Shot("plan", "need_edit", person),
        "letter": Shot("letter", "paper", {**person, "kind": "referral", "record": _referral(centre, busy.uid)}),
        "send": Shot("send", "send"),
        "backup": Shot("backup", "backup"),
        "figures": Shot("figures", "figures"),
        "activities": Shot("activities", "activities"),
        "partners": Shot("partners", "partners"),
    }
    places = ("inbox", "centres", "same", "questions", "take_in", "task_force")
    at_head = {name: Shot(name, name) for name in places}
    at_head["statistics"] = Shot("statistics", "statistics", then=_break_down)
    at_head["packs"] = Shot("packs", "packs", then=_make_pack)
    return {
        **{name: (centre, shot) for name, shot in at_centre.items()},
        **{name: (head, shot) for name, shot in at_head.items()},
    }


def _break_down(window: QWidget) -> None:
    """By sex and age, for the task force, so that hidden places are seen."""
    if (screen := window.findChild(StatisticsScreen)) is not None:
        screen.bounds.audience.presses[Audience.TASK_FORCE].click()
        for name in ("age", "sex"):
            screen.bounds.chips[name].click()
        screen.shown.setFocus()


def _make_pack(window: QWidget) -> None:
    """The pack for the task force of the whole country, over the last quarter that has ended."""
    if (screen := window.findChild(PacksScreen)) is not None:
        screen.make()


def _referral(desk: Desk, person: uuid.UUID) -> uuid.UUID:
    """A referral of this person, for the letter; made where there is none."""
    referrals = Referrals(desk)
    if known := referrals.of_person(person):
        return known[0][0]
    day = desk.clock.today().isoformat()
    consent = {"scope": "release_other", "state": "given", "on": day, "given_by": "individual", "language": "ru"}
    People(desk).set_consent(person, {**consent, "evidence": "paper", "organisation": "brcs"}, sure=True)
    told = {"service": "legal_civil", "agency": "brcs", "urgency": "week", "shared": ["case_code", "languages"]}
    return referrals.save(person, {**referrals.defaults(person), **told}, sure=True)


def practise(folder: Path) -> Country:
    """Centres with some months behind them and a coordinator who has them, looks for the same person, and asks."""
    country = establish(folder / "stores", _SIZE)
    head = country.coordinator.desk
    stick = folder / "stick"
    stick.mkdir()
    for centre in country.centres:
        introduce(centre.desk, head, _SIZE.digits)
        centre.record_until(_SIZE.span.end)
    country.at(_SIZE.span.end)
    for centre in country.centres:
        Sending(centre.desk).send(stick, _unwatched)
    Receiving(head).take_all([stick], _unwatched)
    tell_story(head)
    SamePersons(head).look_for(_unwatched)
    people = People(head)
    asked = people.rows(people.find())[0]
    Questions(head).ask(asked.uid, "sex", "Это поле верно?")
    return country


def _unwatched(_done: int, _of: int) -> None:
    """Nobody watches."""


def draw_all(app: QApplication, country: Country, language: str, folder: Path) -> None:
    """All pictures in one language, made small."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (desk, shot) in shots(country).items():
        file = draw(app, desk, replace(shot, look=Preferences(language)), folder / f"{name}.png")
        picture = QImage(str(file)).scaledToWidth(_WIDTH, Qt.TransformationMode.SmoothTransformation)
        picture.convertToFormat(QImage.Format.Format_Indexed8, _palette(picture)).save(str(file))


def _palette(picture: QImage) -> list[int]:
    """The colours that occur most: screens have few, and a palette makes the files a quarter as large."""
    counted: dict[int, int] = {}
    for y in range(0, picture.height(), 2):
        for x in range(0, picture.width(), 2):
            colour = picture.pixel(x, y)
            counted[colour] = counted.get(colour, 0) + 1
    return sorted(counted, key=lambda colour: -counted[colour])[:_COLOURS]


def html(language: str) -> str:
    """The manual as one page."""
    parts: list[str] = []
    for page in book.PAGES:
        source = re.sub(r"\(page:(\w+)\)", r"(#\1)", book.source(page, language))
        apart = "" if page == book.PAGES[0] else "page-break-before: always"
        parts.append(f'<p style="{apart}"><a name="{page}"></a></p>')
        at = 0
        for found in _PICTURE.finditer(source):
            parts.append(_words(source[at : found.start()]))
            image = f'<img src="{language}/{found[2]}.png" width="{_ON_PAPER}" alt="{escape(found[1])}">'
            parts.append(f"<p>{image}<br><small>{escape(found[1])}</small></p>")
            at = found.end()
        parts.append(_words(source[at:]))
    style = "body { font-family: sans-serif; max-width: 46em; margin: auto } img { border: 1px solid #8A97A5 }"
    return f'<html lang="{language}"><head><meta charset="utf-8"><style>{style}</style></head><body>{"".join(parts)}'


def _words(markdown: str) -> str:
    document = QTextDocument()
    document.setMarkdown(markdown)
    found = _BODY.search(document.toHtml())
    return found[1] if found else ""


def write(folder: Path, language: str) -> list[Path]:
    """The page and the same as PDF, A4. The pictures lie in ``folder/<language>`` already."""
    page, paper = folder / f"manual-{language}.html", folder / f"manual-{language}.pdf"
    page.write_text(html(language), "utf-8")
    writer = QPdfWriter(str(paper))
    writer.setResolution(96)
    writer.setTitle("Apora")
    margins = QMarginsF(18, 16, 18, 16)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    document = QTextDocument()
    document.setBaseUrl(QUrl.fromLocalFile(f"{folder.resolve()}/"))
    document.setHtml(html(language))
    document.setPageSize(QSizeF(writer.width(), writer.height()))
    document.print_(writer)
    return [page, paper]


def main(argv: Sequence[str] | None = None) -> int:
    """Make the manual; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.manual", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, help="one language only")
    options = parser.parse_args(argv)
    app = create_application(["apora"])
    with tempfile.TemporaryDirectory() as made:
        country = practise(Path(made))
        try:
            for language in [options.language] if options.language else LANGUAGES:
                set_language(language)
                draw_all(app, country, language, options.folder / language)
                for file in write(options.folder, language):
                    print(file)
        finally:
            country.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
