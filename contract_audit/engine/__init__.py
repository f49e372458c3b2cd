"""Rules and an understood document to findings."""

from contract_audit.engine.explain import explain
from contract_audit.engine.lint import lint
from contract_audit.engine.load import load_rules, read_rule, rule_files
from contract_audit.engine.run import run
from contract_audit.engine.yaml_source import read_yaml

__all__ = ["explain", "lint", "load_rules", "read_rule", "read_yaml", "rule_files", "run"]
