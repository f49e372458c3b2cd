"""Dates that contradict: a later step before an earlier one, one duty on two days, a day before the signing."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import msgspec

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import Event, alike, event, same_object, siblings
from contract_audit.engine.case import Case
from contract_audit.engine.checks.called import called_apart
from contract_audit.engine.checks.order import fire_first, needs_first
from contract_audit.model import Obligation

# The steps of a project in the order in which they must come.
_STEPS = tuple(
    re.compile(words)
    for words in (
        r"(?:注册|设立|成立|登记)[^，。；销研贸分子]{0,16}(?:公司|企业)|(?:公司|企业)[^，。；变更股]{0,10}(?:注册|设立|登记)",
        r"开工|动工|破土|进场施工",
        r"封顶",
        r"竣工|完工|建成",
        r"投产|试产|试生产|投料|投入运营|开业",
        r"达产|满产",
    )
)
# The steps of one building or work; here the object must be the same.
_OBJECT_STEPS = tuple(
    re.compile(words)
    for words in (
        r"开工|动工|破土|进场施工",
        r"封顶",
        r"竣工|完工|建成|验收合格|通过验收",
        r"移交|交付|交钥匙|启用|投入使用|投用",
    )
)
_INSTALLED = re.compile(
    r"(?:设备|产线|生产线|机组|主机|进场)[^，。；]{0,12}(?:安装|调试)|(?:安装|调试)[^，。；]{0,6}(?:设备|产线|机组)"
)
_PRODUCED = re.compile(r"投产|试生产|试产|投料")
_ONCE = (_STEPS[1], _STEPS[4], _STEPS[5])  # a project of one phase starts, produces, reaches its capacity once
# What the law wants first, and what may follow only then.
_PERMITS = tuple(
    (re.compile(permit), re.compile(work))
    for permit, work in (
        (r"(?:取得|领取|办[理妥结])[^，。；]{0,10}(?:施工许可|规划许可|用地批准|出让合同)", r"开工|动工|破土"),
        (r"(?:取得|领取|办[理妥结])[^，。；]{0,10}排污许可", r"投产|试生产|试产"),
    )
)
_PHASE = re.compile(
    r"[一二三四五六首两][期批阶](?!限|间)|第[一二三四五六0-9]+[期批阶]|[0-9一二三四五六七八九十]+(?:号|#|＃|栋|幢|车间|标段)"
)
_THING = re.compile(
    r"厂房|宿舍|车间|办公楼|研发楼|综合楼|仓库|食堂|道路|支路|干道|变电站|管网|泵站|绿化|围墙|公寓|学校|展厅|中心"
)
_MAIN = frozenset({"厂房", "车间"})
_FIRST_PHASES = frozenset({"一期", "首期"})
_MOVED = re.compile(r"(?:调整|变更|修改|修订|推迟|延期|延长|顺延|提前)[^，。；]{0,4}[为至到]|改为|改至|延至")
_MANY_PHASES = re.compile(r"[二三四]期|第[二三四]期|分期")


def conflicts(case: Case, obligations: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs (the one due first, the other) that cannot both hold; each duty once, held against those within `reach`."""
    dated = _dated(case, obligations)
    within = _reach(len(dated)) or len(dated)
    seen: set[int] = set()
    pairs = ((one, other) for place, one in enumerate(dated, start=1) for other in dated[place : place + within])
    for one, other in pairs:
        if one.due == other.due or one.due is None or other.due is None:
            continue
        first, second = (one, other) if one.due < other.due else (other, one)
        if id(second) not in seen and _is_meant_before(case, second, first):
            seen.add(id(second))
            yield second, first
            continue
        if len({one.side, other.side} - _NOBODY) > 1:
            if id(first) not in seen and needs_first(case, first, second, dated):
                seen.add(id(first))
                yield first, second
            continue
        if one.clause == other.clause and _MOVED.search(
            case.text(min(one.start, other.start), max(one.end, other.end))
        ):
            continue  # the old day and the new one: 由…调整为…
        named = bool({one.side, other.side} - _NOBODY)  # 项目…达产 twice, nobody named
        clash = (named or _is_once(case, first, second)) and _clash(case, first, second)
        if id(first) not in seen and clash:
            seen.add(id(first))
            yield (second, first) if fire_first(case, first, second) else (first, second)


def reach(case: Case, obligations: list[Obligation]) -> int | None:
    """How many of the duties that follow each is held against, where there are too many for all; None where all are."""
    return _reach(len(_dated(case, obligations)))


def _reach(count: int) -> int | None:
    return None if count * (count - 1) // 2 <= _MOST_PAIRS else max(1, _MOST_PAIRS // count)


_MOST_PAIRS = 50_000  # three hundred dated duties, each against each other: a paper of some sixty thousand characters


