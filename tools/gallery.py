"""Shows every widget, a sample form and the main window, and grabs them to PNG files, to be looked at.

``python -m tools.gallery out --dark --lang be --size 1024x600 --scale 1.5`` writes ``out/*.png``.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app import i18n
from app.forms.spec import Field, Form, Kind, Leaves, Problem, Section, Severity
from app.ui import theme
from app.ui.application import create_application
from app.ui.charts.columns import paint_columns
from app.ui.charts.data import Series
from app.ui.charts.widget import Chart
from app.ui.dates import short_month
from app.ui.forms.context import Choice, FormContext
from app.ui.forms.form_view import FormView
from app.ui.frame.status_line import StatusItem
from app.ui.icons import icon_label
from app.ui.main_window import DeskPlan, MainWindow
from app.ui.opening_window import OpeningWindow
from app.ui.routes import Desk, Route, Routes
from app.ui.tables.model import Column
from app.ui.tables.view import IdTable
from app.ui.tasks import Tasks
from app.ui.widgets.banner import Banner, BannerKind
from app.ui.widgets.buttons import button, danger_button, ghost_button, icon_button, link_button, primary_button
from app.ui.widgets.card import Card
from app.ui.widgets.chip import Chip, ChipKind
from app.ui.widgets.confirm import ConfirmBar
from app.ui.widgets.digits import DigitsEdit
from app.ui.widgets.empty import EmptyState
from app.ui.widgets.flow import Flow
from app.ui.widgets.key_value import KeyValue
from app.ui.widgets.nested import row_in
from app.ui.widgets.page import Page
from app.ui.widgets.passphrase import PassphraseEdit
from app.ui.widgets.steps import StepHeader
from app.ui.widgets.text import WrapLabel, heading, label
from app.ui.widgets.tile import TileGrid, TileItem
from app.ui.widgets.timeline import Timeline
from app.ui.widgets.timeline_items import TimelineItem

TILES = [
    TileItem("medical", "Медицинская", group="medical"),
    TileItem("psychological", "Психолог", group="psychological"),
    TileItem("legal", "Юрист и документы", group="legal"),
    TileItem("money", "Гранты и деньги", group="money"),
    TileItem("return", "Возвращение и сопровождение", group="return"),
    TileItem("material", "Жильё и вещи", group="material"),
    TileItem("work_study", "Работа и учёба", group="work_study"),
    TileItem("social_other", "Социальная, защита, другое", group="social_other"),
]
OBLASTS = ("Брестская", "Витебская", "Гомельская", "Гродненская", "Минская", "Могилёвская")
CHOICES: dict[str, list[Choice]] = {
    "oblasts": [Choice(str(n), name) for n, name in enumerate(OBLASTS)],
    "raions": [Choice(f"{n}-{k}", f"{name} {k}", str(n)) for n, name in enumerate(OBLASTS) for k in range(20)],
    "places": [
        Choice("centre", "в центре"),
        Choice("home", "дома"),
        Choice("online", "онлайн"),
        Choice("phone", "по телефону"),
    ],
    "symptoms": [Choice(f"s{n}", f"жалоба {n}") for n in range(9)],
    "countries": [Choice(f"c{n}", f"Страна {n}") for n in range(200)],
    "currencies": [Choice("BYN", "BYN — белорусский рубль"), Choice("USD", "USD"), Choice("EUR", "EUR")],
    "routes": [Choice("oral", "внутрь"), Choice("im", "внутримышечно")],
}
LEAVES = Leaves.ALWAYS
SAMPLE = Form(
    "sample",
    "Осмотр",
    (
        Section(
            "Что сделано",
            (
                Field("on", Kind.DATE, "Дата", LEAVES, required=True),
                Field("place", Kind.CODE, "Где", LEAVES, codes="places"),
                Field("born", Kind.BIRTH, "Дата рождения", LEAVES),
                Field("temperature", Kind.DECIMAL, "Температура", LEAVES, unit="°C", low=34, high=42),
                Field("pulse", Kind.INTEGER, "Пульс", LEAVES, unit="уд/мин", hint="в покое, сидя"),
                Field("symptoms", Kind.CODES, "Жалобы", LEAVES, codes="symptoms"),
                Field("languages", Kind.CODES, "Страны проезда", LEAVES, codes="countries"),
            ),
        ),
        Section(
            "Подробности",
            (
                Field("pregnant", Kind.YESNO, "Беременность", LEAVES),
                Field(
                    "weeks",
                    Kind.INTEGER,
                    "Срок",
                    LEAVES,
                    unit="недель",
                    relevant=lambda v: v.get("pregnant") == "yes",
                ),
                Field("oblast", Kind.CODE, "Область", LEAVES, codes="oblasts"),
                Field("raion", Kind.CODE, "Район", LEAVES, codes="raions"),
                Field("currency", Kind.CODE, "Валюта", LEAVES, codes="currencies"),
                Field("sum", Kind.MONEY, "Сумма", LEAVES, currency_field="currency"),
                Field("next", Kind.TIME, "Следующий приём", LEAVES),
                Field("agency", Kind.REF, "Куда направлена", LEAVES, ref="agency"),
                Field(
                    "medicines",
                    Kind.ROWS,
                    "Лекарства",
                    LEAVES,
                    row=(
                        Field("name", Kind.TEXT, "Название", LEAVES),
                        Field("route", Kind.CODE, "Как", LEAVES, codes="routes"),
                    ),
                ),
                Field("note", Kind.LONG, "Заметка", LEAVES, hint="Без имён, адресов и номеров документов"),
            ),
        ),
    ),
)
VALUES: dict[str, object] = {
    "on": "2026-11-20",
    "born": {"age": 30, "on": "2026-11-20"},
    "temperature": "43.5",
    "pulse": 72,
    "symptoms": ["s1", "s4"],
    "languages": ["c3", "c17"],
    "pregnant": "yes",
    "oblast": "2",
    "raion": "2-7",
    "currency": "BYN",
    "sum": 123450,
    "medicines": [{"name": "Ибупрофен", "route": "oral"}],
}
PROBLEMS = (
    Problem("place", Severity.ERROR, "required", "Скажите, где это было."),
    Problem(
        "temperature", Severity.WARNING, "out_of_range", "{low}–{high} °C обычны. Проверьте.", {"low": 34, "high": 42}
    ),
)
TIMELINE = [
    TimelineItem(
        "1",
        "2026-11-18",
        "Консультация психолога",
        "О. Левчук · 50 мин · онлайн",
        "Продолжение, 4-я встреча",
        "psychological",
    ),
    TimelineItem(
        "2",
        "2026-11-16",
        "Грант на проезд к врачу",
        "Т. Сакович · фонд",
        "Билеты Гомель — Минск",
        "money",
        chip="48,60 BYN",
        chip_kind="accent",
    ),
    TimelineItem(
        "3",
        "2026-11-12",
        "Сопровождение к врачу",
        "М. Ковальчук · выезд",
        "",
        "medical",
        chip="получено",
        chip_kind="ok",
    ),
    TimelineItem(
        "4",
        "2026-10-27",
        "Консультация юриста",
        "А. Дрозд · 40 мин",
        "Восстановление документов",
        "legal",
        chip="не отправлено",
        chip_kind="warn",
    ),
    TimelineItem("5", "2026-10", "Продуктовый набор", "Т. Сакович", "", "material"),
    TimelineItem("6", "2026-10-02", "Встреча в аэропорту", "Т. Сакович", "", "return"),
    TimelineItem("7", "2026-10-01", "Курсы швей", "Т. Сакович", "", "work_study"),
    TimelineItem("8", "2026-09-30", "Поиск родных", "Т. Сакович", "", "social_other"),
]


def context() -> FormContext:
    """Invented lists."""
    return FormContext(
        lambda name: CHOICES[name], lambda kind, typed: [Choice("a", "РОВД Гомель")], lambda: dt.date(2026, 11, 20)
    )


def widgets_page() -> Page:
    """All small widgets."""
    page = Page("Т-4К7Х2", "1994 г. р. · женщина · Гомель · на сопровождении с 02.10.2026")
    page.add_action(button("Перенаправить", "send"))
    page.add_action(primary_button("Записать помощь", "plus"))
    kinds: list[tuple[str, ChipKind]] = [
        ("согласие есть", "ok"),
        ("не отправлено", "warn"),
        ("отказ", "danger"),
        ("6 услуг", "accent"),
        ("закрыт", "plain"),
    ]
    for text, kind in kinds:
        page.add_mark(Chip(text, kind))
    lines: list[tuple[str, BannerKind, str]] = [
        ("Сохранено на этом компьютере · ещё не отправлено", "ok", "Отменить"),
        ("Звонить только по телефону, после 18:00, не через мать", "warn", ""),
        ("Флешка не найдена. Вставьте её и нажмите «Искать снова».", "error", "Искать снова"),
        ("Квитанция от 14.11.2026 прочитана", "info", ""),
    ]
    for said, banner_kind, action in lines:
        page.add(Banner(said, banner_kind, action, closable=True))
    page.add(StepHeader(["Кто", "Что", "Подробности"], 1))
    tiles = TileGrid(TILES)
    tiles.choose("money")
    page.add(tiles)
    buttons = Flow()
    for made in (
        primary_button("Сохранить", "check"),
        button("Сохранить и ещё"),
        ghost_button("Позже"),
        danger_button("Удалить черновик", "trash"),
        link_button("Показать всё"),
        icon_button("printer", "Печать"),
    ):
        buttons.add(made)
    off = primary_button("Отправить")
    off.setEnabled(False)
    buttons.add(off)
    card = Card("Кнопки и поля")
    card.add(buttons)
    card.add(PassphraseEdit())
    digits = DigitsEdit(4, 5)
    digits.set_digits("12345678")
    card.add(digits)
    card.add(
        KeyValue(
            [
                ("Родной язык", "белорусский"),
                (
                    "Контакт",
                    "по телефону, вечером, представиться подругой из кружка вязания и больше ничего не говорить",
                ),
            ]
        )
    )
    page.add(card)
    confirm = ConfirmBar()
    page.add(confirm)
    confirm.ask("Удалить черновик? Набранное пропадёт.", "Удалить черновик", lambda: None, danger=True)
    names = Flow(10)
    for path in sorted(Path(__file__).parent.parent.joinpath("resources", "icons").glob("*.svg")):
        names.add(icon_label(path.stem, theme.tokens().text, 24))
    icons_card = Card("Знаки")
    icons_card.add(names)
    icons_card.add(
        EmptyState(
            "people", "Пока никого нет", "Запишите первого человека: нажмите «Новый человек».", "Новый человек"
        )
    )
    page.add(icons_card)
    return page


def form_page() -> Page:
    """The sample form with problems."""
    page = Page("Записать помощь", "Т-4К7Х2 · Осмотр")
    view = FormView(SAMPLE, context(), VALUES)
    view.show_problems(PROBLEMS)
    page.add(view)
    return page


def lists_page() -> Page:
    """Timeline, table and a chart."""
    page = Page("Статистика", "январь — ноябрь 2026", scroll=False)
    timeline = Timeline()
    timeline.show_items(TIMELINE)
    timeline.setCurrentIndex(timeline.model().index(2, 0))
    left = Card("История")
    left.add(timeline, 1)
    months = [short_month(n) for n in range(1, 12)]
    series = [
        Series(item.text, [10 + n * 7 % 23 + m for m in range(11)], theme.group_colour(item.key))
        for n, item in enumerate(TILES)
    ]
    columns = Card("По месяцам")
    columns.add(Chart("По месяцам", "", lambda canvas: paint_columns(canvas, months, series)), 1)
    table = IdTable(
        "Люди",
        [
            Column("code", "Код", width=120),
            Column("name", "Имя", sortable=True),
            Column("count", "Услуг", number=True, width=90),
        ],
        lambda ids: [{"code": f"Т-{n:05d}", "name": f"Человек {n}", "count": n % 40} for n in ids],
        lambda key, down: range(50_000),
    )
    table.show_ids(range(50_000))
    tabled = Card("Таблица")
    tabled.add(table, 1)
    for row in ((left, columns), (tabled,)):
        line = row_in(page.body, 1)
        line.setSpacing(12)
        for card in row:
            line.addWidget(card, 1)
    return page


def unlock_page() -> QWidget:
    """A card in the middle."""
    page = Page()
    card = Card()
    card.setMaximumWidth(theme.px(420))
    for widget in (
        icon_label("lock", theme.tokens().accent, 34),
        heading("Закрыто"),
        WrapLabel("Введите парольную фразу", "sub"),
        label("Парольная фраза", "field"),
        PassphraseEdit(),
        primary_button("Открыть"),
    ):
        card.add(widget)
    page.body.addStretch(1)
    row_in(page.body).addWidget(card)
    page.body.addStretch(2)
    return page


def plan() -> DeskPlan:
    """A window with three screens of this gallery."""

    def screen(make: Callable[[], Page]) -> Callable[[Desk], Page]:
        return lambda _desk: make()

    routes = Routes(
        Route("today", screen(widgets_page), "Сегодня", "today", in_bar=True),
        Route("people", screen(lists_page), "Люди", "people", in_bar=True),
        Route("form", screen(form_page), "Мероприятия", "activity", in_bar=True),
        Route("partners", screen(form_page), "Партнёры", "partner", in_bar=True),
        Route("send", screen(form_page), "Отправить и получить", "send", in_bar=True),
        Route("settings", screen(form_page), "Настройки", "settings", in_bar=True),
    )

    def status() -> Sequence[StatusItem]:
        return [
            StatusItem("37 записей о 12 людях не отправлены", "send"),
            StatusItem("Последняя квитанция 14.11.2026", "inbox"),
            StatusItem("Копии нет 9 дней", "shield", overdue=True),
        ]

    return DeskPlan(
        routes,
        Tasks(print),
        who="Т. Сакович",
        practice=True,
        record="form",
        record_label="Записать помощь",
        search="people",
        search_hint="Найти человека",
        status=status,
        counts=lambda: {"today": 5, "send": 37},
    )


def main() -> None:
    """Grab the screens."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--lang", default="en", choices=i18n.LANGUAGES)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    app = create_application(["apora"])
    i18n.set_language(options.lang)
    theme.apply(app, dark=options.dark, scale=options.scale)
    options.folder.mkdir(parents=True, exist_ok=True)
    width, height = map(int, options.size.split("x"))
    name = f"{options.lang}-{'dark' if options.dark else 'light'}-{options.size}-{options.scale:g}"
    for route in ("today", "form", "people"):
        window = MainWindow(plan())
        window.resize(width, height)
        window.show()
        window.go(route)
        _grab(app, window, options.folder / f"{route}-{name}.png")
    long = form_page()
    long.resize(1000, 2100)
    long.show()
    _grab(app, long, options.folder / f"whole-form-{name}.png")
    opening = OpeningWindow(unlock_page())
    opening.resize(width, height)
    opening.show()
    _grab(app, opening, options.folder / f"unlock-{name}.png")


def _grab(app: QApplication, window: QWidget, path: Path) -> None:
    for _round in range(5):
        app.processEvents()
    window.grab().save(str(path))
    window.close()


if __name__ == "__main__":
    main()
