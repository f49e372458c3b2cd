"""Facts of the vocabulary from values and the words before them; several candidates for one name, the surest first."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, TypeVar

import msgspec

from contract_audit.chinese.text import Folded, fold
from contract_audit.extract.names import is_public
from contract_audit.extract.scale import investment_parts, listed_equipment
from contract_audit.extract.signature import signing_days
from contract_audit.extract.signed_names import ROLE_FACTS, signed_names
from contract_audit.extract.titles import title_facts
from contract_audit.extract.units import MU_SQM
from contract_audit.model import Clause, Confidence, Document, Fact, Party, Value, ValueKind


class Cue(NamedTuple):
    """Words right before (or after) a value of one kind that make it a fact."""

    name: str
    kind: ValueKind
    before: re.Pattern[str]
    confidence: Confidence
    per: str | None = None
    after: re.Pattern[str] | None = None


_GAP = r"[^，。；：:、0-9]{0,12}[：:]?[^，。；、0-9]{0,6}"


def _cue(
    name: str,
    kind: ValueKind,
    before: str,
    confidence: Confidence = "high",
    per: str | None = None,
    after: str | None = None,
) -> Cue:
    return Cue(name, kind, re.compile(f"(?:{before}){_GAP}$"), confidence, per, re.compile(after) if after else None)


_CUES = (
    _cue("total_investment_yuan", "money", r"总投资(?:额|规模|金额)?|投资总额|投资总规模|项目投资额"),
    _cue("fixed_investment_yuan", "money", r"固定资产(?:投资)?(?:总?额)?|固投|固定资产[^。；]{0,16}[%成]，?即"),
    _cue("total_investment_yuan", "money", r"(?:总共|一共|累计共|合计)投(?:到|入|资)?", "medium"),
    _cue("total_investment_yuan", "money", r"投资(?:额|规模|金额)?", "medium"),
    _cue("registered_capital_yuan", "money", r"注册资(?:本|金)金?"),
    _cue("output_yuan", "money", r"年(?:度|均)?(?:总?产值|销售收入|营业收入|销售额|主营业务收入)"),
    _cue(
        "tax_yuan", "money", r"年(?:度|均)?(?:纳税|税收|缴纳?税|上缴税|实缴税|入库税|实现税)[^，。；0-9]{0,6}|纳税总额"
    ),
    _cue("intensity_yuan_per_mu", "money", r"投资强度", per="亩"),
    _cue("tax_yuan_per_mu", "money", r"亩均(?:年)?(?:税收|纳税|缴税|入库税)"),
    _cue("land_mu", "area", r"(?:用地|占地|土地|地块|供地|宗地|厂区)(?:总?面积)?"),
    _cue("land_mu", "area", r"(?:用地|土地|地块|宗地)[^。；]{0,8}，(?:总|土地|用地)?面积(?:约|为|共)?"),
    _cue("land_mu", "area", r"面积", "medium"),
    _cue("plant_sqm", "area", r"总建筑面积"),
    _cue("plant_sqm", "area", r"建筑面积|(?:标准|定制)化?厂房|建筑规模", "medium"),
    _cue("plant_sqm", "area", r"(?:厂房|车间|楼)[^。；]{0,24}(?:[，、]总?面积|共计?|合计)", "medium"),
    _cue("plant_sqm", "area", r"(?:租用|租赁|承租|使用|提供|建设|新建)[^，。；]{0,14}(?:厂房|车间)", "medium"),
    _cue(
        "office_share",
        "percent",
        r"行政办公[^，。；]{0,12}(?:用地|设施)[^，。；]{0,8}(?:比例|占比|面积|不超过|不得超过)?",
    ),
    _cue("building_density", "percent", r"建筑系数|建筑密度"),
    _cue("jobs", "number", r"就业|用工|从业|职工|员工"),
    _cue("term_years", "duration", r"租期|租赁期限?|租赁期|合同期限?|协议期限?|有效期|经营期限?|合作期限?"),
)

_LOWER = re.compile(r"[一二三四首]期|分期|第[一二三四]期|累计|完成|达到|其中(?!固定)|种植|基地|增资|差额|不足|少于")
_NEVER: dict[str, re.Pattern[str]] = {
    "land_mu": re.compile(r"种植|流转|林地|耕地|补助|补偿|每亩|绿化|道路"),
    "plant_sqm": re.compile(r"办公|宿舍|食堂|展厅|孵化|用房|住宅|商业|周转|公寓"),
    "total_investment_yuan": re.compile(r"设备|完成|累计|[一二三四首]期|年度|分期|基金|借款|强度|政府|补助|奖励"),
    "fixed_investment_yuan": re.compile(r"强度|完成|累计|[一二三四首]期"),
    "registered_capital_yuan": re.compile(r"合计"),
}
_SENTENCE = re.compile(r"[。；\n\t|]")
_REACH, _HEAD_LINES = 44, 12
_RANK: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2}
_WORSE: dict[Confidence, Confidence] = {"high": "medium", "medium": "low", "low": "low"}
_AGAIN = re.compile(r"\s*[（(](?:小写|大写)?[：:]?\s*$")
_SUM = re.compile(r"[，、；（]?\s*(?:两期|三期|各期)?(?:共计?|合计|总计|总共)\s*")
_SQUARE = re.compile(r"平方|平米|㎡|m2|m²")
_IN_SQM = re.compile(r"\s*[（(，、]?\s*(?:折合?|合|约|即|计|共)*\s*$")


def facts(
    document: Document, clauses: tuple[Clause, ...], parties: tuple[Party, ...], values: tuple[Value, ...]
) -> tuple[Fact, ...]:
    """All facts of the vocabulary that the paper states, sorted by name, then by confidence, then by place."""
    folded = fold(document.text)
    inside = tuple(_at(value, *folded.folded(value.start, value.end)) for value in values)
    read = [
        *title_facts(folded.text, _head(document, folded)),
        *_stated(folded.text, inside),
        *_ratios(folded.text),
        *_passages(folded.text),
    ]
    read += _currency(read, inside)
    read += investment_parts(folded.text, inside, read)
    found = [_at(fact, *folded.original(fact.start, fact.end)) for fact in read]
    found += [*_party_facts(parties), *signed_names(document, clauses, parties), *_signing(document, clauses)]
    found += [*listed_equipment(document, values)]
    return tuple(sorted(_unique(found), key=lambda fact: (fact.name, _RANK[fact.confidence], fact.start)))


_Placed = TypeVar("_Placed", Value, Fact)


def _at(thing: _Placed, start: int, end: int) -> _Placed:
    return msgspec.structs.replace(thing, start=start, end=end)


def _head(document: Document, folded: Folded) -> list[tuple[int, int]]:
    """Spans of the first lines in the folded text, a table of contents left out."""
    if document.blocks:
        blocks = [block for block in document.blocks[:_HEAD_LINES] if block.kind != "toc"]
        return [folded.folded(block.start, block.end) for block in blocks]
    spans, start = [], 0
    for line in folded.text.split("\n")[:_HEAD_LINES]:
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _currency(found: list[Fact], values: tuple[Value, ...]) -> Iterator[Fact]:
    """The currency of the total investment, else of the largest sum."""
    money = [value for value in values if value.kind == "money" and value.currency and value.low is not None]
    total = next((fact.start for fact in found if fact.name == "total_investment_yuan"), None)
    main = [value for value in money if value.start == total] or sorted(
        money, key=lambda value: value.low or 0, reverse=True
    )
    if main:
        yield Fact(
            name="currency", value=main[0].currency or "CNY", start=main[0].start, end=main[0].end, source="主要金额"
        )


def _unique(found: list[Fact]) -> Iterator[Fact]:
    """One fact for one name at one place, with its best confidence."""
    best: dict[tuple[str, int], Fact] = {}
    for fact in found:
        known = best.get((fact.name, fact.start))
        if known is None or _RANK[fact.confidence] < _RANK[known.confidence]:
            best[fact.name, fact.start] = fact
    yield from best.values()


def _party_facts(parties: tuple[Party, ...]) -> Iterator[Fact]:
    for party in parties:
        if party.role in ROLE_FACTS:
            yield Fact(name=ROLE_FACTS[party.role], value=party.name, start=party.start, end=party.end, source="首部")
        if party.uscc and not is_public(party.kind):
            yield Fact(
                name="uscc", value=party.uscc, start=party.start, end=party.end,
                confidence="high" if _checked(party.uscc) else "low", source=party.role,
            )  # fmt: skip


def _checked(code: str) -> bool:
    from stdnum.cn import uscc

    return bool(uscc.is_valid(code))


def _signing(document: Document, clauses: tuple[Clause, ...]) -> Iterator[Fact]:
    """Dates of signing: the latest of the surest source first; where they disagree none is of high confidence."""
    days = list(signing_days(document, clauses))
    order = {"signature": 0, "head": 1, "issue": 2, "body": 3}
    days.sort(key=lambda day: (order[day.source], -day.day.toordinal()))
    agree = len({day.day for day in days}) == 1
    for index, day in enumerate(days):
        confidence: Confidence = "high" if agree else "medium" if index == 0 else "low"
        yield Fact(
            name="signed_on", value=day.day, start=day.start, end=day.end, confidence=confidence, source=day.source
        )


def _stated(text: str, values: tuple[Value, ...]) -> Iterator[Fact]:
    last: dict[str, tuple[int, Cue | None]] = {}
    land: Value | None = None
    for value in values:
        start, cue = _before(text, value, last)
        if value.kind == "area" and land is not None and _is_same_land(text, land, value):
            yield from _in_other_unit(text, value)
            continue
        if (
            value.kind == "area"
            and land is not None
            and _is_mu(text, value)
            and _SUM.fullmatch(text[start : value.start])
        ):
            yield from _in_other_unit(text, value)  # 一期80亩，二期40亩，共计120亩
            continue
        land = None if value.kind == "area" else land
        words = text[start : value.start]
        chosen = _cue_for(words, text, value) or (cue if _AGAIN.match(words) else None)
        last[value.kind] = (value.end, chosen)
        if chosen is None:
            continue
        amount = _amount(text, value, chosen)
        if amount is None:
            continue
        confidence = chosen.confidence
        if _LOWER.search(words) or not value.sure or _AGAIN.match(words):
            confidence = _WORSE[confidence]
        name = "land_sqm" if chosen.name == "land_mu" and _SQUARE.search(text, value.start, value.end) else chosen.name
        land = value if chosen.name == "land_mu" else land
        yield _fact(name, value, amount, confidence)


def _before(text: str, value: Value, last: dict[str, tuple[int, Cue | None]]) -> tuple[int, Cue | None]:
    """Where the words that belong to this value begin: after the sentence's start and the value of its kind before it."""
    end, cue = last.get(value.kind, (0, None))
    start = max(end, value.start - _REACH, 0)
    for match in _SENTENCE.finditer(text, start, value.start):
        start = match.end()
    return start, cue


