"""Whether two duties speak of different phases, buildings or works of one project."""

import re

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import siblings
from contract_audit.engine.case import Case
from contract_audit.engine.checks.called import built_apart, called_apart
from contract_audit.engine.checks.deed_words import words_of
from contract_audit.model import Obligation

PHASE = re.compile(
    r"[一二三四五六首两][期批阶](?!限|间|客户|用户|[产成样]品)|第[一二三四五六0-9]+[期批阶]|[0-9一二三四五六七八九十]+(?:号|#|＃|栋|幢|车间|标段)|[A-H](?:宗|片|地块|区|座|栋|幢|标段)"
)
THING = re.compile(
    r"厂房|宿舍|车间|办公楼|研发楼|综合楼|仓库|食堂|道路|支路|干道|变电站|管网|泵站|绿化|围墙|公寓|学校|展厅|中心|(?:污水|废水|废气|中水|危废|固废)[^，。；]{0,4}(?:处理)?[站厂房间设]|锅炉房|配电房|停车[场楼]|门卫|化验室|充电桩|光伏|活动室|码头|消防(?:水)?池"
)
_MAIN = frozenset({"厂房", "车间"})
_FIRST_PHASES = frozenset({"一期", "首期"})
ALL = re.compile(r"全部|整体|全面|各期|两期|所有|全线")


def differ(case: Case, one: Obligation, other: Obligation, *, part: bool = True) -> bool:
    """Whether the two speak of different phases or buildings, or, if `part`, one of all and the other not."""
    words, words_too = words_of(case, one), words_of(case, other)
    if siblings(words, words_too) or called_apart(words, words_too) or built_apart(words, words_too):
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
