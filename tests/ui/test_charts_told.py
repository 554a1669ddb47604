"""Charts of protected tables: what the table hides, no picture shows; in colour, in grey, in three languages."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.i18n import LANGUAGES
from app.reports.pack import Picture
from app.reports.paper.tongue import Tongue
from app.reports.table import Axis, Measure, Shown, Told, Why
from app.ui.charts.canvas import Canvas
from app.ui.charts.looks import LOOKS, ink_on
from app.ui.charts.of_told import height_of, legend, paint_told, summary_of
from app.ui.charts.plan import MOST_SERIES, Shape, plan
from app.ui.charts.told_chart import ToldChart
from app.ui.charts.widget import picture
from app.ui.tokens import DARK, LIGHT
from tests.unit.told_tables import AGES, GROUPS, HIDDEN, MONTHS, OBLASTS, SEX, axis, everything, told

SAY = Tongue("en")
DRAWN = (Picture.COLUMNS, Picture.BARS, Picture.LINE)


class Written(Canvas):
    """A canvas that remembers what is written on it."""

    def __init__(self, image: QImage, painter: QPainter) -> None:
        super().__init__(painter, QRectF(image.rect()))
        self.words: list[str] = []

    def text(self, room: QRectF, flags: object, words: str, colour: str = "") -> None:
        self.words.append(words)


def _written(told_: Told, kind: Picture, say: Tongue = SAY) -> Written:
    image = QImage(640, max(200, height_of(told_, kind, say)), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas = Written(image, painter)
    paint_told(canvas, told_, kind, say)
    painter.end()
    return canvas


def _image(told_: Told, kind: Picture) -> QImage:
    return picture(lambda canvas: paint_told(canvas, told_, kind, SAY), 640, 400, 1.0)


def _with(told_: Told, secret: int) -> Told:
    """The same table with ``secret`` still held in each place that is hidden."""

    def held(shown: Shown) -> Shown:
        return Shown(secret, shown.why, 12.5 if secret > 5 else None) if shown.why else shown

    return replace(
        told_,
        cells={key: held(shown) for key, shown in told_.cells.items()},
        row_totals={key: held(shown) for key, shown in told_.row_totals.items()},
        column_totals={key: held(shown) for key, shown in told_.column_totals.items()},
        total=held(told_.total) if told_.total else None,
    )


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("columns", [SEX, axis("form", "exploitation_types", 12), Axis()])
def test_a_picture_is_the_same_whatever_is_hidden(qapp: QApplication, kind: Picture, columns: Axis) -> None:
    table = told(AGES, columns, lambda row, column: 2 if row == 1 else [3, 24, 9, 41][(row + column) % 4])
    assert table.hidden
    assert _image(_with(table, 1), kind) == _image(_with(table, 9_999), kind)
    assert summary_of(_with(table, 1), SAY) == summary_of(_with(table, 9_999), SAY)


@pytest.mark.parametrize("kind", [Picture.COLUMNS, Picture.BARS])
def test_no_total_stands_over_a_hidden_part(qapp: QApplication, kind: Picture) -> None:
    """The table's own total would, in the picture, be read as the height of the column."""
    table = told(Axis("oblast", ("BY-BR", "BY-VI")), SEX, lambda row, column: [[31, 40], [52, 3]][row][column])
    written = _written(table, kind)
    assert "71" in written.words
    assert table.row_totals["BY-VI"].value == 55
    assert "55" not in written.words


@pytest.mark.parametrize("kind", DRAWN)
def test_all_stubs_have_one_size_and_are_named_hidden(qapp: QApplication, kind: Picture) -> None:
    table = told(OBLASTS, SEX, lambda row, column: [2, 15, 120, 9][(row + column) % 4])
    stubs = [box for box, words in _written(table, kind).spots if "hidden, so that nobody can be recognised" in words]
    assert len(stubs) > 1
    assert len({(round(box.width(), 3), round(box.height(), 3)) for box in stubs}) == 1
    assert legend(table, kind, SAY) == ("Female", "Male", "hidden, so that nobody can be recognised")


def test_the_scale_is_that_of_shown_numbers(qapp: QApplication) -> None:
    table = told(OBLASTS, value=lambda row, _column: 12 + row)
    large = replace(
        table, cells={**table.cells, ("BY-BR", ""): Shown(5_000, Why.BESIDE)}, total=Shown(5_090, Why.BESIDE)
    )
    drawing = plan(large, Picture.COLUMNS, SAY)
    assert drawing is not None
    assert drawing.largest == 18


def test_parts_are_stacked_only_where_they_add_up() -> None:
    forms = replace(axis("form", "exploitation_types", 3), adds_up=False)
    shapes = [
        plan(table, Picture.COLUMNS, SAY)
        for table in (told(OBLASTS, SEX), told(OBLASTS, forms), told(OBLASTS, SEX, measure=Measure.DAYS))
    ]
    assert [one.shape for one in shapes if one] == [Shape.STACKED, Shape.GROUPED, Shape.GROUPED]


