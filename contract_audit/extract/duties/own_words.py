"""A duty's own words: without its time, without who acts or is paid; of several times told together its own part."""

import re
from itertools import takewhile

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.deeds import VERBS
from contract_audit.model import Obligation

REMARK = re.compile(r"[（(][^（）()]*[）)]")
_CONDITION = re.compile(r"(?:之?[前后]|时|期间|情况下|以来)$")  # 在4号楼交付之前, 投产后
# 若未能在12月31日前通过验收: what is supposed is not what is owed.
_SUPPOSED = re.compile(
    r"^因(?![地此])|^由于|^鉴于|若|如果|倘|假如|(?:未能?|没有|不能)[^，。；]*的$|^如(?![期实数约下])"
)
_ADDED = re.compile(r"并|且|同时|完成|取得|通过|办妥|向|交(?!(?:付|接|地|房|工)?(?:[之以]?[前后]|时|标准|条件))")
PHRASE = re.compile(r"[，；;。\n]|,(?![0-9]{3})")  # 2,000万元 is one sum


# Who acts is not what is acted on.
_DOER = re.compile(
    r"(?:(?<=[，。；：:、\s])|^)(?:[甲乙丙丁]方|项目公司|[县市区镇]政府|管委会)(?=应|须|需|必须|负责|承诺|保证|确保|同意|在|"
    r"于|自|至|\s|$)"
)


# 付至项目公司账户, 向乙方支付: who is paid is not what is paid for.
_PAYEE = re.compile(
    r"(?<=[付拨汇转划打存缴交])[至到入给进][^，。；\n]{0,24}?(?:账户|帐户|账上|账号|专户|专账)|向[^，。；\n]{2,16}?(?=支付|拨付|付清|结清|兑付|发放)"
)


# 主合同第三条表内的一期投产时限: where it stands, not what is owed.
_PLACE = re.compile(
    r"(?:主|原)(?:合同|协议)书?第[0-9一二三四五六七八九十]+条(?:第?[（(]?[0-9一二三四五六七八九十]+[）)]?[款项目])?(?:表[内中]|所列|约定|规定)?的?|[时期]限(?=[，\s]*改[为至])"
)


# 建设资金已列入经批准的2021年度政府投资计划: where the money for it comes from.
_FUNDED = re.compile(
    r"[，,；;](?:所需|建设|改造|工程|项目|相关|上述|其)*(?:资金|经费|费用)[^，。；\n]{0,10}?(?:列入|纳入|列支|落实|预算|计划|统筹|保障)[^，。；\n]*"
)


# 铸造车间应于6月底前通过验收，其主体结构不迟于…封顶: of what was spoken of before.
_ITS = re.compile(r"(?:[，；]|并且?|而)?其(?![中他它余次实])(?=[\u4e00-\u9fff])")
_SPOKEN_OF = re.compile(
    r"(?P<what>[\u4e00-\u9fffA-Za-z0-9#（）]{2,16}?)(?=应|须|将|需|于|在|由|自|不[晚迟]|[0-9]{4}年)"
)


def with_antecedent(text: str, duty: Obligation, own: str) -> str:
    """A duty's own words with what 其 at their beginning stands for, the subject of the sentence, in its place."""
    if _ITS.match(text, duty.start) is None:
        return own
    begin = behind_last("\n。；", text, duty.start)
    label = _LABEL.match(text, begin, duty.start)
    spoken = _SPOKEN_OF.match(text, label.end() if label is not None else begin, duty.start)
    return _ITS.sub(_DOER.sub("", spoken["what"]), own, count=1) if spoken is not None else own


_LABEL = re.compile(r"\s*[（(]?[0-9一二三四五六七八九十]{1,3}(?:[)）]?[、.．]|[)）])\s*")


def without_time(text: str, duty: Obligation) -> str:
    """A duty's words without its time and without the phrases that only say when or from what money."""
    return _FUNDED.sub("", _timeless(text, duty))


# 原协议约定“2023年6月30日前投产”，变更为：一期…投料试车: what was agreed once is not what is owed.
_ONCE = re.compile(
    r"(?:原|主)(?:合同|协议)书?[^，。；“”\n]{0,16}[“\"][^“”\"\n]{2,60}[”\"][^，。；\n]{0,6}[，,]?(?:现|双方同意|同意)?(?:变更|调整|修改|改)[为成至][：:，,]?"
)


