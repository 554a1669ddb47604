"""The nouns of the data model as rows for lists, search and figures: projected from ``record``, live ones.

``person_uid`` is what the document names; ``person_rid`` is filled when that person is known here, because a
bundle may bring a service before its person.
"""

from __future__ import annotations

import uuid

from sqlalchemy import ForeignKey, Index, LargeBinary, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Projected:
    """A row that stands beside one record and goes when the record is no longer live."""

    rid: Mapped[int] = mapped_column(ForeignKey("record.rid"), primary_key=True)


class OfPerson(Projected):
    """A projected row that belongs to a person."""

    person_uid: Mapped[uuid.UUID | None]
    person_rid: Mapped[int | None] = mapped_column(index=True)


class Person(Projected, Base):
    """Who is assisted: what lists and figures need of it."""

    __tablename__ = "person"

    code: Mapped[str] = mapped_column(index=True)
    sex: Mapped[str | None]
    birth_year: Mapped[int | None]
    oblast: Mapped[str | None]
    raion: Mapped[str | None]


class Identity(OfPerson, Base):
    """A person's names: one to show, one folded for search."""

    __tablename__ = "identity"

    display_name: Mapped[str]
    search_key: Mapped[str]


class Consent(OfPerson, Base):
    """One purpose (and, for a release, one organisation) and the answer."""

    __tablename__ = "consent"

    scope: Mapped[str]
    state: Mapped[str]
    organisation: Mapped[str]
    expires_on: Mapped[str | None]


class Case(OfPerson, Base):
    """One period of work with a person."""

    __tablename__ = "case_file"  # "case" is a word of SQL

    opened_on: Mapped[str | None]
    status: Mapped[str | None]
    closed_on: Mapped[str | None]
    counted: Mapped[str | None]
    """The answers that figures count, as a document: a case's whole one is long, and figures read every case."""


class Need(OfPerson, Base):
    """One thing a person needs, with the agreed step and when it is due."""

    __tablename__ = "need"
    __table_args__ = (Index("ix_need_progress_due", "progress", "due"),)

    category: Mapped[str]
    due: Mapped[str | None]
    progress: Mapped[str]
    agreed_on: Mapped[str | None]


class Grant(OfPerson, Base):
    """Money approved for a person; its payments are services that name it."""

    __tablename__ = "grant_file"  # "grant" is a word of SQL

    kind: Mapped[str | None]
    currency: Mapped[str | None]
    approved_minor: Mapped[int | None]
    approved_on: Mapped[str | None]
    instalments: Mapped[int | None]


class Service(OfPerson, Base):
    """One act of assistance, with the dimensions of reports as they were on that day."""

    __tablename__ = "service"
    __table_args__ = (
        Index("ix_service_report", "month", "service_group", "centre_uid", "sex", "age_group", "counted_uid"),
        Index("ix_service_person_rid_on_date", "person_rid", "on_date"),
        Index("ix_service_paid", "month", sqlite_where=text("amount_minor IS NOT NULL")),
    )

    person_rid: Mapped[int | None] = mapped_column(index=False)
    """Indexed together with the day: how often and when last somebody was helped is read from the index alone."""
    counted_uid: Mapped[uuid.UUID | None]
    """Who is counted: the person, or the group of those who are one with her (``SamePerson``)."""
    code: Mapped[str]
    service_group: Mapped[str]
    tile: Mapped[str]
    on_date: Mapped[str | None]
    month: Mapped[str]
    """``2026-03``, a year alone (``2026``) or empty where the date is not known."""
    centre_uid: Mapped[uuid.UUID | None]
    oblast: Mapped[str | None]
    sex: Mapped[str]
    age_group: Mapped[str]
    outcome: Mapped[str | None]
    donor: Mapped[str | None]
    project: Mapped[str | None]
    provider: Mapped[str | None]
    """The organisation that gave it (a code of the directory of partners)."""
    grant_uid: Mapped[uuid.UUID | None] = mapped_column(index=True)
    amount_minor: Mapped[int | None]
    currency: Mapped[str | None]
    next_on: Mapped[str | None] = mapped_column(index=True)
    """The earliest of the days named for what comes next: a step, a visit, a session, a hearing."""


class Referral(OfPerson, Base):
    """A person sent on to another organisation."""

    __tablename__ = "referral"

    code: Mapped[str]
    """The service for which she was sent."""
    agency: Mapped[str]
    status: Mapped[str | None]
    sent_on: Mapped[str | None]
    consent_uid: Mapped[uuid.UUID | None]


class Appointment(OfPerson, Base):
    """A day and time agreed with a person."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_state_at", "state", "at"),)

    at: Mapped[str]
    """``2026-03-09T14:30``, local time."""
    code: Mapped[str]
    """The service it is for, or empty."""
    state: Mapped[str]


class Attachment(OfPerson, Base):
    """A file kept with a person; its bytes lie in ``attachment_content``."""

    __tablename__ = "attachment"

    size: Mapped[int]
    sha256: Mapped[str]


class Answer(OfPerson, Base):
    """What a centre answered to a question of the coordinator."""

    __tablename__ = "answer"

    question_uid: Mapped[uuid.UUID | None] = mapped_column(index=True)
    answer: Mapped[str]


class Transfer(OfPerson, Base):
    """A centre's wish to pass a person on to another centre."""

    __tablename__ = "transfer"

    to_uid: Mapped[uuid.UUID | None]
    """The installation that is to go on with the work."""
    consent_uid: Mapped[uuid.UUID | None]
    agreed_on: Mapped[str | None]


class Activity(Projected, Base):
    """Prevention, training or coordination work: about no single person."""

    __tablename__ = "activity"
    __table_args__ = (Index("ix_activity_month_code", "month", "code"),)

    code: Mapped[str]
    on_date: Mapped[str | None]
    month: Mapped[str]
    """``2026-03``, a year alone (``2026``) or empty where the date is not known."""
    oblast: Mapped[str | None]
    centre_uid: Mapped[uuid.UUID | None]


class Meeting(Projected, Base):
    """A meeting of a task force."""

    __tablename__ = "meeting"

    on_date: Mapped[str | None]
    month: Mapped[str]
    oblast: Mapped[str | None]


class Decision(Projected, Base):
    """What a meeting decided: who is to do it, by when, and how far it is."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_status_due", "status", "due"),)

    meeting_uid: Mapped[uuid.UUID | None] = mapped_column(index=True)
    responsible: Mapped[str]
    due: Mapped[str | None]
    status: Mapped[str]


class AttachmentContent(Base):
    """The bytes of an attachment, by the uid of its record. At most 20 MB each."""

    __tablename__ = "attachment_content"

    uid: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


def _index_who_waits(model: type[OfPerson]) -> None:
    """Rows whose person has not come yet are found by her id; there are few, or none."""
    table = model.__table__  # type: ignore[attr-defined]  # each is a table
    assert isinstance(table, Table)
    Index(f"ix_{table.name}_waiting", table.c.person_uid, sqlite_where=text("person_rid IS NULL"))


for _model in OfPerson.__subclasses__():
    _index_who_waits(_model)
