"""What is kept: one class for each table. Importing this package makes ``Base.metadata`` complete."""

from app.models.base import Base
from app.models.draft import Draft
from app.models.exchange import BundleSeen, BundleSent, Flag, Question, ReferenceDocument
from app.models.installation import Centre, Installation, OwnKeys, Trust
from app.models.nouns import (
    Appointment,
    Attachment,
    AttachmentContent,
    Case,
    Consent,
    Grant,
    Identity,
    Need,
    OfPerson,
    Person,
    Referral,
    Service,
)
from app.models.record import Record
from app.models.search import MatchKey, Portrait, SearchWord
from app.models.staff import AuditEntry, Setting, Staff

SCHEMA_VERSION = 1
"""The data schema of rows in bundles; raised when forms or models change what a row means."""

__all__ = [
    "SCHEMA_VERSION",
    "Appointment",
    "Attachment",
    "AttachmentContent",
    "AuditEntry",
    "Base",
    "BundleSeen",
    "BundleSent",
    "Case",
    "Centre",
    "Consent",
    "Draft",
    "Flag",
    "Grant",
    "Identity",
    "Installation",
    "MatchKey",
    "Need",
    "OfPerson",
    "OwnKeys",
    "Person",
    "Portrait",
    "Question",
    "Record",
    "ReferenceDocument",
    "Referral",
    "SearchWord",
    "Service",
    "Setting",
    "Staff",
    "Trust",
]
