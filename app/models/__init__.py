"""What is kept: one class for each table. Importing this package makes ``Base.metadata`` complete."""

from app.models.base import Base
from app.models.draft import Draft
from app.models.exchange import (
    BundleSeen,
    BundleSent,
    ColumnMapping,
    Erasure,
    Flag,
    Notice,
    Question,
    ReferenceDocument,
    SetAside,
    TakenIn,
    Upload,
)
from app.models.figures import EnteredFigure, Release, ReleasedFigure, SavedReport
from app.models.installation import Centre, Installation, OwnKeys, Trust
from app.models.moving import AwaitedHandover, TransferDecision
from app.models.nouns import (
    Activity,
    Answer,
    Appointment,
    Attachment,
    AttachmentContent,
    Case,
    Consent,
    Decision,
    Grant,
    Identity,
    Meeting,
    Need,
    OfPerson,
    Person,
    Referral,
    Service,
    Transfer,
)
from app.models.record import Record
from app.models.same import Candidate, PersonDecision, SamePerson, Unmatched
from app.models.search import MatchKey, Portrait, SearchWord
from app.models.staff import AuditEntry, Setting, Staff
from app.models.staging import StagedBundle, StagedContent, StagedRow

SCHEMA_VERSION = 1
"""The data schema of rows in bundles; raised when forms or models change what a row means."""

__all__ = [
    "SCHEMA_VERSION",
    "Activity",
    "Answer",
    "Appointment",
    "Attachment",
    "AttachmentContent",
    "AuditEntry",
    "AwaitedHandover",
    "Base",
    "BundleSeen",
    "BundleSent",
    "Candidate",
    "Case",
    "Centre",
    "ColumnMapping",
    "Consent",
    "Decision",
    "Draft",
    "EnteredFigure",
    "Erasure",
    "Flag",
    "Grant",
    "Identity",
    "Installation",
    "MatchKey",
    "Meeting",
    "Need",
    "Notice",
    "OfPerson",
    "OwnKeys",
    "Person",
    "PersonDecision",
    "Portrait",
    "Question",
    "Record",
    "ReferenceDocument",
    "Referral",
    "Release",
    "ReleasedFigure",
    "SamePerson",
    "SavedReport",
    "SearchWord",
    "Service",
    "SetAside",
    "Setting",
    "Staff",
    "StagedBundle",
    "StagedContent",
    "StagedRow",
    "TakenIn",
    "Transfer",
    "TransferDecision",
    "Trust",
    "Unmatched",
    "Upload",
]
