"""The directory of partners and the memoranda: a reference document, written by the coordinator, read at centres.

It is laid over the code list ``agencies`` while a store is open, so that every screen, paper and figure calls an
organisation by its present name. It only ever adds, changes or retires: a code that once stood in a record keeps its
words for good.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from app import codelists
from app.codelists import ConsentScope
from app.i18n import LANGUAGES
from app.models import ReferenceDocument
from app.sync import reference
from app.sync.canonical import Json, NotCanonical, decode_object
from app.sync.errors import Answer, BundleRefused
from app.sync.partners_document import Directory, Entry, read

NAME: Final = "partners"
LIST: Final = "agencies"
OTHER: Final = "other"
"""The code for an organisation that is not in the directory; the directory never changes it."""


def held(session: Session) -> Directory:
    """The directory as it is held here; empty where none came yet, or an older program kept one it could not read."""
    row = session.get(ReferenceDocument, NAME)
    if row is None:
        return Directory()
    try:
        return read(decode_object(row.document.encode(), sort_keys=True))
    except (BundleRefused, NotCanonical):
        return Directory()


def keep(session: Session, directory: Directory, version: int = 0) -> bool:
    """Keep ``directory`` in place of what was held. Where it is another one, it is to be told: True.

    ``version`` is that of the document it came with; one's own changes count on from what was held.
    """
    row, text = session.get(ReferenceDocument, NAME), directory.text()
    if row is not None and row.document == text:
        row.version = max(row.version, version)
        return False
    known = row.version if row else 0
    number = reference.next_number(session)
    session.merge(ReferenceDocument(name=NAME, version=max(known + 1, version), document=text, number=number))
    session.flush()
    return True


def tell_again(session: Session) -> None:
    """At the coordinator: the directory is to be told once more, to every centre (a stick was lost)."""
    if (row := session.get(ReferenceDocument, NAME)) is not None:
        row.number = reference.next_number(session)
        session.flush()


def take(session: Session, document: Json, version: int) -> None:
    """At a centre, or at another coordinator: add what the document brings. Raises BundleRefused (MANIFEST).

    Each entry stands by its own last change, not by the document's version: documents of two coordinators, or of
    one who was restored from a backup, come together in whatever order they are read.
    """
    brought = read(document)
    directory = held(session)
    directory.merge(brought)
    if not directory.fits():
        raise BundleRefused(Answer.MANIFEST, "directory of partners: too large together with what is held")
    keep(session, directory, version)


def show(session: Session) -> None:
    """Lay the directory over the code list ``agencies``, for as long as this store is open."""
    entries = [_entry(one) for code, one in held(session).agencies.items() if code != OTHER]
    entries.sort(key=lambda entry: entry.labels[LANGUAGES[0]].casefold())
    codelists.overlay(LIST, entries, last=OTHER)


def _entry(one: Entry) -> codelists.Entry:
    code, first = str(one["code"]), next(str(one[name]) for name in LANGUAGES if one.get(name))
    came = codelists.shipped(LIST)
    # Whom the program knows as police stays so: a slip in the directory must not open the way around a consent.
    security = came.column(code, "release") or (ConsentScope.RELEASE_SECURITY if one.get("security") == "yes" else "")
    extra = {name: str(one.get(name, "")) for name in ("kind", "level", "oblast", "retired")}
    labels = {name: str(one.get(name) or first) for name in LANGUAGES}
    return codelists.Entry(code, labels, extra={**extra, "release": str(security)})
