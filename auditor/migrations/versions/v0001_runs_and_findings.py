"""Runs and findings, as the first auditor made them without Alembic."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("body", sa.String(16), primary_key=True),
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("asked_at", sa.String(40), nullable=False),
        sa.Column("only", sa.String(120), nullable=False),
        sa.Column("config", sa.String(64), nullable=False),
        sa.Column("started", _MOMENT, nullable=False),
        sa.Column("finished", _MOMENT),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("catalogue", sa.String(64), nullable=False),
        sa.Column("auditor", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("low", sa.Double()),
        sa.Column("observed", sa.Double()),
        sa.Column("high", sa.Double()),
        sa.Column("coverage", sa.Double()),
        sa.Column("band", sa.String(40)),
        sa.Column("pages", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("datasets", sa.JSON(), nullable=False),
    )
    op.create_table(
        "findings",
        sa.Column("body", sa.String(16), primary_key=True),
        sa.Column("run", sa.String(32), primary_key=True),
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("findings")
    op.drop_table("runs")
