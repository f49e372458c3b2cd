"""Durations, and deadlines counted from an event: 18个月 · 不少于10年 · 自取得施工许可证之日起30个工作日内 · 期满前三个月."""

import re
from collections.abc import Iterator

import msgspec

from contract_audit.chinese.masks import BLANK
from contract_audit.extract.values.bounds import amount
from contract_audit.extract.values.lengths import Length, code, iso, length_at
from contract_audit.extract.values.units import Token
from contract_audit.model import Value

_SKIP_BEFORE = re.compile(
    r"(?:第|每(?:逾期|延迟|迟延|迟|延期|推迟|拖延|拖欠|提前|延误|逾)[^，。；\n]{0,8}|每超过?|[上下])$"
)
_DAY_OF_MONTH = re.compile(r"(?:[每当次首末该本同]月|个月)的?$")  # 次月20日前
_NTH = re.compile(r"(?:后|起|前)的?第$")  # 签约后第90日前, 开工之日后的第14个月届满前
_SKIP_AFTER = re.compile(r"期(?:贷款|LPR|以上贷款)|一(?:次|结|付|签|定|检)")
_WITHIN = re.compile(r"(?:时间|（(?:日历日|自然日|工作日|日历天)）)?(?:[之以]?内|里(?![程面的]))")
_ANNOUNCED = re.compile(
    r"(?:(?:自|从)(?P<event>[^，。；\n]{2,40}?)(?:(?:之日|日)?(?:起|开始)(?:算|计算|计)?|那一?天(?:起|算起?|往后[数算]|开始算?))|"
    r"(?:以|按)(?P<basis>[^，。；\n]{2,40}?)(?:为(?:准)?(?:起点|起始[点日]|起算[点日]|基准日)|(?:起|开始)计?算)|"
    r"(?P<after>[^，,。；：\n]{4,40}?)(?<![今此其最然前])(?:之|以)?后)[，,]"
)
_OPENED = re.compile(r"[起后算计数始点日天][，,]")  # how each of these ends; looking for it first spares a slow search
_EVENT = re.compile(
    r"(?:签[订约署字]|签[完好妥][这本该此]?[份个]?(?:约定|协议|合同|字)书?|生效|合格|[交支拨]付|移交|[开动完竣复交]工|[投达量试]产|[到收交提]货|领[证照]|摘牌|成交|备案|出具|"
    r"批[复准]|届满|终止|解除|结束|到[账位手场厂岗]|入[库驻账场]|公示|送达|交[地房接]|进场|完成|完毕|通过|[缴付结交]清|"
    r"验收|封顶|下线|点火|通[车水电气过网]|供[水电气热]|送电|注册|登记|成立|设立|核准|立项|确[定认]|[核审]定|审核|受理|"
    r"申请|[核查检][验查]|复核|评审|论证|公告|发布|下达|签收|吊装|安装|调试|进驻|[迁搬]入|竣备|中标|竞得|挂牌|[建装安砌]好|[拉运搬]来|到货|落成|投[用运]|启用|上线|开业)$"
)
_AFTERWARDS = re.compile(r"[之以]?后|届满[之以]?后|期满[之以]?后|时|的(?!期限)|届满之日|期满之日|[之以]?前|届满|期满")
_TAIL = re.compile(
    rf"(?P<tail>(?:之日|当日|次日|之次日|日|之时|当月|次月|年度|当年|次年)?{BLANK}*(?:起(?:计算|算)?|之后|以后|后|开始)|[届期]?满){BLANK}*"
    r"(?:的|，)?(?:再过?|连续|满|分|首|最初|最[长迟]?(?:不超过)?|不(?:得)?超过|第)?$"
)
_BEFORE_TAIL = re.compile(r"(?P<tail>[之以]?前)(?:的)?(?:至少|不少于|不得少于|提前|第)?$")
_EARLY = re.compile(r"提前(?:至少|不少于|不得少于)?$")
# 投产比设备进场晚4个月, 验收较交付早10日.
_THAN = re.compile(
    r"[比较](?P<event>[^，。；：\n比较]{2,24}?)(?:之日|日)?(?:(?P<late>[晚迟]|延后|推[后迟]|滞后)|早|提[前早])(?:至少|不(?:得)?(?:超过|少于)|最多|至多)?$"
)
# 半年内（自签约日起算）
_COUNTED_FROM = re.compile(
    r"（(?:自|从|以)(?P<event>[^（）。；\n]{2,40}?)(?:之?日)?(?:起(?:算|计算|计)?|为起(?:点|算[点日]))）"
)
_AHEAD = re.compile(r"[之以]?前(?!后|期)")
_CUTS = "。；！？\n：\t|"
_CUT_MARKS = frozenset(_CUTS)
_CUT = re.compile(f"[{_CUTS}]")
_ENDED = re.compile(r"的[，,][^，。；]{0,8}(?:终止|解除)[，,]")  # 半年内未摘牌的，协议终止，保证金十五日内退还
_COMMAS = "，：（“"
_FROM = re.compile(r"(?:自从|(?<![各亲独私来])自(?![有愿筹然行主建身来动治营购用己产留])|从(?![事业属而中]))")
_MODAL = re.compile(
    r"(?:应当|应该|(?<![对相适响])应(?![急付用对]|收(?![到悉讫]))|必须|须(?!知)|(?<![急])需(?!求|要的)|负责|承诺|保证(?!金)|同意|可以|"
    r"(?<!许)可(?!研|行|证)|将(?!来))(?:在|于|自)?"
    r"|(?:时间|期限|日期|时限|节点)(?:[约规]?定)?(?:[为是在于：]|不[晚迟]于)+|(?:最[迟晚]|至迟)?不(?:得|能|应|可)?(?:超过|[迟晚]于)|最[迟晚]|至迟"
    r"|(?:改|变更|调整|修改)[为成至到]|(?<![存现正])在(?![建册职岗线地])|(?<![由关用位低高少多属对基等限至大小优])于(?!是)|[甲乙丙丁双三各]方(?=在|于)|待(?!遇)"
)
_REMARK = re.compile(r"（[^（）\n]{1,40}）")
_NOT_WORDS = f"{BLANK}\ue002 "
_LABEL = re.compile(
    r"[①-⑳◎●○■□▪·•★◆◇►※]\s*|[（(〔【]?[0-9一二三四五六七八九十]{1,3}[）)〕】、.．]|(?<![A-Za-z])[A-Za-z][）)、.．]|第[0-9一二三四五六七八九十]{1,4}(?:[.][0-9]{1,2})*[条款项]|"
    r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|第?[一二三四五六七八九十]{1,3}(?:是|(?=[甲乙丙丁双]方))|[—–-]{1,3}(?=[\u4e00-\u9fff])"
)
# 第5项里程碑完成后 names the event.
_NODE = re.compile(
    r"第[0-9一二三四五六七八九十]{1,4}[项条](?=里程碑|节点|任务|事项|工作|目标|内容|完成|办结|到位|通过)"
)
_REACH, _WORDS_REACH, _TAIL_REACH = 90, 48, 18  # characters before an offset: from 自, without it, of 之日起…