def test_series_that_cannot_be_told_apart_are_not_merged_but_give_way_to_the_totals() -> None:
    table = told(OBLASTS, GROUPS, lambda _row, _column: 20)
    assert len(GROUPS.keys) > MOST_SERIES
    drawing = plan(table, Picture.COLUMNS, SAY)
    assert drawing is not None
    assert drawing.series == ("",)
    assert {cells[0].value for cells in drawing.cells} == {20 * len(GROUPS.keys)}
    assert plan(replace(table, row_totals={}), Picture.COLUMNS, SAY) is None


@pytest.mark.parametrize("value", [0, 3])
def test_where_nothing_is_shown_there_is_no_picture_but_a_sentence(qapp: QApplication, value: int) -> None:
    cells = {(key, ""): Shown(0) if value == 0 else HIDDEN for key in OBLASTS.keys}
    table = replace(told(OBLASTS), cells=cells)
    assert height_of(table, Picture.BARS, SAY) == 0
    assert "There is no picture of these figures. The table has them all." in _written(table, Picture.BARS).words


def test_one_bar_alone_is_no_picture() -> None:
    assert plan(told(axis("oblast", "oblasts", 1)), Picture.BARS, SAY) is None
    assert plan(told(axis("oblast", "oblasts", 2)), Picture.BARS, SAY) is not None


def test_money_and_shares_are_written_as_people_write_them(qapp: QApplication) -> None:
    donors = axis("donor", "donors", 3)
    money = told(donors, value=lambda row, _c: 12_345_650 * (row + 1), measure=Measure.MONEY, currency="BYN")
    words = _written(money, Picture.BARS, Tongue("ru")).words
    assert "123\N{NARROW NO-BREAK SPACE}456,50" in words
    assert "100\N{NARROW NO-BREAK SPACE}000" in words, "round numbers of the scale have no kopecks"
    shared = replace(money, measure=Measure.PERSONS, cells={(donors.keys[0], ""): Shown(26, share=32.5)})
    assert "26 · 32,5\N{NO-BREAK SPACE}%" in _written(shared, Picture.BARS, Tongue("ru")).words


def _lightness(colour: str) -> float:
    """L* of CIE 1976, which is what grey print keeps."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return float(116 * luminance ** (1 / 3) - 16)


def _contrast(one: str, two: str) -> float:
    light = [((_lightness(colour) + 16) / 116) ** 3 for colour in (one, two)]
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_series_differ_in_grey_too(tokens: object) -> None:
    colours = [look.light if tokens is LIGHT else look.dark for look in LOOKS]
    levels = [_lightness(colour) for colour in colours]
    assert len(LOOKS) == MOST_SERIES
    assert min(abs(one - two) for one, two in combinations(levels, 2)) > 5
    assert min(abs(one - two) for one, two in pairwise(levels)) > 15
    assert all(_contrast(colour, ink_on(colour)) >= 4.5 for colour in colours)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_painted_outside_and_every_name_is_there(qapp: QApplication, language: str) -> None:
    say = Tongue(language)
    for part in everything():
        for width in (420, 640):
            high = height_of(part.table, part.picture, say, width)
            if not high:
                continue
            image = QImage(width + 80, high + 80, QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            painter = QPainter(image)
            canvas = Canvas(painter, QRectF(40, 40, width, high))
            paint_told(canvas, part.table, part.picture, say)
            painter.end()
            inner = QRect(36, 36, width + 8, high + 8)
            painter = QPainter(image)
            painter.fillRect(inner, QColor("white"))
            painter.end()
            blank = QImage(image.size(), image.format())
            blank.fill(QColor("white"))
            assert image == blank, (part.table.code, part.picture, width)


def test_a_chart_on_screen_says_its_figures_and_names_them_under_the_mouse(qtbot: QtBot) -> None:
    chart = ToldChart()
    qtbot.addWidget(chart)
    assert not chart.grab().isNull(), "an empty one too"
    table = told(MONTHS, SEX, lambda row, column: [3, 24, 41][(row + column) % 3])
    chart.show_table(table, Picture.COLUMNS, SAY)
    assert not chart.grab().isNull()
    said = chart.accessibleDescription()
    assert "Female: hidden, so that nobody can be recognised, Male: 24" in said
    assert any("Male: 24" in words for _box, words in _written(table, Picture.COLUMNS).spots)


def test_a_chart_on_screen_is_as_high_as_its_rows_need(qtbot: QtBot) -> None:
    chart = ToldChart()
    qtbot.addWidget(chart)
    chart.resize(700, 100)
    chart.show_table(told(AGES), Picture.BARS, SAY)
    few = chart.minimumHeight()
    chart.show_table(told(GROUPS), Picture.BARS, SAY)
    assert chart.minimumHeight() > few > 7 * 20
    chart.show_table(replace(told(AGES), rows=Axis()), Picture.BARS, SAY)
    assert chart.minimumHeight() < 100
