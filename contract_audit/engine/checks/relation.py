"""Check kind `relation`: what provisions say of one another: only one side answers for breach; duties that wait in a circle."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from contract_audit.chinese.text import fold_text
from contract_audit.engine.case import Case, Outcome
from contract_audit.engine.checks import one_sided
from contract_audit.model import Side
from contract_audit.rulespec import RelationCheck

_WAITS = re.compile(r"(?P<event>[^，。；]{2,36}?)(?:之日起|以后|之后|后)(?!续|期|勤|果)[，]?(?P<deed>[^。；]{2,60})")
# Each with sets of words, of each of which one stands in every match; no match crosses the end of a sentence or line.
# 乙方先上设备，管委会再装变压器; 变压器未装妥的，设备进场可相应等待; 交付以入驻为前提，入驻以可供入住为基础.
_ORDERS = (
    (
        ("先", "再 才 始 方"),
        re.compile(
            r"(?P<event>[^，。；\n]{2,30}先[^，。；\n]{2,30})[，；](?P<deed>[^，。；\n]{2,40}(?:再|才|始|方可?)[^，。；\n]{1,30})"
        ),
    ),
    (
        ("未 没 不", "的 前 时", "等待 缓 推迟 顺延 不 无须"),
        re.compile(
            r"(?P<event>[^，。；\n]{2,24}(?:未|没|不)[^，。；\n]{2,16})(?:的|之前|前|时)，?(?P<deed>[^，。；\n]{2,30}(?:等待|暂缓|缓|推迟|顺延|不予?|暂不|无须|不必|可不)[^，。；\n]{0,12})"
        ),
    ),
    (
        ("以 取决于 须待 依赖 视",),
        re.compile(
            r"(?P<deed>[^，。；\n]{2,36}?)(?:须|应|则|又|亦|均)?(?:(?<![予可加得足难所用])以|取决于|须待|依赖于?|视)(?P<event>[^，。；\n]{3,30}?)(?:为(?:[\u4e00-\u9fff]{0,4}(?:前提|先决条件|条件|基础)|起点|依据|准)|而定|情况|(?=[，。；\n]|$))"
        ),
    ),
    (
        ("时 之日 后", "始 才 方 再 即"),
        re.compile(
            r"(?P<event>[^，。；\n]{3,30}?)(?:之时|之日|的同时|时|后|以后|之后)，?(?P<deed>[^，。；\n]{2,20}(?:始|才|方可?|再|即)[^，。；\n]{1,24})"
        ),
    ),
    (("等", "才 再 方"), re.compile(r"等(?P<event>[^，。；\n]{3,20}?)[后了]?(?:才|再|方)(?P<deed>[^，。；\n]{1,20})")),
    (("之时",), re.compile(r"(?P<event>[^，。；\n]{3,30}?)之时，?(?P<deed>[^，。；\n]{3,30})")),
    # 乙方在甲方取得批复后交付用地; 北环路由甲方组织建设，乙方开工后启动
    (
        ("后", "甲方 乙方 丙方", "在 于 待"),
        re.compile(
            r"(?P<deed>[甲乙丙]方(?:应|须)?(?:在|于|待)(?P<event>[^，。；\n]{3,30}?)(?:之后|以后|后)[^，。；\n续期勤果]{3,30})"
        ),
    ),
    (
        ("后", "启动 开始 动工 开工 实施 推进 施工", "，"),
        re.compile(
            r"(?P<deed>[^，。；\n]{4,36})[，](?:在|于|待)?(?P<event>[^，。；\n]{4,24}?)(?:之后|以后|后)"
            r"(?:再|方|才)?(?:启动|开始|动工|开工|实施|推进|施工)(?=[，。；\n]|$)"
        ),
    ),
)
# The order told by 后…方可…, and what stands in each match of it: looked for without trying each beginning.
_AT_ONCE = _ORDERS[3][1]
_BEHIND = re.compile(r"(?:时|日|后)，?[^，。；\n]{2,20}[始才方再即]")


class _Signs(NamedTuple):
    """Characters and longer words, of which one must stand in a sentence."""

    characters: frozenset[str]
    words: tuple[str, ...]


_TOLD_ORDERS = tuple(
    (
        tuple(
            _Signs(
                frozenset(word for word in words.split() if len(word) == 1),
                tuple(word for word in words.split() if len(word) > 1),
            )
            for words in sets
        ),
        order,
    )
    for sets, order in _ORDERS
)
_EVENT = re.compile(r"开工|动工|投产|竣工|供地|交地|交房|付款|验收|[三五七]通一平|摘牌|签约|注资|到位|备案|立项|过户")
_NOISE = re.compile(
    r"[甲乙丙丁]方|项目公司|(?:发包|承包|出租|承租|委托|代建|采购|受托|出让|受让)[人方]|供应商|应当|负责"
    r"|[0-9]+个?(?:工作|自然)?[日月]内?|[^\u4e00-\u9fff0-9]"
)
_NEAR, _QUOTE = 8, 120


def check(parameters: RelationCheck, case: Case) -> Iterator[Outcome]:
    """Outcomes of the rule's test."""
    if not any(case.occurs(exception) for exception in parameters.unless):
        yield from _TESTS[parameters.test](parameters, case)


