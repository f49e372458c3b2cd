"""The case that a conditional sentence speaks of: an event in it (变更住所的，登记后15日内) is no other event of that kind."""

import re

from contract_audit.deeds import Event
from contract_audit.extract.performance.anchor_fit import is_bare
from contract_audit.extract.performance.anchor_papers import MORE_PAIRS, content
from contract_audit.extract.performance.joining import Known, Record
from contract_audit.model import Obligation, Understanding

_IF = re.compile(r"[^，。；\n]+的(?=，(?:[^，。；\n]{2,14}，)?[^，。；]{0,6}$)")  # …的，按市场价另签合同，自


_BUYS = re.compile(r"采购|购买|订购|供货|订货")


def of_condition(paper: Understanding, duty: Obligation, known: list[Known]) -> list[Known]:
    """Records of the case that a conditional sentence speaks of: 变更住所的，登记后15日内告知 counts from no other 登记."""
    condition = _condition(paper, duty)
    if condition is None:
        return known
    wanted = content(condition)
    return [one for one in known if len(wanted & one.words.pairs) * 2 >= min(len(wanted), MORE_PAIRS)]


def is_of_its_case(paper: Understanding, duty: Obligation, asked: tuple[str, Event], record: Record) -> bool:
    """Whether a bare delivery under a condition of buying (采购货物的，自交付之日起) is of what is bought, and no land."""
    bought = _BUYS.search(_condition(paper, duty) or "") is not None and is_bare(*asked)
    return not bought or bool(of_condition(paper, duty, [Known(record.told, record)]))


def _condition(paper: Understanding, duty: Obligation) -> str | None:
    provision = paper.provisions[duty.provision] if duty.provision is not None else None
    found = _IF.search(paper.document.text, provision.start, duty.due_start) if provision is not None else None
    return None if found is None else found.group()
