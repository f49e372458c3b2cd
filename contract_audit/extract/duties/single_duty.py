"""One duty of a provision: its words, act, kind, side, consequence and day, from the time that binds it."""

import re
from datetime import date
from functools import lru_cache

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.extract.duties.acts import act_of, is_rent, kind_of_act, side_by_act
from contract_audit.extract.duties.back_words import day_term_ends
from contract_audit.extract.duties.defined import event_of_day, stated_day
from contract_audit.extract.duties.event_days import after_full, anchored_day, counted_on, hanging_day
from contract_audit.extract.duties.times import Time
from contract_audit.model import Obligation, ObligationKind, Provision, Side, Start, Value

_REWARDED = re.compile(
    r"[乙丙]方[^，。；]{2,24}(?:的|后)，(?![^。；]{0,30}[甲乙丙]方)[^。；]{0,30}(?:拨付|兑付|兑现|奖励|给予|补助|补贴)"
)
# 年纳税达到500万元的，给予50万元奖励: what is supposed of the enterprise is not what is owed.
_GIVEN_IF = re.compile(
    r"^[^，。；]{2,40}的，(?:[^，。；]{0,16}，)?(?:按[^，。；]{1,16}|一次性|于[^，。；]{2,12})?(?:给予|奖励|补助|补贴|兑现|拨付|奖补)"
)
_NAMED_LEAD = 16  # characters that the name of a line has: 建设周期：
# 收购量要是过了8000吨，甲方得在12月15日以前…: whether it falls due at all, a number that is yet to come decides.
_IF_SO_MANY = re.compile(
    r"(?:若|如果|如(?!期|实|数|约|上|下)|要是|倘若?|假如)[^，。；\n]{0,20}"
    r"(?:超过|超出|达到|突破|过了|多于|高于|低于|不足|少于|满)[0-9一二三四五六七八九十百千][^，。；\n]{0,12}[，,]"
)
AMOUNTS = ("money", "area", "number", "percent")
_BREAK = re.compile(r"[，；;。：:]|,(?![0-9]{3})")
_WHEN = re.compile(r"(?:之?[前后]|时|期间|的同时)$")  # 一期竣工前，甲方须完成…: the event is not what is owed
_DEEMED = re.compile(
    r"[^，。；]{0,20}(?:逾期|未(?:提出|答复|到场|书面|按时))[^，。；]{0,24}[，]?视[为同][^，。；]{0,20}"
)
_CONSEQUENCE = re.compile(r"(?:逾期|否则|每(?:逾期|延迟|迟延|拖))[^。；\n]{2,60}")
_BARE_SIGNING = re.compile(r"(?:[双三各]方)?(?:共同)?(?:签[订署字章约]|盖章|签字盖章)(?:完毕|后)?")
_SIGNS_OTHER = re.compile(
    r"(?:签[订署字章定]|办[理妥]|出具|形成)[^，。；\n本]{0,12}"
    r"(?:单|表|清册|证明|笔录|(?:确认|结算|交接|移交|验收|核对|对账|调解)书|出让合同|备忘录|核对结果)"
    r"|(?:流转|征地|征拆|补偿|安置|入股|用工|农户|逐户)[^，。；\n]{0,4}签[字约订]"
)
_OTHER_PAPER = re.compile(r"(?:出让|租赁|购销|采购|施工|承包|供用|供电|借款|劳动|投资|服务|监理)(?:合同|协议)")


class Known(msgspec.Struct, frozen=True):
    """Days of events the paper itself fixes."""

    signing: date | None
    effective: date | None
    meeting: date | None


def cut_before(text: str, low: int, high: int) -> int:
    """Where the next time's words begin: after the last comma between the two, else at the next time itself."""
    marks = [match.end() for match in _BREAK.finditer(text, low, high)]
    last = marks[-1] if marks else None
    if len(marks) > 1 and _LEADS_IN.fullmatch(text, marks[-2], high):  # 首期实缴不低于2000万元，于注册后…到位
        last = marks[-2]
    if last is None and (comma := text.rfind("、", low, high)) >= 0:  # 1#厂房6月底、2#厂房9月底交付
        last = comma + 1
    return high if last is None else last


