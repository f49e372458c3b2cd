"""Document to clause tree, cross references and provisions."""

from contract_audit.clauses.agreements import split
from contract_audit.clauses.numbering import wording_start
from contract_audit.clauses.provisions import provisions
from contract_audit.clauses.references import references
from contract_audit.clauses.tree import parse

__all__ = ["parse", "provisions", "references", "split", "wording_start"]
