"""Document to clause tree, cross references and provisions."""

from contract_audit.clauses.provisions import provisions
from contract_audit.clauses.tree import parse

__all__ = ["parse", "provisions"]
