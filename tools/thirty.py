"""``python -m tools.thirty --to FOLDER``: a coordinator's desk with thirty sticks on the table, looked at.

Ten invented centres work for half a year and send three times; sticks are lost, late, torn and taken twice, one
laptop was copied, one file is a stranger's, one centre falls silent, one asks to pass a person on. The coordinator
takes everything in, decides about some of the pairs, asks questions. Then her screens are drawn as PNG in three
languages, light and dark: nothing on them may read as a list of error codes. The stores and the sticks stay: with a
copy of ``stores/coordinator`` as its home and the passphrase of ``tools.demo_country`` the program itself opens.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.clock import SteadyClock
from app.i18n import LANGUAGES, set_language
from app.store.keyformat import KdfParams
from app.sync.card import DigitParams
from app.ui.application import Preferences, create_application
from app.usecases.access import Access, lock
from app.usecases.people import People
from app.usecases.practice import Span, introduce
from app.usecases.questions import Questions
from app.usecases.receiving import Receiving, Verdict
from app.usecases.same_person import SamePersons
from app.usecases.sending import Sending
from tools.demo_country import PASSPHRASE, Centre, Country, Size, establish
from tools.demo_screens import Shot, draw

_KDF = KdfParams(memory_kib=64 * 1024)
"""The least memory that the program accepts: every store made here can be opened in it and worked with."""
_SIZE = Size(people=14, months=6, centres=10, seed=30, kdf=_KDF, digits=DigitParams(memory_kib=64, iterations=1))
_ROUNDS = 3
_TEN = dt.time(10, 0, tzinfo=dt.UTC)


@dataclass
class Table:
    """The country, the folder of its sticks, and what lies on the table of the coordinator."""

    country: Country
    folder: Path

    @property
    def head(self) -> Receiving:
        return Receiving(self.country.coordinator.desk)

    def stick(self, name: str) -> Path:
        """A new stick."""
        made = self.folder / "sticks" / name
        made.mkdir(parents=True)
        return made


def tell(verdicts: list[Verdict]) -> None:
    """Each verdict in its words, as she reads them."""
    for one in verdicts:
        print(f"  {one.sender or '?'} {one.seq or ''}: {one.sentence}")


def play(folder: Path) -> Table:
    """Half a year, three rounds of sticks, and what goes wrong on the way."""
    country = establish(folder / "stores", _SIZE)
    for centre in country.centres:
        introduce(centre.desk, country.coordinator.desk, _SIZE.digits)
    table = Table(country, folder)
    for number in range(1, _ROUNDS + 1):
        last = Span(_SIZE.span.start, _SIZE.months // _ROUNDS * number).end
        for centre in country.centres:
            centre.record_until(last)
        country.at(last + dt.timedelta(days=3))
        _round(table, number)
    return table


def _round(table: Table, number: int) -> None:
    print(f"Round {number}")
    heap = table.stick(f"round-{number}")
    silent = table.country.centres[-1]
    sending = [one for one in table.country.centres if one is not silent or number == 1]
    files = [Sending(centre.desk).send(heap, _unwatched).file for centre in sending]
    if number == 2:
        _torn(files.pop(3))
        files.append(_strangers(table, heap))
    if number == _ROUNDS:
        _copied(table, heap)
    tell(table.head.take_all([heap], _unwatched))
    _ask(table, number)
    receipts = table.stick(f"receipts-{number}")
    table.head.write_receipts(receipts)
    for centre in table.country.centres[1:-1]:
        Receiving(centre.desk).take_all([receipts], _unwatched)


def _torn(file: Path) -> None:
    """A stick that was pulled out while it was written."""
    file.write_bytes(file.read_bytes()[:-7000])


def _strangers(table: Table, heap: Path) -> Path:
    """Somebody whom nobody knows here sends too: she knows the coordinator's card, and that is all."""
    elsewhere = establish(table.folder / "elsewhere", Size(1, 1, 1, 77, _KDF, _SIZE.digits))
    stranger, head = elsewhere.centres[0], table.country.coordinator
    card = stranger.enrolment(_SIZE).receive(head.enrolment(_SIZE).my_card())
    stranger.enrolment(_SIZE).confirm(card.inst, head.enrolment(_SIZE).my_digits())
    stranger.record_until(_SIZE.span.end)
    file = Sending(stranger.desk).send(heap, _unwatched).file
    elsewhere.close()
    return file


