"""Terms agreed in figures: rent, price of land, from when to when the agreement runs; and who signed for each party."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from contract_audit.extract.facts.signature import signature_lines
from contract_audit.extract.values.units import MU_SQM
from contract_audit.model import Clause, Document, Fact, Party, Value

SIGNATORIES = {"甲方": "signatory_a", "乙方": "signatory_b", "丙方": "signatory_c"}
_CLAUSE = re.compile(r"[。；;\n\t|]")
_REACH = 30  # characters before a price that say what is paid for
_RENT = re.compile(r"租(?:金|赁费|费|赁价)|房租|[出承]租|租赁")
_LAND = re.compile(r"地价|土地[^，。；]{0,6}(?:价|款|金)|出让(?:价|金|起)|挂牌|起始价|供地|摘牌|用地")
_OTHER_PRICE = re.compile(r"物业|管理费|市场|参照|补[贴助]|奖|违约|押金|电|水费|投资|税|产值|强度|评估|相邻|周边")
_TERM = re.compile(r"(?:租期|租赁期|承租期|合作期|合同期|协议期|履行期|有效期|经营期|委托期|期限)[^。；\n]{0,24}$")
_OTHER_TERM = re.compile(r"免租|装修|建设|施工|质保|保修|过渡|投标|报名|公示|收费|优惠|补贴|试运")
_MONTHS = {frozenset(("平方米", "月")): 1, frozenset(("平方米", "年")): 12}
_NAME = re.compile(
    r"(?:法定代表人|授权代表|授权签[字约]人|签[字约]代表|委托代理人|代\s*表\s*人?|负责人|签字人)(?:[/／或、](?:授权代表|委托代理人|负责人))?"
    r"\s*(?:[(（][^()（）\n]{0,8}[)）])?\s*[：:][ \u3000_＿]*"
    r"(?P<name>(?!签[字章名]|盖章|日期|公章|代表|[甲乙丙]\s*方)[\u4e00-\u9fff·]{2,10}|[A-Z][A-Za-z]*\.?(?: [A-Z][A-Za-z.]+){0,3})"
    r"(?=[ \u3000\t_＿（(，。]|$)",
    re.MULTILINE,
)


def agreed(text: str, values: tuple[Value, ...]) -> Iterator[Fact]:
    """Rent and land price by their unit, first and last day of the term; `values` have spans into folded `text`."""
    for value in values:
        words = _CLAUSE.split(text[max(0, value.start - _REACH) : value.start])[-1]
        if value.kind == "money":
            yield from _price(value, words + text[value.start : value.end])
        elif value.kind == "date" and _TERM.search(words) and not _OTHER_TERM.search(words):
            yield from _term(value)


def _price(value: Value, words: str) -> Iterator[Fact]:
    amount = value.low if value.low is not None else value.high
    per = frozenset((value.per or "").split("·"))
    if amount is None or not value.sure or _OTHER_PRICE.search(words):
        return
    if per in _MONTHS and _RENT.search(words):
        yield _fact("rent_yuan_per_sqm_month", amount / _MONTHS[per], value)
    elif per in ({"亩"}, {"平方米"}) and _LAND.search(words) and not _RENT.search(words):
        yield _fact("land_price_yuan_per_mu", amount if "亩" in per else amount * MU_SQM, value)


def _term(value: Value) -> Iterator[Fact]:
    if value.since is None or value.until is None or value.since >= value.until or not value.sure:
        return
    yield _fact("term_from", value.since, value)
    yield _fact("term_to", value.until, value)


def _fact(name: str, told: Decimal | date, value: Value) -> Fact:
    if isinstance(told, Decimal):
        told = round(told, 4)
    return Fact(name=name, value=told, start=value.start, end=value.end, confidence="medium", source="正文")


def signatories(document: Document, clauses: tuple[Clause, ...], parties: tuple[Party, ...]) -> Iterator[Fact]:
    """Who signed for 甲方, 乙方, 丙方 by the names in the signature block; two columns of one line go to the two roles above."""
    columns: list[str] = []
    for start, end in signature_lines(document, clauses):
        line = document.text[start:end]
        told = _roles(line, parties)
        columns = [role for _, role in told] or columns
        names = list(_NAME.finditer(line))
        for index, match in enumerate(names):
            before = [role for place, role in told if place < match.start()]
            role = before[-1] if before else None
            if len(names) > 1 and len(names) == len(columns):
                role = columns[index]
            elif role is None and len(columns) == 1:
                role = columns[0]
            if role in SIGNATORIES:
                low, high = match.span("name")
                yield Fact(
                    name=SIGNATORIES[role], value=match["name"].strip(), start=start + low, end=start + high,
                    confidence="medium", source="signature",
                )  # fmt: skip


def _roles(line: str, parties: tuple[Party, ...]) -> list[tuple[int, str]]:
    """The parties that a line names by role, name or short name, in order, each once."""
    found: dict[str, int] = {}
    for party in parties:
        called = [party.name, *party.aliases[:1]]
        places = [place for word in called if (place := line.find(word)) >= 0]
        named = re.search(r"\s*".join(party.role) + r"(?=\s*(?:[（(：:\s]|$))", line)
        places += [named.start()] if named else []
        if places:
            found[party.role] = min(places)
    return sorted((place, role) for role, place in found.items())