def periods(text: str, raw: str, run: list[Token]) -> list[Value]:
    """Durations and deadlines of masked `text`; `raw` is the same text with identifiers and dates still readable."""
    found: list[Value] = []
    smooth = _REMARK.sub(_blank, raw)
    index, anchor, sentence = 0, "", 0
    while index < len(run):
        if not _is_period(text, run, index):
            index += 1
            continue
        length = length_at(text, run, index)
        index += length.used
        if _CUT.search(raw, sentence, length.first) or _ENDED.search(raw, sentence, length.first):
            anchor = ""
        deadline = _deadline(raw if smooth[length.first] == BLANK else smooth, sentence, length, anchor)
        sentence = length.last
        if deadline is not None:
            deadline, more = _with_more(raw, run[index : index + 1], _counted_from(raw, deadline))
            index += more
            anchor = deadline.anchor or anchor
            found.append(deadline)
        elif not _SKIP_AFTER.match(text, length.last):
            found.append(_duration(length))
    return sorted([*found, *_same_lengths(smooth, found)], key=lambda value: value.start)


# 中期验收后同样的天数内: as long as the deadline before it in the paragraph.
_SAME = re.compile(r"(?:同样|相同|同等|同一|一样)的?(?:天数|日数|工作日|月数|时间|期限|时限|期间)(?=[之以]?内|里)")
_SAME_REACH = 200


