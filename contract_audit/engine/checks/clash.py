"""When two duties with days contradict one another: a later step of one project due first, one deed due on two days."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain, product
from typing import NamedTuple

import msgspec

from contract_audit.deeds import Event, alike, same_object
from contract_audit.engine.case import Case
from contract_audit.engine.checks.apart import ALL, PHASE, differ
from contract_audit.engine.checks.called import called_apart, names_a_place
from contract_audit.engine.checks.deed_words import REMARK, event_of, named_by_heads, own_event_of, words_of
from contract_audit.engine.checks.deeds_owed import added_deeds, with_topic
from contract_audit.engine.checks.named_alike import named_alike
from contract_audit.engine.checks.order import EQUIPPED, FIRE, ROOFED, USED, equipped_first, fire_first
from contract_audit.engine.checks.stages import STAGES, out_of_stage
from contract_audit.model import Obligation

# The steps of a project in the order in which they must come.
_STEPS = tuple(
    re.compile(words)
    for words in (
        r"(?:注册|设立|成立|登记)[^，。；销研贸分子]{0,16}(?:公司|企业)|(?:公司|企业)[^，。；变更股]{0,10}(?:注册|设立|登记)(?![的证类商])",
        r"开工|动工|破土|进场施工",
        r"封顶",
        r"竣工(?!环境保护|环保|决算|结算)|完工|建成",
        r"投产|投入生产|试产|试生产|正式生产|投料|投入运营|开[业张市园诊学馆街航]|(?:试|对外|正式)(?:营业|运营)|[迎接纳]客(?!户|运|流|商)|接待(?:游|旅)?客",
        r"达产|满产|达到(?:全部)?设计(?:产能|生产能力|能力|规模)(?!的[0-9百])",
    )
)
# The steps of one building or work; here the object must be the same.
_OBJECT_STEPS = tuple(
    re.compile(words)
    for words in (
        r"开工|动工|破土|进场施工",
        r"封顶",
        r"竣工|完工|建成|验收合格|通过验收",
        r"移交|交付|交钥匙|交给|交房|启用|投入使用|投用",
    )
)
_INSTALLED = re.compile(
    r"(?:设备|产线|生产线|机组|主机|进场)[^，。；]{0,12}(?:安装|调试)|(?:安装|调试)[^，。；]{0,6}(?:设备|产线|机组)"
)
_PRODUCED = re.compile(r"投产|投入生产|试生产|试产|投料")
_BEGUN = re.compile("投产|投入生产|试产|试生产|正式生产|投料|投入运营|开业|开张|开市|开园")
_ONCE = (_STEPS[1], _BEGUN, _STEPS[5])  # a project of one phase starts, produces, reaches its capacity once
# What the law wants first, and what may follow only then.
_PERMITS = tuple(
    (re.compile(permit), re.compile(work))
    for permit, work in (
        (r"(?:取得|领取|办[理妥结])[^，。；]{0,10}(?:施工许可|规划许可|用地批准|出让合同)", r"开工|动工|破土"),
        (r"(?:取得|领取|办[理妥结])[^，。；]{0,10}排污许可", r"投产|试生产|试产"),
        (
            r"(?:取得|获得|领取|拿到|通过)[^，。；]{0,16}(?:合格证|适航证|注册证|(?:生产|经营)许可|批准文号|型号批准)",
            r"批量(?:交付|供货|生产|销售)|上市销售|对外销售|(?:首批|向)[^，。；]{0,6}客户[^，。；]{0,4}(?:交付|供货)",
        ),
        (r"(?:取得|领取|办[理妥结])[^，。；]{0,10}(?:采矿|取水|安全生产)许可", r"投产|试生产|开采|取水|出矿"),
    )
)
_MANY_PHASES = re.compile(r"[二三四]期|第[二三四]期|分期")


NOBODY = frozenset({"unknown", "both"})  # no one party: 项目达产时间按…掌握


class Roles(NamedTuple):
    """In which contradictions a duty may be the one due first, and in which the other: only duties that share a name there,
    or an amount where both have any, are held against each other.
    """

    first: frozenset[str]
    second: frozenset[str]
    counts: bool  # what is owed has an amount


def roles(case: Case, item: Obligation) -> Roles:
    """What a duty may be where two `clash`: names of what its words tell, each being looked for once; figures tell nothing
    of them.
    """
    step, steps = _step(case, item), _object_steps(words_of(case, item))
    words = f"{words_of(case, item)}。{_deed(case, item)}"
    first = {str(place) for place, (begun, _) in enumerate(_ONE_BEFORE_OTHER) if begun.search(words)}
    second = {str(place) for place, (_, wanted) in enumerate(_ONE_BEFORE_OTHER) if wanted.search(words)}
    first |= {f"step{early}" for early in range(step or 0)} | {
        f"object{early}" for early in range(min(steps, default=0))
    }
    second |= ({f"step{step}"} if step is not None else set()) | ({f"object{max(steps)}"} if steps else set())
    events = _told(case, item)
    acts = {*chain.from_iterable(event.acts for event in events)}
    return Roles(frozenset(first | acts), frozenset(second | acts), any(event.amounts for event in events))


def amounts(case: Case, items: Sequence[Obligation]) -> list[frozenset[str]]:
    """The amounts of each duty, of which two share one where they are one deed due on two days and one names only these.

    Where all have their quantity, by that: two that share none of it are not one deed.
    """
    if all(item.quantity for item in items):
        return [frozenset(_quantities(item)) for item in items]
    return [
        frozenset(f"{unit}{amount}" for event in _told(case, item) for unit, amount in event.amounts) for item in items
    ]


def _told(case: Case, item: Obligation) -> tuple[Event, ...]:
    """The event of a duty's own phrase, and its deeds."""
    told = own_event_of(case, item)
    return told, *_deeds(case, item, told)


