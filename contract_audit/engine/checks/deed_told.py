"""What a message tells of a duty: the thing and what is done to it, without bearer and time; and the words that are quoted."""

import re
from functools import partial

from contract_audit.chinese.text import behind_last
from contract_audit.deeds import VERBS
from contract_audit.engine.case import Case
from contract_audit.engine.checks.deed_words import row_of, without_remarks
from contract_audit.engine.view import SEGMENT_MARKS
from contract_audit.model import Obligation

_QUOTE = 40  # characters
_SEGMENT = 60  # characters
_COMMA = re.compile("[，；。]")
_PARTY = r"(?:[甲乙丙丁]方|双方|各方|项目公司|企业|[你我贵]公司|[你我]们|管委会|[县市区镇乡](?:人民)?政府)"
_MUST = r"(?:应当?|须|需|必须|负责|承诺|保证|确保|由|于|将于|将|，)"
_LEAD = re.compile(
    rf"^(?:由?{_PARTY}(?={_MUST}|{VERBS}|[将把向为在按分]|依法|组织|协调|一次|全额|无息|$))?(?:{_MUST}|在(?=$))*"
)


def bearer(case: Case, obligation: Obligation) -> str:
    """Who owes it, as a reader of the message knows them: 甲方, 县财政局; a name for 我委 and 贵公司, a side for 镇里.

    Empty where nobody is named, and who is meant was only taken to be so.
    """
    if obligation.provision is not None and case.understanding.provisions[obligation.provision].known_by == "default":
        return ""
    said = obligation.bearer or ""
    if _SPOKEN_TO.match(said):
        named = (party.name for party in case.understanding.parties if said in party.aliases)
        return next(named, _SIDES.get(obligation.side, ""))
    return _SIDES.get(obligation.side, "") if _NOBODY.search(said) else said


_SPOKEN_TO = re.compile("[我你贵该本咱您]")  # who speaks, and to whom, stands in the letter only
_NOBODY = re.compile("^(?:会议|)$|[县市区镇乡村]里$|上$")
_SIDES = {"government": "政府方", "investor": "企业方", "both": "双方"}


def act(case: Case, obligation: Obligation) -> str:
    """The duty's words for a message: 标准厂房交付乙方使用, 园区西门道路建成通车; at most 40 characters, cut with 「…」."""
    return case.kept((act, id(obligation)), partial(_read_act, case, obligation))


def _read_act(case: Case, obligation: Obligation) -> str:
    words = _of_row(case, obligation) or _of_sentence(case, obligation)
    told = _DONE.sub("", " ".join(words.split()).strip("，、 "))
    if len(_HAN.findall(told)) < _LEAST_TOLD:  # a word of time alone names nothing: the duty is told as it stands
        told = " ".join(case.text(obligation.start, obligation.end).split())
    return told if len(told) <= _QUOTE else f"{told[: _QUOTE - 1]}…"


_LEAST_TOLD = 2
# The message says 应于…前完成 itself.
_DONE = re.compile("^完成(?![后时前以之并和及或率度于在，、的])(?=..)|(?<=...)(?<!全部|全面|基本|按期|如期)完成$")


def _of_sentence(case: Case, obligation: Obligation) -> str:
    start, end = obligation.start, obligation.end
    if not start <= obligation.due_start < obligation.due_end <= end:
        return _LEAD.sub("", case.text(start, end))
    before, after = case.text(start, obligation.due_start), case.text(obligation.due_end, end)
    if closes_phrase(case, obligation):
        return _TIME_SAID.sub("", _LEAD.sub("", _COMMA.split(before)[-1]))
    after = _TIME_END.sub("", after)
    phrase = after[: len(re.split(r"[，。；]", without_remarks(after), maxsplit=1)[0])].removeprefix("由")
    phrase = _LEAD.sub("", phrase.removeprefix(obligation.bearer or ""))
    if not phrase.strip():
        return _TIME_SAID.sub("", _LEAD.sub("", before))
    return phrase if len(phrase) > _VERB and _names_a_thing(phrase) else f"{_topic(case, obligation, phrase)}{phrase}"