_LEADS_IN = re.compile(
    r"(?:首[期批笔]|其中|余[款下额]|剩余|其余|尾款|第[一二三][期批笔])[^，。；：]{0,24}[，](?:应|须|在|于|由|将|则)*"
)


def phrase_at(text: str, start: int, end: int, time: Time) -> str:
    """The words around the time, from the comma before it to the end of the first phrase after it."""
    low = cut_before(text, start, time.start) if _BREAK.search(text, start, time.start) else start
    since = max(time.end, start)
    after = next((match.start() for match in _BREAK.finditer(text, since, end) if match.start() - since > 1), end)
    return text[low:after]


def duty_of(
    text: str,
    provision: Provision,
    number: int,
    span: tuple[int, int],
    time: Time | None,
    amounts: list[Value],
    known: Known,
) -> Obligation:
    """The duty of the words in `span`, bound by `time`; `number` is the provision's index, `amounts` the values in the words."""
    start, end = trimmed(text, *span)
    words = text[start:end]
    phrase = phrase_at(text, start, end, time) if time is not None else _BREAK.split(words, maxsplit=1)[0]
    rest = words
    if time is not None:
        phrase = phrase.replace(text[time.start : time.end], " ")
        before = [part for part in _BREAK.split(text[start : max(time.start, start)]) if not _WHEN.search(part)]
        rest = f"{text[max(time.end, start) : end]} {'，'.join(before)}"
    act, thing = act_of(rest)
    kind = kind_of_act(phrase, rest, provision.side)
    start_day = _start_day(text, provision, time, known) if time is not None else None
    due = _day(text, time, start_day) if time is not None else None
    found = Obligation(
        bearer=provision.bearer,
        side=_side(text, provision, kind, words),
        kind=kind,
        act=act,
        object=thing,
        start=start,
        end=end,
        clause=provision.clause,
        provision=number,
        quantity="、".join(text[value.start : value.end] for value in amounts) or None,
        condition=text[provision.condition.start : provision.condition.end] if provision.condition else None,
        consequence=_consequence(text, provision),
        due=due,
        status="pending" if due is None else "running",
        counted_from=_counted_from(time, start_day, due),
    )
    return found if time is None else _bound(text, found, time)


def _bound(text: str, found: Obligation, time: Time) -> Obligation:
    """The duty with its time; without its day where a number that is yet to come decides whether it is owed at all."""
    sentence = behind_last("\n。；", text, time.start)
    if time.due is not None and _IF_SO_MANY.search(text, sentence, time.start):
        note = f"条件成就时期限为 {time.due.isoformat()}"
        found = msgspec.structs.replace(found, due=None, status="pending", chain=(note,), counted_from=None)
    return msgspec.structs.replace(
        found,
        replaces=time.replaces,
        due_start=time.start,
        due_end=time.end,
        anchor=time.anchor or None,
        offset=time.offset,
        workday=time.workday,
        recurrence=time.recurrence,
    )


_LATER_CONTRACT = re.compile(
    r"(?:正式|具体|最终|后续|投资|入园|项目|实施)[^，。；\n]{0,8}(?:合同|协议)[^。；\n]{0,24}(?:签[订署]|订立)"
    r"|(?:签[订署]|订立)[^，。；\n本]{0,6}(?:正式|具体|最终|后续|投资|入园|项目|实施)[^，。；\n]{0,8}(?:合同|协议)"
)