def _dated(case: Case, obligations: list[Obligation]) -> list[Obligation]:
    """The duties, and those of nobody, that are owed by a day, in text order."""
    chosen = set(map(id, obligations))
    nobody = [item for item in case.understanding.obligations if item.side in _NOBODY and id(item) not in chosen]
    return [
        item
        for item in sorted((*obligations, *nobody), key=lambda item: item.start)
        if item.due is not None and item.status not in ("changed", "ended") and not _is_told(case, item)
    ]


def relative_conflicts(case: Case, obligations: list[Obligation]) -> Iterator[tuple[Obligation, Obligation]]:
    """Pairs that count the same deed from the same event and differ in how long: 验房之日起15日内退还押金 … 60日内退还."""
    chosen = set(map(id, obligations))
    alike: dict[object, list[tuple[int, Obligation]]] = {}  # by event and kind, with the place in the paper
    for place, item in enumerate(case.understanding.obligations):
        if item.offset and item.anchor and item.due is None and not item.recurrence:
            event_words = _ALIKE_EVENT.sub("", fold_text(item.anchor))
            if len(event_words) >= _EVENT_CHARS:
                alike.setdefault((event_words, item.kind, item.workday), []).append((place, item))
    pairs = sorted(
        (
            pair
            for group in alike.values()
            if len({item.offset for _, item in group}) > 1
            for pair in combinations(group, 2)
        ),
        key=lambda pair: (pair[0][0], pair[1][0]),
    )
    for (_, one), (_, other) in pairs:
        if id(one) not in chosen or one.offset == other.offset or one.clause == other.clause:
            continue
        if _is_twice(case, one, other) and not _differ(case, one, other):
            yield one, other


_ALIKE_EVENT = re.compile(r"[，、。；：\s]|自|从|在|之日起?|后|起|时")
_EVENT_CHARS = 4


# 该线投产之前的整线联动调试，乙方应于7月31日前完成: what it says of itself cannot be due after that production.
_BEFORE_STEP = re.compile(
    r"(?P<step>投产|试生产|试产|开工|动工|封顶|竣工验收|竣工|移交|交付|开业|开园|通车)(?:之前|以前|前)的?(?P<deed>[^，。；\n0-9]{2,20})[，,]?"
)


def _is_meant_before(case: Case, late: Obligation, early: Obligation) -> bool:
    """The later duty calls itself one that comes before the very step that the earlier one of its clause owes."""
    if late.clause != early.clause or late.anchor or early.anchor or late.due_start <= late.start:
        return False
    match = _BEFORE_STEP.search(fold_text(case.text(late.start, late.due_start)))
    if match is None:
        return False
    words = fold_text(case.text(early.start, early.end))
    own = _words(case, late)
    named = _PHASE.search(own) or _THING.search(own)  # else it is of what the clause spoke of
    return match["step"] in words and _BEFORE_STEP.search(words) is None and not (named and _differ(case, early, late))


def _is_told(case: Case, item: Obligation) -> bool:
    """What minutes tell as done on a day (2025年10月14日，9号楼移交完毕), no duty: a bare day and no word that binds."""
    provision = case.understanding.provisions[item.provision] if item.provision is not None else None
    if provision is None or provision.kind == "table_row" or item.anchor or item.due_start != item.start:
        return False
    words = case.text(item.start, item.end)
    return bool(_BARE_DAY.match(words)) and not _BINDS.search(words)


_BARE_DAY = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日[，,]")
_BINDS = re.compile(r"应|须|必须|负责|承诺|保证|确保|将(?!于)|要|不得|前")
_NOBODY = frozenset({"unknown", "both"})  # no one party: 项目达产时间按…掌握


def _clash(case: Case, first: Obligation, second: Obligation) -> bool:
    return _is_out_of_order(case, first, second) or _is_twice(case, first, second)


def _is_out_of_order(case: Case, first: Obligation, second: Obligation) -> bool:
    early, late = _step(case, first), _step(case, second)
    projects = (
        first.side != "government" and second.side != "government"
    )  # a government's works are many, not one project
    if projects and early is not None and late is not None and early > late and not _differ(case, first, second):
        return True
    deed, deed_too = _deed(case, first), _deed(case, second)
    if fire_first(case, first, second):
        return True
    if _ACCEPTED.search(_words(case, first)) and _ACCEPTANCE.search(deed_too) and not _ACCEPTANCE.search(deed):
        return projects and not _differ(case, first, second)
    if any(permit.search(deed_too) and work.search(deed) and not permit.search(deed) for permit, work in _PERMITS):
        return projects and not _differ(case, first, second)
    if first.clause == second.clause and _PRODUCED.search(deed) and _INSTALLED.search(deed_too):
        return not _differ(case, first, second)
    return _is_before_its_building(case, first, second)


