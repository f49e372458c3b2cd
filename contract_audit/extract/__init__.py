"""Document and clauses to values, parties, facts and obligations."""

from contract_audit.extract.values import values, values_in

__all__ = ["values", "values_in"]
