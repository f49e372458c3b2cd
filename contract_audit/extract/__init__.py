"""Document and clauses to values, parties, facts and obligations."""

from contract_audit.extract.facts import facts
from contract_audit.extract.obligations import obligations
from contract_audit.extract.parties import parties
from contract_audit.extract.settle import settle, settle_all, unplaced
from contract_audit.extract.signature import mode
from contract_audit.extract.values import values, values_in

__all__ = ["facts", "mode", "obligations", "parties", "settle", "settle_all", "unplaced", "values", "values_in"]