def _same_lengths(raw: str, found: list[Value]) -> Iterator[Value]:
    for match in _SAME.finditer(raw):
        before = next((one for one in reversed(found) if one.end <= match.start() and one.kind == "deadline"), None)
        if before is None or match.start() - before.end > _SAME_REACH or "\n" in raw[before.end : match.start()]:
            continue
        length = Length(
            match.start(), match.end(), before.offset, before.offset, before.workday, match.start(), match.end(), 1
        )
        deadline = _deadline(raw, before.end, length, "")
        if deadline is not None:
            yield deadline


def _is_period(text: str, run: list[Token], index: int) -> bool:
    token = run[index]
    if token.value is None or _skipped(text, token):
        return False
    if token.unit is None and token.bare:  # 3至5年
        following = run[index + 1] if index + 1 < len(run) else None
        joined = following is not None and following.unit is not None and following.unit.kind == "period"
        return joined and amount(text, run, index).used == 2
    return token.unit is not None and token.unit.kind == "period"


def _skipped(text: str, token: Token) -> bool:
    before = text[max(0, token.start - 14) : token.start]
    if token.unit is not None and token.unit.code == "D" and _DAY_OF_MONTH.search(before):
        return True
    if before.endswith("第") and token.unit is not None:
        return not (token.unit.code in "DWM" and _NTH.search(before)) and "周年" not in text[token.start : token.end]
    return bool(_SKIP_BEFORE.search(before))


def _duration(length: Length) -> Value:
    return Value(
        kind="duration",
        start=length.start,
        end=length.end,
        low_iso=length.low,
        high_iso=length.high,
        workday=length.workday,
    )


def _deadline(raw: str, floor: int, length: Length, carried: str) -> Value | None:
    """The deadline that this length is the offset of, or None where it is only a length; `floor`: the last length's end."""
    low = max(0, length.first - _REACH)
    for mark in _CUT_MARKS.intersection(raw[low : length.first]):
        low = max(low, raw.rfind(mark, low, length.first) + 1)
    within = _WITHIN.match(raw, length.last)
    near = max(low, length.first - _TAIL_REACH)
    tail = _TAIL.search(raw, near, length.first)
    if tail:
        return _after(raw, length, tail, (low, floor), within)
    if _EARLY.search(raw, near, length.first):
        start = raw.rfind("提前", near, length.first)
        return _value(length, start, length.last, "", "before")
    ahead = _BEFORE_TAIL.search(raw, near, length.first)
    if ahead and not raw[length.first : length.last].endswith("年度"):  # 公司前三个会计年度
        start, anchor = _anchor(raw, low, floor, ahead.start())
        if not _is_ahead_of(raw[low : ahead.start()], length, bounded=within is not None):
            return None
        return _value(length, start, within.end() if within else length.last, anchor, "before") if anchor else None
    than = _THAN.search(raw, low, length.first)
    if than:
        return _value(length, than.start(), length.last, than["event"], "after" if than["late"] else "before")
    front = _AHEAD.match(raw, length.last)
    if front:
        start, anchor = _anchor(raw, low, floor, length.first)
        return _value(length, start, front.end(), anchor, "before") if anchor else None
    if within and _EVENT.search(raw, near, length.first):  # 合同签订60日内
        start, anchor = _anchor(raw, low, floor, length.first)
        return _value(length, start, within.end(), anchor, "after")
    if (
        within is None
        or not _counts(raw, near, length)
        or (within.group() == "以内" and (length.high or "")[-1:] in "YM")
    ):
        return None
    near_by = _announced(raw, max(low, floor), length.first)
    return _value(length, length.first, within.end(), near_by or carried or _announced(raw, low, length.first), "after")


# Words that what is ahead of them is counted back from, beside the events: 合同到期前六个月内, 每月10日前5日.
_COUNTED_BACK = re.compile(r"(?:到期|期满|届满|期限|截止|到来|来临|[日天节])$")
_MARKS = frozenset("，、；：。（）“”")


