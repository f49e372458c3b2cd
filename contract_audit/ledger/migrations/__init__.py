"""Alembic migrations of the ledger, shipped with the package; they run when a ledger is created or upgraded."""
