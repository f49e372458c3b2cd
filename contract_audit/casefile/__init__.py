"""What only the folder knows: companion files, which of their rows speak of which paper, and families of papers."""

from contract_audit.casefile.calendar import calendar, unplaced
from contract_audit.casefile.companions import Companions, load_companions
from contract_audit.casefile.fairness import Promise, promises, unequal
from contract_audit.casefile.families import Card, card, families
from contract_audit.casefile.filters import apply_filters, load_filters
from contract_audit.casefile.joins import Joined, join_evidence
from contract_audit.casefile.register import RegisterRow, register_row
from contract_audit.casefile.similarity import Likeness, resemblances, side_by_side
from contract_audit.casefile.similarity_profile import Profile, profile

__all__ = [
    "Card",
    "Companions",
    "Joined",
    "Likeness",
    "Profile",
    "Promise",
    "RegisterRow",
    "apply_filters",
    "calendar",
    "card",
    "families",
    "join_evidence",
    "load_companions",
    "load_filters",
    "profile",
    "promises",
    "register_row",
    "resemblances",
    "side_by_side",
    "unequal",
    "unplaced",
]
