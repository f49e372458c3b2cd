"""What became of the duties: evidence joined to them, days that events set or move, statuses, accounts, limitation."""

from contract_audit.extract.performance.settle import settle, settle_all, unplaced

__all__ = ["settle", "settle_all", "unplaced"]