def clash(case: Case, first: Obligation, second: Obligation) -> bool:
    """Whether the first cannot be due before the second, or both are one deed due on two days."""
    return _is_out_of_order(case, first, second) or is_twice(case, first, second)


def _is_out_of_order(case: Case, first: Obligation, second: Obligation) -> bool:
    early, late = _step(case, first), _step(case, second)
    projects = (
        first.side != "government" and second.side != "government"
    )  # a government's works are many, not one project
    deed, deed_too = _deed(case, first), _deed(case, second)
    steps = projects and early is not None and late is not None and early > late
    whole = bool(ALL.search(words_of(case, first)))  # all of it runs before it is built
    further = _is_further(case, first, second) or _is_trial_before_acceptance(deed, deed_too)
    if steps and not differ(case, first, second, part=not whole) and not further:
        return True
    if fire_first(case, first, second) or equipped_first(case, first, second):
        return True
    if _ACCEPTED.search(words_of(case, first)) and _ACCEPTANCE.search(deed_too) and not _ACCEPTANCE.search(deed):
        return projects and not differ(case, first, second)
    if any(permit.search(deed_too) and work.search(deed) and not permit.search(deed) for permit, work in _PERMITS):
        return projects and not differ(case, first, second)
    if first.clause == second.clause and _PRODUCED.search(deed) and _INSTALLED.search(deed_too):
        return not differ(case, first, second)
    if projects and out_of_stage(case, first, second):
        return True
    return _is_live_unfinished(case, first, second) or is_before_its_building(case, first, second)


def _is_further(case: Case, first: Obligation, second: Obligation) -> bool:
    """What one clause tells next, by a name of its own, is a later part: 3月31日前投产；次年9月20日前把蚝壳粉车间建成."""
    following = first.clause == second.clause and first.start < second.start
    return following and names_a_place(words_of(case, second)) and not names_a_place(words_of(case, first))


# What carries current, water or traffic must have been laid.
_LIVE = re.compile(r"投运|送电|通电|受电|通水|通气|供汽|通车")
_LAID = re.compile(
    r"(?:电气|设备|变压器|管[道网线]|线路|电缆)[^，。；]{0,8}(?:安装|铺设|敷设|架设)|(?:铺设|敷设|架设)[^，。；]{0,12}(?:管|线|电缆)|土建|主体|路基|路面"
)


def _is_live_unfinished(case: Case, first: Obligation, second: Obligation) -> bool:
    """变电站2月投运送电, its 电气设备 installed in May."""
    words, words_too = words_of(case, first), words_of(case, second)
    if not _LIVE.search(words) or _LIVE.search(words_too) or not _LAID.search(words_too) or _LAID.search(words):
        return False
    told, told_too = event_of(case, first), event_of(case, second)
    parts = msgspec.structs.replace(told, parts=told_too.parts)
    return len(told.content & told_too.content) > 1 and alike(parts, told_too) and not differ(case, first, second)


def is_before_its_building(case: Case, first: Obligation, second: Obligation) -> bool:
    """One and the same building handed over before it is completed, completed before it is begun."""
    steps = [_object_steps(words_of(case, item)) for item in (first, second)]
    if not steps[0] or not steps[1] or min(steps[0]) <= max(steps[1]):
        return False
    told, told_too = (with_topic(case, item, event_of(case, item)) for item in (first, second))
    common = told.content & told_too.content
    beside = "\n" not in case.text(min(first.start, second.start), max(first.start, second.start))
    here = beside and bool(common and told.things) and told.things == told_too.things
    if here and not told.parts:  # handed over before a part of it is done
        told = msgspec.structs.replace(told, parts=told_too.parts)
    if not alike(told, told_too) or _HANDS_PAPERS.search(words_of(case, first)):
        return False
    numbered = bool(told.marks) and told.marks == told_too.marks and bool(told.things & told_too.things)
    return numbered or here or (len(common) > 1 and same_object(told, told_too))


