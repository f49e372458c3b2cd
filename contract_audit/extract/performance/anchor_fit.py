"""Whether a record can tell of the event that a duty counts from, before the two are compared by likeness.

An anchor has few words; what a record must show for it is strict: a paper got was sent, a thing handed over was handed
over, all of it is no part of it, and what did not happen has no day.
"""

import re

import msgspec

from contract_audit.chinese.numerals import CHINESE
from contract_audit.deeds import Event, recorded
from contract_audit.deeds.concepts import NEAR_THINGS, WORKS
from contract_audit.deeds.events import ASKED
from contract_audit.deeds.likeness import abbreviated
from contract_audit.extract.performance.joining import Known, Record

_NOT_DONE = re.compile(r"未(?!来|央)|没有|不能|无法|不再|逾期")
_WHOLE = re.compile(r"全部|整体|所有|全体|悉数|各栋|各项|均(?!衡)")
_NUMBERED = re.compile(r"[0-9A-Z一二三四五六七八九十]+(?:#|号)|[0-9一二三四五六七八九十]+[栋幢座层期]")
_ALL_OF_THEM = re.compile(
    r"全部|整体|所有|全体|均|都|[0-9#号]\s*[-—~～至到]+\s*[0-9]|[二两三四五六七八九十0-9]+(?:栋|幢|座|台|条)"
)
_GOT = re.compile(r"[收接]到|收悉|签收|受理|收讫")
_PAPERS_OVER = re.compile(
    r"(?<![及和与、])(?:竣工|技术|相关|全套)?(?<![及和与、])(?:资料|图纸?|档案|说明书|文件|案卷)[^，。；]{0,4}(?:移交|交接|交付|点交)"
)
_PAPER_NAMED = re.compile(r"资料|图|档案|说明书|文件|案卷")
_HANDED = frozenset({"land", "plant", "rooms", "warehouse", "dormitory", "works", "road"})
_BUILDING = re.compile(r"[楼房厂库馆]|[栋幢座]")
_BUILDINGS = frozenset({"plant", "rooms", "warehouse", "dormitory", "structure"})
_SENT = frozenset({"receive", "submit", "reply", "record"})
_GRANTED = frozenset({"license", "obtain", "register"})
_PAPER = re.compile(r"通知|函|申请|方案|报告|清单|材料|资料|文件|计划|单|书|表|发票|图纸?|意见")
_SAYS_NOTHING = re.compile(
    r"[甲乙丙丁方]|项目|公司|企业|单位|政府|全部|整体|完成|合格|通过|正式|管委|委会|[一二三四首]期|之日"
)
_DOERS = re.compile(r"[甲乙丙丁双三各]方|项目公司|公司|企业|政府|管委会|该|本|[^\u4e00-\u9fffA-Za-z0-9]")
_FEWEST, _SHORT = 2, 4
# What stands beside a project: its opening is not the project's.
_BESIDE = frozenset({
    "land", "road", "lamp", "parking", "power", "water", "canal", "sewage", "gas", "heat", "network", "bus", "rail", "green",
    "school", "dormitory", "rooms", "canteen", "monitor", "warehouse",
})  # fmt: skip
_PHASES = frozenset({"start", "build", "produce", "operate", "full", "accept"})
_SHOWN_BY_ITSELF = frozenset({"hand_over", "expire"})
# Acts that say little without what is acted on.
_OF_ANYTHING = frozenset({
    "obtain", "receive", "submit", "license", "sign", "accept", "review", "hold", "publish", "hand_over", "pay", "return",
    "enter", "arrive",
})  # fmt: skip


def names_event(words: str, anchor: Event) -> bool:
    """Whether the anchor names something that can happen on a day: not 项目公司, not 未能通过验收."""
    if _NOT_DONE.search(words.replace("无异议", "").replace("未收到异议", "")):
        return False
    return bool(anchor.acts or len(_DOERS.sub("", words)) >= _FEWEST)


def is_bare(words: str, anchor: Event) -> bool:
    """Whether the anchor says no more than the act: 验收合格, 交付并验收合格."""
    if anchor.things or anchor.marks or anchor.papers:
        return False
    return len(words) <= _SHORT or not any(is_telling(pair) for pair in anchor.content)