def _cue_for(words: str, text: str, value: Value) -> Cue | None:
    for cue in _CUES:
        if cue.kind != value.kind or (cue.per is not None and value.per != cue.per):
            continue
        if cue.per is None and value.per is not None and cue.name != "tax_yuan_per_mu":
            continue
        if not cue.before.search(words) or (
            cue.name == "land_mu" and cue.confidence == "medium" and not _is_mu(text, value)
        ):
            continue
        never = _NEVER.get(cue.name)
        if never is None or not never.search(words[-16:].rsplit("，", 1)[-1][-10:]):
            return cue
    return None


def _fact(name: str, value: Value, amount: Decimal, confidence: Confidence) -> Fact:
    return Fact(name=name, value=amount, start=value.start, end=value.end, confidence=confidence, source="正文")


def _is_mu(text: str, value: Value) -> bool:
    return "亩" in text[value.start : value.end]


def _is_same_land(text: str, land: Value, value: Value) -> bool:
    """用地86亩（折合57,333平方米）: the second is the first in the other unit."""
    return _is_mu(text, land) != _is_mu(text, value) and bool(_IN_SQM.fullmatch(text[land.end : value.start]))


def _in_other_unit(text: str, value: Value) -> Iterator[Fact]:
    if value.low is not None and _is_mu(text, value):
        yield _fact("land_mu", value, _tidy(round(value.low / MU_SQM, 4)), "high")
    elif value.low is not None and _SQUARE.search(text, value.start, value.end):
        yield _fact("land_sqm", value, _tidy(value.low), "high")


