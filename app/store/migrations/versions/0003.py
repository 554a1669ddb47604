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
    """Who gave and who paid stand on the service row: taken from its document."""
    for column, answer in (("donor", "donor"), ("project", "project"), ("provider", "provider_agency")):
        op.add_column("service", sa.Column(column, sa.String(), nullable=True))
        told = f"(SELECT json_extract(data, '$.{answer}') FROM record WHERE record.rid = service.rid)"  # noqa: S608
        op.execute(f"UPDATE service SET {column} = {told} WHERE typeof({told}) = 'text'")  # noqa: S608 - our words
    op.add_column("reference_document", sa.Column("number", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE reference_document SET number = version")