_VERB = 3  # characters: 退清, 审完, 送到了
_TIME_END = re.compile(
    r"^(?:时|之?内|之?[前后]|以[前后]|止)?[，,\s]*(?=[^，,\s])"
)  # what may follow the time words: 满三个月时，
_TIME_SAID = re.compile(
    r"的?(?:时间|日期|期限|时限|节点)(?:(?:调整|变更|顺延|推迟|改)?[为至到是]|[:：])?[“\"]?$|(?:为|是|于|在|：)$"
)


def _names_a_thing(words: str) -> bool:
    """Whether something is left but verbs, how it is done, sums and to whom."""
    return len(_HAN.findall(_NO_THING.sub("", words))) > 1


_HAN = re.compile(r"[\u4e00-\u9fff]")
_NO_THING = re.compile(
    rf"{_PARTY}|{VERBS}|[0-9０-９,.，%一二三四五六七八九十两百千万亿]+(?:万|亿)?[元吨亩个成]?|"
    "全[部额面]|整体|正式|一次性?|首次|分别|书面|据实|无息|足额|合格|完毕|完成|组织|累计|不少于|不低于|按期|如期|试|再|并|且|后|各|给|向|至|到|"
    "原数|原件|上一?年度?的?|数额|使用|手上|验收|应当?|分|次"
)


def _topic(case: Case, obligation: Obligation, phrase: str) -> str:
    """What is spoken of, where the words after the time do not say it; may be empty.

    It stands right before the time (试验检测楼于…整体移交), at the head of the sentence (机耕路从村口修到厂门，750米，赶在清明节前打好),
    or names the line (（六）员工公寓。…); what is given back is the money last spoken of.
    """
    text, place = case.document.text, obligation.due_start
    line = text.rfind("\n", 0, place) + 1
    sentence = behind_last("。；", text, place, line)
    label = _LABEL.match(text, line)
    first = label.end() if label is not None else line
    parts = _COMMA.split(without_remarks(text[max(sentence, first) : place]))
    if _GIVEN_BACK.match(phrase) and (sums := list(_DEPOSIT.finditer(text, line, place))):
        return sums[-1].group()
    if _PAID.match(phrase) and (sums := list(_SUM.finditer(text, max(sentence, first), place))):
        return _GIVES.sub("", sums[-1].group())
    title = _TITLE.match(text, first, max(place, first)) if label is not None else None
    own = _head(parts[-1]) if len(parts) > 1 else ""
    heads = (own, _head(parts[0]), _head(title["title"]) if title is not None else "")
    return next((head for head in heads if _PART_OF.match(head) or _names_a_thing(head)), "")


def _head(part: str) -> str:
    """The thing that a part of a sentence begins with; empty for a case, a step with a day of its own, who owes it."""
    part = re.split("[：:]", part)[-1].strip()
    found = _HEAD.match(part if "的" in part else _LEAD.sub("", part))
    if found is None or _CASE.search(part) or _NO_HEAD.fullmatch(found["head"]):
        return ""
    return found["head"]