_HANDS_PAPERS = re.compile(r"(?:移交|交付|交给)[^，。；]{0,24}(?:文件|资料|图纸?|档案|手续|证书)")


@lru_cache(maxsize=1024)
def _object_steps(words: str) -> tuple[int, ...]:
    told = _FINISHED.sub("", REMARK.sub("", words))
    return tuple(index for index, step in enumerate(_OBJECT_STEPS) if step.search(told))


# 竣工验收合格的综合体于4月移交, 6月通过竣工验收: what is handed over has not been accepted.
_ACCEPTED = re.compile(r"验收合格(?:的|后|并)[^，。；]{0,30}(?:移交|交付)")
_ACCEPTANCE = re.compile(r"(?:通过|完成)[^，。；]{0,6}竣工验收")
# What is due first, and what must come before it.
_ONE_BEFORE_OTHER = (
    (USED, FIRE),
    (EQUIPPED, ROOFED),
    (_ACCEPTED, _ACCEPTANCE),
    (_PRODUCED, _INSTALLED),
    (_LIVE, _LAID),
    *((late, early) for late, early, _ in STAGES),
    *((work, permit) for permit, work in _PERMITS),
)
# 竣工验收合格的综合体, 已建成: an attribute, no step.
_FINISHED = re.compile(
    r"(?:竣工|验收|完工|建成)[^，。；]{0,8}的|已[^，。；]{0,10}(?:竣工|验收|完工|建成)[^，。；]{0,4}"
)


def _is_trial_before_acceptance(deed: str, deed_too: str) -> bool:
    """A plant is tried before it is accepted: 6月投料试生产, 12月完成竣工验收."""
    return bool(_TRIAL.search(deed) and not _REAL.search(deed) and _ACCEPTANCE.search(deed_too))


_TRIAL = re.compile(r"试生产|试产|试运行|试车|投料")
_REAL = re.compile(r"(?<!试)投产|正式")


def _step(case: Case, item: Obligation) -> int | None:
    words = _deed(case, item)
    if _REPORTS.search(words):
        return None
    return max((index for index, step in enumerate(_STEPS) if step.search(words)), default=None)


def _deed(case: Case, item: Obligation) -> str:
    """What is to be done by the day: the phrase after the time, or the words around the time where it stands last."""
    by_heads = named_by_heads(case, item)
    if by_heads is not None and by_heads.acts:
        return by_heads.words  # 一期 under 开工
    duty, due = (item.start, item.end), (item.due_start, item.due_end)
    return case.kept((_deed, id(item)), partial(_done, case.document.text, duty, due))


def _done(text: str, duty: tuple[int, int], due: tuple[int, int]) -> str:
    after = re.split(r"[，。；\n\t]", text[due[1] : duty[1]], maxsplit=1)[0]
    if _BY_DAY.fullmatch(after) is None and len(after) > 1 and re.search(r"[\u4e00-\u9fff]", after):
        return after
    return text[duty[0] : due[0]] + text[max(due[1], duty[0]) : duty[1]]


_BY_DAY = re.compile(
    r"(?:之?[前内]|以前)?(?:掌握|执行|计算?|为准|控制|考虑|把握|确定|安排|[作]?为(?:最后|最终|最迟|截止)?(?:期限|限|截止日?|时限))"
)  # 达产时间按12月31日掌握


def is_once(case: Case, one: Obligation, other: Obligation) -> bool:
    """Both are the one start, the one production or the one full capacity of the project."""
    deed, deed_too = _deed(case, one), _deed(case, other)
    if one.kind == other.kind == "registration" and one.side == other.side:  # 登记设立全资项目公司, 项目公司应登记设立
        return not _BRANCH.search(deed + deed_too) and all(_STARTS_FIRM.search(words) for words in (deed, deed_too))
    return any(step.search(deed) and step.search(deed_too) for step in _ONCE)


_STARTS_FIRM = re.compile(r"注册|设立|成立|工商")
_BRANCH = re.compile(r"子公司|分公司|销售公司|贸易公司|变更|税务|商标|产权")


def is_twice(case: Case, one: Obligation, other: Obligation) -> bool:
    """One thing, one deed, two days."""
    if one.recurrence or other.recurrence or not _is_as_much(one, other):
        return False
    if bool(_ANOTHER.search(words_of(case, one))) != bool(_ANOTHER.search(words_of(case, other))):
        return False
    if called_apart(words_of(case, one), words_of(case, other)):
        return False
    if bool(_REPORTS.search(_deed(case, one))) != bool(_REPORTS.search(_deed(case, other))):
        return False
    if named_alike(case, one, other):
        return True
    told, told_too = event_of(case, one), event_of(case, other)
    if is_once(case, one, other):
        phases, phases_too = (set(PHASE.findall(words_of(case, item))) for item in (one, other))
        if phases and phases == phases_too and told.acts & told_too.acts and told.parts == told_too.parts:
            return not differ(case, one, other)
        if _is_one_deed(told, told_too):
            return not case.once(_phases_told)[0] and not differ(case, one, other)
    return _is_same_sum(told, told_too) or any(
        _is_one_deed(deed, deed_too) and (same_object(deed, deed_too) or _is_same_size(one, other, deed, deed_too))
        for deed, deed_too in product(_deeds(case, one, told), _deeds(case, other, told_too))
    )


