"""What must come first between two sides: a place handed over before it is fitted out, the fire acceptance before its use."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from contract_audit.chinese.text import behind_last, fold_text
from contract_audit.deeds import event
from contract_audit.engine.case import Case
from contract_audit.engine.checks.called import called_alike, called_apart
from contract_audit.engine.checks.deed_words import event_of
from contract_audit.model import Obligation, Side

_GIVEN = (
    r"移交|交付(?!保|押|租|款|定|履)|交地|腾[出空]|交给|供地|(?<![提成])交(?:由|与)?(?:[乙丙]方|贵公司|企业|项目公司)"
)
# What the one side hands over, and what the other can only do in it.
_NEEDS = tuple(
    (re.compile(place), re.compile(deed))
    for place, deed in (
        (r"净地|土地|宗地|地块|用地|场地", r"开工|动工|破土|进场施工"),
        (
            r"厂房|车间|楼层|[0-9一二三四五六七八九十]层|办公楼|用房|办公室|房屋|门面|商铺|校舍|场馆",
            r"装修|装饰|设备[^，。；]{0,6}(?:进场|安装|就位)|迁入|迁至|入驻|搬入|开业|开张|(?<!试)投产",
        ),
    )
)
_HANDED = re.compile(_GIVEN)
_OTHER_PLACE = re.compile(r"公寓|宿舍|食堂|过渡|临时|样板|展厅|自有|自建|自购")
_PHASE = re.compile(r"[一二三四首两][期批]")
_FIRST_PHASE = frozenset({"一期", "首期", "首批", "一批"})
FIRE = re.compile(r"消防[^，。；]{0,4}验收")
USED = re.compile(r"移交|交付(?!保|押|租|款|定|履)|投入使用|启用|投产|试生产")


def may_need(case: Case, item: Obligation) -> bool:
    """Whether a duty's deed may need a place that another side hands over."""
    deed = _words(case, item)
    done = any(needing.search(deed) for _, needing in _NEEDS) or _ON_IT.search(deed) or _DONE_THERE.search(deed)
    return bool(done) and not item.anchor


def may_be_given(case: Case, item: Obligation) -> bool:
    """Whether a duty may hand a place over."""
    return not item.anchor and _HANDED.search(_words(case, item)) is not None


Given = Callable[[re.Pattern[str], Side], date]  # when a side hands over such a place first


def first_given(case: Case, dated: list[Obligation]) -> Given:
    """When, of the duties, each side first hands over each kind of place; each being looked for once."""

    @cache
    def earliest(place: re.Pattern[str], side: Side) -> date:
        days = (one.due for one in dated if one.due and one.side == side and place.search(_words(case, one)))
        return min(days, default=date.max)

    return earliest


def may_wait(case: Case, first: Obligation, second: Obligation) -> bool:
    """Whether the deed might need the place, were it given late enough, or is told by where it is done."""
    return bool(_ON_IT.search(_words(case, first))) or needs_first(case, first, second, lambda place, side: date.max)


def needs_first(case: Case, first: Obligation, second: Obligation, given_on: Given) -> bool:
    """The deed due first needs the place that the other side hands over only later: 8月底前装修迁入, 9月底前移交楼层.

    Every hand-over of such a place must be later, and none of another phase.
    """
    if first.anchor or second.anchor:
        return False
    deed, given = _AFTERWARDS.sub("", _words(case, first)), _words(case, second)
    if _HANDED.search(given) is None or _OTHER_PLACE.search(deed + given) or FIRE.search(deed):
        return False
    if _needs_its_own(case, first, second) or _is_done_on_it(case, first, second):
        return True
    if called_apart(deed, given):
        return False
    for place, needing in _NEEDS:
        if place.search(given) is None or needing.search(deed) is None or _HANDED.search(deed):
            continue
        late = first.due is not None and given_on(place, second.side) > first.due
        alike = _same_phase(deed, given) and not _is_other_number(deed, given)
        return late and alike and not _may_stand_elsewhere(deed, given)
    return False


def _may_stand_elsewhere(deed: str, given: str) -> bool:
    """Whether only one of several numbered buildings is given, and only the first part of what is done is due: 首批产线投产, 2号厂房."""
    numbered = {mark for mark in event(given).marks if mark[0] in "号栋"}
    return bool(numbered) and _SOME.search(deed) is not None


_SOME = re.compile(r"首[批条台套]|第一[批条台套]|部分")


# 11月10日前拨付150万元，设备进场后再核定总额: what comes later waits for no day.
_AFTERWARDS = re.compile(
    r"[，,][^，。；\n0-9]{2,16}(?:之后|以后|后)(?=再|据实|方[可能]?|才|另行|予以|统一|一并)[^，。；\n]*"
)

# In one and the same place nothing is installed or produced before the place is handed over.
_PLACE = re.compile(r"厂房|车间|用地|地块|场地|楼|库")
_DONE_THERE = re.compile(r"投产|试生产|试产|设备[^，。；\t]{0,8}(?:进场|安装|就位|调试)|装修|开工|动工")