def _timeless(text: str, duty: Obligation) -> str:
    once = _ONCE.match(text, duty.start, duty.due_start)
    if once is not None:
        duty = msgspec.structs.replace(duty, start=once.end())
    if duty.due_end <= duty.due_start:
        return _DOER.sub("", text[duty.start : duty.end])
    if duty.part is not None:
        return _shared(text, duty)
    *led, last = PHRASE.split(text[duty.start : duty.due_start])
    kept = [part for part in led if not _SUPPOSED.search(part)]
    before = "，".join(part for part in (*kept, last) if not _CONDITION.search(part))
    after = f"{text[max(duty.due_end, duty.start) : duty.end]}{_verb_behind(text, duty)}"
    return _PAYEE.sub("", _DOER.sub("", _PLACE.sub("", f"{before} {after}")))


# 10月15日前将6号库、12月20日前将7号库交付乙方: the verb stands behind the last of what is acted on.
_TAKEN = re.compile(rf"[将把](?:(?!{VERBS})[^，。；将把\n]){{1,24}}$")
_TAKEN_TOO = re.compile(
    rf"[、，,和及与][^。；\n]{{2,24}}?[将把][^，。；\n]{{1,24}}?(?P<verb>(?:{VERBS})[^，。；、\n]*)"
)


def _verb_behind(text: str, duty: Obligation) -> str:
    """The verb that a duty, whose words end in what is acted on, shares with the next one of its sentence; else nothing."""
    following = _TAKEN_TOO.match(text, duty.end) if _TAKEN.search(text, duty.due_end, duty.end) else None
    return following["verb"] if following is not None else ""


def _shared(text: str, duty: Obligation) -> str:
    """The words that several times share; of what they are to reach each (分别达到3000万元、1.1亿元) the duty's own."""
    words = text[duty.shared_start : duty.shared_end]
    each = _EACH_ITS_OWN.fullmatch(words)
    if each is not None:
        return f"{each['lead'].rstrip('，,')}{each['who']}{each['act']}{each['own']}"
    return f"{own_item(text, duty) or ''}{words}"


_ITEMS = re.compile(r"(?P<items>[^，。；：、\n]{1,12}(?:[、和与及][^，。；：、和与及\n]{1,12})+)分别")
_NOUN = re.compile(r"[0-9A-Za-z#一二三四五六七八九十第号期]*(?P<noun>[^0-9]*)$")


def own_item(text: str, duty: Obligation) -> str | None:
    """The one of several things with a day each that the duty is about: 1号、2号、3号厂房分别于…、…、…前交付."""
    line = behind_last("\n。；", text, duty.due_start)
    match = _ITEMS.search(text, line, duty.due_start)
    items = re.split("[、和与及]", match["items"]) if match else []
    if duty.part is None or not 0 < duty.part <= len(items) or len(items) < _FEWEST_ITEMS:
        return None
    item, noun = items[duty.part - 1], _NOUN.search(items[-1])
    return item if noun is None or noun["noun"] in item else f"{item}{noun['noun']}"


_FEWEST_ITEMS = 2


_EACH_ITS_OWN = re.compile(
    r"(?P<lead>[^。；]*?)(?:19|20)[0-9]{2}年[0-9年月日、和与及至之以前底末]*[，,]?(?P<who>[^。；0-9]*?)分别(?:应|须|为)?(?P<act>[^0-9。；]{0,8})"
    r"(?:[0-9][^、和与及。；]*[、和与及])*(?P<own>[0-9][^、和与及。；]*)"
)


def main_phrases(text: str, duty: Obligation) -> list[str]:
    """The words between the commas around the time, or the first phrase after it; then the phrases that 并 adds."""
    if duty.part is not None:
        return [PHRASE.split(REMARK.sub("", _shared(text, duty)))[0]]
    if duty.due_end <= duty.due_start:
        return [REMARK.sub("", text[duty.start : duty.end])]
    before = PHRASE.split(REMARK.sub("", text[duty.start : duty.due_start]))[-1]
    said = f"{text[max(duty.due_end, duty.start) : duty.end]}{_verb_behind(text, duty)}"
    after = [part for part in PHRASE.split(REMARK.sub("", said)) if len(part) > 1]
    joined = takewhile(lambda part: _ADDED.match(part), after[1:])
    return [_PAYEE.sub("", _DOER.sub("", f"{before} {after[0] if after else ''}")), *joined]
