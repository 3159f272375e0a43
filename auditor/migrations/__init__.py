"""Alembic migrations of the history database; `auditor.history.schema` runs them when a database is opened."""
