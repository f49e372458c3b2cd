"""Days that a paper moves the wrong way: postponed to an earlier day, brought forward to a later one."""

import re
from collections.abc import Iterator
from itertools import pairwise

from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks.time_words import outcome_of
from contract_audit.model import Value

_LATER = re.compile(r"(?:顺延|推迟|推后|延期|延后|延长|展期|宽限|展延)(?:执行|交付|移交|履行)?[至到][“\"]?$")
_EARLIER = re.compile(r"(?:提前|提早)(?:执行|交付|移交|履行)?[至到][“\"]?$")
_NOT_A_DAY = re.compile(r"[^0-9〇零一二三四五六七八九]*")
_STOP = re.compile("[。\n]")
_BEFORE = 10  # characters before a day that say how it was moved
_OTHER_DAY = re.compile(r"签[订署]|订立|印发|批复|文号|会议|《[^》]*$|已于|已经|收到|来函")


def check(case: Case) -> Iterator[Outcome]:
    """One outcome for each day moved the wrong way from the day told last in its sentence before it."""
    text = case.document.text
    days = [value for value in case.understanding.values if value.kind == "date" and value.sure and value.until]
    for old, new in pairwise(days):
        lead = _NOT_A_DAY.match(text, new.start, new.end)  # 至2026年8月31日 may be one value
        words = text[max(old.end, new.start - _BEFORE) : lead.end() if lead else new.start]
        if not _is_wrong_way(words, old, new) or _STOP.search(text, old.end, new.start):
            continue
        if not _OTHER_DAY.search(text[max(0, old.start - _BEFORE) : new.start]):
            yield outcome_of(case, old, new)


def _is_wrong_way(words: str, old: Value, new: Value) -> bool:
    if old.until is None or new.until is None or not ("至" in words or "到" in words):
        return False
    later, earlier = _LATER.search(words), _EARLIER.search(words)
    return bool((later and new.until <= old.until) or (earlier and new.until >= old.until))
