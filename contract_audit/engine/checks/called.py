"""Workshops, lines and plots of one project told apart by what they are called: 电池舱车间 and 叶片车间, 塔筒产线 and 一号线."""

import re
from functools import lru_cache

from contract_audit.chinese.text import fold_text
from contract_audit.deeds import event
from contract_audit.engine.case import Case
from contract_audit.model import Obligation

# The words before the kind of place, in one cell or phrase.
_PLACE = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z]{2,10}?)(?:首条|首台|第[一二三四五六]条|全部|主体?)?"
    r"(?:车间|产线|生产线|厂房|工段|仓库|库房|泊位|码头|[线楼馆库](?=投产|试产|建成|封顶|竣工|移交|交付|安装))"
)
_LEAD = re.compile(
    r"^.*(?:完成|建成|移交|交付|实现|启动|推进|确保|保证|[甲乙丙]方|公司|政府|委会|将|把|对|在|于|由|的|前|内|底|末|应|须|日|月|年)"
)
# What says no more than that it is one: 标准厂房, 首条生产线, 三号车间.
_GENERAL = re.compile(
    r"^(?:标准化?|定制化?|生产|加工|新建|在建|自建|该|本|各|主体?|全部|首[条台批期]?|第?[一二三四五六七八九十0-9]+[期号条批栋幢#]?|工业|通用|现有|其|余)*$"
)


def called_apart(words: str, words_too: str) -> bool:
    """Both name a workshop, line or building by words of its own, and none of these words is shared."""
    names, names_too = _names(words), _names(words_too)
    return bool(names and names_too) and not any(share_a_word(one, other) for one in names for other in names_too)


def called_alike(words: str, words_too: str) -> bool:
    """Both name a workshop, line or building by the same words of its own: 叶片车间用地 and 叶片车间设备."""
    return any(share_a_word(one, other) for one in _names(words) for other in _names(words_too))


def names_a_place(words: str) -> bool:
    """Whether a workshop, line or building is named by words of its own."""
    return bool(_names(words))


_NUMBERED = re.compile(
    r"(?P<name>[0-9A-Z一二三四五六七八九十]+(?:#|号)[^，。；、\n（）]{0,8})(?:（(?P<remark>[^（）\n]{2,40})）|(?P<said>[^，。；、\n（]{0,4}已[^，。；\n]{0,16}))"
)
_STANDS = re.compile(
    r"(?:已|均|前|月|年)[^，。；未]{0,6}(?:竣工|建成|完工|通过[^，。；]{0,6}验收|验收合格)|现房|竣工备案"
)
_UNFINISHED = re.compile(r"未|正在|在建|拟建|新建|将|尚|预计")


def stands_already(case: Case, item: Obligation) -> bool:
    """The numbered building of the duty is said to be finished somewhere in the paper: 6#厂房（2022年11月已竣工验收）."""
    numbers = {mark for mark in event(fold_text(case.text(item.start, item.end))).marks if mark[0] == "号"}
    if not numbers:
        return False
    return any(
        _STANDS.search(said) and not _UNFINISHED.search(said) and numbers <= event(match["name"]).marks
        for match in _NUMBERED.finditer(case.folded.text)
        if (said := match["remark"] or match["said"])
    )


@lru_cache(maxsize=1024)
def _names(words: str) -> frozenset[str]:
    """The names in the words of a duty or step, which are held against those of several others."""
    found = {_LEAD.sub("", match["name"]) for match in _PLACE.finditer(words)}
    return frozenset(name for name in found if len(name) > 1 and not _GENERAL.match(name))


def share_a_word(one: str, other: str) -> bool:
    """Whether two names have two characters in a row in common."""
    return any(one[index : index + 2] in other for index in range(len(one) - 1))


# 建成8条雪道, 建成滑雪酒店: what is built, by a name of its own.
_BUILT = re.compile(
    r"(?:建成|建好|修成|修好|盖好|建设完成)(?:[0-9一二两三四五六七八九十]+[条座栋个处幢间])?(?P<name>[\u4e00-\u9fff]{2,10}?)(?=[并且及和、，。；]|投入|投运|投用|开业|开放|$)"
)
_ANY_WORKS = re.compile(
    r"^(?:本|该|全部|整个|主体|[一二三四首两各]期|项目|工程|建设|生产|厂房|厂区|车间|基地|工厂|产线|生产线|投产|投入|竣工)*$"
)


def built_apart(words: str, words_too: str) -> bool:
    """Both name what is built, and the names share no word."""
    names, names_too = _built(words), _built(words_too)
    return bool(names and names_too) and not any(share_a_word(one, other) for one in names for other in names_too)


@lru_cache(maxsize=1024)
def _built(words: str) -> frozenset[str]:
    return frozenset(match["name"] for match in _BUILT.finditer(words) if not _ANY_WORKS.match(match["name"]))
