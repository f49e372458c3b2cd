"""Dates that contradict: a later step before an earlier one, one duty on two days, a day before the signing."""

import re
from collections.abc import Iterator
from itertools import combinations

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case
from contract_audit.model import Obligation

# The steps of a project in the order in which they must come.
_STEPS = tuple(
    re.compile(words)
    for words in (
        r"(?:注册|设立|成立|登记)[^，。；]{0,16}(?:公司|企业)|(?:公司|企业)[^，。；]{0,10}(?:注册|设立|登记)",
        r"开工|动工|破土|进场施工",
        r"封顶",
        r"竣工|完工|建成",
        r"投产|试产|试生产|投料|投入运营|开业",
        r"达产|满产",
    )
)
# Verbs that say the same of one thing; a thing has one day for each.
_SAME = tuple(
    re.compile(words)
    for words in (
        r"交付|移交|交接|腾出|交房|交地|提供",
        r"架通|送电|通电|接通|供电|投用|通水|通气",
        r"竣工|完工|建成|通车|修通",
    )
)
_ONCE = (_STEPS[1], _STEPS[4])  # a project of one phase starts once and goes into production once
_PHASE = re.compile(
    r"[一二三四五六首两][期批阶](?!限|间)|第[一二三四五六0-9]+[期批阶]|[0-9一二三四五六七八九十]+(?:号|#|＃|栋|幢|车间|标段)"
)
_THING = re.compile(
    r"厂房|宿舍|车间|办公楼|研发楼|综合楼|仓库|食堂|道路|支路|干道|变电站|管网|泵站|绿化|围墙|公寓|学校|展厅|中心"
)
# Parties and times say nothing of the thing: two rows of one table share their year.
_NOISE = re.compile(
    r"[甲乙丙丁]方|项目公司|县|市|区|镇|政府|[0-9]+[年月日]?|[年月日]底?前|期限|时间|日期|调整为|变更为|[^\u4e00-\u9fff]"
)
_MOVED = re.compile(r"(?:调整|变更|修改|修订|推迟|延期|延长|顺延|提前)[^，。；]{0,4}[为至到]|改为|改至|延至")
_SHARED = 4  # characters in a row that make two duties speak of one thing
_MANY_PHASES = re.compile(r"[二三四]期|第[二三四]期|分期")


def conflicts(case: Case, obligations: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs (the one due first, the other) that cannot both hold; each duty once."""
    dated = [item for item in obligations if item.due is not None and item.status not in ("changed", "ended")]
    seen: set[int] = set()
    for one, other in combinations(dated, 2):
        if one.side != other.side or one.due == other.due or one.due is None or other.due is None:
            continue
        first, second = (one, other) if one.due < other.due else (other, one)
        if one.clause == other.clause and _MOVED.search(
            case.text(min(one.start, other.start), max(one.end, other.end))
        ):
            continue  # the old day and the new one: 由…调整为…
        if id(first) not in seen and (_is_out_of_order(case, first, second) or _is_twice(case, first, second)):
            seen.add(id(first))
            yield first, second


def _is_out_of_order(case: Case, first: Obligation, second: Obligation) -> bool:
    early, late = _step(case, first), _step(case, second)
    return early is not None and late is not None and early > late and not _differ(case, first, second)


def _step(case: Case, item: Obligation) -> int | None:
    words = _deed(case, item)
    return max((index for index, step in enumerate(_STEPS) if step.search(words)), default=None)


def _deed(case: Case, item: Obligation) -> str:
    """What is to be done by the day: the phrase after the time, or the words around the time where it stands last."""
    after = re.split(r"[，。；\n\t]", case.text(item.due_end, item.end), maxsplit=1)[0]
    if len(after) > 1 and re.search(r"[\u4e00-\u9fff]", after):
        return after
    return case.text(item.start, item.due_start) + case.text(max(item.due_end, item.start), item.end)


def _differ(case: Case, one: Obligation, other: Obligation) -> bool:
    """Whether the two speak of different phases or different buildings."""
    for pattern in (_PHASE, _THING):
        named, named_too = (set(pattern.findall(_words(case, item))) for item in (one, other))
        if pattern is _PHASE and bool(named) != bool(named_too) and one.clause != other.clause:
            return True
        if named and named_too and not named & named_too:
            return True
    return False


def _words(case: Case, item: Obligation) -> str:
    return fold_text(case.text(item.start, item.end))


def _is_twice(case: Case, one: Obligation, other: Obligation) -> bool:
    """One thing, one deed, two days."""
    if one.recurrence or other.recurrence or (one.quantity and other.quantity and one.quantity != other.quantity):
        return False
    words, words_too = _words(case, one), _words(case, other)
    if set(_PHASE.findall(words)) != set(_PHASE.findall(words_too)):
        return False
    deed, deed_too = _deed(case, one), _deed(case, other)
    if any(event.search(deed) and event.search(deed_too) for event in _ONCE):
        return not _MANY_PHASES.search(case.folded.text) and not _differ(case, one, other)
    same = any(event.search(deed) and event.search(deed_too) for event in _SAME)
    return same and bool(_runs(words) & _runs(words_too))


def _runs(words: str) -> set[str]:
    bare = _NOISE.sub("", words)
    return {bare[start : start + _SHARED] for start in range(len(bare) - _SHARED + 1)}