def _is_before_its_building(case: Case, first: Obligation, second: Obligation) -> bool:
    """One and the same building handed over before it is completed, completed before it is begun."""
    steps = [_object_steps(_words(case, item)) for item in (first, second)]
    if not steps[0] or not steps[1] or min(steps[0]) <= max(steps[1]):
        return False
    told, told_too = _event(case, first), _event(case, second)
    return len(told.content & told_too.content) > 1 and alike(told, told_too) and same_object(told, told_too)


@lru_cache(maxsize=1024)
def _object_steps(words: str) -> tuple[int, ...]:
    told = _FINISHED.sub("", _REMARK.sub("", words))
    return tuple(index for index, step in enumerate(_OBJECT_STEPS) if step.search(told))


# 竣工验收合格的综合体于4月移交, 6月通过竣工验收: what is handed over has not been accepted.
_ACCEPTED = re.compile(r"验收合格(?:的|后|并)[^，。；]{0,30}(?:移交|交付)")
_ACCEPTANCE = re.compile(r"(?:通过|完成)[^，。；]{0,6}竣工验收")
# 竣工验收合格的综合体, 已建成: an attribute, no step.
_FINISHED = re.compile(
    r"(?:竣工|验收|完工|建成)[^，。；]{0,8}的|已[^，。；]{0,10}(?:竣工|验收|完工|建成)[^，。；]{0,4}"
)


def _step(case: Case, item: Obligation) -> int | None:
    words = _deed(case, item)
    return max((index for index, step in enumerate(_STEPS) if step.search(words)), default=None)


def _deed(case: Case, item: Obligation) -> str:
    """What is to be done by the day: the phrase after the time, or the words around the time where it stands last."""
    return _done(case.document.text, (item.start, item.end), (item.due_start, item.due_end))


@lru_cache(maxsize=1024)
def _done(text: str, duty: tuple[int, int], due: tuple[int, int]) -> str:
    after = re.split(r"[，。；\n\t]", text[due[1] : duty[1]], maxsplit=1)[0]
    if _BY_DAY.fullmatch(after) is None and len(after) > 1 and re.search(r"[\u4e00-\u9fff]", after):
        return after
    return text[duty[0] : due[0]] + text[max(due[1], duty[0]) : duty[1]]


_BY_DAY = re.compile(r"(?:之?[前内]|以前)?(?:掌握|执行|计算?|为准|控制|考虑|把握|确定|安排)")  # 达产时间按12月31日掌握


def _differ(case: Case, one: Obligation, other: Obligation) -> bool:
    """Whether the two speak of different phases or different buildings."""
    words, words_too = _words(case, one), _words(case, other)
    if (
        siblings(words, words_too)
        or called_apart(words, words_too)
        or bool(_ALL.search(words)) != bool(_ALL.search(words_too))
    ):
        return True  # 胶合木线投产 before 全部建成
    phases, phases_too = (set(_PHASE.findall(_words(case, item))) for item in (one, other))
    if bool(phases) != bool(phases_too) and (one.clause != other.clause or not (phases | phases_too) <= _FIRST_PHASES):
        return True
    if phases and phases_too and not phases & phases_too:
        return True
    things, things_too = (set(_THING.findall(_words(case, item))) for item in (one, other))
    if not things or not things_too:
        return bool((things | things_too) - _MAIN)  # 综合楼竣工 after 投产 is another building
    return not things & things_too


def _words(case: Case, item: Obligation) -> str:
    """The duty's words, after the label of its line: B6厂房：竣工并交付的日期为…"""
    return _labelled(case.document.text, item.start, item.end)


@lru_cache(maxsize=1024)  # each duty is held against each other
def _labelled(text: str, start: int, end: int) -> str:
    label = _LABEL.search(text[text.rfind("\n", 0, start) + 1 : start])
    return fold_text((label.group() if label else "") + text[start:end])


_ALL = re.compile(r"全部|整体|全面|各期|两期|所有|全线")
_LABEL = re.compile(r"[^，。；：:\n]{1,16}[：:]$")


def _is_once(case: Case, one: Obligation, other: Obligation) -> bool:
    """Both are the one start, the one production or the one full capacity of the project."""
    deed, deed_too = _deed(case, one), _deed(case, other)
    return any(step.search(deed) and step.search(deed_too) for step in _ONCE)


