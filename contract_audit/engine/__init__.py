"""Rules and an understood document to findings."""

from contract_audit.engine.load import load_rules
from contract_audit.engine.run import run

__all__ = ["load_rules", "run"]
