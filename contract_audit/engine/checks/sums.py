"""Parts and totals in a sentence that do not add up: 1.6亿元（厂房6800万元、设备…）; tables are summed in `columns`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import accumulate, islice, pairwise
from operator import attrgetter

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case, Missing, Outcome
from contract_audit.engine.checks import (
    columns,
    copies,
    listed,
    multiplied,
    nested,
    percents,
    reckoning,
    slips,
    staged,
    totals,
)
from contract_audit.engine.checks.composed import composed
from contract_audit.engine.checks.each import is_made_by_each
from contract_audit.engine.checks.shared_out import added_up, shared_out
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

# Words that say the parts are not all there is, or are not parts.
_MORE_PARTS = re.compile("等|余款|其余|另有|剩余|不低于|不少于|超过|每[年月季期次笔批亩]|利息|违约金|累计")
_MORE = re.compile(f"{_MORE_PARTS.pattern}|以上|/|／|分别|×")
_SAME_AGAIN = re.compile("折合|约合|折算|相当于|即|也就是")
_SOME = re.compile("含|包括|其中")  # the parts named need not be all
# Parts that together are all there is, whatever word introduces them.
_ALL = re.compile(
    "固定资产.*(?:流动|铺底|营运)资金|(?:流动|铺底|营运)资金.*固定资产|一期.*二期|第一年.*第二年|首期.*(?:尾款|余款)|组成|构成"
)
# 流动资金3000万元包含在内: a part of the parts.
_NOTHING_ELSE = re.compile(r"[，,（(]?(?:此外|除此之?外|以外)?(?:再|均)?(?:无|没有|不含|不设)(?:其他|别的|其它|另外)")
_HELD_ALREADY = re.compile(
    # 年税收由780万元增至1500万元: what it was and what it becomes are no parts of anything.
    r"元?[^，。；、0-9]{0,4}(?:包含|包括|计算?|含)在|元?[^，。；、0-9]{0,2}已(?:经)?(?:含|包含|计入|列入)"
)
_CHANGED = re.compile(r"[由从][^，。；]{0,20}(?:增[至加到]|调[整增减]|提[高升]|[降减缩]|上升|变更|改)")
# What stands after the parts in the same sentence and is none of them.
_OTHER_THING = re.compile("产值|税|收入|利润|营收|销售|注册资|保证金|补助|补贴|奖|租金|违约|罚|售价|单价|强度|成本")
# Parts that leave so little of the whole are meant to be all of it: for people two, for other things three.
_AGAIN = Decimal("0.002")  # 亩 and 平方米 are rounded to one another
_LEFT_OVER, _LEFT_OVER_PEOPLE = Decimal("0.05"), Decimal("0.1")


def check(parameters: AgreeCheck, case: Case) -> Iterator[Outcome | Missing]:
    """Outcomes for totals in sentences, in tables, then in lists; a total that is found twice is told once."""
    ends: set[int] = set()
    for outcome in (
        *(outcome for outcome, slip in in_words(parameters, case) if not slip),
        *percents.check(case),
        *_of_the_rest(case),
        *columns.check(parameters, case),
        *reckoning.check(parameters, case),
        *staged.check(case),
        *copies.check(case),
        *multiplied.check(case),
    ):
        if isinstance(outcome, Missing):
            yield outcome
        elif outcome.end not in ends:
            ends.add(outcome.end)
            yield outcome


def in_words(parameters: AgreeCheck, case: Case) -> tuple[tuple[Outcome, bool], ...]:
    """Outcomes for wholes told with their parts in sentences and lists, and whether a unit is wrong rather than the sum."""
    return case.kept((in_words, parameters.tolerance), lambda: tuple(_in_words(parameters, case)))


def _in_words(parameters: AgreeCheck, case: Case) -> Iterator[tuple[Outcome, bool]]:
    for outcome, added, total in (
        *_in_sentences(parameters, case),
        *_after_parts(parameters, case),
        *_shared_out(case),
        *_composed(case),
        *totals.check(case, parameters.tolerance),
    ):
        if not _mixes_units(case, outcome, total) and not is_made_by_each(case, outcome, total, parameters.tolerance):
            yield outcome, slips.is_slip(added, listed.size(total) or Decimal(0))


def _mixes_units(case: Case, outcome: Outcome, total: Value) -> bool:
    """Land told in 亩 beside floors told in 平方米: areas of different things, which nobody adds up."""
    if total.kind != "area":
        return False
    quotes = [case.text(total.start, total.end), *(part.quote for part in outcome.related)]
    told = {"亩" in quote for quote in quotes if re.search("[亩㎡顷]|平方", quote)}  # a column has its unit in its head
    return len(told) > 1


def _in_sentences(parameters: AgreeCheck, case: Case) -> Iterator[tuple[Outcome, Decimal, Value]]:
    """A total followed in the same sentence by all its parts, which add up to something else."""
    money = [
        value
        for value in case.understanding.values
        if value.kind in ("money", "area", "number")
        and value.sure
        and not value.per
        and value.unit not in ("期", "份")  # who holds copies is reckoned in `copies`
        and not case.text(value.start, value.end).startswith("每")
    ]
    for index, total in enumerate(money):
        parts = _parts(money, index, case)
        if total.amount is None or len(parts) < 2:
            continue
        if total.kind == "area" and _is_told_again(total, parts):
            continue
        added = added_up(parts)
        sizes = [part.amount for part in parts if part.amount is not None]
        if nested.makes(sizes, total.amount, parameters.tolerance):
            continue
        if len(sizes) == len(parts) and len(nested.outermost(sizes)) == 1:
            continue  # 总投资4.2亿元，其中固定资产3.3亿元，由矿山0.7亿元、粉体2.1亿元、配套0.5亿元构成: one part is told, and its own
        if any(value.amount == added and _is_in_sentence(case, value, total) for value in money[:index]):
            continue  # 总投资6亿元，其中固定资产5.2亿元，一期3.4亿元，二期2.6亿元: parts of the first
        stated = case.text(total.end, parts[-1].end)
        some = _SOME.search(stated[: parts[0].start - total.end]) and not _ALL.search(stated)
        closed = _NOTHING_ELSE.search(case.document.text, parts[-1].end, parts[-1].end + _BEFORE_TOTAL)
        if added < total.amount and some and not closed and not _is_nearly_all(parts, total, added):
            continue
        yield _not_made_by(case, parts, added, total, total.start), added, total


def _is_in_sentence(case: Case, earlier: Value, later: Value) -> bool:
    return not any(mark in case.text(earlier.end, later.start) for mark in "。；;\n\t")


def _is_told_again(total: Value, parts: list[Value]) -> bool:
    """60亩（4公顷，约40,000平方米）: the same area in other units, or each part in two."""
    sizes = [total.amount or Decimal(0), *(part.amount or Decimal(0) for part in parts)]
    return any(abs(one - two) <= one * _AGAIN for one, two in pairwise(sizes))


def _not_made_by(case: Case, parts: list[Value], added: Decimal, total: Value, start: int) -> Outcome:
    """The parts and what they make beside the total that they do not make; quoted from `start` to its end."""
    terms = "＋".join(case.text(part.start, part.end) for part in parts)
    arithmetic = f"{terms}合计{_plain(added, total)}，与{_plain(total.amount or Decimal(0), total)}不符"
    return Outcome(
        start=start,
        end=total.end,
        values={"arithmetic": arithmetic},
        related=tuple(case.related("分项", part.start, part.end) for part in parts),
        conditions=(arithmetic,),
    )


def _is_nearly_all(parts: list[Value], total: Value, added: Decimal) -> bool:
    """Whether so many parts leave so little that no other part is meant: 360人，其中生产270人、技术45人、管理35人."""
    people = total.unit in ("人", "个", "名")
    left = (total.amount or Decimal(0)) - added
    least, most = (2, _LEFT_OVER_PEOPLE) if people else (3, _LEFT_OVER)
    return len(parts) >= least and left <= (total.amount or Decimal(0)) * most


def _after_parts(parameters: AgreeCheck, case: Case) -> Iterator[tuple[Outcome, Decimal, Value]]:
    """Parts named one after another in a sentence that ends 共计…, 二者之和即…, and add up to something else."""
    text = case.document.text
    sized = [
        value
        for value in case.understanding.values
        if value.kind in ("money", "area", "number") and value.sure and not value.per
    ]
    for index, total in enumerate(sized):
        word = _sum_word(text, total)
        if total.amount is None or word is None:
            continue
        begin = behind_last("\n。；;\t", text, total.start)  # within a cell
        begin = max(begin, text.rfind("其中", begin, total.start))
        labelled = _LABEL.match(text, begin, total.start)
        begin = labelled.end() if labelled else begin
        before = sized[bisect_left(sized, begin, hi=index, key=_START) : index]
        parts = _once([value for value in before if _is_like(value, total)], text)
        terms = [part.amount for part in parts if part.amount is not None]
        of_years = number((word["years"] or "").removeprefix("前")) if word["years"] else None
        stretch = _IN_FIGURES.sub("", text[begin : word.start() if of_years else total.start])
        unclear = _MORE_PARTS.search(stretch) or _CHANGED.search(stretch) or re.search("[（(×]", stretch)
        named = word.group().startswith("总") and _OTHER_THING.search(stretch)  # 年产值2亿元、年纳税800万元，总投资…
        if len(terms) < 2 or len(terms) != len(parts) or unclear or named or of_years not in (None, len(parts)):
            continue
        added = sum(terms, Decimal(0))
        if total.amount in (terms[0], *islice(accumulate(reversed(terms)), 1, None)):
            continue  # what stands before the parts is none of them
        if nested.makes(terms, total.amount):
            continue
        yield _not_made_by(case, parts, added, total, word.start()), added, total


def _shared_out(case: Case) -> Iterator[tuple[Outcome, Decimal, Value]]:
    sums = [value for value in case.understanding.values if value.kind == "money" and value.sure and not value.per]
    for total, shares in shared_out(case, [value for value in sums if value.amount is not None]):
        added = added_up(shares)
        if added != total.amount:
            yield _not_made_by(case, shares, added, total, total.start), added, total


def _composed(case: Case) -> Iterator[tuple[Outcome, Decimal, Value]]:
    for total, parts in composed(case):
        added = added_up(parts)
        if added != total.amount:
            yield _not_made_by(case, parts, added, total, total.start), added, total


def _once(parts: list[Value], text: str) -> list[Value]:
    """The parts without those that say the one before again in figures: 壹亿元（小写：10,000万元）."""
    return [
        part
        for index, part in enumerate(parts)
        if not (
            index
            and part.amount == parts[index - 1].amount
            and re.fullmatch(r"元?[（(][^）)0-9]*", text[parts[index - 1].end : part.start])
        )
    ]


_NESTED = re.compile(r"[（(]|其中|[，,]分为|合计|共计|总计|即|[，,](?:包含|包括|含(?!税))")
# 共计5亿元, 二者之和即1.4所列工艺设备15,600万元: the total that the parts before it make.
_SUMS_UP = re.compile(
    rf"{listed.SUM_WORDS}[为是约得计]?(?:人民币)?$|(?:合计|共计|总计)[^，。；：、\n0-9]{{1,4}}$"
    r"|(?:之和|相加|总和)[^，。；0-9]{0,2}[即为是等][^，。；]{0,22}$"
    r"|(?<![公期年季月])共(?:可|将|拟)?(?:吸纳|安置|解决|提供|带动|新增|需要?|用工|招用|招聘|招收|建设?|安装|购置|配置|投入|投资|安排|支付|缴纳|拨付|征收|流转|占地|用地)[^，。；、：\n0-9]{0,8}$"
    r"|(?P<years>前?[两三四五])年(?:累计|合计|共计?)[^，。；：、\n0-9]{0,8}$"
)
_LABEL = re.compile(
    r"\s*(?:[（(][0-9一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.、．)）])\s*"
)  # the number of the line
_BEFORE_TOTAL = 30
_IN_FIGURES = re.compile(r"[（(][^（()）]{0,8}(?:小写|大写|￥|¥|人民币)[^（()）]{0,30}[）)]")


_OPENS = re.compile(
    r"(?:[（(][套台个][）)])?[^，。；;：:（(\n0-9]{0,8}[，,](?:其中|包括)[^。；;\n]{0,16}$"
    r"|[，,][^。；;\n0-9]{0,12}[^。；;\n]{0,24}(?:具体为|明细为|分别为|构成为|组成为|具体包括|具体构成)[：:]?[^。；;，,\n0-9]{0,12}$"
    r"|[^。；;\n]{0,6}[（(：:]|[）)]?[，,][^。；;，,\n]{0,8}(?:其中|包括|由|分为|一期|分[0-9二两三四五]{1,2}[年期批次])[^。；;\n]{0,16}$"
)


def _parts(values: list[Value], place: int, case: Case) -> list[Value]:
    """The values after the total at `place` that the text gives as its parts, in brackets or after 其中, up to the closing
    mark.
    """
    total, behind = values[place], place + 1
    if behind == len(values) or not _is_like(values[behind], total):
        return []
    lead = case.text(total.end, values[behind].start)
    opened = _OPENS.match(lead)
    if not opened or _SAME_AGAIN.search(lead):
        return []
    text = case.document.text
    closing = _closing(text, total.end + opened.end())
    following = values[behind : bisect_right(values, closing, lo=behind, key=_START)]
    closing = _cut(text, total, following, closing)
    words = case.text(total.end, closing)
    if _CHANGED.search(words) or _MORE.search(words) or not re.search("[、，＋和]", words):
        return []
    if total.kind == "number" and re.search("合计|共计|总计|达到|增至", words):
        return []
    if "其中" in lead and _NESTED.search(words[len(lead) :]):  # parts of parts: which belong together is not plain
        return []
    inside = [
        value
        for value in following
        if value.end <= closing and not case.kept((_is_no_part, value.start), partial(_is_no_part, text, value))
    ]
    if all(value.amount == total.amount for value in inside):
        return []  # 100万元（人民币壹佰万元整，¥1000000.00）: the total again, in capitals and in figures
    return inside if all(_is_like(value, total) and value.amount is not None for value in inside) else []


def _is_no_part(text: str, value: Value) -> bool:
    """Whether a value sums up others or says itself that it is in one of them."""
    return bool(_sum_word(text, value) or _HELD_ALREADY.match(text, value.end))


def _sum_word(text: str, value: Value) -> re.Match[str] | None:
    """The words before a value that make it the total of what stands before them."""
    near = max(0, value.start - _BEFORE_TOTAL), value.start
    return _SUMS_UP.search(text, *near) if listed.OF_SUM.search(text, *near) else None


_START = attrgetter("start")


def _cut(text: str, total: Value, following: list[Value], closing: int) -> int:
    """Where the parts end: before the first value that measures another thing (，年产值5亿元), else at `closing`."""
    if _OTHER_THING.search(text, max(0, total.start - _BEFORE_TOTAL), total.start):
        return closing
    last = total.end
    for value in following:
        comma = text.rfind("，", last, value.start)
        if value.end <= closing and comma >= 0 and _OTHER_THING.search(text, comma, value.start):
            return comma
        last = value.end
    return closing


def _is_like(one: Value, other: Value) -> bool:
    return one.kind == other.kind and one.unit == other.unit


def _closing(text: str, start: int) -> int:
    """Offset of the bracket that closes the one just before `start`; the sentence end where none does."""
    depth = 1
    for offset in range(start, min(len(text), start + 200)):
        if text[offset] in "（(":
            depth += 1
        elif text[offset] in "）)":
            depth -= 1
            if depth == 0:
                return offset
        elif text[offset] in "。\n" or (text[offset] in "；;" and depth == 1 and text[start - 1] not in "（("):
            return offset
    return min(len(text), start + 200)


def _plain(number: Decimal, like: Value) -> str:
    if like.kind == "area":
        return f"{number.normalize():f}平方米"
    if like.kind == "number":
        return f"{number.normalize():f}{like.unit or ''}"
    scaled, unit = (number / 10000, "万元") if abs(number) >= 10000 else (number, "元")
    return f"{scaled.normalize():f}{unit}"


_FIRST_PART = re.compile(r"(?:首[期次付笔]|第一[期次笔]|预付|先行?(?:支付|缴纳|拨付|交))")
_OF_REST = ("余", "尾款")  # one of them stands in each match of `_REST`
_REST = re.compile(r"(?:剩余|余款|其余|余下|尾款)[^，。；0-9]{0,10}$")


def _of_the_rest(case: Case) -> Iterator[Outcome]:
    """保证金共300万元，首次缴纳100万元，剩余150万元于开工前缴清: what is left is not what was left."""
    text = case.document.text
    if not any(word in text for word in _OF_REST):
        return
    sized = [
        value
        for value in case.understanding.values
        if value.kind in ("money", "area") and value.sure and not value.per and value.amount
    ]
    for total, first, rest in zip(sized, sized[1:], sized[2:], strict=False):
        stretch = text[total.end : rest.start]
        if re.search("[。；\n]", stretch) or not _REST.search(stretch) or not _is_like(total, rest):
            continue
        if not _FIRST_PART.search(text, total.end, first.start) or not _is_like(total, first):
            continue
        parts = [first, rest]
        added = added_up(parts)
        less = all((part.amount or Decimal(0)) < (total.amount or Decimal(0)) for part in parts)
        if less and added != total.amount and not _MORE_PARTS.search(text[total.end : first.end]):
            yield _not_made_by(case, parts, added, total, total.start)
