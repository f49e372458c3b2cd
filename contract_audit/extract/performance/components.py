"""What a phase or a whole consists of by the words of the paper itself: 一期建设温泉酒店、游客中心、环湖栈道9公里.

A record of one of these things alone (温泉酒店竣工验收) tells of a part, where the phase is owed.
"""

import re
from functools import lru_cache
from itertools import pairwise

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event

_PHASES = {"1": "一首", "2": "二", "3": "三", "4": "四"}
_MADE_OF = re.compile(
    r"(?P<phase>[一二三四首])期(?:工程|项目|主要)*(?:建设内容|建设规模)?(?:建设|包括|包含|含|涵盖|为|：|:|是|由)+(?P<list>[^。；;\n]{4,80})"
)
_NEXT = re.compile(r"、|以及|[和与及]")
_SIZE = re.compile(r"[（(][^（）()]*[）)]|[0-9][0-9.,]*[万亿]?[\u4e00-\u9fff㎡]*|(?:组成|构成|等).*$")
_WHOLE = re.compile(r"全部|整体|整个|各[项栋单]|所有|均|都|工程竣工|项目竣工")
_FEWEST = 2
_BUILDS = frozenset({"build", "accept", "operate", "produce", "hand_over", "record"})


def is_component(text: str, wanted: Event, matter: str) -> bool:
    """Whether the whole of a phase is owed and the words of a record name just one of the things that the phase consists of."""
    phases = {value for kind, value in wanted.marks if kind == "期"}
    if len(phases) != 1 or wanted.things or not wanted.acts or not wanted.acts <= _BUILDS or _WHOLE.search(matter):
        return False
    parts = components(text).get(next(iter(phases)), ())
    named = [part for part in parts if _named(part, fold_text(matter))]
    owed = [part for part in parts if _named(part, wanted.words)]
    return len(parts) >= _FEWEST and len(named) == 1 and not owed


@lru_cache(maxsize=8)
def components(text: str) -> dict[str, tuple[str, ...]]:
    """By the number of each phase, the things of which the paper says that it consists."""
    found: dict[str, tuple[str, ...]] = {}
    for match in _MADE_OF.finditer(fold_text(text)):
        number = next(number for number, names in _PHASES.items() if match["phase"] in names)
        parts = tuple(bare for part in _NEXT.split(match["list"]) if len(bare := _SIZE.sub("", part)) >= _FEWEST)
        if len(parts) >= _FEWEST:
            found.setdefault(number, parts)
    return found


def _named(part: str, words: str) -> bool:
    """Most pairs of characters of the name stand in the words."""
    pairs = {one + two for one, two in pairwise(part)}
    return 2 * sum(pair in words for pair in pairs) > len(pairs)