def _is_ahead_of(words: str, length: Length, *, bounded: bool) -> bool:
    """Whether 前 behind `words` means before that event; 所得税前三年, 自…止，前两年 are the first years of a stretch."""
    if not words or words[-1] in _MARKS:
        return False
    if _EVENT.search(words) or _COUNTED_BACK.search(words):
        return True
    long = (length.high or length.low or "")[-1:] in ("Y", "M")
    return not long and not (bounded and words[-1] in "年月季度期周")  # 每月前5日内


def _blank(match: re.Match[str]) -> str:
    return BLANK * (match.end() - match.start())


def _counted_from(raw: str, deadline: Value) -> Value:
    """The deadline with the event that a remark right behind it gives."""
    remark = None if deadline.anchor else _COUNTED_FROM.match(raw, deadline.end)
    return deadline if remark is None else msgspec.structs.replace(deadline, anchor=remark["event"], end=remark.end())


# 10个月内，另加冬季停工4个月
_MORE = re.compile(r"[，（(]?(?:另|再|外|并)?加(?:上|计)?[^，。；：|\t\n0-9]{0,12}")
_ISO_PART = re.compile(r"P(?P<n>[0-9]+)(?P<unit>[YMD])")


def _with_more(raw: str, following: list[Token], deadline: Value) -> tuple[Value, int]:
    """The deadline grown by a length that is added right behind it, and how many tokens that takes."""
    if not following or following[0].unit is None or following[0].unit.kind != "period":
        return deadline, 0
    token = following[0]
    if token.value is None or not _MORE.fullmatch(raw, deadline.end, token.start):
        return deadline, 0
    own, added = (
        _ISO_PART.fullmatch(deadline.offset or ""),
        _ISO_PART.fullmatch(iso([(token.value, code(token))], token)),
    )
    if own is None or added is None or own["unit"] != added["unit"]:
        return deadline, 0
    offset = f"P{int(own['n']) + int(added['n'])}{own['unit']}"
    return msgspec.structs.replace(deadline, offset=offset, end=token.end), 1


_AFTER_THAT = re.compile("[之以]后")  # …注册公司，之后20日内实缴


def _after(
    raw: str, length: Length, tail: re.Match[str], low: tuple[int, int], within: re.Match[str] | None
) -> Value | None:
    start, anchor = _anchor(raw, *low, tail.start())
    if not anchor and _AFTER_THAT.match(raw, tail.start("tail")) and raw[:start].rstrip()[-1:] in ("，", "；"):
        anchor = "此"
    if not anchor and tail["tail"].startswith("次日"):  # 届时未贯通的，自次日起二十日内
        anchor = "次日"
    if tail["tail"].startswith("日") and anchor[-1:] in "0123456789一二三四五六七八九十" and anchor:
        anchor += "日"
    if anchor and tail["tail"].startswith(("次月", "当月", "次年")):
        anchor += tail["tail"][:2]  # 交地次月起12个月内 counts from another day than 交地
    marked = raw.startswith(("自", "从"), start) and "起" in tail["tail"]
    follows = within or _AFTERWARDS.match(raw, length.last)
    short = length.high is not None and (length.workday or length.high[-1] in "DH")
    follows = follows or _DOES.match(raw, length.last) or (_NTH.search(raw, tail.start(), length.first) and tail)
    bounded = "起" in tail["tail"] and _AT_MOST.search(raw, tail.start(), length.first) is not None
    bounded = bounded or ("后" in tail["tail"] and raw.startswith("满", length.first - 1))  # 验收后满一年，退还
    if not anchor or not (follows or marked or bounded or short or _is_cell(raw, start, length.last)):
        return None
    if tail["tail"] in ("期满", "届满", "满") and not follows:
        return None
    if tail["tail"] in ("期满", "届满"):
        anchor += tail["tail"]
    end = follows.end() if follows and follows.group() and raw[follows.start()] not in "的时" else length.last
    return _value(length, start, end, anchor, "after")


