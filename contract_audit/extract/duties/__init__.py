"""Who owes what by when: bearers, acts and times of sentences, lists and tables, with what a day is counted from."""

from contract_audit.extract.duties.obligations import obligations

__all__ = ["obligations"]