def _amount(text: str, value: Value, cue: Cue) -> Decimal | None:
    if cue.name == "term_years":
        return _years(value.low_iso or value.high_iso)
    amount = value.low if value.low is not None else value.high
    if amount is not None and cue.name == "land_mu" and not _SQUARE.search(text, value.start, value.end):
        return _tidy(round(amount / MU_SQM, 4))
    return None if amount is None else _tidy(amount)


def _tidy(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _years(iso: str | None) -> Decimal | None:
    match = re.fullmatch(r"P(?:(?P<y>[0-9.]+)Y)?(?:(?P<m>[0-9.]+)M)?", iso or "")
    if match is None:
        return None
    return _tidy(Decimal(match["y"] or 0) + Decimal(match["m"] or 0) / 12)


_PLOT = re.compile(r"容积率[^，。；0-9]{0,10}(?P<ratio>[0-9](?:\.[0-9]+)?)")


def _ratios(text: str) -> Iterator[Fact]:
    for match in _PLOT.finditer(text):
        yield Fact(
            name="plot_ratio", value=Decimal(match["ratio"]), start=match.start(), end=match.end(), source="正文",
        )  # fmt: skip


_PASSAGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("content", re.compile(r"(?:建设内容|建设规模及内容|主要建设内容)(?:及规模)?\s*[：:]\s*(?P<words>[^\n]{4,300})")),
    (
        "site",
        re.compile(
            r"(?:项目选址|建设地点|项目地点|用地位置|项目位置)\s*(?:[：:]|位于|为)\s*(?P<words>[^。；\n]{2,60})"
        ),
    ),
    (
        "industry",
        re.compile(r"(?:行业类别|所属行业|产业类别|产业类型|行业分类)\s*[：:为]\s*(?P<words>[^。；，\n]{2,30})"),
    ),
    (
        "effective",
        re.compile(
            r"(?P<words>[^。；\n]{0,10}本?(?:合同|协议|函|承诺书|协议书)[^。；\n]{0,60}(?:之日起|后|时)(?:成立)?(?:并)?生效[^。；\n]{0,30})"
        ),
    ),
)


def _passages(text: str) -> Iterator[Fact]:
    for name, pattern in _PASSAGES:
        for match in pattern.finditer(text):
            words = match["words"].strip()
            start = match.start("words")
            yield Fact(name=name, value=words, start=start, end=match.end("words"), confidence="medium", source="正文")