_LABEL = re.compile(
    r"[\s\u3000]*(?:第[0-9.一二三四五六七八九十百]+[条项款]|[（(]?[A-Za-z]?[0-9一二三四五六七八九十]{1,3}(?:[.．][0-9]+)*(?:[）).、．，:：]|(?=\s))|[①-⑳])"
    r"[\s\u3000]*"
)
_HEAD = re.compile(
    r"(?!关于|如|若|因|经|自|在|按|依|凡|未|除|其[一二三中]|前述|上述|每|具体|为|以|先|不)"
    r"(?P<head>[^，。；：:“”（）()\s]{2,24}?)"
    r"(?=已|(?<![供响])应(?!急)|须|需(?!求)|将|(?<![亩平])均|由|正在|从|自(?![然有行])|按|在|(?<!可)以|要(?!求)|采用|(?<![关对位属])于|"
    r"分(?=[0-9一二三四两]|期|步|批)|[（：:\s]|$)"
)
_NO_HEAD = re.compile(
    r"[\u4e00-\u9fff、]{0,24}(?:[甲乙丙丁]方|公司|企业|集团|政府|管委会|委员会|街道|[局委办厅])|[\u4e00-\u9fff]{0,4}(?:进度|期限|时间|工期|安排|方式|节点|约定|责任|义务|计划|要求|事项)|其他|应当?|必须"
)
_CASE = re.compile(
    r"(?:的|后|前|时|起|内)$|之日|[前后头][0-9一二三四五六七八九十两]+年|(?:20|19)[0-9]{2}年|[0-9一二三四五六七八九十]+个?(?:工作)?[日天月年](?:底|末|以|之)?[前内]"
)
_TITLE = re.compile(r"(?:关于)?(?P<title>[^，。；：:（）\s]{2,16}?)(?:的事|的?问题)?[。：:]")
_PART_OF = re.compile("剩余|其余|余|另|首|第|[0-9一二三四五两][期批号]")
_GIVEN_BACK = re.compile(r"(?:无息|全额|全部|原额|原数|一次性?|再)*(?:退|返|解除)")
_PAID = re.compile("(?:一次性?|全部|全额|足额)*(?:拨付|支付|付清|兑付|兑现|发放|付款|结清|到账|打入|划转)$")
_SUM = re.compile(r"[\u4e00-\u9fff]{2,14}[0-9][0-9,.]*\s*[万亿]?元")
_GIVES = re.compile(rf"^(?:.*(?:给予|支付|拨付|安排|付给?)(?=[\u4e00-\u9fff])|{_PARTY})")
_DEPOSIT = re.compile(r"(?:履约|投标|诚意|建设|进度|租赁|装修)?(?:保证金|押金|定金|意向金|诚意金|保函|担保|预付款)")


def _of_row(case: Case, obligation: Obligation) -> str:
    """The cells of a row that say what is owed; a figure alone with the head of its column: 头一批，金额（万元）600."""
    provision = row_of(case, obligation)
    if provision is None or not provision.start <= obligation.due_start < provision.end:
        return ""
    cells = _CELL.split(case.text(provision.start, provision.end))
    place = len(_CELL.findall(case.text(provision.start, obligation.due_start)))
    stem = provision.stems[-1] if provision.stems else None
    heads = _CELL.split(case.text(stem.start, stem.end)) if stem is not None else []
    due = case.text(obligation.due_start, obligation.due_end)
    rest = cells[place].replace(due, "").strip("前内，、 ")
    cells[place] = rest if len(rest) > 1 else ""
    heads = heads if len(heads) == len(cells) else [""] * len(cells)
    said = [_told_cell(cell.strip(), head.strip(), obligation) for cell, head in zip(cells, heads, strict=True)]
    first = [cell for number, cell in enumerate(said) if cell and (number <= place or cell != cells[number].strip())]
    return "，".join(first if any(_HAN.search(cell) for cell in first) else filter(None, said))


_CELL = re.compile(r"\s*[\t|]\s*")


def _told_cell(cell: str, head: str, obligation: Obligation) -> str:
    """What a cell says of what is owed, a figure with the head of its column; empty for who sees to it, days and numbers of rows."""
    if not cell or cell == obligation.bearer or _SAYS_NOT.fullmatch(cell) or _OF_OTHERS.search(head):
        return f"{head}{cell}" if _FIGURE.fullmatch(cell) and _MEASURED.search(head) else ""
    return f"{head}{cell}" if _FIGURE.fullmatch(cell) and _HAN.search(head) else cell


