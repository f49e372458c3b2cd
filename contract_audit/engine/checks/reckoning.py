"""Sums that a reader would work out: phases, shares and contributions against their whole, unit price times measure."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from itertools import pairwise
from operator import attrgetter

from contract_audit.chinese.numerals import number
from contract_audit.chinese.text import behind_last
from contract_audit.engine.case import Case, Missing, Outcome, reckoned
from contract_audit.engine.checks.dimensions import MU
from contract_audit.engine.checks.sentences import with_values
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

_PHASED = re.compile(
    r"(?P<name>总投资|固定资产投资|投资总额|投资额|用地|建筑面积)[^。；：:，\n]{0,6}分(?P<count>[2-5两二三四五])(?:期|批|年|次)[^。；：:，\n]{0,8}[：:，]"
)
_COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_CAPITAL = re.compile(r"注册资(?:本|金)[^，。；0-9]{0,8}$")
_PAID_IN = re.compile(r"(?:认缴|出资|认购)(?:额|资本|金额)?(?:各?为|人民币|各)?$")
_NOT_ALL = re.compile(r"等|其余|其他|另有|剩余|首期|首次|实缴|增资|增加|变更|原")
_SHARE = re.compile(r"(?P<verb>占股|占比|占|持股|持有|分得|享有|出资比例)[^，。；、0-9占持]{0,6}$")
_NO_SHARE = re.compile(r"其中|不低于|不少于|不超过|以上|以下|超过|税|利率|违约|预付|支付|付至|容积|绿地|系数|用地")
_ALL_SHARED = re.compile(r"(?:全部|按上述|按以上|按前述)[^，。；]{0,8}(?:比例|股权|收益|分配|利润)")
_PRICED_TOTAL = re.compile(
    r"(?:租金|租赁费|总价款?|价款|总额|合计|共计|总计|金额)(?:总额|合计|共计|总计|为|约|人民币|：)*$"
)
_BACK, _FORWARD = 400, 60  # where measures and totals of a unit price stand
_OF_A_YEAR = re.compile(r"(?:全年|每年|年租金|年度租金|一年)[^，。；]{0,8}$")
_QUOTED = 60  # characters up to which total and parts are quoted together
_YEARLY = re.compile(r"(?:年|全年|每年|年度)[^，。；0-9]{0,10}$")
_EVERY = re.compile(r"每(?:季度?|月|半年)(?=[^，。；]{0,12}$)")
_A_YEAR = {"季": 4, "月": 12, "半": 2}
_BOTH_PHASES = re.compile(
    r"(?:两期|一、二期|一期、?[和与]?二期|前后期)(?:项目)?(?:用地|土地)?(?:面积)?(?:合计|共计?|总计|累计)"
    r"(?:总?用地|占地|土地)?(?:总?面积)?(?:约|为|达)*$"
)
_BOTH_REACH, _MOST_SUMS = 24, 400
_ROUNDED = Decimal("0.003")
_OF_A_UNIT = (Decimal(10) ** 3, Decimal(10) ** 4, Decimal(10) ** 8)
_START = attrgetter("start")
_DAYS = (Decimal(30), Decimal(365), Decimal(365) / 12, Decimal(360))  # that a price by the day is paid for
_TIMES = tuple(Decimal(number) for number in (*range(1, 21), 24, 36, 60, 120, 240))
_TIMES_OF_DAYS = tuple(sorted((*_TIMES, *_DAYS)))
_NEARLY = Decimal("0.02")


def check(parameters: AgreeCheck, case: Case) -> Iterator[Outcome | Missing]:
    """Outcomes of the reckonings one after another; what was left out where sums are too many."""
    yield from _phases(parameters, case)
    yield from _contributions(case)
    yield from _shares(case)
    yield from _products(case)
    yield from _instalments_of_a_year(case)
    yield from _both_phases(case)
    yield from _counted(case)
    yield from _more_than_all(parameters, case)


def _more_than_all(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """固定资产投资3.2亿元 … 流动资金0.5亿元 … 总投资3.5亿元, told in places apart: the parts are more than the whole."""
    names = ("total_investment_yuan", "fixed_investment_yuan", "working_capital_yuan")
    if "二期" in case.document.text:
        return  # which phase a part belongs to is not plain
    facts = [fact for name in names if (fact := case.understanding.fact(name)) is not None and fact.confidence != "low"]
    amounts = [fact.value for fact in facts if isinstance(fact.value, Decimal)]
    if len(amounts) == len(names) and amounts[1] + amounts[2] > amounts[0] * (1 + parameters.tolerance):
        sums = f"固定资产投资{_words(amounts[1])}＋流动资金{_words(amounts[2])}＝{_words(amounts[1] + amounts[2])}"
        yield reckoned(facts[0].start, facts[0].end, f"{sums}，总投资写为{_words(amounts[0])}")


# A figure is tried from its first character on alone.
_COUNTED = re.compile(
    r"(?P<n>(?<![0-9])(?<![0-9][,.])[0-9][0-9,.]*|[两二三四五六七八九十])(?P<unit>台|套|条|座|栋|幢|间|个|辆|只|亩|户|人)[^。；\n0-9]{0,8}每(?P=unit)[^。；，\n0-9]{0,6}"
    r"(?P<each>[0-9][0-9,.]*)(?P<one>万元|亿元|元|平方米)[，、]?(?:共计?|合计|总计|计|总价)[^。；，\n0-9]{0,4}"
    r"(?P<total>[0-9][0-9,.]*)(?P<all>万元|亿元|元|平方米)"
)
_SIZES = {"元": Decimal(1), "平方米": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


def _counted(case: Case) -> Iterator[Outcome]:
    """设备120台，每台6万元，计780万元: so many times the price of one do not make the total."""
    for match in _COUNTED.finditer(case.document.text):
        count, each, total = (number(match[name].replace(",", "").strip(".")) for name in ("n", "each", "total"))
        if count is None or each is None or total is None:
            continue
        made, told = count * each * _SIZES[match["one"]], total * _SIZES[match["all"]]
        same_kind = (match["one"] == "平方米") == (match["all"] == "平方米")
        if same_kind and abs(made - told) > told * Decimal("0.01"):
            sums = f"{match['n']}×{match['each']}{match['one']}＝{_words(made)}，写为{_words(told)}"
            yield reckoned(match.start(), match.end(), sums)


def _both_phases(case: Case) -> Iterator[Outcome | Missing]:
    """一期用地60亩 … 二期用地45亩。两期合计用地110亩: no land of the one phase and of the other makes the total."""
    text = case.document.text
    in_mu = [value for value in _sure(case, "area") if value.amount and "亩" in text[value.start : value.end]]
    totals = [
        (told, value)
        for value in in_mu
        if (told := _BOTH_PHASES.search(text, max(0, value.start - _BOTH_REACH), value.start))
    ]
    lands = [_lands_of(text, in_mu, phase) for phase in ("[一首]期", "二期")] if totals else [[], []]
    if len(lands[0]) * len(lands[1]) > _MOST_SUMS:
        yield Missing("一期、二期用地面积过多，两期合计未逐一核对，请人工核对")
        return
    for told, total in totals:
        first, second = ([land.amount or Decimal(0) for land in some if land is not total] for some in lands)
        whole = total.amount or Decimal(0)
        if first and second and not any(abs(one + two - whole) <= whole * _ROUNDED for one in first for two in second):
            said = case.text(total.start, total.end)
            yield reckoned(told.start(), total.end, f"一期、二期用地相加，得不出{said}")


def _lands_of(text: str, areas: list[Value], phase: str) -> list[Value]:
    """The areas whose sentence named the phase before them; a sentence may name both."""
    begins = (behind_last("\n。；", text, area.start) for area in areas)
    return [area for area, begin in zip(areas, begins, strict=True) if re.search(phase, text[begin : area.start])]


def _instalments_of_a_year(case: Case) -> Iterator[Outcome]:
    """年租金36万元，按季缴纳，每季10万元: what is paid in a quarter is not a quarter of the year's."""
    text = case.document.text
    money = [value for value in case.understanding.values if value.kind == "money" and value.sure and value.amount]
    for one, two in pairwise(money):
        between = text[one.end : two.end]
        often = _EVERY.search(between)
        if one.amount is None or two.amount is None or often is None or re.search("[。；\n]|其中|另", between):
            continue
        whole = two.amount * _A_YEAR[often.group()[1]]
        before = max(0, one.start - 16)
        monthly = _EVERY.search(text[before : one.end])  # 第一年按每月4元计
        if _YEARLY.search(text[before : one.start]) and not monthly and whole != one.amount:
            sums = f"{case.text(two.start, two.end)}×{_A_YEAR[often.group()[1]]}＝{_words(whole)}"
            yield reckoned(one.start, two.end, f"{sums}，全年写为{_words(one.amount)}")


