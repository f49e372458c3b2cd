"""What the words special to one industry say a project really is, where other words of the paper still fit the declared class.

A handful of products, machines and ways of earning that only one industry has outweigh a stray word of the declared one.
"""

import re
from collections.abc import Callable, Iterable

from contract_audit.engine.case import Case
from contract_audit.engine.checks.contents import Built
from contract_audit.engine.patterns import places
from contract_audit.rulespec import IndustryClass

LEAST_SIGNS = 3  # distinct words special to one class: two may stand in any list of ancillary buildings
_TIMES = 3  # so many times the distinct words of the declared class, else the paper is a mixture
TRADES = "FHKLOR"  # trade, lodging, real estate, business and other services, culture: they stand for one another
_TRADES_KEY = ""
# Buyers, neighbours, what was there before and what the products are for: none of it is the project itself.
_LINK = re.compile(
    r"(?:供应|供给|供货|客户|销往|销售给|应用于?|适用于|产品[^，。；、\n]{0,8}用于|下游|上游|周边|附近|距离?|相邻|毗邻|邻近|原有|拆除|关停|腾退|搬迁|曾|不得|禁止|严禁|以外|另行|延伸|预留|远期)[^，。；\n]{0,24}$"
)
_BEHIND = re.compile(
    r"[^，。；\n]{0,16}?(?:等[^，。；、\n]{0,6}(?:领域|行业|客户|场所|渠道)|领域|渠道|应用|另行(?:供地|出让|立项)|自用|仅供)"
)
_MIXED = re.compile("融合|综合体|综合开发|及配套|一二三产|全产业链")
_BREAKS = "，。；\n"
_WINDOW = 40


def dominated(
    case: Case,
    declared: tuple[int, int],
    items: Iterable[Built],
    is_close: Callable[[IndustryClass], bool],
) -> tuple[list[Built], list[Built]] | None:
    """What is built and, of it, the signs of another class than declared that prevail; None = they do not.

    `declared`: span of the words that declare, in the document; `items`: words of the enterprise's provisions.
    """
    told = case.text(*declared)
    if _MIXED.search(told):
        return None
    kept = [item for item in items if not _is_linked(case, item)]
    fitting = {item.words for item in kept if is_close(item.kind) and item.words not in told}
    special = [item for item in kept if not is_close(item.kind) and _is_sign(case, item)]
    groups: dict[str, list[Built]] = {}
    for item in special:
        groups.setdefault(_TRADES_KEY if item.kind.code[0] in TRADES else item.kind.code, []).append(item)
    if not groups:
        return None
    most = max(groups.values(), key=lambda group: len({item.words for item in group}))
    signs = len({item.words for item in most})
    return (kept, most) if signs >= LEAST_SIGNS and signs >= _TIMES * len(fitting) else None


def _is_sign(case: Case, item: Built) -> bool:
    signs = item.kind.signs
    return signs is not None and bool(places(case.source(signs), item.words))


def _is_linked(case: Case, item: Built) -> bool:
    """The word stands in the same clause behind a link (产品应用于…、周边…) or before a field or a customer (…等领域)."""
    before = case.text(max(0, item.start - _WINDOW), item.start)
    clause = before[max(before.rfind(mark) for mark in _BREAKS) + 1 :]
    return bool(_LINK.search(clause) or _BEHIND.match(case.text(item.end, item.end + _WINDOW)))
