"""The first form of the store."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: frozenset[str] = frozenset()
"""Tables whose number of rows this revision changes on purpose; any other change stops the migration."""


def upgrade() -> None:
    _ledger()
    _nouns()


def _ledger() -> None:
    """Records, installations, what was exchanged, and what stays."""
    op.create_table(
        "attachment_content",
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_attachment_content")),
    )
    op.create_table(
        "audit",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("staff_uid", sa.LargeBinary(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_audit")),
    )
    op.create_table(
        "centre",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("oblast", sa.String(), nullable=True),
        sa.Column("raion", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_centre")),
        sa.UniqueConstraint("uid", name=op.f("uq_centre_uid")),
    )
    op.create_table(
        "draft",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("arguments", sa.String(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("focus", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_table(
        "match_key",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_rid", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "person_rid", name=op.f("pk_match_key")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_match_key_person_rid", "match_key", ["person_rid"])
    op.create_table(
        "own_keys",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("sign_seed", sa.LargeBinary(), nullable=False),
        sa.Column("receive_seed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_own_keys")),
    )
    op.create_table(
        "portrait",
        sa.Column("person_rid", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("person_rid", name=op.f("pk_portrait")),
    )
    op.create_table(
        "reference_document",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_reference_document")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("person_rid", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", "person_rid", name=op.f("pk_search_word")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_word_person_rid", "search_word", ["person_rid"])
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "staff",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_staff")),
        sa.UniqueConstraint("uid", name=op.f("uq_staff_uid")),
    )
    op.create_table(
        "installation",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("centre_rid", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("trust", sa.String(), nullable=False),
        sa.Column("card", sa.LargeBinary(), nullable=True),
        sa.Column("sign_key", sa.LargeBinary(), nullable=True),
        sa.Column("receive_key", sa.LargeBinary(), nullable=True),
        sa.Column("recovery_key", sa.LargeBinary(), nullable=True),
        sa.Column("revoked_after", sa.Integer(), nullable=True),
        sa.Column("accepts_schema", sa.Integer(), nullable=True),
        sa.Column("app_version", sa.String(), nullable=True),
        sa.Column("enrolled_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["centre_rid"], ["centre.rid"], name=op.f("fk_installation_centre_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_installation")),
        sa.UniqueConstraint("sign_key", name=op.f("uq_installation_sign_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_installation_uid")),
    )
    op.create_table(
        "bundle_seen",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("from_rid", sa.Integer(), nullable=False),
        sa.Column("sign_key", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("manifest_hash", sa.LargeBinary(), nullable=False),
        sa.Column("prev", sa.LargeBinary(), nullable=True),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("receipt_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["from_rid"], ["installation.rid"], name=op.f("fk_bundle_seen_from_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_bundle_seen")),
        sa.UniqueConstraint("sign_key", "type", "seq", name=op.f("uq_bundle_seen_sign_key_type_seq")),
    )
    op.create_table(
        "bundle_sent",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("to_rid", sa.Integer(), nullable=False),
        sa.Column("sign_key", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("manifest_hash", sa.LargeBinary(), nullable=False),
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("acked_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["to_rid"], ["installation.rid"], name=op.f("fk_bundle_sent_to_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_bundle_sent")),
        sa.UniqueConstraint(
            "to_rid", "type", "sign_key", "seq", name=op.f("uq_bundle_sent_to_rid_type_sign_key_seq")
        ),
    )
    op.create_table(
        "flag",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("record_uid", sa.LargeBinary(), nullable=False),
        sa.Column("inst_rid", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["inst_rid"], ["installation.rid"], name=op.f("fk_flag_inst_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_flag")),
    )
    op.create_index(op.f("ix_flag_record_uid"), "flag", ["record_uid"])
    op.create_table(
        "question",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("record_uid", sa.LargeBinary(), nullable=False),
        sa.Column("to_rid", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["to_rid"], ["installation.rid"], name=op.f("fk_question_to_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_question")),
        sa.UniqueConstraint("uid", name=op.f("uq_question_uid")),
    )
    op.create_index(op.f("ix_question_record_uid"), "question", ["record_uid"])
    op.create_table(
        "record",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner_rid", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_seq", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("changed_by", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("former_owners", sa.String(), nullable=False),
        sa.Column("problems", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["owner_rid"], ["installation.rid"], name=op.f("fk_record_owner_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_record")),
        sa.UniqueConstraint("uid", name=op.f("uq_record_uid")),
    )
    op.create_index("ix_record_owner_changed_seq", "record", ["owner_rid", "changed_seq"])
    op.create_index("ix_record_person_changed_at", "record", ["changed_at"], sqlite_where=sa.text("kind = 'person'"))


def _nouns() -> None:
    """What is projected from the records."""
    op.create_table(
        "appointment",
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_appointment_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_person_rid"), "appointment", ["person_rid"])
    op.create_index("ix_appointment_state_at", "appointment", ["state", "at"])
    op.create_table(
        "attachment",
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_attachment_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_person_rid"), "attachment", ["person_rid"])
    op.create_table(
        "case_file",
        sa.Column("opened_on", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_case_file_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_case_file")),
    )
    op.create_index(op.f("ix_case_file_person_rid"), "case_file", ["person_rid"])
    op.create_table(
        "consent",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_consent_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_rid"), "consent", ["person_rid"])
    op.create_table(
        "grant_file",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("approved_minor", sa.Integer(), nullable=True),
        sa.Column("approved_on", sa.String(), nullable=True),
        sa.Column("instalments", sa.Integer(), nullable=True),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_grant_file_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_grant_file")),
    )
    op.create_index(op.f("ix_grant_file_person_rid"), "grant_file", ["person_rid"])
    op.create_table(
        "identity",
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_identity_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_person_rid"), "identity", ["person_rid"])
    op.create_table(
        "need",
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("progress", sa.String(), nullable=False),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_need_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_need")),
    )
    op.create_index(op.f("ix_need_person_rid"), "need", ["person_rid"])
    op.create_index("ix_need_progress_due", "need", ["progress", "due"])
    op.create_table(
        "person",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("oblast", sa.String(), nullable=True),
        sa.Column("raion", sa.String(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_person_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_code"), "person", ["code"])
    op.create_table(
        "referral",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("sent_on", sa.String(), nullable=True),
        sa.Column("consent_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_referral_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_person_rid"), "referral", ["person_rid"])
    op.create_table(
        "service",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("service_group", sa.String(), nullable=False),
        sa.Column("tile", sa.String(), nullable=False),
        sa.Column("on_date", sa.String(), nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("centre_uid", sa.LargeBinary(), nullable=True),
        sa.Column("oblast", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age_group", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("grant_uid", sa.LargeBinary(), nullable=True),
        sa.Column("amount_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("next_on", sa.String(), nullable=True),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_service_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_service")),
    )
    op.create_index(op.f("ix_service_grant_uid"), "service", ["grant_uid"])
    op.create_index(op.f("ix_service_next_on"), "service", ["next_on"])
    op.create_index("ix_service_person_rid_on_date", "service", ["person_rid", "on_date"])
    op.create_index(
        "ix_service_report", "service", ["month", "service_group", "centre_uid", "sex", "age_group", "person_uid"]
    )