def _is_twice(case: Case, one: Obligation, other: Obligation) -> bool:
    """One thing, one deed, two days."""
    if one.recurrence or other.recurrence or (one.quantity and other.quantity and one.quantity != other.quantity):
        return False
    if called_apart(_words(case, one), _words(case, other)):
        return False
    if bool(_REPORTS.search(_deed(case, one))) != bool(_REPORTS.search(_deed(case, other))):
        return False
    told, told_too = _event(case, one), _event(case, other)
    shared = told.acts & told_too.acts or _names_only(told, told_too)
    if (
        not shared
        or not alike(told, told_too)
        or _is_staircase(told, told_too)
        or ("full" in told.acts) != ("full" in told_too.acts)
    ):
        return False
    if _is_once(case, one, other):
        return not _MANY_PHASES.search(case.folded.text) and not _differ(case, one, other)
    return same_object(told, told_too)


# 报送投资审计报告 is a paper about the investment, not the investment.
_REPORTS = re.compile(
    r"(?:报送|提交|出具|报告|递交|提供|编制|上报)[^，。；]{0,24}(?:报告|报表|清单|台账|材料|资料|方案|证明|名单|预案|计划)"
)


def _is_staircase(one: Event, other: Event) -> bool:
    """So much by one day and all of it by another: investment, posts, output grow step by step."""
    if not _GROWING & one.things & other.things or (one.marks and one.marks == other.marks):
        return False
    steps = not one.amounts & other.amounts and bool(one.amounts) == bool(other.amounts)
    return steps or bool(_ALL.search(one.words)) != bool(_ALL.search(other.words))


_GROWING = frozenset({"fixed", "jobs", "revenue", "capital", "tax", "equipment", "lines"})


def _names_only(one: Event, other: Event) -> bool:
    """A row that names a thing by its size and no deed."""
    return not (one.acts and other.acts) and bool(one.amounts & other.amounts)


def _event(case: Case, item: Obligation) -> Event:
    """What is owed, without its time, its bearer and remarks in brackets."""
    told = _owed(case.document.text, (item.start, item.end), (item.due_start, item.due_end))
    if not told.acts:
        told = _by_heads(case, item) or told
    named = told.marks or told.things or len(told.content) > 1
    return told if named else msgspec.structs.replace(told, marks=_marks_before(case, item))


@lru_cache(maxsize=1024)
def _owed(text: str, duty: tuple[int, int], due: tuple[int, int]) -> Event:
    start = max(duty[0], 0)
    before, after = text[start : max(start, due[0])], text[max(due[1], start) : duty[1]]
    label = _LABEL.search(text[text.rfind("\n", 0, start) + 1 : start])
    before = (label.group().rstrip("：:") if label else "") + before
    if "\t" in before and re.search(r"[\u4e00-\u9fff]", before):  # a row: the cells behind the day tell who sees to it
        return event(_BEARER.sub("", _REMARK.sub("", before).replace("\t", " ")))
    before, after = _REMARK.sub("", before), _REMARK.sub("", after)
    phrase = next((part for part in _PHRASE.split(after) if len(part) > 1), "")
    return event(_BEARER.sub("", f"{_PHRASE.split(before)[-1]} {phrase}"))


def _by_heads(case: Case, item: Obligation) -> Event | None:
    """The event of a row that only names things, with the heads of its first column and its day's: 1号(车间) | 移交时间."""
    provision = case.understanding.provisions[item.provision] if item.provision is not None else None
    days = [one for one in case.understanding.obligations if one.provision == item.provision and one.due is not None]
    if provision is None or provision.kind != "table_row" or not provision.stems or len(days) > 1:
        return None
    heads = case.text(provision.stems[-1].start, provision.stems[-1].end).split("\t")
    row = case.text(provision.start, provision.end).split("\t")
    place = case.text(provision.start, item.due_start).count("\t")
    if len(heads) != len(row) or not 0 < place < len(heads):
        return None
    return event(f"{row[0]}{heads[0]} {_TIME_HEAD.sub('', heads[place])}")


_TIME_HEAD = re.compile(r"时间|日期|期限|时限|节点")


def _marks_before(case: Case, item: Obligation) -> frozenset[tuple[str, str]]:
    """The number that stands before in the sentence, or in the one before: 1号厂房已封顶，丙方应在…前交付."""
    line = case.document.text.rfind("\n", 0, item.due_start) + 1
    said = [part for part in re.split("[。；]", case.text(line, item.due_start)) if part]
    return next(
        (marks for part in reversed(said[-2:]) if (marks := event(_REFERENCE.sub("", part)).marks)), frozenset()
    )


_PHRASE = re.compile(r"[，。；\n]")


_REFERENCE = re.compile(r"第[0-9一二三四五六七八九十]+(?:\.[0-9]+)*[条款项年]|[0-9]{4}年度?")
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_BEARER = re.compile(r"[甲乙丙丁]方|项目公司|[县市区镇]政府|管委会|第[0-9一二三四五六七八九十]+[条款项]")