def _phases(parameters: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """固定资产投资3.2亿元。固定资产投资分两期：一期1.95亿元，二期1.05亿元."""
    text = case.document.text
    sums = _sure(case, "money", "area")
    starts = [value.start for value in sums]
    for match in _PHASED.finditer(text):
        stop = _stop(text, match.end())
        first = bisect_left(starts, match.end())
        money = [value for value in sums[first : bisect_left(starts, stop, lo=first)] if value.end <= stop]
        if len(money) != (_COUNTS.get(match["count"]) or int(match["count"])):
            continue
        parts = [value.amount for value in money if value.amount is not None and value.kind == money[0].kind]
        if len(parts) != len(money):
            continue
        total = _named_before(case, match["name"], match.start(), money[0].kind)
        if total is None or total.amount is None:
            yield from _phases_of_fact(parameters, case, match["name"], parts)
            continue
        added = sum(parts, Decimal(0))
        if abs(added - total.amount) > abs(total.amount) * parameters.tolerance:
            arithmetic = f"各期合计{_words(added)}，{match['name']}写为{_words(total.amount)}"
            end = money[-1].end if money[-1].end - total.start <= _QUOTED else total.end
            yield reckoned(total.start, end, arithmetic)


_TOLD_AS = {
    "总投资": "total_investment_yuan",
    "投资总额": "total_investment_yuan",
    "固定资产投资": "fixed_investment_yuan",
}


def _phases_of_fact(parameters: AgreeCheck, case: Case, name: str, parts: list[Decimal]) -> Iterator[Outcome]:
    """The phases against what the paper tells elsewhere, as in a table of its main points."""
    fact = case.understanding.fact(_TOLD_AS.get(name, ""))
    if fact is None or fact.confidence != "high" or not isinstance(fact.value, Decimal) or fact.end <= fact.start:
        return
    added = sum(parts, Decimal(0))
    if abs(added - fact.value) > abs(fact.value) * parameters.tolerance:
        yield reckoned(fact.start, fact.end, f"各期合计{_words(added)}，{name}写为{_words(fact.value)}")


def _named_before(case: Case, name: str, start: int, kind: str) -> Value | None:
    starts, named = case.kept((_named, name, kind), partial(_named, case, name, kind))
    first = bisect_left(starts, start - _BACK)
    near = named[first : bisect_left(starts, start, lo=first)]
    return next((value for value in reversed(near) if value.end <= start), None)


def _named(case: Case, name: str, kind: str) -> tuple[list[int], list[Value]]:
    """Where the sure values begin that their lead calls by the name, and these."""
    text, lead = case.document.text, re.compile(rf"{name}[^，。；0-9]{{0,8}}$")
    named = [value for value in _sure(case, kind) if lead.search(text, max(0, value.start - 24), value.start)]
    return [value.start for value in named], named


def _contributions(case: Case) -> Iterator[Outcome]:
    """注册资本200万元，甲认缴120万元、乙认缴90万元."""
    text = case.document.text
    money = _sure(case, "money")
    totals = [
        one for one in money if _CAPITAL.search(text[max(0, one.start - 16) : one.start]) and one.amount is not None
    ]
    paid_in = [one for one in money if totals and _PAID_IN.search(text[max(0, one.start - 10) : one.start])]
    for total in totals:
        stop = _stop(text, total.end)
        first = bisect_left(paid_in, total.end, key=_START)
        parts = paid_in[first : bisect_left(paid_in, stop, lo=first, key=_START)]
        terms = [part.amount for part in parts if part.amount is not None]
        around = text[max(0, total.start - 16) : stop]
        if len(terms) > 1 and sum(terms, Decimal(0)) != total.amount and not _NOT_ALL.search(around):
            sums = "＋".join(_words(term) for term in terms)
            yield reckoned(
                total.start,
                total.end,
                f"认缴出资{sums}＝{_words(sum(terms, Decimal(0)))}，注册资本写为{_words(total.amount or Decimal(0))}",
            )


_LEAST_SHARES = 2


def _shares(case: Case) -> Iterator[Outcome]:
    """Shares of one whole in one sentence that make more than all of it, or less where all is shared out."""
    text = case.document.text
    for start, end, inside in with_values(text, _sure(case, "percent"), "。；\n"):
        if len(inside) < _LEAST_SHARES:
            continue
        verbs = _verbs(text, start, inside)
        if len(verbs) < len(inside) or _NO_SHARE.search(text, start, end):
            continue
        terms = [value.amount for value in inside if value.amount is not None]
        added = sum(terms, Decimal(0))
        one_verb = len({verb["verb"] for verb in verbs}) == 1
        short = added < 1 and len(terms) > 1 and _ALL_SHARED.search(text, start, end)
        if len(terms) == len(inside) and one_verb and (added > 1 or short):
            shares = "＋".join(case.text(value.start, value.end) for value in inside)
            yield reckoned(inside[0].start, end, f"{shares}＝{(added * 100).normalize():f}%，不足或超过100%")


def _verbs(text: str, start: int, shares: list[Value]) -> list[re.Match[str]]:
    """The word that makes each a share, up to the first that has none; those listed after another share its word (分别持股65%、45%)."""
    found: list[re.Match[str]] = []
    for index, share in enumerate(shares):
        own = _SHARE.search(text[max(start, share.start - 12) : share.start])
        if own is None and found and re.fullmatch("[、和及，]", text[shares[index - 1].end : share.start]):
            own = found[-1]
        if own is None:
            break
        found.append(own)
    return found


def _products(case: Case) -> Iterator[Outcome]:
    """每平方米每月9元，每月租金合计99000元: no measure in the text before makes the total."""
    text = case.document.text
    for price in case.understanding.values:
        size = _measure(price)
        if size is None or price.amount is None:
            continue
        behind = case.understanding.values_in(price.end, price.end + _FORWARD + 1)
        total = next((value for value in behind if _is_total(case, value)), None)
        if total is None or total.amount is None or not _is_one_price(text[price.end : total.start]):
            continue
        before = case.understanding.values_in(price.start - _BACK, total.start)
        areas = [value for value in before if value.kind == "area" and value.sure and not value.per and value.amount]
        if not areas:
            continue
        yearly = "月" in (price.per or "") and _OF_A_YEAR.search(text[price.end : total.start])
        terms = (Decimal(12),) if yearly else _TIMES_OF_DAYS if re.search("[日天]", price.per or "") else _TIMES
        measures = [value.amount or Decimal(0) for value in areas]
        measures.append(sum(measures, Decimal(0)))
        once = [price.amount * measure / size for measure in measures]
        slipped = any(round(made / total.amount, 4) in _OF_A_UNIT for made in once)  # a unit is wrong, not the product
        if not slipped and not any(_makes(made, terms, total.amount) for made in once):
            yield reckoned(
                total.start,
                total.end,
                f"单价{case.text(price.start, price.end)}乘以面积，得不出{case.text(total.start, total.end)}",
            )


def _makes(once: Decimal, terms: tuple[Decimal, ...], total: Decimal) -> bool:
    """Whether one of the terms, which stand in order, makes the total of what is paid once: one of the two next to what would."""
    wanted = total / once if once else Decimal(0)
    place = bisect_left(terms, wanted)
    return any(abs(once * times - total) <= total * _NEARLY for times in terms[max(0, place - 1) : place + 1])


def _is_one_price(between: str) -> bool:
    """Whether no sentence ends and no bracket closes between unit price and total: （每平方米1800元）、设备5180万元，合计…."""
    return not re.search("[。；\n]", between) and between.count("）") <= between.count("（")


def _measure(price: Value) -> Decimal | None:
    """Square metres that the unit price is for; None where it is no price for an area."""
    if price.kind != "money" or not price.sure or not price.per:
        return None
    if price.per.startswith("亩"):
        return MU
    return Decimal(1) if any(unit in price.per for unit in ("平方米", "㎡", "平米")) else None


def _is_total(case: Case, value: Value) -> bool:
    before = case.text(max(0, value.start - 12), value.start)
    return value.kind == "money" and value.sure and not value.per and bool(_PRICED_TOTAL.search(before))


def _sure(case: Case, *kinds: str) -> list[Value]:
    values = case.understanding.values
    return case.kept((_sure, kinds), lambda: [one for one in values if one.kind in kinds and one.sure and not one.per])


_STOP = re.compile(r"[。；\n]")


def _stop(text: str, start: int) -> int:
    found = _STOP.search(text, start)
    return found.start() if found else len(text)


def _words(amount: Decimal) -> str:
    scaled, unit = (amount / 10000, "万") if abs(amount) >= 10000 else (amount, "")
    return f"{scaled.normalize():f}{unit}"
