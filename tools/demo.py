"""``python -m tools.demo --to FOLDER``: a year of three centres and a coordinator, headless and from nothing.

Stores are made, cards exchanged as files, help recorded through the use cases, bundles carried on sticks (one is
lost, one comes late, one is taken in twice), receipts carried back. After each round the coordinator's figures are
compared with the truth, cell by cell, and at the end the packs for task forces and donors too. Ends with
``figures agree`` (exit 0), or with the cells that do not (exit 1).
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from app.i18n import set_language
from app.usecases.practice import PackTruth, Span, Truth, tell_story
from app.usecases.receiving import Receiving, Verdict
from app.usecases.reporting import Dimension, Reporting
from app.usecases.same_person import SamePersons
from app.usecases.sending import Sending, Sent
from tools import demo_figures, demo_files, demo_packs, demo_screens
from tools.demo_country import PASSPHRASE, Centre, Country, Size, establish

ROUNDS = 3
_STORY = "story.txt"
_DONOR = "iom"
_TABLES = {
    "month-group-centre": (Dimension.MONTH, Dimension.GROUP, Dimension.CENTRE),
    "sex-age": (Dimension.SEX, Dimension.AGE),
    "all": tuple(Dimension),
}


class DemoFailed(Exception):
    """Something went otherwise than the story tells; the text says what."""


class Story:
    """What happened, told on the terminal and kept in the folder."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / _STORY
        self._file.write_text("", "utf-8")

    def tell(self, line: str = "") -> None:
        """One more line."""
        print(line, flush=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


class Demo:
    """One run. Both truths are what the coordinator can know: the events whose bundles have arrived."""

    def __init__(self, folder: Path, size: Size) -> None:
        self._folder = folder
        self._size = size
        self._story = Story(folder)
        self._truth = Truth()
        self.packs = PackTruth(self._truth)
        self._lost = 0
        self._late: Path | None = None
        self.country: Country | None = None

    def run(self, disturb: Callable[[Country], None] = lambda _country: None) -> list[str]:
        """The whole story; returns the cells that differ. ``disturb`` may spoil the register at the end."""
        started = time.monotonic()
        country = self.country = establish(self._folder / "stores", self._size)
        self._tell_who(country)
        self._exchange_cards(country)
        self._tell_of_the_programme(country)
        found: list[str] = []
        for number in range(1, ROUNDS + 1):
            self._round(country, number)
            if number == ROUNDS:
                disturb(country)
            found += [
                f"after round {number}: {line}"
                for line in demo_figures.differences(country.coordinator.desk, self._truth)
            ]
        self._find_the_same(country)
        found += [
            f"after the same persons were found: {line}"
            for line in demo_figures.differences(country.coordinator.desk, self._truth)
        ]
        found += self._judge_packs(country)
        self._tell_end(country, time.monotonic() - started)
        self._tables(country)
        return found

    def _tell_who(self, country: Country) -> None:
        names = ", ".join(centre.name for centre in country.centres)
        self._story.tell("All data are invented.")
        self._story.tell(f"{len(country.places)} installations were made: {country.coordinator.name}; {names}.")
        self._story.tell(f"Each opens with the passphrase: {PASSPHRASE}")

    def _exchange_cards(self, country: Country) -> None:
        """Cards lie on a stick as files; the digits are read out by telephone and typed."""
        stick = self._stick("cards")
        for place in country.places:
            enrolment = place.enrolment(self._size)
            (stick / enrolment.card_file_name()).write_bytes(enrolment.my_card())
        head = country.coordinator.enrolment(self._size)
        card = (stick / head.card_file_name()).read_bytes()
        digits = head.my_digits()
        for centre in country.centres:
            own = centre.enrolment(self._size)
            head.confirm(head.receive((stick / own.card_file_name()).read_bytes()).inst, own.my_digits())
            own.confirm(own.receive(card).inst, digits)
        self._story.tell(
            "Cards were carried on a stick and confirmed by the digits: coordinator and centres trust each other."
        )

    def _tell_of_the_programme(self, country: Country) -> None:
        """What its papers print: work of earlier years, the Vitebsk task force and its memorandum."""
        tell_story(country.coordinator.desk)
        demo_packs.bind_parties(self.packs)
        self._story.tell("The coordinator wrote down the programme's own story, as its papers print it.")

    def _round(self, country: Country, number: int) -> None:
        """Some months of work; bundles out; what arrives; receipts back."""
        months = self._size.months // ROUNDS
        last = self._size.span.end if number == ROUNDS else Span(self._size.span.start, months * number).end
        recorded = [centre.record_until(last) for centre in country.centres]
        country.at(last + dt.timedelta(days=3))
        self._story.tell()
        self._story.tell(f"Round {number}, up to {last:%d.%m.%Y}: {sum(recorded)} entries were made at the centres.")
        sent = [self._send(centre, number) for centre in country.centres]
        arrived = self._arrive(country, number, sent)
        for centre in arrived:
            centre.delivered(self._truth, self.packs)
        self._receipts(country, number, arrived)

    def _send(self, centre: Centre, number: int) -> Sent:
        preview = Sending(centre.desk).preview()
        sent = Sending(centre.desk).send(
            self._stick(f"round-{number}", centre.desk.me.oblast), lambda _done, _of: None
        )
        self._story.tell(
            f"  {centre.name}: bundle {sent.seq} with {sent.rows} records of {sent.persons} people "
            f"({sent.size // 1024} KiB); {preview.held_back_persons} people go under their code alone."
        )
        return sent

    def _arrive(self, country: Country, number: int, sent: list[Sent]) -> list[Centre]:
        """What comes to the coordinator: round 1 loses a stick, round 2 has one late and one twice."""
        first, second, third = range(3)
        centres = country.centres
        match number:
            case 1:
                sent[second].file.unlink()
                self._lost = sent[second].seq
                self._story.tell(f"  The stick of {centres[second].name} is lost on the way.")
                coming = [first, third]
            case 2:
                self._story.tell(f"  The stick of {centres[third].name} is delayed.")
                self._late = sent[third].file
                coming = [first, second]
            case _:
                coming = [third, first, second]
        for which in coming:
            self._take(country, sent[which].file, "ACCEPTED")
        if number == 2:
            self._story.tell(f"  The bundle of {centres[first].name} is taken in once more by mistake:")
            self._take(country, sent[first].file, "ALREADY_IMPORTED")
            self._story.tell(
                f"  {centres[second].name} repeated what the lost bundle {self._lost} held: nothing is missing."
            )
        if number == ROUNDS:
            self._story.tell("  Only now the delayed stick arrives:")
            assert self._late is not None
            self._take(country, self._late, "OLD")
        return [centres[which] for which in coming]

    def _take(self, country: Country, file: Path, expected: str) -> Verdict:
        verdict = Receiving(country.coordinator.desk).take(file)
        if verdict.answer != expected:
            raise DemoFailed(f"expected {expected}, got {verdict.answer}: {verdict.sentence}")
        who = f"{verdict.sender}: " if verdict.sender else ""
        self._story.tell(f"  Coordinator: {who}{verdict.sentence}")
        return verdict

    def _receipts(self, country: Country, number: int, arrived: list[Centre]) -> None:
        """One stick goes round with all receipts; each centre can open its own alone."""
        stick = self._stick(f"receipts-{number}")
        files = Receiving(country.coordinator.desk).write_receipts(stick)
        for centre in country.centres:
            verdicts = Receiving(centre.desk).take_all([stick], lambda _done, _of: None)
            wrong = [one.answer for one in verdicts if not one.ok and one.answer != "NOT_FOR_US"]
            if wrong:
                raise DemoFailed(f"a receipt was refused: {', '.join(wrong)}")
            left = Sending(centre.desk).preview().records_total
            if (left == 0) != (centre in arrived):
                raise DemoFailed(f"{centre.name}: {left} records are not acknowledged")
        self._story.tell(
            f"  {len(files)} answers go back; {len(arrived)} centres read that their records were received."
        )

    def _find_the_same(self, country: Country) -> None:
        """The coordinator looks at each pair that the program offers, calls the centres, and decides."""
        same = SamePersons(country.coordinator.desk)
        same.look_for(lambda _done, _of: None, lambda: False)
        known = {uid: (str(one.desk.me.centre), key) for one in country.centres for uid, key in one.persons()}
        pairs = same.waiting(1000)
        linked = 0
        for pair in pairs:
            one, other = known[pair.one], known[pair.other]
            is_same = self._truth.is_same(one, other)
            same.decide(pair.one, pair.other, "same" if is_same else "different")
            if is_same:
                self._truth.say_same(one, other)
                linked += 1
        self._story.tell()
        self._story.tell(
            f"{len(pairs)} pairs may be one person; after calls to the centres {linked} of them are: "
            f"{self._truth.at_two_centres} human beings were helped at two centres. They count once from now on."
        )

    def _judge_packs(self, country: Country) -> list[str]:
        """Both packs of every period against the truth, before anything is protected."""
        oblasts = [centre.desk.me.oblast for centre in country.centres]
        judged = demo_packs.judge(country.coordinator.desk, self.packs, oblasts, self._size.span)
        same = judged.cells - len(judged.wrong)
        others = f", {len(judged.wrong)} do not" if judged.wrong else ""
        self._story.tell(f"{same} cells in both packs agree with the truth{others}.")
        return [f"in the packs: {line}" for line in judged.wrong]

    def _tell_end(self, country: Country, seconds: float) -> None:
        desk = country.coordinator.desk
        flagged = sum(peer.flagged for peer in country.coordinator.enrolment(self._size).peers())
        total = Reporting(desk).figures(()).total
        self._story.tell()
        self._story.tell(
            f"The coordinator counts {total.persons} persons who were helped and {total.services} services; "
            f"{flagged} records need attention."
        )
        self._story.tell(
            f"{demo_figures.cells(self._truth)} cells in {len(demo_figures.breakdowns())} breakdowns "
            f"were compared with the truth ({seconds:.0f} s so far)."
        )

    def _tables(self, country: Country) -> None:
        folder = self._folder / "figures"
        folder.mkdir()
        reporting = Reporting(country.coordinator.desk)
        for name, by in _TABLES.items():
            (folder / f"{name}.csv").write_bytes(reporting.as_csv(reporting.figures(by)))
        self._story.tell(f"Figures as CSV: {', '.join(f'figures/{name}.csv' for name in _TABLES)}")

    def pack_files(self) -> None:
        """A pack for the first centre's task force and one for a donor, for ourselves and as they leave."""
        assert self.country is not None
        desk, oblast = self.country.coordinator.desk, self.country.centres[0].desk.me.oblast
        *_others, quarter = demo_packs.periods(self._size.span, demo_packs.QUARTER)
        *_others, half = demo_packs.periods(self._size.span, demo_packs.HALF)
        files = demo_files.write(self._folder / "packs", desk, oblast, quarter, _DONOR, half)
        self._story.tell(f"Packs as XLSX, CSV and PDF, for ourselves and protected: {len(files)} files in packs/")

    def shots(self) -> None:
        """The screens as PNG files."""
        assert self.country is not None
        files = demo_screens.shots(self._folder / "screens", [place.desk for place in self.country.places])
        self._story.tell(f"Screens as PNG: {len(files)} files in screens/")

    def judge(self, found: list[str]) -> int:
        """The last line, and the exit code."""
        for line in found:
            self._story.tell(line)
        self._story.tell("figures agree" if not found else f"{len(found)} cells differ")
        return 1 if found else 0

    def _stick(self, *names: str) -> Path:
        folder = self._folder.joinpath("sticks", *names)
        folder.mkdir(parents=True)
        return folder


def prepare(folder: Path) -> None:
    """An empty folder. One that an earlier demonstration left is replaced; any other content is not touched."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / _STORY).is_file():
            raise DemoFailed(f"{folder} holds other things; name an empty folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def main(argv: list[str] | None = None) -> int:
    """Run the demonstration; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--without-screens", action="store_true", help="figures only")
    args = parser.parse_args(argv)
    set_language("en")
    demo: Demo | None = None
    try:
        prepare(args.to)
        demo = Demo(args.to, Size())
        found = demo.run()
        demo.pack_files()
        if not args.without_screens:
            demo.shots()
        return demo.judge(found)
    except (DemoFailed, demo_screens.ScreenFailed) as failed:
        print(f"The demonstration failed: {failed}", file=sys.stderr)
        return 1
    finally:
        if demo is not None and demo.country is not None:
            demo.country.close()


if __name__ == "__main__":
    sys.exit(main())
