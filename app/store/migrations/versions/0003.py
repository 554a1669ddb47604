"""Figures for others, and the work that is about no single person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROWS_MAY_CHANGE: frozenset[str] = frozenset()
"""Tables whose number of rows this revision changes on purpose; any other change stops the migration."""

_ANSWERS = (
    ("service", "donor", "donor"),
    ("service", "project", "project"),
    ("service", "provider", "provider_agency"),
    ("consent", "expires_on", "expires_on"),
    ("case_file", "closed_on", "closed_on"),
    ("need", "agreed_on", "agreed_on"),
)
"""Table, column, and the answer that it holds where that is a text."""
_COUNTED = """
    UPDATE case_file SET counted = (
        SELECT json_group_object(key, CASE
            WHEN json_each.type IN ('array', 'object') THEN json(value)
            WHEN json_each.type IN ('true', 'false') THEN json(json_each.type) ELSE value END)
        FROM record, json_each(record.data)
        WHERE record.rid = case_file.rid AND key IN (
            'age_at_start', 'border', 'closure_reason', 'decided_by', 'exploitation', 'exploitation_countries',
            'formal_status', 'identified_year', 'labour_sectors', 'means_of_control', 'recruiter', 'recruitment',
            'referral_source', 'referring_agency', 'witness'
        )
    )
"""


def upgrade() -> None:
    _about_nobody()
    _figures()
    _columns()


def _about_nobody() -> None:
    """Activities, meetings of the task force, and what they decided."""
    op.create_table(
        "activity",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("on_date", sa.String(), nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("oblast", sa.String(), nullable=True),
        sa.Column("centre_uid", sa.LargeBinary(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_activity_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_month_code", "activity", ["month", "code"])
    op.create_table(
        "meeting",
        sa.Column("on_date", sa.String(), nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("oblast", sa.String(), nullable=True),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_meeting_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_meeting")),
    )
    op.create_table(
        "decision",
        sa.Column("meeting_uid", sa.LargeBinary(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["record.rid"], name=op.f("fk_decision_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_meeting_uid"), "decision", ["meeting_uid"])
    op.create_index("ix_decision_status_due", "decision", ["status", "due"])


def _figures() -> None:
    """What figures rest on beyond records, what was asked of them, and what of them was told."""
    op.create_table(
        "entered_figure",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_at", sa.String(), nullable=False),
        sa.Column("entered_by", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_entered_figure")),
        sa.UniqueConstraint("uid", name=op.f("uq_entered_figure_uid")),
    )
    op.create_index("ix_entered_figure_code", "entered_figure", ["code", "area", "last"])
    op.create_table(
        "saved_report",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("saved_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_saved_report")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_report_uid")),
    )
    op.create_table(
        "release",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("uid", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.LargeBinary(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("first", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_release")),
        sa.UniqueConstraint("uid", name=op.f("uq_release_uid")),
    )
    op.create_table(
        "released_figure",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("release_rid", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.String(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=True),
        sa.Column("true", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["release_rid"], ["release.rid"], name=op.f("fk_released_figure_release_rid")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_released_figure")),
    )
    op.create_index(op.f("ix_released_figure_release_rid"), "released_figure", ["release_rid"])
    op.create_index(op.f("ix_released_figure_quantity"), "released_figure", ["quantity"])


def _columns() -> None:
    """Who gave and who paid, and what figures ask of cases, consents and needs: taken from their documents."""
    for table, column, answer in _ANSWERS:
        op.add_column(table, sa.Column(column, sa.String(), nullable=True))
        of = f"(SELECT {{}}(data, '$.{answer}') FROM record WHERE record.rid = {table}.rid)"  # noqa: S608
        told, kind = of.format("json_extract"), of.format("json_type")
        op.execute(f"UPDATE {table} SET {column} = {told} WHERE {kind} = 'text'")  # noqa: S608 - our words
    op.add_column("case_file", sa.Column("counted", sa.String(), nullable=True))
    op.execute(_COUNTED)
    op.create_index(
        "ix_record_kept",
        "record",
        ["kind", "owner_rid"],
        sqlite_where=sa.text("kind IN ('case', 'need', 'referral')"),
    )
    op.create_index("ix_service_paid", "service", ["month"], sqlite_where=sa.text("amount_minor IS NOT NULL"))
    op.add_column("reference_document", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE reference_document SET number = version")
