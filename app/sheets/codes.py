"""Words of a sheet as codes of our lists: by code, by label in any of the three languages, by usual short words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from app import codelists
from app.forms.names import fold

# Usual words beside the labels; "_" stands for a blank.
_SHORT: Final[Mapping[str, Mapping[str, str]]] = {
    "sex": {
        "female": "ж жен женщина женск жаночы жанчына жан f w fem female woman девочка дзяўчынка",
        "male": "м муж мужчина мужск мужчына m man male мальчик хлопчык",
    },
    "yesno": {
        "yes": "да так ёсць есть дано даў согласна согласен згода + 1 v x х yes y true",
        "no": "нет не няма отказ адмова - 0 no n false",
        "unknown": "неизвестно невядома ?",
    },
    "consent_states": {
        "given": "да так ёсць есть дано согласна согласен згода + 1 yes y true",
        "refused": "нет не отказ адмова - 0 no n false",
        "not_asked": "не_спрашивали не_спрошено не_пыталіся ?",
    },
    "case_status": {
        "Active": "открыт открыта в_работе активен адкрыта у_працы open active",
        "Closed": "закрыто завершен закрыта closed",
    },
    "oblasts": {"BY-HM": "минск мінск minsk"},
    "currencies": {
        "BYN": "руб р рублей рубль бел_руб бел._руб. бр byn br",
        "USD": "долл доллар доллары $ дол долар usd",
        "EUR": "€ eur евро еўра",
        "RUB": "рос_руб рос._руб. rub ₽",
    },
}  # fmt: skip
# As they are once folded: without soft signs and accents.
_PLACE_KINDS: Final = re.compile(
    r"\b(?:област|вобласц|вобл|обл|oblast|voblasc|region|раион|раен|р-н|рн|raion|rajon|district|г|горад|город)\b\.?"
)
_MOST_SUGGESTED: Final = 3


def find_code(name: str, text: str, under: str = "") -> str | None:
    """The code of the list ``name`` that ``text`` means, or None. ``under`` narrows to children of a code."""
    if text in codelists.get(name):
        return text
    found = _known(name, codelists.generation()).get(_plain(name, text), frozenset())
    if under and len(found) > 1:
        found = frozenset(code for code in found if codelists.get(name).parent(code) == under)
    return next(iter(found)) if len(found) == 1 else None


def find_codes(name: str, text: str) -> tuple[list[str], list[str]]:
    """The codes in a cell that may hold several, and the words that are none."""
    if (whole := find_code(name, text)) is not None:
        return [whole], []
    parts = [part.strip() for part in re.split(r"[,;/\n]+", text) if part.strip()]
    found = {part: find_code(name, part) for part in parts}
    return [code for code in found.values() if code], [part for part, code in found.items() if not code]


def suggestions(name: str, text: str) -> list[str]:
    """The codes whose words are nearest to ``text``, at most three."""
    known = _known(name, codelists.generation())
    near = get_close_matches(_plain(name, text), known, n=6, cutoff=0.6)
    return list(dict.fromkeys(code for words in near for code in sorted(known[words])))[:_MOST_SUGGESTED]


@lru_cache(maxsize=256)
def _known(name: str, _generation: int) -> Mapping[str, frozenset[str]]:
    """By their words, all codes of a list; made anew when a list has changed."""
    found: dict[str, set[str]] = {}
    for entry in codelists.get(name):
        labels = [entry.code, *entry.labels.values(), entry.extra.get("latin", "")]
        labels += [word for word in entry.extra.get("also", "").split() if len(word) > 1]
        for word in labels:
            if plain := _plain(name, word):
                found.setdefault(plain, set()).add(entry.code)
    exact = {_plain(name, entry.code) for entry in codelists.get(name)}
    for code, words in _SHORT.get(name, {}).items():
        for word in words.split():
            if (plain := _plain(name, word.replace("_", " "))) and plain not in exact:
                found[plain] = {code}
    return {word: frozenset(codes) for word, codes in found.items()}


def _plain(name: str, text: str) -> str:
    plain = fold(text).strip(" .,;:")
    if name in ("oblasts", "raions"):
        return " ".join(_PLACE_KINDS.sub(" ", plain).split()).strip(" .,") or plain
    return plain
