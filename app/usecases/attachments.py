"""Attachments: files kept with a person, encrypted in the store, and looked at inside the program only."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import UserError
from app.forms.attachment import LARGEST
from app.forms.catalogue import form_for_kind
from app.forms.spec import Problem, Severity
from app.forms.validate import Context
from app.i18n import N_
from app.models import AttachmentContent
from app.sync.ledger import bury, document, put
from app.usecases.checking import NeedsConfirmation, accept
from app.usecases.desk import Desk
from app.usecases.file_types import fits, type_of
from app.usecases.people import documents_of
from app.usecases.picture_metadata import DamagedPicture, stripped

Values = Mapping[str, Any]
# What the file itself says; a change of the description does not touch it.
_OF_THE_FILE = ("type", "size", "sha256")
# A whole question for each kind: a word put into a sentence would have to be declined.
_TEXT: Final = N_("By its contents this file is a text, though its name says otherwise. Save it as a text?")
_PDF: Final = N_("By its contents this file is a PDF, though its name says otherwise. Save it as a PDF?")
_PICTURE: Final = N_("By its contents this file is a picture, though its name says otherwise. Save it as a picture?")
_DOCUMENT: Final = N_(
    "By its contents this file is a document, though its name says otherwise. Save it as a document?"
)
_TABLE: Final = N_("By its contents this file is a table, though its name says otherwise. Save it as a table?")
WRONG_EXTENSION: Final = MappingProxyType(
    {
        "text": _TEXT,
        "pdf": _PDF,
        "png": _PICTURE,
        "jpeg": _PICTURE,
        "docx": _DOCUMENT,
        "odt": _DOCUMENT,
        "xlsx": _TABLE,
    }
)


class Attachments:
    """The use cases about attachments. Each public method is one transaction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new_id(self) -> uuid.UUID:
        """An id for a file about to be added: adding the same file twice by a double click is then one record."""
        return self._desk.clock.new_id()

    def add(
        self,
        person: uuid.UUID,
        name: str,
        content: bytes,
        values: Values,
        *,
        attachment: uuid.UUID | None = None,
        sure: bool = False,
    ) -> uuid.UUID:
        """Keep a file with ``person``, pictures without their metadata.

        Raises UserError (too large, empty, damaged, not a type that is kept), NotAccepted, NeedsConfirmation (for
        instance where the name does not fit what the file is).
        """
        desk = self._desk
        uid = attachment or desk.clock.new_id()
        kind = _recognised(content)
        try:
            clean = stripped(kind, content)
        except DamagedPicture:
            raise UserError(N_("The picture is damaged. Make or copy it once more.")) from None
        digest = hashlib.sha256(clean).hexdigest()
        # A name is no path: what stood before the last slash tells of the other computer.
        whole = {
            **values,
            "person": str(person),
            "name": name.replace("\\", "/").rpartition("/")[2],
            "type": kind,
            "size": len(clean),
            "sha256": digest,
        }
        with desk.store.transaction() as session:
            _person(session, person)
            accepted = accept(form_for_kind("attachment"), whole, Context(today=desk.clock.today()), sure=sure)
            if not sure and not fits(accepted["name"], kind):
                raise NeedsConfirmation((_wrong_extension(kind),))
            _keep(session, uid, digest, clean)
            put(session, desk.author(), "attachment", uid, accepted)
        return uid

    def of_person(self, person: uuid.UUID) -> list[tuple[uuid.UUID, dict[str, Any]]]:
        """What is known of the person's files, newest first. Their bytes come by ``content``."""
        with self._desk.store.reading() as session:
            return documents_of(session, person, "attachment")[::-1]

    def attachment(self, uid: uuid.UUID) -> dict[str, Any]:
        """What is known of one file."""
        with self._desk.store.reading() as session:
            return _document(session, uid)

    def content(self, uid: uuid.UUID) -> bytes:
        """The bytes, if they are those that were kept. To be shown inside the program, never written to a disk."""
        with self._desk.store.reading() as session:
            values = _document(session, uid)
            content = session.scalar(select(AttachmentContent.content).where(AttachmentContent.uid == uid))
        if content is None:
            raise UserError(N_("The contents of this file are not on this laptop."))
        if hashlib.sha256(content).hexdigest() != values.get("sha256"):
            raise UserError(N_("This file is damaged and is not shown. Restore it from a backup."))
        return content

    def change(self, uid: uuid.UUID, values: Values, *, sure: bool = True) -> None:
        """Another description, name, or tick for the coordinator. The file stays what it is."""
        desk = self._desk
        with desk.store.transaction() as session:
            before = _document(session, uid)
            whole = {**values, "person": before["person"], **{key: before[key] for key in _OF_THE_FILE}}
            whole.setdefault("name", before["name"])
            clean = accept(form_for_kind("attachment"), whole, Context(today=desk.clock.today()), sure=sure)
            put(session, desk.author(), "attachment", uid, clean)

    def delete(self, uid: uuid.UUID, reason: str) -> None:
        """Delete a file with its bytes; a tombstone with the reason (a code) remains and travels."""
        with self._desk.store.transaction() as session:
            bury(session, self._desk.author(), uid, reason)


def _recognised(content: bytes) -> str:
    """The type of a file that may be kept; raises UserError for others."""
    if not content:
        raise UserError(N_("This file is empty. Choose another one."))
    if len(content) > LARGEST:
        raise UserError(
            N_("This file is too large: {size} MB. At most {most} MB can be kept. Scan it with less detail."),
            size=-(-len(content) // 2**20),
            most=LARGEST // 2**20,
        )
    kind = type_of(content)
    if not kind:
        raise UserError(
            N_(
                "This kind of file cannot be kept. Kept are: PDF, pictures (JPEG, PNG), plain text, and documents "
                "of Word, Excel and OpenDocument without macros."
            )
        )
    return kind


def _wrong_extension(kind: str) -> Problem:
    return Problem("name", Severity.WARNING, "wrong_extension", WRONG_EXTENSION[kind])


def _keep(session: Session, uid: uuid.UUID, digest: str, content: bytes) -> None:
    known = session.scalar(select(AttachmentContent.sha256).where(AttachmentContent.uid == uid))
    if known is None:
        session.add(AttachmentContent(uid=uid, sha256=digest, content=content))
        session.flush()
    elif known != digest:
        raise UserError(N_("Another file is kept here already. Add this one anew."))


def _person(session: Session, uid: uuid.UUID) -> None:
    if document(session, uid) is None:
        raise UserError(N_("This person is no longer here."))


def _document(session: Session, uid: uuid.UUID) -> dict[str, Any]:
    values = document(session, uid)
    if values is None:
        raise UserError(N_("This record is no longer here."))
    return values
