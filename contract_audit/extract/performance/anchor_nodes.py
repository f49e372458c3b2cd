"""Anchors that name a row of the table of nodes by its number or code: 第5项里程碑完成, J2完成."""

import re

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import fold_text
from contract_audit.model import Obligation, Understanding

# 第5项里程碑完成, J2完成: a row of the table of nodes by its number.
_NODE = re.compile(
    r"(?:第(?P<place>[0-9一二三四五六七八九十]{1,3})[项号]?|(?P<code>[A-Za-z]{1,3}-?[0-9]{1,3}))(?:项|号)?(?:里程碑|节点|事项|任务|工作|工程|目标)*"
    r"(?:[全按]?部?期?(?:完成|达成|办结|到位|结束|通过|实现|验收|合格))*"
)


def node_of(paper: Understanding, duties: list[Obligation], index: int) -> int | None:
    """The duty of the table row that the anchor names by its number or code; None where it names none."""
    match = _NODE.fullmatch(fold_text(duties[index].anchor or ""))
    if match is None:
        return None
    place = number(match["place"]) if match["place"] else None
    wanted = {match["code"] or f"{place:f}", match["place"] or match["code"]}
    text = paper.document.text
    for other, duty in enumerate(duties):
        provision = paper.provisions[duty.provision] if duty.provision is not None else None
        if provision is not None and provision.kind == "table_row" and other != index:
            head = re.split(r"[\t|]", text[provision.start : provision.end].strip("| "), maxsplit=1)[0]
            words = fold_text(head).strip()
            if words in wanted or (match["code"] and re.match(rf"{match['code']}(?![0-9A-Za-z])", words)):
                return other
    return None
