"""Check kind `reference`: references to clauses or attachments that do not exist."""

import re
from collections.abc import Iterator

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import referred
from contract_audit.model import Reference
from contract_audit.rulespec import ReferenceCheck

_ATTACHMENT_NUMBER = re.compile(
    r"^(?:本(?:协议|合同)(?:书|的|之)?)?(?:附[件表图录]\s?)?[（(]?(?P<n>[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Z])(?![0-9一二三四五六七八九十A-Za-z])"
)

_PART = re.compile(
    "^(?:前款|上款|前条|上条|上一条|本条|本款).*[款项目]$"
)  # 前款 alone means what stands before, whatever it is


def check(parameters: ReferenceCheck, case: Case) -> Iterator[Outcome]:
    """One outcome for each thing referred to in vain, at its first mention; an attachment where its name is given.

    What is once said to be of another paper, or kept elsewhere, is not missed where it is named again. Then come references
    to clauses that are there and say something else.
    """
    vain: dict[str, Reference] = {}
    elsewhere = {
        _key(reference)
        for reference in case.understanding.references
        if reference.kind == "external" or (reference.kind == "attachment" and reference.target is not None)
    }
    # An attachment that is no more than a heading is missing, wherever else the paper speaks of it.
    begins = {clause.start for clause in case.understanding.clauses if clause.kind == "attachment"}
    bare = (one for one in case.understanding.references if one.start in begins and one.target is None)
    elsewhere -= {_key(reference) for reference in bare}
    for reference in case.understanding.references:
        kind = "clause" if reference.kind == "relative" and _PART.search(reference.text) else reference.kind
        if kind != parameters.what or reference.target is not None or (key := _key(reference)) in elsewhere:
            continue
        known = vain.get(key)
        if known is None or (_is_named(reference) and not _is_named(known)):
            vain[key] = reference
    for reference in sorted(vain.values(), key=lambda reference: reference.start):
        yield Outcome(start=reference.start, end=reference.end, values={"name": reference.text, "other": "不存在"})
    if parameters.what == "clause":
        yield from referred.elsewhere(case)
        yield from referred.beyond_the_original(case)
        yield from referred.other_attachment(case, missing=False)
    else:
        yield from referred.other_attachment(case, missing=True)


def _key(reference: Reference) -> str:
    """What tells two things apart: the number of an attachment, else the words."""
    name = fold_text(reference.text)
    numbered = _ATTACHMENT_NUMBER.match(name) if reference.kind != "clause" else None
    return f"附件{number(numbered['n']) or numbered['n']}" if numbered else name


def _is_named(reference: Reference) -> bool:
    return reference.kind == "attachment" and len(reference.text) > 6