_AT_MOST = re.compile(r"(?:不(?:得|应)?超过|最[长迟])$")  # 竣工之日起不超过4个月
# 移交后三个月完成改造: a deed right behind the length.
_DOES = re.compile(
    r"(?=(?:[，]?(?:[甲乙丙]方|[你贵我本][\u4e00-\u9fff]{1,2}|项目公司|企业))?(?:应当?|须|必须)|完成|[建完]成|[投达量]产|[开竣完]工|[交付缴还][清完]|交付|移交|拨[付清]|兑[现付]|退[还回]|出(?=[粉货产]|成?品)|[盖建搬装修架铺][好完成起]|接[通入]|通[车水电气]|实现|达到|[，][把将])"
)


def _is_cell(raw: str, start: int, end: int) -> bool:
    """点火后18个月 as a whole cell of a table."""
    before, after = raw[max(0, start - 2) : start].rstrip(" "), raw[end : end + 2].lstrip(" ")
    return before[-1:] in ("\t", "|") and after[:1] in ("\t", "|", "\n", "")


def _announced(raw: str, low: int, first: int) -> str:
    """The event that opens the sentence for all its offsets: 自本合同签订之日起，乙方30日内…，60日内…"""
    match = _ANNOUNCED.search(raw, low, first) if _OPENED.search(raw, low, first) else None
    return _tidy(match["event"] or match["basis"] or _LABELLED.sub("", match["after"])) if match else ""


_LABELLED = re.compile(rf"^\s*(?:{_LABEL.pattern})\s*")


def _counts(raw: str, low: int, length: Length) -> bool:
    """30日内 without an event still is a deadline; 连续三年内, 近五年内 are stretches of time."""
    return not re.search(r"(?:连续|累计|任意|任一|近|过去|前|后|首|头)$", raw[low : length.first])


def _value(length: Length, start: int, end: int, anchor: str, direction: str) -> Value:
    offset = length.high or length.low
    return Value(
        kind="deadline", start=min(start, length.first), end=max(end, length.last), anchor=anchor, offset=offset,
        direction="before" if direction == "before" else "after", workday=length.workday,
    )  # fmt: skip


# 从福利彩票公益金中另给300万元，签订之日起30日内先给150万元: what it is paid from, not when it begins.
_SOURCE = re.compile(
    r"[^，。；]{2,30}?(?:[中里内](?=[^，。；]{0,8})|(?=列支|支[付出]))[^，。；]{0,8}(?:列支|安排|支[付出]|拨|给(?!水|排)|划|扣|抵|解决|补|提取|筹|拿出|切出)[^，。；]*，"
)


def _anchor(raw: str, low: int, floor: int, stop: int) -> tuple[int, str]:
    """Where the event before `stop` begins, and its words: after 自 or 从, else after the last comma, modal or preposition.

    自 may stand before a comma, but not before an offset that is counted from it (`floor`).
    """
    begin = max(raw.rfind("自", max(low, floor), stop), raw.rfind("从", max(low, floor), stop))
    while begin >= 0:
        word = _FROM.match(raw, begin, stop)
        if word and not _SOURCE.match(raw, word.end(), stop):
            return begin, _tidy(raw[word.end() : stop])
        begin = max(raw.rfind("自", max(low, floor), begin), raw.rfind("从", max(low, floor), begin))
    low = max(low, stop - _WORDS_REACH, *(raw.rfind(mark, low, stop) + 1 for mark in _COMMAS))
    joined = _JOINED.match(raw, floor, stop)  # behind the offset before: …起90日内、2号冷库交付
    low = max(low, joined.end()) if joined and floor else low
    for modal in _MODAL.finditer(raw, low, stop):
        if modal.end() < stop:
            low = modal.end()
    label = _LABEL.match(raw, low, stop)
    if label and not _NODE.match(raw, low):
        low = label.end()
    while low < stop and raw[low] in _NOT_WORDS:
        low += 1
    return low, _tidy(raw[low:stop])


_JOINED = re.compile(r"[之以]?[内前后]?(?:、|以及|[和及与])")


def _tidy(words: str) -> str:
    words = words.replace(BLANK, "")
    return re.sub(r"(?:之日|当日|那天算?|当天|之|的|(?<![0-9一二三四五六七八九十])日)$", "", words).strip(
        '，、 \n\t"”\ue002'
    )
