"""Sums of money in words, as a receipt states them beside the figures: in Russian, Belarusian and English.

Whole units in words, the small ones in figures (``одна тысяча двести белорусских рублей 50 копеек``), as cash
orders are written here. The words are the language's own tables, not the catalogue's: they bend by gender and
number, and a receipt must not depend on a translation being complete.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.forms.money import minor_digits

Forms = tuple[str, str, str]
"""What stands after 1, after 2-4, after 5 and more. English uses the first and the last."""


@dataclass(frozen=True, slots=True)
class _Numerals:
    zero: str
    ones: str  # 1-19, masculine
    feminine: tuple[str, str]  # 1, 2
    tens: str  # 20-90
    hundreds: str  # 100-900
    scales: tuple[Forms, ...]  # thousand (feminine in Russian and Belarusian), million, ...


def _forms(text: str) -> Forms:
    one, few, many = text.split("/")
    return one, few, many


_NUMERALS: Final = {
    "ru": _Numerals(
        "ноль",
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
        "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
        ("одна", "две"),
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
        "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
        tuple(
            _forms(text)
            for text in (
                "тысяча/тысячи/тысяч",
                "миллион/миллиона/миллионов",
                "миллиард/миллиарда/миллиардов",
                "триллион/триллиона/триллионов",
                "квадриллион/квадриллиона/квадриллионов",
            )
        ),
    ),
    "be": _Numerals(
        "нуль",
        "адзін два тры чатыры пяць шэсць сем восем дзевяць дзесяць адзінаццаць дванаццаць трынаццаць чатырнаццаць "
        "пятнаццаць шаснаццаць семнаццаць васямнаццаць дзевятнаццаць",
        ("адна", "дзве"),
        "дваццаць трыццаць сорак пяцьдзясят шэсцьдзясят семдзесят восемдзесят дзевяноста",
        "сто дзвесце трыста чатырыста пяцьсот шэсцьсот семсот восемсот дзевяцьсот",
        tuple(
            _forms(text)
            for text in (
                "тысяча/тысячы/тысяч",
                "мільён/мільёны/мільёнаў",
                "мільярд/мільярды/мільярдаў",
                "трыльён/трыльёны/трыльёнаў",
                "квадрыльён/квадрыльёны/квадрыльёнаў",
            )
        ),
    ),
    "en": _Numerals(
        "zero",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
        ("one", "two"),
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "",
        tuple((word, word, word) for word in ("thousand", "million", "billion", "trillion", "quadrillion")),
    ),
}

# By language and currency: its unit, and the unit's hundredth.
_MONEY: Final = {
    "ru": {
        "BYN": ("белорусский рубль/белорусских рубля/белорусских рублей", "копейка/копейки/копеек"),
        "BYR": ("белорусский рубль/белорусских рубля/белорусских рублей", ""),
        "USD": ("доллар США/доллара США/долларов США", "цент/цента/центов"),
        "EUR": ("евро/евро/евро", "цент/цента/центов"),
        "RUB": ("российский рубль/российских рубля/российских рублей", "копейка/копейки/копеек"),
    },
    "be": {
        "BYN": ("беларускі рубель/беларускія рублі/беларускіх рублёў", "капейка/капейкі/капеек"),
        "BYR": ("беларускі рубель/беларускія рублі/беларускіх рублёў", ""),
        "USD": ("долар ЗША/долары ЗША/долараў ЗША", "цэнт/цэнты/цэнтаў"),
        "EUR": ("еўра/еўра/еўра", "цэнт/цэнты/цэнтаў"),
        "RUB": ("расійскі рубель/расійскія рублі/расійскіх рублёў", "капейка/капейкі/капеек"),
    },
    "en": {
        "BYN": ("Belarusian rouble/Belarusian roubles/Belarusian roubles", "kopeck/kopecks/kopecks"),
        "BYR": ("Belarusian rouble/Belarusian roubles/Belarusian roubles", ""),
        "USD": ("US dollar/US dollars/US dollars", "cent/cents/cents"),
        "EUR": ("euro/euros/euros", "cent/cents/cents"),
        "RUB": ("Russian rouble/Russian roubles/Russian roubles", "kopeck/kopecks/kopecks"),
    },
}


def number_in_words(number: int, language: str) -> str:
    """``number`` (0 or more, below 10**18) in words, masculine; raises ValueError."""
    if not 0 <= number < 10**18:
        raise ValueError(number)
    table = _NUMERALS[language]
    words: list[str] = []
    for power in range(len(table.scales), -1, -1):
        group = number // 1000**power % 1000
        if group == 0:
            continue
        # Thousand alone is feminine (одна тысяча, дзве тысячы); in English nothing bends.
        words += _hundreds(group, table, feminine=power == 1)
        if power:
            words.append(_bent(group, table.scales[power - 1], language))
    return " ".join(words) or table.zero


def amount_in_words(amount: int, currency: str, language: str) -> str:
    """``amount`` (0 or more, in minor units) in words with a capital, the small units in figures.

    An unknown currency is named by its code, its hundredths follow in figures.
    """
    whole, small = divmod(amount, 10 ** minor_digits(currency))
    units = _MONEY[language].get(currency)
    number = number_in_words(whole, language)
    name = _bent(whole, _forms(units[0]), language) if units else currency
    words = [number[0].upper() + number[1:], name]
    if minor_digits(currency):
        words.append(f"{small:02}")
        if units:
            words.append(_bent(small, _forms(units[1]), language))
    return " ".join(words)


def _hundreds(group: int, table: _Numerals, *, feminine: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    words: list[str] = []
    if hundreds and table.hundreds:
        words.append(table.hundreds.split()[hundreds - 1])
    elif hundreds:
        words += [table.ones.split()[hundreds - 1], "hundred"]
    tens, ones = divmod(rest, 10) if rest >= 20 else (0, rest)
    one = (table.feminine[ones - 1] if feminine and ones <= 2 else table.ones.split()[ones - 1]) if ones else ""
    if tens and not table.hundreds:
        words.append("-".join(part for part in (table.tens.split()[tens - 2], one) if part))
    else:
        words += [part for part in (table.tens.split()[tens - 2] if tens else "", one) if part]
    return words


def _bent(number: int, forms: Forms, language: str) -> str:
    """The form that stands after ``number``: 1, 21, 101 (not 11) the first; 2-4, 22-24 (not 12-14) the second."""
    if language == "en":
        return forms[0] if number == 1 else forms[2]
    last_two, last = number % 100, number % 10
    if last == 1 and last_two != 11:
        return forms[0]
    return forms[1] if 2 <= last <= 4 and not 12 <= last_two <= 14 else forms[2]