def main_works(anchor: Event) -> Event:
    """主体工程正式开工 is the project's start, the main structure in it tells no part of it; 接房 is of whatever rooms."""
    if _HOUSE_GOT.fullmatch(anchor.words):
        return msgspec.structs.replace(anchor, things=_HOUSES)
    if anchor.acts != {"start"} or not anchor.things <= {"structure"}:
        return anchor
    own = frozenset(pair for pair in anchor.content if not set(pair) & set("主体工程正式"))
    return msgspec.structs.replace(anchor, things=frozenset(), parts=anchor.parts - {"主体"}, content=own)


_HOUSES = frozenset({"plant", "rooms", "warehouse", "dormitory"})
_HOUSE_GOT = re.compile(r"(?:[甲乙丙]方|企业|公司|承租[人方])?[接收交][房楼](?:之日|后)?")


def may_date(words: str, anchor: Event, one: Known) -> bool:
    """Whether the known record can be the anchor's event; `words` are the anchor's own."""
    told, matter = one.words, one.record.row.matter
    if "hand_over" in anchor.acts and _is_other_hand_over(words, matter):
        return False
    if _GOT.search(words) and told.things & _HANDED and not (told.acts & _SENT or _PAPER.search(matter)):
        return False  # the hand-over of rooms is no notice of it
    if told.undone & anchor.acts or _is_other_facility(words, matter) or _is_other_number(anchor, told, matter):
        return False
    if ASKED in told.parts and anchor.acts & _GRANTED and not (anchor.acts & _SENT or told.acts & _GRANTED):
        return False  # what is asked for is not got yet
    if moves_in(words):
        return bool(_MOVED_IN.search(matter))  # the hand-over of an office is not the day its people come
    if _is_unanswered(words, matter) or _is_other_step(words, matter):
        return False
    if _WHOLE.search(words) and _tells_some(told, matter):
        return False
    if told.acts and (_SHOWN_BY_ITSELF & anchor.acts) - told.acts and not (anchor.acts - _SHOWN_BY_ITSELF - {"pay"}):
        return False  # a term ended, a thing handed over is told as such
    if not anchor.things and anchor.acts & _PHASES and told.things and told.things <= _BESIDE:
        return anchor.acts <= {"accept"}
    loose = not anchor.acts or not anchor.acts <= _OF_ANYTHING or bool(anchor.acts & {"receive", "submit"})
    same = bool(_BUILDING.search(words)) and bool(told.things & _BUILDINGS)  # 大楼交接 and B座交接
    return loose or same or _is_of_it(anchor, told)


def _is_other_hand_over(words: str, matter: str) -> bool:
    """Whether the row tells of drawings or of a bond that came in, and the words of a hand-over do not name such."""
    papers = _PAPERS_OVER.search(matter) and not _PAPER_NAMED.search(words)
    return bool(papers) or (bool(_BOND.search(matter)) and not _BOND.search(words))


_BOND = re.compile(r"保函|保证金|押金|定金|诚意金|担保函")


def is_of_things(record: Record, things: frozenset[str]) -> bool:
    """Whether the record is not of works only, which these things are not: pipes laid are no land handed over."""
    told = recorded(record.row.matter).things
    if not (told and things) or told & things or not told <= WORKS:
        return True
    return any(told & group and things & group for group in (*NEAR_THINGS, _BUILDINGS))


_ASKED = re.compile(r"[收接]到[^，。；]{0,8}(?:要求|请求|指令|主张|催告|催款)")
_REPORTED = re.compile(r"报修|报障|投诉|举报|报警")
_DEMAND = re.compile(r"要求|请求|主张|催|函|通知|申请|指令|律师")


def _is_unanswered(words: str, matter: str) -> bool:
    """Whether the words tell of a demand, or of a call for repair as may come many times, and the row does not."""
    reported = _REPORTED.search(words)
    return (asks(words) and not _DEMAND.search(matter)) or (reported is not None and reported.group() not in matter)


def _is_other_step(words: str, matter: str) -> bool:
    """挂牌公告 is no 公示, and that a council agreed to the signing is not the signing."""
    shown = "公示" in words and not _SHOWN.search(matter)
    return shown or (bool(_SIGNED.search(words)) and bool(_SIGNING_AGREED.search(matter)))


