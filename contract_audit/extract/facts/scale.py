"""What an investment is made of: equipment, buildings, working capital, first phase, what builds nothing, lists; plot ratios."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from contract_audit.chinese.text import fold_text
from contract_audit.model import Block, Document, Fact, Value

_END = r"(?:约|为|共|计|合计|估算|投资|投入|费用?|资金|款|：|（[^（）]{0,12}）)*$"
# Words right before a sum of money that say which part of the investment it is; the first that fits.
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("working_capital_yuan", re.compile(rf"流动资金{_END}")),
    (
        "equipment_investment_yuan",
        re.compile(rf"(?:设备|机器|生产线|装置|装备)(?:[及与和、]?(?:软件|工器具))?(?:购置|采购)?(?:[及和与、]?(?:安装|调试))?(?:工程)?{_END}"),
    ),
    (
        "building_investment_yuan",
        re.compile(
            r"(?:厂房|库房|土建|建筑|车间|建安|基建)(?:[、及和与]?(?:厂房|库房|仓库|办公楼|配套|附属|设施|建筑|基础|装修))*"
            rf"(?:工程|建设|安装|建造|改造|及配套)*{_END}"
        ),
    ),
)  # fmt: skip
_FIRST_PHASE = re.compile(
    r"(?:一期|首期|第一期)(?:工程|项目)?(?:（[^（）]{0,24}）)?(?:计划|总)?(?:投资)?(?:额|规模)?(?:约|为|：)?$"
)
_BUILDS_NOTHING = re.compile(
    r"(?:商标|专利|古方|品牌|商誉|知识产权|专有技术|技术|特许经营权|使用权|无形资产)[^，。；\n]{0,12}(?:作价|折价|折合|评估|估值|入股|计)"
    r"|(?:收购|采购|进货|原料|原材料|药材|货物)[^，。；\n]{0,8}(?:资金|款|费用|周转)"
    r"|(?:今后|未来)[^，。；\n]{0,6}年[^，。；\n]{0,14}(?:资金|费用|工资|支出|采购|收购)"
    r"|(?:营销|广告|宣传|运营|人员工资|研发人员薪酬)[^，。；\n]{0,6}(?:费用?|支出|投入)"
    r"|政府[^，。；\n]{0,10}(?:投资|配套|出资)"
)
_NOT_INVESTED = re.compile(r"补助|补贴|奖励|奖补|贷款|借款|担保|违约金|保证金|租金|年产值|税")
_STOP = re.compile(r"[。；\n，、\t|]")
_SENTENCE_REACH = 40
_LIST_REACH = 500  # characters after the total in which its parts are listed
_AMOUNT_COLUMN = re.compile(r"金额|小计|合计|总价|合价|投资额|总额")
_TOTAL_ROW = re.compile(r"^(?:合计|总计|小计|共计|总价)")


def investment_parts(text: str, values: tuple[Value, ...], found: list[Fact]) -> Iterator[Fact]:
    """Facts on the parts of the investment in folded `text`; `values` have folded spans, `found` holds the total."""
    totals = [fact for fact in found if fact.name == "total_investment_yuan" and isinstance(fact.value, Decimal)]
    nothing: list[tuple[Value, Decimal]] = []
    for value in values:
        if value.kind != "money" or value.per or not value.sure or value.amount is None:
            continue
        words = _words_before(text, value.start)
        name = next((name for name, pattern in _PARTS if pattern.search(words)), None)
        if name is not None and not _NOT_INVESTED.search(words):
            yield _fact(name, value, value.amount)
        elif _FIRST_PHASE.search(text[max(0, value.start - _SENTENCE_REACH) : value.start]):
            yield _fact("first_phase_yuan", value, value.amount)
        elif _BUILDS_NOTHING.search(words) and any(_lists(total, value) for total in totals):
            nothing.append((value, value.amount))
    if nothing:
        yield _fact("unbuilt_investment_yuan", nothing[0][0], sum((amount for _, amount in nothing), Decimal(0)))
    else:
        yield from _rest_that_builds_nothing(text, values, totals)


_REST = re.compile(
    r"(?:其他|其它|其余|余下|剩余|余额)(?:的|部分|资金|投资|投入)*(?:均|都|全部)?(?:为|是|系|以)[^，。；\n0-9]{0,10}"
    r"(?:品牌|商标|专利|商誉|知识产权|无形资产|专有技术|特许经营权|估值|今后|未来)"
)


def _rest_that_builds_nothing(text: str, values: tuple[Value, ...], totals: list[Fact]) -> Iterator[Fact]:
    """What the total leaves beside the sums named after it, where the rest is no building: 其余为品牌价值估值."""
    for total in totals:
        rest = _REST.search(text, total.end, min(len(text), total.end + _LIST_REACH))
        if rest is None or not isinstance(total.value, Decimal):
            continue
        named = [
            value.amount for value in values
            if value.kind == "money" and not value.per and value.amount is not None and total.end <= value.start < rest.start()
            and value.amount < total.value
        ]  # fmt: skip
        left = total.value - sum(named, Decimal(0))
        if named and left > 0:
            yield Fact(
                name="unbuilt_investment_yuan", value=left, start=rest.start(), end=rest.end(), confidence="medium", source="正文",
            )  # fmt: skip
        return


def _words_before(text: str, start: int) -> str:
    """What is said of a sum in its statement; in a row whose cell is the sum alone, the cell before it."""
    words = text[max(0, start - _SENTENCE_REACH) : start].rstrip("\t| ")
    return _STOP.split(words)[-1]


def _lists(total: Fact, part: Value) -> bool:
    """The part is named after the total, near it, and is no more than it."""
    return (
        total.end <= part.start <= total.end + _LIST_REACH
        and isinstance(total.value, Decimal)
        and part.amount is not None
        and part.amount <= total.value
    )


def _fact(name: str, value: Value, amount: Decimal) -> Fact:
    return Fact(name=name, value=amount, start=value.start, end=value.end, confidence="medium", source="正文")


_UNITS_OF = "台|套|条|组|座|辆|只|部|付|副"
_PRICED_EACH = re.compile(
    rf"(?P<n>[0-9][0-9,]*)\s*(?P<unit>{_UNITS_OF})(?:（套）)?[^，。；、0-9]{{0,6}}每(?:{_UNITS_OF})[^，。；、0-9]{{0,8}}"
    r"(?P<each>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<money>万元|元)"
)
_SIZES = {"元": Decimal(1), "万元": Decimal(10_000)}
_BOUGHT = re.compile(r"购置|采购|配置|购买|设备|购进|添置")
_FEWEST_PRICED = 2


def priced_in_words(text: str, values: tuple[Value, ...]) -> Iterator[Fact]:
    """The sum over equipment whose number and price each are told in a sentence of folded `text`: 36台（每台42万元）、….

    What else the sentence prices as a whole (模具一批约600万元) is added.
    """
    for sentence in re.finditer(r"[^。；\n]+", text):
        items = list(_PRICED_EACH.finditer(sentence.group()))
        if len(items) < _FEWEST_PRICED or not _BOUGHT.search(sentence.group()):
            continue
        total = sum((_figure(item["n"]) * _figure(item["each"]) * _SIZES[item["money"]] for item in items), Decimal(0))
        low = sentence.start()
        spans = [(low + item.start(), low + item.end()) for item in items]
        total += sum(
            (
                value.amount
                for value in values
                if value.kind == "money" and not value.per and value.amount is not None
                and spans[0][0] <= value.start < sentence.end()
                and not any(start <= value.start < end for start, end in spans)
                and not re.search("[共总合]计", text[max(low, value.start - 8) : value.start])
            ),
            Decimal(0),
        )  # fmt: skip
        yield Fact(
            name="equipment_listed_yuan", value=total, start=spans[0][0], end=spans[-1][1], source="设备清单",
        )  # fmt: skip


def _figure(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))


def listed_equipment(document: Document, values: tuple[Value, ...]) -> Iterator[Fact]:
    """The sum of the amounts in a priced list of equipment (设备清单); `values` have spans of the document's text."""
    rows = [block for block in document.blocks if block.table is not None]
    for _table, group in groupby(rows, key=lambda block: block.table):
        yield from _priced(document, list(group), values)