def _needs_its_own(case: Case, first: Obligation, second: Obligation) -> bool:
    """The deed is due in the very place, by its number or name, that is handed over only later: 7#厂房产线投产, 7#厂房移交."""
    deed, given = _task(case, first), _task(case, second)
    if not (_PLACE.search(deed) and _PLACE.search(given) and _DONE_THERE.search(deed)) or _HANDED.search(deed):
        return False
    numbers, numbers_too = ({mark for mark in event(words).marks if mark[0] in "号栋"} for words in (deed, given))
    if numbers or numbers_too:
        return numbers == numbers_too and _same_phase(deed, given)
    return called_alike(deed, given) and _same_phase(deed, given)


# 在后方堆场上完成打桩施工: where the work is done.
_ON_IT = re.compile(
    r"在(?:上述|该|前述|本|所交付的|租用的)*(?P<place>[^，。；在]{2,14}?)(?:上|内|里|范围内|中)(?P<deed>[^，。；]{2,24})"
)
_WORKS = frozenset({"build", "install", "start", "enter", "produce", "operate"})
_PLANTED = re.compile(r"入驻|办公|开业|营业|种植|定植|栽植|播种|养殖|施工|建设|改造|装修")
_SHARED_PAIRS = 1


def _is_done_on_it(case: Case, first: Obligation, second: Obligation) -> bool:
    """The deed is done on the very ground, in the very rooms that are handed over only later, called by the same words."""
    match = _ON_IT.search(_words(case, first))
    if match is None or not (event(match["deed"]).acts & _WORKS or _PLANTED.search(match["deed"])):
        return False
    begin = behind_last("\n。；", case.document.text, second.start)
    given = fold_text(case.text(begin, second.end))
    place = {pair for pair in event(match["place"]).pairs if len(pair) > 1}
    common = place & {pair for pair in event(given).pairs if len(pair) > 1}
    alike_enough = len(common) > _SHARED_PAIRS or (bool(common) and common == place)
    return alike_enough and _same_phase(_words(case, first), given) and not _is_other_number(match["place"], given)


def _task(case: Case, item: Obligation) -> str:
    """What is to be done, of a row what stands before its day: behind it stand the standard and remarks."""
    provision = case.understanding.provisions[item.provision] if item.provision is not None else None
    if provision is not None and provision.kind == "table_row" and item.start < item.due_start:
        return fold_text(case.text(item.start, item.due_start))
    return _words(case, item)


def fire_first(case: Case, first: Obligation, second: Obligation) -> bool:
    """One numbered building is to be used before its fire acceptance is due."""
    used, fire = _words(case, first), _words(case, second)
    if FIRE.search(fire) is None or USED.search(used) is None or FIRE.search(used):
        return False
    numbers, numbers_too = (
        {mark for mark in event_of(case, item).marks if mark[0] in "号栋"} for item in (first, second)
    )
    return bool(numbers & numbers_too)


def _same_phase(deed: str, given: str) -> bool:
    phases, phases_too = set(_PHASE.findall(deed)), set(_PHASE.findall(given))
    if phases and phases_too:
        return bool(phases & phases_too)
    return (phases | phases_too) <= _FIRST_PHASE


def _is_other_number(deed: str, given: str) -> bool:
    marks, marks_too = ({mark for mark in event(words).marks if mark[0] in "号栋层"} for words in (deed, given))
    return bool(marks and marks_too) and not marks & marks_too


def _words(case: Case, item: Obligation) -> str:
    return fold_text(case.text(item.start, item.end))


# Equipment stands under a roof: what is all installed by a day needs the building closed by then.
EQUIPPED = re.compile(
    r"(?<!施工)(?<!消防)(?:设备|机组|产线|生产线|装置)[^，。；]{0,16}(?:安装|就位)(?:、?调试)?(?:工作)?(?:完毕|完成|完|到位|结束)"
    r"|完成[^，。；]{0,12}(?<!施工)(?<!消防)(?:设备|机组|产线|生产线|装置)[^，。；]{0,6}(?:安装|就位)"
)
ROOFED = re.compile(r"封顶|断水")
_IN_ANOTHER = re.compile(r"首[批条台期]|第一[批条]|部分|现有|原有|租用|租赁|过渡|临时|室外|露天")
_OTHER_BUILDING = re.compile(r"宿舍|办公|综合楼|研发|食堂|公寓|倒班|门卫|仓库|冷库|酒店|住宅|商业")


def equipped_first(case: Case, first: Obligation, second: Obligation) -> bool:
    """All equipment is to be installed before the roof of its building is on: 9月底前设备安装完毕, 12月底前主体封顶."""
    deed, roof = _words(case, first), _words(case, second)
    if EQUIPPED.search(deed) is None or ROOFED.search(roof) is None or ROOFED.search(deed):
        return False
    if first.anchor or second.anchor or _IN_ANOTHER.search(deed) or called_apart(deed, roof):
        return False
    buildings, buildings_too = (set(_OTHER_BUILDING.findall(words)) for words in (deed, roof))
    same = buildings == buildings_too and set(_PHASE.findall(deed)) == set(_PHASE.findall(roof))
    return same and not _is_other_number(deed, roof)
