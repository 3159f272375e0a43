"""A finding belongs to a run that is there; runs are found by their time."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "DELETE FROM findings WHERE NOT EXISTS"
        " (SELECT 1 FROM runs WHERE runs.body = findings.body AND runs.run = findings.run)"
    )
    op.create_index("runs_by_time", "runs", ["body", "at"])
    with op.batch_alter_table("findings") as findings:
        findings.create_foreign_key("findings_of_a_run", "runs", ["body", "run"], ["body", "run"], ondelete="CASCADE")


def downgrade() -> None:
    with op.batch_alter_table("findings") as findings:
        findings.drop_constraint("findings_of_a_run", type_="foreignkey")
    op.drop_index("runs_by_time", "runs")
