"""Whether a duty is one that a rule is about, and how many days it leaves for what is to be done."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter, itemgetter

from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case
from contract_audit.engine.checks.deed_words import without_remarks
from contract_audit.engine.checks.lengths import days_of
from contract_audit.engine.view import View
from contract_audit.model import Obligation, Value
from contract_audit.rulespec import ObligationCheck

_FROM_SIGNING = re.compile(r"签[订约署字章定]|生效")


def view_of(case: Case, obligation: Obligation) -> View | None:
    """The provision that the duty stands in; None where it stands in none."""
    return case.views[obligation.provision] if obligation.provision is not None else None


def days_given(case: Case, *, any_event: bool) -> dict[int, int]:
    """By the ids of the duties that tell them: days between signing and the due date, or as many as the duty counts from the
    signing itself or `any_event`.
    """
    return case.kept((days_given, any_event), lambda: dict(_all_days_given(case, any_event=any_event)))


def _all_days_given(case: Case, *, any_event: bool) -> Iterator[tuple[int, int]]:
    for obligation in case.understanding.obligations:
        days = _days_given(case, obligation, any_event=any_event)
        if days is not None:
            yield id(obligation), days


def _days_given(case: Case, obligation: Obligation, *, any_event: bool) -> int | None:
    told = case.text(obligation.due_start, obligation.due_end)
    begun = _days_from_start(case, obligation) if any_event else None
    if begun is not None:
        return begun
    counted = obligation.anchor and obligation.offset and not _AHEAD.search(told)
    if any_event and counted and not _STANDING.search(obligation.anchor or ""):
        return days_of(obligation.offset or "", workday=obligation.workday)
    first = case.signed_on if case.mode == "signed" else case.context.as_of
    if obligation.due is not None and first is not None:
        return (obligation.due - first).days
    bare = any_event and not obligation.anchor  # 三个星期内通车: from the signing
    if not bare and not _FROM_SIGNING.search(obligation.anchor or ""):
        return None
    return days_of(obligation.offset or "", workday=obligation.workday)


def _days_from_start(case: Case, obligation: Obligation) -> int | None:
    """Days from the start of building that its sentence tells before the due date: 4月1日动工，5月15日前交付."""
    if obligation.due is None or obligation.due_end <= obligation.due_start or obligation.anchor:
        return None
    starts = case.once(_starts_of_building)
    behind = bisect_left(starts, obligation.due_start, key=_START)
    begun = starts[behind - 1] if behind else None
    text = case.document.text
    if begun is None or begun.since is None:
        return None
    if any(text.find(mark, begun.start, obligation.due_start) >= 0 for mark in "。；\n"):
        return None  # of another sentence
    told = case.text(obligation.due_start, obligation.due_end)
    due = obligation.due if "年" in told else obligation.due.replace(year=begun.since.year)
    return (due - begun.since).days


def _starts_of_building(case: Case) -> Iterator[Value]:
    """The days that building begins on, in text order."""
    text = case.document.text
    return (one for one in case.understanding.values if one.kind == "date" and _BEGINS.match(text, one.end))


_START = attrgetter("start")
_BEGINS = re.compile(r"(?:前|起|已|正式|破土|方|才|左右)?(?:开工|动工|破土|开建|奠基|进场施工|打桩)")
# What counts from these has been built, offered or examined before.
_STANDING = re.compile(
    r"竣工|验收|封顶|建成|完工|期满|届满|受理|成交|中标|开标|摘牌|公示|批准|批复|评审|(?:厂房|房屋|车间|楼)[^，。；]{0,4}(?:移交|交付)"
)
_AHEAD = re.compile(r"前[0-9一二三四五六七八九十两]+个?[月日天年周]|提前")  # 投产前两个月完成


def fits(parameters: ObligationCheck, case: Case, obligation: Obligation) -> bool:
    """Whether the duty has one of the words and acts that the rule is about, and one of its conditions holds."""
    view = view_of(case, obligation)
    own = case.text(obligation.start, max(_phrase_end(case, obligation), obligation.due_end))
    text = view.text[: view.text.rfind("\x1f") + 1] + own if view is not None else own
    told = f"{_sentence_before(case, obligation)}{text}" if parameters.any_event else text
    if parameters.words and not any(word in told for word in parameters.words):
        return False
    if parameters.acts and not any(act in text[text.rfind("\x1f") + 1 :] for act in parameters.acts):
        return False
    return not parameters.given or (view is not None and _is_given(parameters, case, view, told))


def _is_given(parameters: ObligationCheck, case: Case, view: View, told: str) -> bool:
    """Whether a condition of the rule holds; what the paper says elsewhere of other works is none of this duty's."""
    exception = case.holds(parameters.given, view, view.own_start, len(view.text))
    if exception is None or exception.within != "document":
        return exception is not None
    said = case.views_with(case.source(exception))
    clause = view.provision.clause
    own = set(_WORKS.findall(told) or _WORKS.findall("".join(one.text for one in case.clause_views(clause))))
    for number, other in enumerate(case.views):
        if said >> number & 1:
            named = set(_WORKS.findall(other.text))
            if not named or not own or named & own or other.provision.clause == clause:
                return True
    return False


# Works that are designed and built each for itself.
_WORKS = re.compile(
    r"桥|隧道|路(?!线|径|灯|由)|厂房|车间|公寓|宿舍|住房|学校|医院|变电站|线路|水厂|处理厂|泵站|管网|管道|冷库|仓库|堆场|码头|泊位|楼(?!层|盘|梯)"
)


def _sentence_before(case: Case, obligation: Obligation) -> str:
    """What the sentence says before the duty: 项目所需260亩土地仍由村民耕种，甲方应在7月5日前全部收回.

    Before a row of a table it is the line above the table: 代建厂房工期安排（50000平方米）.
    """
    text = case.document.text
    tables = case.once(_table_spans)
    behind = bisect_right(tables, obligation.start, key=itemgetter(0))
    begin, end = tables[behind - 1] if behind else (0, 0)
    if obligation.start < end:
        return text[:begin].rstrip("\n").rpartition("\n")[2]
    begin = behind_last("\n。；", text, obligation.start)
    return text[begin : obligation.start]


def _table_spans(case: Case) -> Iterator[tuple[int, int]]:
    """From where to where each table stands, in text order."""
    return ((rows[0].start, rows[-1].end) for rows in case.tables())


def _phrase_end(case: Case, obligation: Obligation) -> int:
    """Where the phrase after the time ends: what is added to it (腾给乙方使用，用到厂房移交为止) is not what is due."""
    if obligation.due_end <= obligation.due_start or obligation.due_end >= obligation.end:
        return obligation.end
    rest = without_remarks(case.text(obligation.due_end, obligation.end))
    parts = [match.start() for match in _COMMA.finditer(rest) if match.start() > 1]
    later = parts[1] if len(parts) > 1 and _ADDS.match(rest, parts[0] + 1) else (parts[0] if parts else len(rest))
    return obligation.due_end + later


_COMMA = re.compile("[，；。]")
_ADDS = re.compile(r"并|且|及|同时|完成|取得|交|建成|竣工|办")