_SHOWN = re.compile(r"公示|异议")
_SIGNED = re.compile(r"签[订署]|订立")
_SIGNING_AGREED = re.compile(r"(?:同意|批准|审议|决定|授权|研究)[^，。；]{0,6}(?:签[订署]|订立)")


def asks(words: str) -> bool:
    """Whether the words tell of a demand that comes in: 接到要求, 收到乙方书面请求."""
    return bool(_ASKED.search(words))


def moves_in(words: str) -> bool:
    """Whether the words tell of people who come to work in a place: 乙方人员入驻."""
    return bool(_MOVES_IN.search(words))


def _is_other_facility(words: str, matter: str) -> bool:
    """变电站投运 is no 开闭所投运: both name a facility, and none of them is the same."""
    ours, theirs = ({name.group()[-2:] for name in _FACILITY.finditer(text)} for text in (matter, words))
    return bool(ours and theirs) and not ours & theirs


# 一、二号车间竣工验收, 1#-3#楼移交 tell of each of them.
_SEVERAL = re.compile(
    rf"[0-9{CHINESE}]+(?:#|号|期)?[楼栋幢库]?[、和与及,至到~～—-]+[0-9{CHINESE}]+(?:#|号|[楼栋幢库])|[两各全]部?[栋幢座楼]|全部"
)


def of_no_other_number(proofs: dict[int, Record], anchor: Event) -> dict[int, Record]:
    """The proofs but for those whose rows tell of another one by its number: 二号库交接 shows 1号、2号冷库 handed over, and not 1号."""
    return {place: one for place, one in proofs.items() if not _is_other_number(anchor, one.told, one.row.matter)}


def _is_other_number(anchor: Event, told: Event, matter: str) -> bool:
    """1#楼移交 is no 2号楼移交: both name one of several by its number, and none is the same.

    Where only another phrase of the row names it (1#楼钥匙交承租人，双方签移交单), that is the one.
    """
    ours = {mark for mark in anchor.marks if mark[0] != "期"}
    if not ours or _SEVERAL.search(matter):
        return False
    theirs = told.marks if {mark[0] for mark in told.marks} & {mark[0] for mark in ours} else recorded(matter).marks
    same = {mark[0] for mark in ours & theirs}
    return bool(({mark[0] for mark in ours} & {mark[0] for mark in theirs}) - same)


def other_number(one: Event, other: Event) -> bool:
    """Whether both name one of several by the same kind of number, and none is the same: A1厂房, A2厂房."""
    kinds = {mark[0] for mark in one.marks} & {mark[0] for mark in other.marks} - {"期"}
    return any(not {mark for mark in one.marks & other.marks if mark[0] == kind} for kind in kinds)


_MOVES_IN = re.compile(
    r"(?:人员|员工|职工|团队|办公)[^，。；]{0,6}(?:入驻|进驻|搬[进入]|迁入|入住|到岗)|(?:入驻|进驻|搬[进入]|迁入)办公"
)
_MOVED_IN = re.compile(r"入驻|进驻|搬[进入到]|迁[入到]|入住|到岗|办公")
_FACILITY = re.compile(r"[\u4e00-\u9fff](?:站|所|桥|塔|井|池)(?![\u4e00-\u9fff]{0,2}[得以有需在])")


def _tells_some(told: Event, matter: str) -> bool:
    """The record names one or some of several (1#楼), or what is still lacking."""
    return bool(told.undone or told.short or told.lacking) or bool(
        _NUMBERED.search(matter) and not _ALL_OF_THEM.search(matter)
    )


def _is_of_it(anchor: Event, told: Event) -> bool:
    """Both name what is acted on, and it is the same: a thing, a paper, a word, or the short form of one."""
    ours, theirs = ({pair for pair in event.content if is_telling(pair)} for event in (told, anchor))
    if not (theirs or anchor.things) or not (ours or told.things):
        return True
    if told.things & anchor.things or told.papers & anchor.papers or ours & theirs or told.marks & anchor.marks:
        return True
    near = any(told.things & group and anchor.things & group for group in NEAR_THINGS)
    return near or bool(abbreviated(told, anchor)) or not theirs


def is_telling(pair: str) -> bool:
    """Whether a pair of characters says what an event is about, not who acts or that it is done."""
    return len(pair) > 1 and not _SAYS_NOTHING.search(pair)
