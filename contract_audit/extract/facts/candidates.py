"""Facts of the vocabulary from values and the words before them; several candidates for one name, the surest first."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeVar

import msgspec

from contract_audit.chinese.text import Folded, fold
from contract_audit.extract.facts.agreed import agreed, signatories
from contract_audit.extract.facts.claims import own_means, own_share, prices_elsewhere
from contract_audit.extract.facts.columns_read import floors_of_table, in_column, total_of_table
from contract_audit.extract.facts.names import kind_of
from contract_audit.extract.facts.scale import investment_parts, listed_equipment, priced_in_words, ratios
from contract_audit.extract.facts.signature import signing_days
from contract_audit.extract.facts.signed_names import ROLE_FACTS, signed_names
from contract_audit.extract.facts.stated import stated
from contract_audit.extract.facts.titles import title_facts
from contract_audit.extract.facts.wholes import settled
from contract_audit.model import Clause, Confidence, Document, Fact, Party, Value

_HEAD_LINES = 12
_RANK: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2}


def facts(
    document: Document, clauses: tuple[Clause, ...], parties: tuple[Party, ...], values: tuple[Value, ...]
) -> tuple[Fact, ...]:
    """All facts of the vocabulary that the paper states, sorted by name, then by confidence, then by place."""
    folded = fold(document.text)
    inside = tuple(_at(value, *folded.folded(value.start, value.end)) for value in values)
    titled = title_facts(folded.text, _head(document, folded))
    told = list(stated(folded.text, inside, parties, _phase(titled, folded.text)))
    read = [
        *titled,
        *_of_one_project(settled(folded.text, inside, told), folded.text, parties, titled),
        *ratios(folded.text),
        *_passages(folded.text),
    ]
    read += _currency(told, inside)
    read += investment_parts(folded.text, inside, read)
    read += priced_in_words(folded.text, inside)
    read += own_means(folded.text, inside)
    read += own_share(folded.text, inside, read)
    read += prices_elsewhere(folded.text, inside)
    read += agreed(folded.text, inside)
    found = [_at(fact, *folded.original(fact.start, fact.end)) for fact in read]
    found = in_column(document, values, found, _phase(titled, folded.text))
    found += [*_party_facts(parties, titled), *signed_names(document, clauses, parties), *_signing(document, clauses)]
    found += [
        *listed_equipment(document, values),
        *total_of_table(document, values, found),
        *floors_of_table(document, values),
    ]
    found += signatories(document, clauses, parties)
    return tuple(sorted(map(_tidied, _unique(found)), key=lambda fact: (fact.name, _RANK[fact.confidence], fact.start)))


# Minutes on several firms state sizes of several projects: none is the paper's.
_OF_A_PROJECT = frozenset(
    {"total_investment_yuan", "fixed_investment_yuan", "registered_capital_yuan", "land_mu", "land_sqm", "plant_sqm"}
)


_LATER_PHASE = re.compile(r"[二三四五六]期")


# ——二期深远海风电塔筒环锻件增资扩产, the line below the title
_SUBTITLE = re.compile(r"^[ 　]*(?:[—－-]+|[（(])[ 　]*(?P<words>[^\n。；：]{2,40})$", re.MULTILINE)
_TITLES = 160  # characters in which title and subtitle stand


def _phase(titled: list[Fact], text: str) -> str:
    """The later phase that title or subtitle is about, if any: what it measures is the whole of this paper."""
    title = next((str(fact.value) for fact in titled if fact.name == "title"), "")
    below = _SUBTITLE.search(text, 0, _TITLES)
    match = _LATER_PHASE.search(title) or (_LATER_PHASE.search(below["words"]) if below else None)
    return match.group() if match else ""


_FIRM = re.compile(r"[\u4e00-\u9fff（）]{4,24}?有限(?:责任)?公司")
_FIRM_TAIL = 8  # characters by which firms differ, whatever words run on before the name


def _of_one_project(found: Iterable[Fact], text: str, parties: tuple[Party, ...], titled: list[Fact]) -> Iterator[Fact]:
    minutes = bool(parties) and all(party.role not in ROLE_FACTS for party in parties)
    minutes = minutes and _of_title(parties, titled) is None
    firms = {name[-_FIRM_TAIL:] for name in _FIRM.findall(text) if kind_of(name) == "enterprise"} if minutes else set()
    return (fact for fact in found if len(firms) < 2 or fact.name not in _OF_A_PROJECT)


def _of_title(parties: tuple[Party, ...], titled: list[Fact]) -> Party | None:
    """The one firm that the title of minutes names (关于解决衡陶公司…问题的纪要): the paper is about it alone."""
    title = next((str(fact.value) for fact in titled if fact.name == "title"), "")
    firms = [party for party in parties if party.side == "investor" and _stem(party.name) in title]
    return firms[0] if len(firms) == 1 else None


def _stem(name: str) -> str:
    """What a firm is called for short: the first characters of its name, after the place."""
    return _PLACE.sub("", name)[:_STEM_CHARS]


_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}?[省市县区](?=[\u4e00-\u9fff]{6,})")
_STEM_CHARS = 4
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


def _tidied(fact: Fact) -> Fact:
    """The fact with its figure in one form: 180000000, not 180000000.0."""
    if not isinstance(fact.value, Decimal):
        return fact
    whole = fact.value == fact.value.to_integral_value()
    return msgspec.structs.replace(fact, value=fact.value.quantize(Decimal(1)) if whole else fact.value.normalize())


def _party_facts(parties: tuple[Party, ...], titled: list[Fact]) -> Iterator[Fact]:
    firms = [party for party in parties if party.role not in ROLE_FACTS and party.side == "investor"]
    companies = [party for party in parties if party.kind in ("enterprise", "platform_company", "preparatory")]
    alone = firms[0] if len(firms) == len(companies) == 1 else _of_title(tuple(firms), titled)
    if alone is not None and len(parties) > 1:  # minutes about one firm
        yield Fact(
            name="party_b", value=alone.name, start=alone.start, end=alone.end, confidence="medium", source="首部",
        )  # fmt: skip
    for party in parties:
        if party.role in ROLE_FACTS:
            yield Fact(name=ROLE_FACTS[party.role], value=party.name, start=party.start, end=party.end, source="首部")
        if party.uscc and party.side != "government":
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


_PASSAGES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("content", re.compile(r"(?:建设内容|建设规模及内容|主要建设内容)(?:及规模)?\s*[：:]\s*(?P<words>[^\n]{4,300})")),
    (
        "site",
        re.compile(
            r"(?:项目选址|建设地点|项目地点|用地位置|项目位置)\s*(?:[：:]|位于|为|在|于|(?=[\u4e00-\u9fff]{2,4}[县市区旗镇乡]))\s*"
            r"(?P<words>[^。；\n]{2,60}?)(?=[。；\n]|，[^，。；]{0,6}(?:面积|占地|用地|供地|总)|$)"
        ),
    ),
    (
        "industry",
        re.compile(
            r"(?:行业类别|所属行业|产业类别|产业类型|行业分类|(?<![\u4e00-\u9fff])行业(?=[：:]))\s*[：:为]\s*(?P<words>[^。；，\n]{2,30})"
        ),
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