def _phases_told(case: Case) -> Iterator[bool]:
    """Whether the paper speaks of several phases."""
    yield bool(_MANY_PHASES.search(case.folded.text))


# 再缴纳100万元: one more of the kind.
_ANOTHER = re.compile(
    r"再(?:[向由][^，。；]{1,6})?(?:缴|交|支付|付|投|追加|提供|拨|给)|另[行外]?(?:缴|支付|付|投|拨)|追加|剩余|其余|[余尾]款|补足|补缴"
)


def _is_as_much(one: Obligation, other: Obligation) -> bool:
    """Whether the quantities of the two share one, where both name any: 600米、宽7米 and 600米."""
    ours, theirs = _quantities(one), _quantities(other)
    return not (ours and theirs) or bool(ours & theirs)


def _quantities(item: Obligation) -> set[str]:
    return {part for part in (item.quantity or "").split("、") if part}


def _is_same_size(one: Obligation, other: Obligation, told: Event, told_too: Event) -> bool:
    """Works of one kind and one size, whatever they are called: 35千伏专用线路送电 and 35千伏专线送电."""
    sizes = bool(one.quantity) and one.quantity == other.quantity and "元" not in (one.quantity or "")
    return sizes and bool(told.things) and told.things == told_too.things and bool(told.content & told_too.content)


def _is_same_sum(told: Event, told_too: Event) -> bool:
    """固定资产投资4.2亿元…全部到位, and elsewhere 到位4.2亿元: the one names nothing but the sum of the other."""
    sums, sums_too = ({one for one in deed.amounts if one[0] == "元"} for deed in (told, told_too))
    bare = any(not (deed.things or deed.marks or deed.acts) for deed in (told, told_too))
    reached = all(_REACHED.search(deed.words) for deed in (told, told_too))
    invested = bool(_GROWING & (told.things | told_too.things)) or "投资" in told.words + told_too.words
    return bool(sums) and sums == sums_too and bare and reached and invested


_REACHED = re.compile(r"到位|完成|投入|实缴|达到|投满")


def _deeds(case: Case, item: Obligation, main: Event) -> tuple[Event, ...]:
    return (with_topic(case, item, main), *added_deeds(case, item))


def _is_one_deed(told: Event, told_too: Event) -> bool:
    """Both tell of one act, and nothing told of the one speaks against the other."""
    return bool(
        (told.acts & told_too.acts or _names_only(told, told_too))
        and alike(*_by_one_measure(told, told_too))
        and not _is_staircase(told, told_too)
        and ("full" in told.acts) == ("full" in told_too.acts)
    )


# 报送投资审计报告 is a paper about the investment, not the investment.
_REPORTS = re.compile(
    r"(?:报送|提交|出具|报告|递交|提供|编制|上报)[^，。；]{0,24}(?:报告|报表|清单|台账|材料|资料|方案|证明|名单|预案|计划)"
)


def _by_one_measure(one: Event, other: Event) -> tuple[Event, Event]:
    """The two without the lengths that only the fuller one gives: 长600米、宽7米 beside 600米."""
    lengths, lengths_too = ({size for size in deed.amounts if size[0] == "米"} for deed in (one, other))
    if not (lengths and lengths_too) or not (lengths <= lengths_too or lengths_too <= lengths):
        return one, other
    only = lengths ^ lengths_too
    return msgspec.structs.replace(one, amounts=one.amounts - only), msgspec.structs.replace(
        other, amounts=other.amounts - only
    )


def _is_staircase(one: Event, other: Event) -> bool:
    """So much by one day and all of it by another: investment, posts, output grow step by step."""
    grows = one.things & other.things
    if "subsidy" in grows or not _GROWING & grows or (one.marks and one.marks == other.marks):
        return False
    steps = not one.amounts & other.amounts and bool(one.amounts) == bool(other.amounts)
    return steps or bool(ALL.search(one.words)) != bool(ALL.search(other.words))


_GROWING = frozenset({"fixed", "jobs", "revenue", "capital", "tax", "equipment", "lines"})


def _names_only(one: Event, other: Event) -> bool:
    """A row that names a thing by its size and no deed."""
    return not (one.acts and other.acts) and bool(one.amounts & other.amounts)
