"""Sums in words: read back by an independent reader, and known ones as a book-keeper writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import LANGUAGES
from app.reports.amount_words import amount_in_words, number_in_words

# An independent reader: the value of each word, whatever its form.
_SMALL = {
    "ru": "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать",
    "be": "нуль адзін два тры чатыры пяць шэсць сем восем дзевяць дзесяць адзінаццаць дванаццаць трынаццаць "
    "чатырнаццаць пятнаццаць шаснаццаць семнаццаць васямнаццаць дзевятнаццаць",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_ROUND = {
    "ru": "двадцать 20 тридцать 30 сорок 40 пятьдесят 50 шестьдесят 60 семьдесят 70 восемьдесят 80 девяносто 90 "
    "сто 100 двести 200 триста 300 четыреста 400 пятьсот 500 шестьсот 600 семьсот 700 восемьсот 800 девятьсот 900 "
    "одна 1 две 2",
    "be": "дваццаць 20 трыццаць 30 сорак 40 пяцьдзясят 50 шэсцьдзясят 60 семдзесят 70 восемдзесят 80 дзевяноста 90 "
    "сто 100 дзвесце 200 трыста 300 чатырыста 400 пяцьсот 500 шэсцьсот 600 семсот 700 восемсот 800 дзевяцьсот 900 "
    "адна 1 дзве 2",
    "en": "twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90",
}
_SCALES = {
    "ru": ("тысяч", "миллион", "миллиард", "триллион", "квадриллион"),
    "be": ("тысяч", "мільён", "мільярд", "трыльён", "квадрыльён"),
    "en": ("thousand", "million", "billion", "trillion", "quadrillion"),
}


def _read(words: str, language: str) -> int:
    values = {word: at for at, word in enumerate(_SMALL[language].split())}
    pairs = _ROUND[language].split()
    values |= dict(zip(pairs[::2], map(int, pairs[1::2]), strict=True))
    total = group = 0
    for word in words.replace("-", " ").split():
        if word == "hundred":
            group *= 100
        elif word in values:
            group += values[word]
        else:
            power = [at for at, scale in enumerate(_SCALES[language], 1) if word.startswith(scale)]
            total += group * 1000 ** power[-1]
            group = 0
    return total + group


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.one_of(st.integers(0, 3000), st.integers(0, 10**18 - 1)))
def test_words_read_back_to_the_number(language: str, number: int) -> None:
    assert _read(number_in_words(number, language), language) == number


@pytest.mark.parametrize("language", LANGUAGES)
@given(amount=st.integers(0, 10**15), currency=st.sampled_from(["BYN", "USD", "EUR", "RUB"]))
def test_the_small_units_stand_in_two_figures(language: str, amount: int, currency: str) -> None:
    said = amount_in_words(amount, currency, language)
    assert f" {amount % 100:02} " in said
    assert said[0].isupper()
    assert "  " not in said


@pytest.mark.parametrize(
    ("amount", "currency", "language", "said"),
    [
        (100, "BYN", "ru", "Один белорусский рубль 00 копеек"),
        (200_002, "BYN", "ru", "Две тысячи белорусских рублей 02 копейки"),
        (2_201, "RUB", "ru", "Двадцать два российских рубля 01 копейка"),
        (1_100, "USD", "ru", "Одиннадцать долларов США 00 центов"),
        (100, "EUR", "ru", "Один евро 00 центов"),
        (2_112_345, "BYN", "be", "Дваццаць адна тысяча сто дваццаць тры беларускія рублі 45 капеек"),
        (200, "USD", "be", "Два долары ЗША 00 цэнтаў"),
        (1_200, "RUB", "be", "Дванаццаць расійскіх рублёў 00 капеек"),
        (100_000_101, "EUR", "be", "Адзін мільён адзін еўра 01 цэнт"),
        (101, "BYN", "en", "One Belarusian rouble 01 kopeck"),
        (4_299, "USD", "en", "Forty-two US dollars 99 cents"),
        (5_000_000, "BYR", "be", "Пяць мільёнаў беларускіх рублёў"),
        (150, "XAU", "en", "One XAU 50"),
    ],
)
def test_as_a_book_keeper_writes_it(amount: int, currency: str, language: str, said: str) -> None:
    assert amount_in_words(amount, currency, language) == said


def test_what_cannot_be_a_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        number_in_words(-1, "ru")
