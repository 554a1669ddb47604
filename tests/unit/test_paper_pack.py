"""The pack and the minutes as papers: what their readers are told, and what they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.i18n import LANGUAGES
from app.reports import words
from app.reports.pack import PackKind, Part, Picture
from app.reports.paper.blocks import Chart, Grid, Heading, PaperKind, Points, Signatures, Text, texts
from app.reports.paper.head import Issuer
from app.reports.paper.minutes import Attendance, Decided, Minutes, minutes_paper
from app.reports.paper.pack import pack_paper
from app.reports.paper.told_grid import told_grid
from app.reports.paper.tongue import Tongue
from app.reports.table import Audience, Axis, Measure, Shown, Why
from tests.unit.told_tables import AGES, HIDDEN, OBLASTS, SEX, everything, pack, told

SAY = Tongue("en")


def _column(grid: Grid, at: int) -> list[str]:
    return [row.cells[at].text for row in grid.rows]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_every_file_says_stands_on_the_first_page(language: str) -> None:
    made = pack(*everything())
    paper = pack_paper(made, language)
    said = list(texts(paper))
    assert paper.kind is PaperKind.PACK
    for line in words.head_lines(made, Tongue(language)):
        assert line in said
    assert any("41-42" in text for text in said), "an incomplete centre is told"
    marks = [words.audience(made.audience, Tongue(language)), Tongue(language)("Practice: all data are invented.")]
    assert paper.foot == " · ".join([*marks, paper.title])
    first = next(at for at, block in enumerate(paper.blocks) if isinstance(block, Grid | Chart))
    told_before = [text for block in paper.blocks[:first] if isinstance(block, Points) for text in block.items]
    assert any(words.rule(made.rule, Tongue(language))[0] == text for text in told_before)


def test_each_picture_stands_over_its_own_table() -> None:
    blocks = pack_paper(pack(*everything()), "en").blocks
    charts = [at for at, block in enumerate(blocks) if isinstance(block, Chart)]
    assert len(charts) == 7
    for at in charts:
        chart, grid = blocks[at], blocks[at + 1]
        assert isinstance(chart, Chart)
        assert grid == told_grid(chart.told, SAY)


def test_single_numbers_stand_in_one_table() -> None:
    blocks = pack_paper(pack(*everything()), "en").blocks
    grid = next(block for block in blocks if isinstance(block, Grid))
    assert [row.cells[2].text for row in grid.rows] == ["127", "hidden"]
    assert [row.cells[2].hidden for row in grid.rows] == [False, True]


def test_a_hidden_place_never_holds_its_number_nor_why() -> None:
    """That a number is small, and its neighbour is only hidden beside it, would tell one from the other."""
    table = told(AGES, SEX, lambda row, column: 11 + row + column)
    for why in Why:
        cells = {**table.cells, ("9-17", "male"): Shown(987, why, 98.7)}
        grid = told_grid(replace(table, cells=cells, total=Shown(987, why)), SAY)
        assert grid == told_grid(replace(table, cells={**cells, ("9-17", "male"): HIDDEN}, total=HIDDEN), SAY)
        assert grid.rows[1].cells[2].hidden
        assert grid.rows[-1].cells[-1].hidden


def test_a_table_of_two_axes_has_its_totals_where_they_are_told() -> None:
    grid = told_grid(told(OBLASTS, SEX, lambda row, column: 20 + row + column), SAY)
    assert grid.head == ("Oblast", "Female", "Male", "Total")
    assert grid.totals == (3,)
    assert [cell.text for cell in grid.rows[0].cells[1:]] == ["20", "21", "41"]
    assert [row.total for row in grid.rows] == [False] * 7 + [True]
    assert [cell.text for cell in grid.rows[-1].cells] == ["Total", "161", "168", "329"]
    bare = told_grid(told(OBLASTS, SEX, totals=False), SAY)
    assert bare.head == ("Oblast", "Female", "Male")
    assert not any(row.total for row in bare.rows)


def test_shares_stand_beside_with_how_many_answered() -> None:
    table = replace(
        told(AGES, value=lambda row, _column: 20 + row),
        cells={(key, ""): Shown(20, share=14.3) for key in AGES.keys} | {("0-8", ""): HIDDEN},
        base={"": Shown(140)},
        unknown={"": HIDDEN},
    )
    grid = told_grid(table, SAY)
    assert grid.head == ("Age", "persons", "Share")
    assert _column(grid, 2) == ["hidden", *["14.3\N{NO-BREAK SPACE}%"] * 6, "", "", ""]
    assert _column(grid, 0)[-2:] == ["Persons with any answer", "Not known"]
    assert [row.cells[1].hidden for row in grid.rows[-2:]] == [False, True]


def test_what_nobody_counted_is_nought_for_us_and_hidden_from_others() -> None:
    table = replace(told(AGES, SEX), cells={}, base={"female": Shown(120)}, measure=Measure.MONEY, currency="BYN")
    assert all(cell.hidden for row in told_grid(table, SAY).rows[:7] for cell in row.cells[1:3])
    ours = told_grid(replace(table, audience=Audience.INTERNAL), SAY)
    assert {cell.text for row in ours.rows[:7] for cell in row.cells[1:3]} == {"0.00"}
    days = told_grid(replace(table, audience=Audience.INTERNAL, measure=Measure.DAYS), SAY)
    assert {cell.text for row in days.rows[:7] for cell in row.cells[1:3]} == {"–"}
    assert ours.rows[-1].cells[1].text == "120", "persons gave answers, not kopecks"


def test_a_total_says_that_a_person_who_stands_in_several_rows_is_counted_once() -> None:
    forms = Axis("form", ("forced_labour", "forced_begging"), adds_up=False)
    assert told_grid(told(forms), SAY).rows[-1].cells[0].text == "Total, each person once"
    services = told(forms, measure=Measure.SERVICES)
    assert told_grid(services, SAY).rows[-1].cells[0].text == "Total"


def test_what_was_put_together_and_other_remarks_are_told_below() -> None:
    table = replace(told(AGES), collapsed=("age",), remarks=("several_answers", "rate_missing/EUR/3"))
    blocks = pack_paper(pack(Part(table)), "en").blocks
    small = [block.text for block in blocks if isinstance(block, Text) and block.small]
    assert "Put together into fewer parts, so that nobody can be recognised: Age." in small
    assert sum("EUR" in text for text in small) == 1


def test_how_many_are_left_out_is_said_of_a_table_only_where_it_differs() -> None:
    made = replace(
        pack(Part(replace(told(AGES), left_out=20)), Part(replace(told(OBLASTS), left_out=15))), left_out=20
    )
    said = [text for text in texts(pack_paper(made, "en")) if "left out" in text]
    assert said == [words.left_out(20, SAY), words.left_out(15, SAY)]


def test_a_pack_of_one_table_is_called_after_it() -> None:
    paper = pack_paper(pack(Part(told(AGES, SEX), Picture.COLUMNS), kind=PackKind.TABLE, practice=False), "en")
    assert paper.title == words.title("victims_assisted_new", SAY)
    assert [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1] == [
        "How the figures are made"
    ]
    assert "Practice" not in paper.foot


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minutes_tell_all_of_the_meeting(language: str) -> None:
    meeting = Minutes(
        date="2014-05-14",
        oblast="BY-VI",
        place="Витебск, облисполком",
        chair_agency="Облисполком",
        chair_post="заместитель председателя",
        panel=("УВД", "Красный Крест"),
        technical_support="Клуб деловых женщин",
        attendees=(Attendance("УВД", 3, party=True), Attendance("Газета", None), Attendance("Прокуратура", 2)),
        guests=("МОМ",),
        agenda=("О порядке направления", "Разное"),
        figures=("Лица, впервые получившие помощь",),
        decisions=(Decided("1", "Провести конкурс", "Управление образования", "2014-09", "не начато"),),
    )
    say = Tongue(language)
    paper = minutes_paper(say, Issuer("Красный Крест", "BY-VI", "", "Т. Сакович", "2014-05-20"), meeting)
    said = "\n".join(texts(paper))
    for part in ("облисполком", "заместитель", "УВД", "Клуб", "Газета", "МОМ", "Разное", "впервые", "конкурс"):
        assert part in said
    assert say.date("2014-05-14") in said
    assert say.date("2014-09") in said
    attended = next(block for block in paper.blocks if isinstance(block, Grid))
    assert _column(attended, 2) == ["3", "", "2", "5"]
    assert _column(attended, 1)[:2] == [say("yes"), ""]
    (signed,) = (block for block in paper.blocks if isinstance(block, Signatures))
    assert len(signed.parties) == 2


def test_an_empty_meeting_says_so() -> None:
    paper = minutes_paper(SAY, Issuer("Centre", "", "", "", "2026-11-22"), Minutes("2026-11-20"))
    assert list(texts(paper)).count("Nothing is recorded.") == 3
