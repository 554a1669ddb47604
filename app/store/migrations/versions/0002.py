"""The coordinator's desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: frozenset[str] = frozenset()
"""Tables whose number of rows this revision changes on purpose; any other change stops the migration."""


def upgrade() -> None:
    _who_is_the_same()
    _what_came_in()
    _columns()


def _who_is_the_same() -> None:
    """Decisions and what is derived from them, records on their way, what is told and uploaded."""
    op.create_table(
        "candidate",
        sa.Column("one_uid", sa.LargeBinary(), nullable=False),
        sa.Column("other_uid", sa.LargeBinary(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("found_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("one_uid", "other_uid", name=op.f("pk_candidate")),
    )
    op.create_index("ix_candidate_other_uid", "candidate", ["other_uid"])
    op.create_index("ix_candidate_score", "candidate", ["score"])

    op.create_table(
        "column_mapping",
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("head", name=op.f("pk_column_mapping")),
    )
    op.create_table(
        "person_decision",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("one_uid", sa.LargeBinary(), nullable=False),
        sa.Column("other_uid", sa.LargeBinary(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("decided_by", sa.LargeBinary(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=False),
        sa.Column("revoked_by", sa.LargeBinary(), nullable=True),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_person_decision")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_decision_uid")),
    )
    op.create_index("ix_person_decision_other_uid", "person_decision", ["other_uid"])
    op.create_index(
        "ix_person_decision_pair",
        "person_decision",
        ["one_uid", "other_uid"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
    )

    op.create_table(
        "same_person",
        sa.Column("person_uid", sa.LargeBinary(), nullable=False),
        sa.Column("group_uid", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person_uid", name=op.f("pk_same_person")),
    )
    op.create_index(op.f("ix_same_person_group_uid"), "same_person", ["group_uid"])

    op.create_table(
        "transfer_decision",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("transfer_uid", sa.LargeBinary(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("to_rid", sa.Integer(), nullable=True),
        sa.Column("records", sa.String(), nullable=False),
        sa.Column("decided_by", sa.LargeBinary(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["to_rid"], ["installation.rid"], name=op.f("fk_transfer_decision_to_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_transfer_decision")),
        sa.UniqueConstraint("transfer_uid", name=op.f("uq_transfer_decision_transfer_uid")),
    )
    op.create_table(
        "unmatched",
        sa.Column("person_rid", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_rid", name=op.f("pk_unmatched")),
    )
    op.create_table(
        "upload",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("box", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("sent_uid", sa.LargeBinary(), nullable=False),
        sa.Column("prepared_at", sa.String(), nullable=False),
        sa.Column("there", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_upload")),
        sa.UniqueConstraint("file_name", name=op.f("uq_upload_file_name")),
    )
    op.create_table(
        "awaited_handover",
        sa.Column("record_uid", sa.LargeBinary(), nullable=False),
        sa.Column("owner_rid", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("former_owners", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["owner_rid"], ["installation.rid"], name=op.f("fk_awaited_handover_owner_rid")),
        sa.PrimaryKeyConstraint("record_uid", name=op.f("pk_awaited_handover")),
    )
    op.create_table(
        "erasure",
        sa.Column("record_uid", sa.LargeBinary(), nullable=False),
        sa.Column("owner_rid", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["owner_rid"], ["installation.rid"], name=op.f("fk_erasure_owner_rid")),
        sa.PrimaryKeyConstraint("record_uid", name=op.f("pk_erasure")),
    )
    op.create_index(op.f("ix_erasure_owner_rid"), "erasure", ["owner_rid"])

    op.create_table(
        "notice",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("inst_rid", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_uid", sa.LargeBinary(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("told_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["inst_rid"], ["installation.rid"], name=op.f("fk_notice_inst_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_subject_uid"), "notice", ["subject_uid"])


def _what_came_in() -> None:
    """Files set aside, bundles being taken in, answers and wishes of the centres."""
    op.create_table(
        "set_aside",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("kept_as", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("missing", sa.String(), nullable=False),
        sa.Column("from_rid", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("set_aside_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["from_rid"], ["installation.rid"], name=op.f("fk_set_aside_from_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_set_aside")),
        sa.UniqueConstraint("digest", name=op.f("uq_set_aside_digest")),
    )
    op.create_table(
        "staged_bundle",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("from_rid", sa.Integer(), nullable=False),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["from_rid"], ["installation.rid"], name=op.f("fk_staged_bundle_from_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_staged_bundle")),
    )
    op.create_table(
        "answer",
        sa.Column("question_uid", sa.LargeBinary(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_answer_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_person_rid"), "answer", ["person_rid"])
    op.create_index(op.f("ix_answer_question_uid"), "answer", ["question_uid"])

    op.create_table(
        "staged_content",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("bundle_rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["bundle_rid"], ["staged_bundle.rid"], name=op.f("fk_staged_content_bundle_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_staged_content")),
    )
    op.create_index(op.f("ix_staged_content_bundle_rid"), "staged_content", ["bundle_rid"])

    op.create_table(
        "staged_row",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("bundle_rid", sa.Integer(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["bundle_rid"], ["staged_bundle.rid"], name=op.f("fk_staged_row_bundle_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_staged_row")),
    )
    op.create_index(op.f("ix_staged_row_bundle_rid"), "staged_row", ["bundle_rid"])

    op.create_table(
        "taken_in",
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("same_uid", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_taken_in")),
    )

    op.create_table(
        "transfer",
        sa.Column("to_uid", sa.LargeBinary(), nullable=True),
        sa.Column("consent_uid", sa.LargeBinary(), nullable=True),
        sa.Column("agreed_on", sa.String(), nullable=True),
        sa.Column("person_uid", sa.LargeBinary(), nullable=True),
        sa.Column("person_rid", sa.Integer(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_transfer_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_transfer")),
    )
    op.create_index(op.f("ix_transfer_person_rid"), "transfer", ["person_rid"])


def _columns() -> None:
    """New columns; who is counted is, until somebody is linked, the person herself."""
    op.add_column("installation", sa.Column("silence_days", sa.Integer(), nullable=True))
    op.add_column("installation", sa.Column("news", sa.Integer(), nullable=False, server_default="0"))

    op.add_column("question", sa.Column("held", sa.String(), nullable=False, server_default=""))
    op.add_column("question", sa.Column("proposed", sa.String(), nullable=False, server_default=""))
    op.add_column("question", sa.Column("words", sa.String(), nullable=False, server_default=""))
    op.add_column("question", sa.Column("asked_by", sa.LargeBinary(), nullable=True))
    op.add_column("question", sa.Column("closed_at", sa.String(), nullable=True))
    op.add_column("question", sa.Column("told_after", sa.Integer(), nullable=True))

    op.add_column("service", sa.Column("counted_uid", sa.LargeBinary(), nullable=True))
    op.execute("UPDATE service SET counted_uid = person_uid")
    op.drop_index("ix_service_report", table_name="service")
    op.create_index(
        "ix_service_report", "service", ["month", "service_group", "centre_uid", "sex", "age_group", "counted_uid"]
    )
    op.create_index("ix_bundle_seen_from_rid_received_at", "bundle_seen", ["from_rid", "received_at"])
    for table in (
        "identity", "consent", "case_file", "need", "grant_file", "service", "referral", "appointment", "attachment",
        "answer", "transfer",
    ):  # fmt: skip
        op.create_index(f"ix_{table}_waiting", table, ["person_uid"], sqlite_where=sa.text("person_rid IS NULL"))
