"""What a paper says of itself: title, parties, project, investment, land, plant, targets, signature and day."""

from contract_audit.extract.facts.candidates import facts
from contract_audit.extract.facts.parties import parties
from contract_audit.extract.facts.signature import mode, signed_on

__all__ = ["facts", "mode", "parties", "signed_on"]