def _copied(table: Table, heap: Path) -> None:
    """A laptop was copied, and somebody worked on the copy: two histories."""
    original = table.country.centres[4]
    place, twin = original.desk.store.path.parent, table.folder / "twin"
    lock(original.desk)
    shutil.copytree(place, twin)
    table.country.centres[4] = _open_again(original, place, 501)
    copy = _open_again(original, twin, 502)
    for place_of_work, born in ((copy, "1993"), (table.country.centres[4], "1987")):
        people = People(place_of_work.desk)
        people.register({"sex": "female", "birth": born, "oblast": "BY-MI"}, {}, sure=True)
        Sending(place_of_work.desk).send(heap, _unwatched)
    lock(copy.desk)


def _open_again(centre: Centre, place: Path, seed: int) -> Centre:
    clock = SteadyClock(centre.clock.now(), seed)
    made = Centre(Access(place, clock, _KDF).unlock(PASSPHRASE), clock, centre.ahead, centre.unsent)
    made.registered, made.recorded = centre.registered, centre.recorded
    return made


def _ask(table: Table, number: int) -> None:
    """Decide about some pairs and ask about a few records; the rest waits, as it would."""
    desk = table.country.coordinator.desk
    same = SamePersons(desk)
    same.look_for(_unwatched, lambda: False)
    for at, pair in enumerate(same.waiting()[:2]):
        same.decide(pair.one, pair.other, "same" if pair.likely else "later" if at else "different")
    people, questions = People(desk), Questions(desk)
    for row in people.rows(people.find())[number : number + 2]:
        field = "birth" if "birth" in people.person(row.uid) else "birth_year"
        questions.ask(row.uid, field, "Год рождения верен?", str((row.birth_year or 1990) + 10))


def _unwatched(_done: int, _of: int) -> None:
    """Nobody watches."""


def looks() -> Iterator[Preferences]:
    """Three languages, light and dark."""
    for language in LANGUAGES:
        for dark in (False, True):
            yield Preferences(language, dark=dark)


def shots(table: Table) -> Iterator[Shot]:
    """The places of her desk, in each look."""
    desk = table.country.coordinator.desk
    people = People(desk)
    rows = people.rows(people.find())
    busy = max((row for row in rows if row.name), key=lambda row: row.services)
    linked = _linked(table, [row.uid for row in rows]) or busy.uid
    stopped = table.country.centres[4].desk.me.uid
    for look in looks():
        name = f"{look.language}-{'dark' if look.dark else 'light'}"
        for route, arguments in (
            ("inbox", {}),
            ("centres", {}),
            ("alarm", {"inst": stopped}),
            ("enrol", {}),
            ("people", {}),
            ("person", {"person": linked}),
            ("record_reading", {"person": busy.uid, "kind": "person", "record": busy.uid}),
            ("same", {}),
            ("questions", {}),
            ("transfers", {}),
            ("take_in", {}),
            ("line", {}),
        ):
            yield Shot(f"{route}-{name}", route, arguments, look)


def _linked(table: Table, persons: list[uuid.UUID]) -> uuid.UUID | None:
    same = SamePersons(table.country.coordinator.desk)
    return next((uid for uid in persons if len(same.group_of(uid)) > 1), None)


def main(argv: list[str] | None = None) -> int:
    """Play it and draw the screens; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.thirty", description=__doc__)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new folder")
    args = parser.parse_args(argv)
    folder: Path = args.to
    folder.mkdir(parents=True)
    set_language("ru")
    table = play(folder)
    try:
        app = create_application(["apora"])
        pictures = folder / "screens"
        pictures.mkdir()
        for shot in shots(table):
            draw(app, table.country.coordinator.desk, shot, pictures / f"{shot.name}.png")
    finally:
        table.country.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
