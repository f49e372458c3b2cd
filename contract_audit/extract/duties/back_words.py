"""Words that count from what was said just before: …验收合格的，此后三十日内付清; 9月30日前交房，该日之后十五日内进场."""

import re
from datetime import date

from contract_audit.extract.values.scan import values_in

_BACK = re.compile(
    r"(?:(?:此|其|随|嗣|而|之|该|这|那)(?:时|事项|日期?)?|(?:上述|前述|该|前款)(?:日期|之?日|时间|事项|情形))后?再?|(?:届时|到期|该日|其)?的?次日"
)
_OF_DAY = re.compile(r"^(?:自|从)?(?:该|此|上述|前述|前款)(?:日|时间)")
_SENTENCE = re.compile(r"[。；;\n\t|]")
_PHRASE = re.compile(r"[，,：:]")
_SUPPOSED = re.compile(r"若|如(?!期|实|数|约)|倘|假如|一旦|未能|未(?=[在于按如能])")
_LEAD = re.compile(
    r"^(?:第[0-9一二三四五六七八九十]+[条款项]|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}|[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．])?\s*"
    r"(?:一旦|经|待|若|如)?(?:(?:[甲乙丙丁]方|项目公司)(?:应当?|须|必须|负责|承诺|保证|将|于|在)+)?(?:应当?|须|于|在|并)*"
)
_TAIL = re.compile(r"(?:的|之?后|之日|时)$")
_FEWEST, _REACH = 2, 200


def is_back_word(anchor: str) -> bool:
    """True for 此, 其, 该, 上述日期: they name no event themselves."""
    return bool(_BACK.fullmatch(anchor))


def event_before(text: str, start: int, end: int) -> str | None:
    """What a back word in text[start:end] means: the date (该日) or the event of the phrase right before it in its sentence.

    None where nothing stands before.
    """
    marks = [match.end() for match in _SENTENCE.finditer(text, max(0, start - _REACH), start)]
    cuts = [marks[-1] if marks else max(0, start - _REACH)]
    cuts += [match.end() for match in _PHRASE.finditer(text, cuts[0], start)]
    spans = zip(cuts, [*cuts[1:], start], strict=True)
    words = next((text[low:high] for low, high in reversed(list(spans)) if _has_words(text[low:high])), "")
    supposed = _SUPPOSED.search(words)
    if supposed and _NEXT_DAY.match(text, start):
        return _day_of(text[max(0, start - _REACH) : start].rpartition("\n")[2])
    inside = [] if supposed else [value for value in values_in(words, None) if value.kind in ("date", "deadline")]
    days = [value.until for value in inside if value.kind == "date" and value.sure and value.until is not None]
    if _OF_DAY.match(text[start:end]) and len(days) == 1:
        return f"{days[0].year}年{days[0].month}月{days[0].day}日"
    for value in reversed(inside):
        words = words[: value.start] + words[value.end :]
    words = _TAIL.sub("", _LEAD.sub("", words.strip("，,：: \u3000")))
    return words if len(words) >= _FEWEST else None


# 8月31日前贯通。届时未能贯通的，自次日起二十日内: the day after the one that was let pass
_NEXT_DAY = re.compile(r"(?:自|从)?(?:届时|到期|该日|其)?的?次日")


# 自8月1日起可用，届时由甲方交付钥匙: on the day just named.
_THEN = re.compile(r"[，,；;\s]*(?:届时|到时候?|到期)[，,]?(?!次日|仍|未|如|若|不|逾|没)")
# 缺陷责任期至2026年8月31日届满，乙方在期满后28日内退还
_TERM_OVER = re.compile(r"(?:该|上述|此)?(?:期限?|到?期)?(?:届满|期满|到期)")
_TERM_ENDS = re.compile(
    r"期限?(?:为|自|从|是)?[^。；\n]{0,24}?(?P<day>[^。；\n至到]{6,16}日)[，,]?(?:届满|期满|到期|止)"
)


def day_then(text: str, start: int) -> tuple[int, int, date] | None:
    """Span of a 届时 that opens text[start:], and the one day that its sentence names before; None where there is none."""
    then = _THEN.match(text, start)
    if then is None:
        return None
    begin = max((match.end() for match in _SENTENCE.finditer(text, max(0, start - _REACH), start)), default=0)
    before = text[begin:start]
    if _SUPPOSED.search(before):
        return None
    days = {value.since or value.until for value in values_in(before, None) if value.kind == "date" and value.sure}
    day = days.pop() if len(days) == 1 else None
    return None if day is None else (then.end() - len(then.group().strip("，,；; \n")), then.end(), day)


def day_term_ends(text: str, anchor: str, start: int) -> date | None:
    """The day on which the term ends whose end `anchor` (期满) counts from, as the sentence before `start` names it."""
    if not _TERM_OVER.fullmatch(anchor):
        return None
    begin = max((match.end() for match in _SENTENCE.finditer(text, max(0, start - _REACH), start)), default=0)
    ends = [match["day"] for match in _TERM_ENDS.finditer(text, begin, start)]
    days = [
        value.until for words in ends[-1:] for value in values_in(words, None) if value.kind == "date" and value.sure
    ]
    return days[0] if len(days) == 1 else None


def _day_of(words: str) -> str | None:
    """The last date of the words before, as a date in figures."""
    days = [
        value.until
        for value in values_in(words, None)
        if value.kind == "date" and value.sure and value.until is not None
    ]
    return f"{days[-1].year}年{days[-1].month}月{days[-1].day}日" if days else None


def _has_words(phrase: str) -> bool:
    """More than who acts (乙方应): a phrase that tells something."""
    return len(_LEAD.sub("", phrase.strip("，,：: \u3000"))) >= _FEWEST