def _side(text: str, provision: Provision, kind: ObligationKind, words: str) -> Side:
    """The provision's side; where it names nobody, or a third hand (供电公司), the side that owes such a thing."""
    if provision.side in ("both", "unknown") and _LATER_CONTRACT.search(words):
        return "government"  # both sign, and it waits for the side that has to decide
    if provision.known_by == "said" and provision.side in ("government", "investor"):
        rewards = provision.side == "investor" and _REWARDED.search(words)  # 乙方按期开工的，开工后30日内拨付100万元
        return "government" if rewards else provision.side
    stems = "".join(text[stem.start : stem.end] for stem in provision.stems)
    if provision.kind == "table_row" and provision.known_by != "said" and is_rent(stems):
        return "investor"  # 使用费分四笔交清：| 头一笔 | 12 | …
    if provision.known_by in ("inherited", "heading") and provision.side in ("government", "investor"):
        owed = side_by_act("other", words)
        return owed or provision.side
    if provision.side == "government" and _GIVEN_IF.search(words):
        return "government"
    named = _line_name(text, provision)
    return (
        side_by_act(kind, words)
        or side_by_act(kind_of_act(stems, stems, "unknown"), stems)
        or side_by_act(kind_of_act(named, named, "unknown"), named)
        or provision.side
    )


def _line_name(text: str, provision: Provision) -> str:
    """What the line is called before its colon (建设周期：自交地之日起24个月), if the provision is all that follows."""
    line = text[text.rfind("\n", 0, provision.start) + 1 : provision.start].rstrip()
    return line if line.endswith(("：", ":")) and len(line) <= _NAMED_LEAD else ""


def _consequence(text: str, provision: Provision) -> str | None:
    """What follows if it is not done: 逾期未提出的视为合格, 每逾期一日按…; the deeming words first."""
    return _told_to_follow(text, provision.start, provision.end)


@lru_cache(maxsize=256)  # the duties of a provision have it in common
def _told_to_follow(text: str, start: int, end: int) -> str | None:
    match = _DEEMED.search(text, start, end) or _CONSEQUENCE.search(text, start, end)
    return match.group().strip("，,") if match else None


def _start_day(text: str, provision: Provision, time: Time, known: Known) -> date | None:
    """The day of the event that the time counts from, where the paper knows it."""
    return (
        None if time.due is not None or time.recurrence or not time.anchor else _anchored(text, provision, time, known)
    )


def _day(text: str, time: Time, start: date | None) -> date | None:
    """The due date: as written, or counted from the day of an anchor that the paper knows."""
    day = after_full(time.anchor or "", start) if start is not None else None
    if day is None:
        return time.due
    if time.offset is None:
        return hanging_day(text[time.start : time.end], day)
    return counted_on(time.anchor or "", day, time.offset, workday=time.workday, back=time.before)


def _counted_from(time: Time | None, start: date | None, due: date | None) -> Start | None:
    if time is None or time.anchor is None or start is None or due is None:
        return None
    return Start(event=time.anchor, day=start, shown_by="协议载明", due=due)


def _anchored(text: str, provision: Provision, time: Time, known: Known) -> date | None:
    """The anchor's day; 合同签订 after 出让合同 in the same sentence is that other paper's signing, which is not known."""
    anchor = event_of_day(text, text[time.start : time.end]) or time.anchor or ""
    line = text.rfind("\n", 0, provision.start) + 1
    sentence = max(line, text.rfind("。", line, time.start) + 1)
    if _BARE_SIGNING.fullmatch(anchor) and _SIGNS_OTHER.search(text, sentence, time.start):
        return None  # 对账完毕并签署对账单，自签署之日起30日内付清
    other = re.search(r"合同|协议", anchor) and not re.search(r"本|该|补充", anchor)
    if other and ("正式" in anchor or _OTHER_PAPER.search(text, line, time.start)):
        return None
    stated = stated_day(text, anchor, known.signing or known.meeting) or day_term_ends(text, anchor, time.start)
    return stated or anchored_day(anchor, known.signing, known.effective, known.meeting)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without punctuation, blanks and table marks at its ends."""
    while start < end and text[start] in "，,；;。、：: \t\n|　":
        start += 1
    while end > start and text[end - 1] in "，,；;。、：: \t\n|　":
        end -= 1
    return start, end
