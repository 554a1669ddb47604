"""Dates as people write them here: 9 марта 2026 г., 9 сакавіка 2026 г., 9 March 2026; short 09.03.2026.

Own tables because the system's short dates differ from machine to machine (measured: be_BY gives ``8.11.26``).
All functions take a partial date: ``2026``, ``2026-03`` or ``2026-03-09``; anything else is given back as it is.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from app.i18n import language

_OF: Final = {  # genitive: "9 марта"
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "en": "January February March April May June July August September October November December",
}
_NAMES: Final = {  # nominative: "Март 2026"
    "ru": "Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь",
    "be": "Студзень Люты Сакавік Красавік Май Чэрвень Ліпень Жнівень Верасень Кастрычнік Лістапад Снежань",
    "en": "January February March April May June July August September October November December",
}
_SHORT: Final = {
    "ru": "янв февр марта апр мая июня июля авг сент окт нояб дек",
    "be": "студз лют сак крас мая чэрв ліп жн вер кастр ліст снеж",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
_WEEKDAYS: Final = {
    "ru": "Понедельник Вторник Среда Четверг Пятница Суббота Воскресенье",
    "be": "Панядзелак Аўторак Серада Чацвер Пятніца Субота Нядзеля",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}


def _parts(on: str) -> list[int]:
    pieces = on[:10].split("-")
    return [int(piece) for piece in pieces] if all(piece.isdecimal() for piece in pieces) else []


def _word(table: dict[str, str], number: int) -> str:
    return table[language()].split()[number - 1]


def short_date(on: str) -> str:
    """``09.03.2026``, ``03.2026`` or ``2026``."""
    return ".".join(reversed(on[:10].split("-"))) if _parts(on) else on


def long_date(on: str) -> str:
    """``9 марта 2026 г.`` (Russian and Belarusian end a year with ``г.``)."""
    parts = _parts(on)
    end = "" if language() == "en" else " г."
    match parts:
        case [year, month, day]:
            return f"{day} {_word(_OF, month)} {year}{end}"
        case [year, month]:
            return f"{_word(_NAMES, month).lower() if end else _word(_NAMES, month)} {year}{end}"
        case [year]:
            return f"{year}{end}"
        case _:
            return on


def day_and_month(on: str) -> str:
    """``9 марта`` short: ``9 марта``, ``18 нояб.`` (18 Nov); empty where the day is not known."""
    parts = _parts(on)
    if len(parts) != 3:
        return ""
    word, whole = _word(_SHORT, parts[1]), _word(_OF, parts[1])
    return f"{parts[2]} {word}" + ("." if word != whole and language() != "en" else "")


def month_and_year(on: str) -> str:
    """``Март 2026``; the year alone where the month is not known."""
    parts = _parts(on)
    if len(parts) >= 2:
        return f"{_word(_NAMES, parts[1])} {parts[0]}"
    return str(parts[0]) if parts else ""


def short_month(number: int) -> str:
    """The short name of month 1-12, for charts."""
    return _word(_SHORT, number)


def weekday(day: dt.date) -> str:
    """``Понедельник``."""
    return _word(_WEEKDAYS, day.weekday() + 1)
