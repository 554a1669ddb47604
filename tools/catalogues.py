"""The catalogues of texts: collect from the source, compile, and check that all three languages are complete.

``python -m tools.catalogues update | check | compile FILE.po``
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ru", "be")
# Sources as the program calls them: marks, immediate translation, plurals.
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "translate": None, "ngettext": (1, 2)}


def po_path(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return ROOT / "resources" / "locale" / language / "LC_MESSAGES" / "apora.po"


def collect() -> Catalog:
    """All texts of the source, in the order of files."""
    catalogue = Catalog(project="apora", version="1", fuzzy=False)
    found = extract_from_dir(ROOT / "app", [("**.py", "python")], keywords=KEYWORDS, comment_tags=("i18n:",))
    for name, _line, message, comments, _context in sorted(found, key=lambda item: (item[0], item[1])):
        catalogue.add(message, locations=[(name, 0)], auto_comments=comments)
    return catalogue


def load(language: str) -> Catalog:
    """The catalogue as it lies on disk (an empty one where there is none yet)."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="apora", version="1", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> None:
    """Bring both catalogues in line with the source; keep translations, drop what is no longer used."""
    source = collect()
    for language in LANGUAGES:
        catalogue = load(language)
        catalogue.update(source, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, sort_output=True, omit_header=False, width=110)
        print(f"{language}: {sum(not _done(m) for m in catalogue if m.id)} texts to translate")


def compile_po(path: Path) -> None:
    """Write the ``.mo`` beside a ``.po``."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def problems() -> Iterator[str]:
    """What is wrong: missing or stale texts, lost places for values, f-strings that no catalogue can hold."""
    wanted = {message.id for message in collect() if message.id}
    for language in LANGUAGES:
        held = {message.id: message for message in load(language) if message.id}
        yield from (f"{language}: missing: {_first(key)!r}" for key in sorted(wanted - held.keys(), key=str))
        yield from (f"{language}: stale: {_first(key)!r}" for key in sorted(held.keys() - wanted, key=str))
        for key in wanted & held.keys():
            if not _done(held[key]):
                yield f"{language}: not translated: {_first(key)!r}"
            elif not _same_places(held[key]):
                yield f"{language}: other {{places}} than the source: {_first(key)!r}"
    yield from _unseen(wanted)


def _first(key: str | list[str] | tuple[str, ...]) -> str:
    return key if isinstance(key, str) else key[0]


def _strings(message: Message) -> list[str]:
    if isinstance(message.string, str):
        return [message.string]
    return list(message.string or [""])


def _done(message: Message) -> bool:
    return all(_strings(message)) and "fuzzy" not in message.flags


def _places(text: str) -> set[str]:
    return {part.split("}")[0].split(":")[0] for part in text.split("{")[1:]}


def _same_places(message: Message) -> bool:
    source = _places(message.id if isinstance(message.id, str) else message.id[1])
    return all(_places(text) == source for text in _strings(message))


def _unseen(wanted: set[str | tuple[str, ...] | list[str]]) -> Iterator[str]:
    """Marked texts that no catalogue can hold: f-strings, and calls that the collector does not see into."""
    known = {part for key in wanted for part in (key if isinstance(key, tuple | list) else (key,))}
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS):
                continue
            place = f"{path.relative_to(ROOT)}:{node.lineno}"
            if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
                yield f"{place}: an f-string cannot be translated"
            if not all(one in known for one in _constants(node)):
                yield f"{place}: the collector does not see this text; give it a line of its own"


def _constants(call: ast.Call) -> list[str]:
    return [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def main(arguments: list[str]) -> int:
    """Run one of the three verbs; returns the exit code."""
    match arguments:
        case ["update"]:
            update()
        case ["compile", name]:
            compile_po(Path(name))
        case ["check"]:
            found = list(problems())
            print("\n".join(found) or "All texts are there in all languages.")
            return 1 if found else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
