"""What only the folder knows: companion files, which of their rows speak of which paper, and families of papers."""

from contract_audit.casefile.companions import Companions, load_companions
from contract_audit.casefile.families import Card, card, families
from contract_audit.casefile.joins import Joined, join_evidence
from contract_audit.casefile.register import RegisterRow

__all__ = ["Card", "Companions", "Joined", "RegisterRow", "card", "families", "join_evidence", "load_companions"]
