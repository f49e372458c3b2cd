"""Whether two duties speak of different phases, buildings or works of one project."""

import re
from functools import lru_cache

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import siblings
from contract_audit.engine.case import Case
from contract_audit.engine.checks.called import called_apart, share_a_word
from contract_audit.engine.checks.deed_words import words_of
from contract_audit.model import Obligation

PHASE = re.compile(
    r"[一二三四五六首两][期批阶](?!限|间|客户|用户|[产成样]品)|第[一二三四五六0-9]+[期批阶]|[0-9一二三四五六七八九十]+(?:号|#|＃|栋|幢|车间|标段)|[A-H](?:宗|片|地块|区|座|栋|幢|标段)"
)
THING = re.compile(
    r"厂房|宿舍|车间|办公楼|研发楼|综合楼|仓库|食堂|道路|支路|干道|变电站|管网|泵站|绿化|围墙|公寓|学校|展厅|中心"
)
_MAIN = frozenset({"厂房", "车间"})
_FIRST_PHASES = frozenset({"一期", "首期"})
ALL = re.compile(r"全部|整体|全面|各期|两期|所有|全线")


def differ(case: Case, one: Obligation, other: Obligation, *, part: bool = True) -> bool:
    """Whether the two speak of different phases or buildings, or, if `part`, one of all and the other not."""
    words, words_too = words_of(case, one), words_of(case, other)
    if siblings(words, words_too) or called_apart(words, words_too) or _built_apart(words, words_too):
        return True
    if part and bool(ALL.search(words)) != bool(ALL.search(words_too)):
        return True  # 胶合木线投产 before 全部建成
    phases, phases_too = _phases(case, one), _phases(case, other)
    if bool(phases) != bool(phases_too) and (one.clause != other.clause or not (phases | phases_too) <= _FIRST_PHASES):
        return True
    if phases and phases_too and not phases & phases_too:
        return True
    things, things_too = (set(THING.findall(words_of(case, item))) for item in (one, other))
    if not things or not things_too:
        return bool((things | things_too) - _MAIN)  # 综合楼竣工 after 投产 is another building
    return not things & things_too


def _phases(case: Case, item: Obligation) -> set[str]:
    """The phases of what is owed: those named up to the end of its own phrase, else any: 一期于…投产，二期在一期投产后启动."""
    told = words_of(case, item)
    behind = fold_text(case.text(item.due_end, item.end)) if item.start <= item.due_start < item.due_end else ""
    stop = _STOP.search(behind)
    own = told[: len(told) - len(behind) + stop.start()] if stop is not None else told
    return set(PHASE.findall(own)) or set(PHASE.findall(told))


_STOP = re.compile(r"[，。；]")


# 建成8条雪道, 建成滑雪酒店: what is built, by a name of its own.
_BUILT = re.compile(
    r"(?:建成|建好|修成|修好|盖好|建设完成)(?:[0-9一二两三四五六七八九十]+[条座栋个处幢间])?(?P<name>[\u4e00-\u9fff]{2,10}?)(?=[并且及和、，。；]|投入|投运|投用|开业|开放|$)"
)
_ANY_WORKS = re.compile(
    r"^(?:本|该|全部|整个|主体|[一二三四首两各]期|项目|工程|建设|生产|厂房|厂区|车间|基地|工厂|产线|生产线|投产|投入|竣工)*$"
)


def _built_apart(words: str, words_too: str) -> bool:
    """Both name what is built, and the names share no word."""
    names, names_too = _built(words), _built(words_too)
    return bool(names and names_too) and not any(share_a_word(one, other) for one in names for other in names_too)


@lru_cache(maxsize=1024)
def _built(words: str) -> frozenset[str]:
    return frozenset(match["name"] for match in _BUILT.finditer(words) if not _ANY_WORKS.match(match["name"]))
