"""The joint review before signing (联合评审): what one judged draft comes to before the review group."""

from contract_audit.review.money import read_budget
from contract_audit.review.policy import Policy, load_policy
from contract_audit.review.prepare import prepare

__all__ = ["Policy", "load_policy", "prepare", "read_budget"]
