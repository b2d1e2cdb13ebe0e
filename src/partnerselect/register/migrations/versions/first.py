"""The first form of the register: entries in a chain, and the head that they should end at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    entry = [
        sa.Column(name, sa.Text, nullable=False) for name in ("kind", "time", "text", "before")
    ]
    op.create_table(
        "partnerselect_entry",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *entry,
        sa.Column("sha256", sa.Text, nullable=False),
    )
    head = op.create_table(
        "partnerselect_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "sha256": "0" * 64}])