def _priced(document: Document, rows: list[Block], values: tuple[Value, ...]) -> Iterator[Fact]:
    header = [fold_text(document.text[cell.start : cell.end]) for cell in rows[0].cells]
    columns = [index for index, name in enumerate(header) if _AMOUNT_COLUMN.search(name)]
    if not any("设备" in name for name in header):
        return
    if not columns:
        yield from _multiplied(document, rows, header)
        return
    amounts = []
    for row in rows[1:]:
        words = [fold_text(document.text[cell.start : cell.end]) for cell in row.cells]
        if len(words) != len(header) or any(_TOTAL_ROW.match(word) for word in words):
            continue
        cell = row.cells[columns[-1]]
        inside = [value for value in values if value.kind == "money" and cell.start <= value.start < cell.end]
        if len(inside) != 1 or inside[0].amount is None:
            return  # a row whose price is unknown leaves the sum unknown
        amounts.append(inside[0].amount)
    if len(amounts) > 1:
        first, last = rows[0], rows[-1]
        yield Fact(
            name="equipment_listed_yuan",
            value=sum(amounts, Decimal(0)),
            start=first.start,
            end=last.end,
            source="设备清单",
        )


_NUMBER_COLUMN = re.compile(r"^(?:数量|台数|套数|台套数)(?:（[^）]*）)?$")
_PRICE_COLUMN = re.compile(r"^(?:含税)?(?:单价|均价)(?:（(?P<unit>万元|元)(?:[/每][台套条])?）)$")
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")


def _multiplied(document: Document, rows: list[Block], header: list[str]) -> Iterator[Fact]:
    """The sum where the list tells numbers and unit prices only: 数控车床 | 12 | 18（万元）."""
    counts = [index for index, name in enumerate(header) if _NUMBER_COLUMN.match(name)]
    prices = [(index, told["unit"]) for index, name in enumerate(header) if (told := _PRICE_COLUMN.match(name))]
    if len(counts) != 1 or len(prices) != 1:
        return
    amounts = []
    for row in rows[1:]:
        words = [fold_text(document.text[cell.start : cell.end]) for cell in row.cells]
        figures = (
            [_FIGURE.match(words[index]) for index in (counts[0], prices[0][0])] if len(words) == len(header) else []
        )
        if not figures or figures[0] is None or figures[1] is None:
            return
        amounts.append(_figure(figures[0].group()) * _figure(figures[1].group()) * _SIZES[prices[0][1]])
    if len(amounts) > 1:
        yield Fact(
            name="equipment_listed_yuan", value=sum(amounts, Decimal(0)), start=rows[0].start, end=rows[-1].end,
            source="设备清单",
        )  # fmt: skip


_PLOT = re.compile(r"容积率[^，。；0-9]{0,10}(?P<ratio>[0-9](?:\.[0-9]+)?)")


def ratios(text: str) -> Iterator[Fact]:
    """Plot ratios (容积率) of folded `text`, which are bare numbers."""
    for match in _PLOT.finditer(text):
        yield Fact(
            name="plot_ratio", value=Decimal(match["ratio"]), start=match.start(), end=match.end(), source="正文",
        )  # fmt: skip