def _circular(_: RelationCheck, case: Case) -> Iterator[Outcome]:
    """Two duties of different sides, each to be done after the other: 收到图纸后平整场地；场地平整后编制图纸."""
    waiting = [
        (index, provision, match)
        for index, provision in enumerate(case.understanding.provisions)
        if provision.kind not in ("title", "signature")
        and (match := _WAITS.match(fold_text(case.text(provision.start, provision.end)))) is not None
    ]
    pairs = (
        (one, other)
        for number, (place, one, first) in enumerate(waiting, start=1)
        for place_too, other, second in waiting[number : number + _NEAR]
        if one.side != other.side  # 代建公司 beside 乙方: whose the one is may be unknown
        and place_too - place <= _NEAR
        and _speaks_of(first["event"], second["deed"])
        and _speaks_of(second["event"], first["deed"])
    )
    for one, other in islice(pairs, 1):
        end = other.end if other.end - one.start <= _QUOTE else one.end
        related = (case.related("互为前提", other.start, other.end),)
        yield Outcome(start=one.start, end=end, related=related)
        return
    yield from _ordered(case)


def _ordered(case: Case) -> Iterator[Outcome]:
    """Two halves of a sentence or neighbouring lines, each of which waits for what the other tells."""
    text = case.folded.text
    found = sorted(_orders(text))
    begins = [start for start, *_ in found]
    for place, (start, end, event, deed) in enumerate(found, start=1):
        behind = slice(bisect_left(begins, end, lo=place), bisect_right(begins, start + _QUOTE, lo=place))
        for start_too, end_too, event_too, deed_too in found[behind]:
            if end_too - start > _QUOTE or not (_is_told_in(event, deed_too) and _is_told_in(event_too, deed)):
                continue
            if not _ONE_AFTER_ANOTHER.search(text[start:end_too]):
                first, second = (case.folded.original(*span) for span in ((start, end), (start_too, end_too)))
                yield Outcome(start=second[0], end=second[1], related=(case.related("互为前提", *first),))
                return


def _orders(text: str) -> Iterator[tuple[int, int, str, str]]:
    """From where to where an order is told, the event that is waited for, and what waits."""
    for sentence in _SENTENCE.finditer(text):
        told, begin = sentence.group(), sentence.start()
        characters = frozenset(told)
        for signs, order in _TOLD_ORDERS:
            for sign in signs:
                if sign.characters.isdisjoint(characters) and not any(word in told for word in sign.words):
                    break
            else:
                if order is _AT_ONCE and _BEHIND.search(told) is None:
                    continue
                for match in order.finditer(told):
                    deed = match["deed"].replace(match["event"], " ")
                    yield begin + match.start(), begin + match.end(), match["event"], deed


_SENTENCE = re.compile(r"[^。\n]{6,}")  # no order is told in fewer characters
_ONE_AFTER_ANOTHER = re.compile(r"同时履行|当面|当日|不得|一手|[0-9]{4}年")


def _is_told_in(event: str, deed: str) -> bool:
    """Whether the event is the deed: the same side's, or nobody's, and they share a pair of characters that tells a thing."""
    (owner, pairs, _), (owner_too, pairs_too, bare_too) = _owner_and_thing(event), _owner_and_thing(deed)
    if owner is not None and owner_too is not None and owner != owner_too:
        return False
    shared = len(pairs & pairs_too)
    return shared > 1 or (shared == 1 and (len(bare_too) <= _SHORT or (owner is not None and owner == owner_too)))


_SHORT = 4  # characters of a deed that is nothing but its verb and thing
_COMMON_PAIRS = frozenset(("完成", "进行", "开始", "可以", "之后", "以后", "组织", "办理", "项目", "工作", "收到"))
_OURS_TOLD = re.compile(r"甲方|[县市区镇乡村](?:里|上|政府)|管委会|园区|城投|平台公司")
_THEIRS_TOLD = re.compile(r"乙方|项目公司|企业|贵?公司|[贵你]司|投资[人方]")


@lru_cache(maxsize=1024)
def _owner_and_thing(words: str) -> tuple[Side | None, frozenset[str], str]:
    """Whose the words are, the pairs of characters that tell a thing, and the words without parties and times; each is held
    against several nearby.
    """
    bare = _NOISE.sub("", words)
    return _owner(words), frozenset(map("".join, pairwise(bare))) - _COMMON_PAIRS, bare


def _owner(words: str) -> Side | None:
    """Whose the words are: the party named first."""
    ours, theirs = _OURS_TOLD.search(words), _THEIRS_TOLD.search(words)
    if ours is None and theirs is None:
        return None
    return "government" if theirs is None or (ours is not None and ours.start() < theirs.start()) else "investor"


def _speaks_of(event: str, deed: str) -> bool:
    """Whether the event is the deed: they share a word for an event, or two pairs of characters."""
    (events, pairs), (events_too, pairs_too) = _events_and_thing(event), _events_and_thing(deed)
    return not events.isdisjoint(events_too) or len(pairs & pairs_too) > 1


@lru_cache(maxsize=1024)
def _events_and_thing(words: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words for events, and the pairs of characters without parties and times; each is held against several."""
    bare = _NOISE.sub("", words)
    return frozenset(_EVENT.findall(words)), frozenset(map("".join, pairwise(bare)))


_TESTS: dict[str, Callable[[RelationCheck, Case], Iterator[Outcome]]] = {
    "one_sided_liability": one_sided.check,
    "circular": _circular,
}
