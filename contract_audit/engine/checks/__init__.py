"""One check kind a module; CHECKS is the closed list: parameters' type → function (parameters, case) → outcomes."""

from collections.abc import Callable, Iterator
from typing import Any

from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks import (
    absence,
    agree,
    blank,
    compare,
    duplicate,
    industry,
    obligation,
    parts,
    party,
    provision,
    reference,
    relation,
    structure,
    unequal,
    wording,
    worth,
)
from contract_audit.rulespec import (
    AbsenceCheck,
    AgreeCheck,
    BlankCheck,
    CompareCheck,
    DuplicateCheck,
    IndustryCheck,
    ObligationCheck,
    PartsCheck,
    PartyCheck,
    ProvisionCheck,
    ReferenceCheck,
    RelationCheck,
    StructureCheck,
    UnequalCheck,
    WordingCheck,
    WorthCheck,
)

CHECKS: dict[type, Callable[[Any, Case], Iterator[Outcome | Missing]]] = {
    AbsenceCheck: absence.check,
    AgreeCheck: agree.check,
    BlankCheck: blank.check,
    CompareCheck: compare.check,
    DuplicateCheck: duplicate.check,
    IndustryCheck: industry.check,
    ObligationCheck: obligation.check,
    PartsCheck: parts.check,
    PartyCheck: party.check,
    ProvisionCheck: provision.check,
    ReferenceCheck: reference.check,
    RelationCheck: relation.check,
    StructureCheck: structure.check,
    UnequalCheck: unequal.check,
    WordingCheck: wording.check,
    WorthCheck: worth.check,
}
