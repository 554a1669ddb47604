"""A name written in one cell, parted: surname, given name, patronymic, in whatever order people write them."""

from __future__ import annotations

import re
from typing import Final

from app.i18n import N_
from app.matching.fold import father_stem, fold
from app.matching.given import given_names
from app.sheets.table import Words

NAME_PARTS: Final = ("surname", "given", "patronymic")

_PATRONYMIC: Final = re.compile(
    r".+(?:вна|чна|шна|ўна|вич|віч|ич|іч|vna|chna|ichna|ŭna|una|vich|vič|vitch|оглы|кызы|ogly|kyzy)$", re.IGNORECASE
)
_SON: Final = re.compile("(?:ич|іч|ich|ič|itch)$", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_BORN: Final = re.compile(
    r"^(?:дев|девич|ур|урожд|народж|дз|дзяв|née|nee|born)[а-яёіў]*\.?\s*|^до\s+брака\s+", re.IGNORECASE
)
_LONG: Final = N_("The name was parted into: {surname}, {given}, {patronymic}. Look whether that is right.")
_FORMER: Final = N_("The name in brackets is taken as the surname at birth.")


def split_name(text: str) -> tuple[list[dict[str, str]], list[Words]]:
    """The name forms in a cell (a surname in brackets is one more), and what is to be told."""
    told: list[Words] = []
    former = [part.strip() for match in _BRACKETS.findall(text) for part in match if part.strip()]
    words = re.sub(r"(?<=[^\W\d_])\.(?=[^\W\d_])", ". ", _BRACKETS.sub(" ", text).replace(",", " ")).split()
    form = _parted(words)
    if len(words) > 3:
        told.append(Words(_LONG, {part: form.get(part, "—") for part in ("surname", "given", "patronymic")}))
    forms = [form] if form else []
    if form and former:
        told.append(Words(_FORMER))
        given = {"given": form["given"]} if "given" in form else {}
        forms += [{"surname": _BORN.sub("", one) or one, **given, "kind": "birth"} for one in former]
    return forms, told


def _is_patronymic(given: str, word: str) -> bool:
    """Is ``word`` behind a given name a patronymic? Many surnames end alike: Мария Сакович, Иван Петрович."""
    if not _PATRONYMIC.match(word) or not given_names().fathers(father_stem(fold(word))):
        return False
    return not (_SON.search(word) and given[-1].lower() in "аяa")


def _parted(words: list[str]) -> dict[str, str]:
    """Surname first, as registers have it, unless a known given name stands there and none behind it."""
    known = [bool(given_names().known(word).identities) for word in words[:2]]
    order: tuple[str, ...] = NAME_PARTS
    if len(words) == 1 and known[0]:
        order = ("given",)
    elif len(words) > 1 and known[0] and not known[1]:
        order = (
            ("given", "patronymic", "surname") if _is_patronymic(*words[:2]) else ("given", "surname", "patronymic")
        )
    parts = [*words[:2], " ".join(words[2:])]
    return {name: part for name, part in zip(order, parts, strict=False) if part}