_FIGURE = re.compile(r"[0-9][0-9,.]*%?")
_MEASURED = re.compile(r"[额款元亩积米量数率例]|期次")
_OF_OTHERS = re.compile(r"起算|起点|触发|责任|单位|依据|凭证|备注|^序号?$|编号")
_SAYS_NOT = re.compile(
    r"[-—–/\\无■●○√✓]+|[（(]?[A-Za-z]{0,3}-?[0-9一二三四五六七八九十]{1,3}(?:[-.][0-9]{1,2})?[）).、．]?|[甲乙丙丁](?:方)?|双方|各方|企业|政府|"
    r"[\u4e00-\u9fff]{1,14}(?:局|委|办|科|股|处|部|政府|管委会|委员会|公司|集团|中心)|"
    r"(?:20|19)[0-9]{2}(?:年|[-/.])[0-9]{0,2}(?:月|[-/.])?[0-9]{0,2}日?[前内底末]*|[0-9]{1,3}个?(?:工作)?[日天月][内前]?"
)


def quote(case: Case, obligation: Obligation) -> tuple[int, int]:
    """From the time words to the end of their segment: 「2023年2月1日前交付厂房」; of a short row of a table all its cells."""
    return case.kept((quote, id(obligation)), partial(_read_quote, case, obligation))


def _read_quote(case: Case, obligation: Obligation) -> tuple[int, int]:
    if obligation.due_end <= obligation.due_start:
        return segment(case, obligation.start, obligation.end)
    row = short_row(case, obligation)
    if row is not None:
        return row
    if closes_phrase(case, obligation):
        phrase = _COMMA.split(case.text(obligation.start, obligation.due_start))[-1]
        return obligation.due_start - len(phrase), obligation.due_end
    _, end = segment(case, obligation.due_start, obligation.due_end)
    rest = case.text(obligation.due_end, max(end, obligation.due_end))
    if _NO_MORE.fullmatch(rest) and case.text(end, end + 1) in ("，", ","):  # 自签署日起六个月内，移交用地
        _, end = segment(case, obligation.due_start, end + 2)
    return obligation.due_start, min(max(end, obligation.due_end), obligation.due_end + _QUOTE)


_NO_MORE = re.compile(r"(?:时|之?内|之?[前后]|以[前后]|止)?")


def closes_phrase(case: Case, obligation: Obligation) -> bool:
    """Whether the day closes what it is said of: 2号厂房交付的时间调整为11月30日前，标准不变."""
    before = case.text(obligation.start, obligation.due_start)
    after = case.text(obligation.due_end, obligation.due_end + 1)
    return bool(_SET_TO.search(before)) and after in ("，", ",", "；", ";", "。")


_SET_TO = re.compile(r"(?:时间|期限|时限|日期|节点|期)[^，。；]{0,6}(?:为|至|到)[“\"]?$")


def short_row(case: Case, obligation: Obligation) -> tuple[int, int] | None:
    """From the first cell of words to the time, where that is a short stretch of one row: 「厂房移交 甲方 6月28日前」."""
    provision = row_of(case, obligation)
    if provision is None or obligation.due_end - provision.start > _QUOTE + _QUOTE // 2:
        return None
    label = _ROW_LABEL.match(case.document.text, provision.start, obligation.due_start)
    start = label.end() if label else provision.start
    return (start, obligation.due_end) if start < obligation.due_start else None


_ROW_LABEL = re.compile(r"[|\s]*[（(]?[A-Za-z]{0,3}-?[0-9一二三四五六七八九十]{1,3}[）).、．]?\s*[\t|]\s*")


def segment(case: Case, start: int, end: int) -> tuple[int, int]:
    """The span without its trailing marks, grown to the end of its segment, at most 60 characters."""
    text = case.document.text
    mark = _SEGMENT_MARK.search(text, max(start, end - 1))
    return start, min([*([mark.start()] if mark else []), start + _SEGMENT, len(text)])


# Half-width marks end a segment as the full ones do; the comma inside a figure does not.
_SEGMENT_MARK = re.compile(f"[{SEGMENT_MARKS};]|(?<![0-9０-９]),|,(?![0-9０-９]{{3}})")
