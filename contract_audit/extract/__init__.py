"""Document and clauses to values, facts, duties, and what became of the duties."""

from contract_audit.extract.duties import obligations
from contract_audit.extract.facts import facts, mode, parties, signed_on
from contract_audit.extract.performance import settle, settle_all, unplaced
from contract_audit.extract.values import values, values_in

__all__ = [
    "facts",
    "mode",
    "obligations",
    "parties",
    "settle",
    "settle_all",
    "signed_on",
    "unplaced",
    "values",
    "values_in",
]
