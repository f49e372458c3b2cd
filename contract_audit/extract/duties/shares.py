"""What a duty promises in money: its own sum, or its share (40%, 一半, 三分之一, 余款) of the sum it is a part of."""

import re
from bisect import bisect_left
from decimal import Decimal
from itertools import islice
from operator import attrgetter

from contract_audit.chinese.numerals import RUN, number
from contract_audit.chinese.text import fold_text
from contract_audit.model import Obligation, Understanding, Value

_SHARE = re.compile(
    rf"百分之(?P<hundredths>{RUN})|(?P<percent>[0-9]+(?:\.[0-9]+)?)%|(?P<parts>{RUN})分之(?P<of>{RUN})|(?P<tenths>[一二三四五六七八九])成"
    r"|(?P<half>一半|半数|各半)"
)
_REST = re.compile(r"余款|尾款|剩余|余额|其余|余下|结余|另一半|付清|结清")
_STATED = re.compile(
    rf"(?:{_SHARE.pattern})[^。；]{{0,8}}(?:计|即|共|为|折合|合)[^。；]{{0,6}}$".replace("?P<", "?P<at_")
)
_UP_TO = re.compile(r"(?:付|拨|支付|累计)至")
_STEP = re.compile(r"(?:付|拨|支付|累计)至|预付款")
_PAYS = re.compile(r"付|拨|汇")
_OF_PRICE = re.compile(r"合同(?:总)?价")
_NAMED_PRICE = re.compile(r"合同(?:总|暂定)?(?:价款?|金额|总额)(?:为|共|：|:|暂定|约|人民币)*$")
_WHOLE = Decimal(1)


def share_of(words: str) -> Decimal | None:
    """The one share of a whole that the words name, as a fraction; None where they name none or several."""
    found = {_fraction(match) for match in _SHARE.finditer(fold_text(words))}
    share = found.pop() if len(found) == 1 else None
    return share if share is not None and 0 < share < _WHOLE else None


def _fraction(match: re.Match[str]) -> Decimal | None:
    if match["half"]:
        return Decimal("0.5")
    if match["parts"]:
        whole, part = number(match["parts"]), number(match["of"])
        return part / whole if whole and part is not None else None
    if match["tenths"]:
        tenths = number(match["tenths"])
        return tenths / 10 if tenths is not None else None
    share = number(match["hundredths"]) if match["hundredths"] else Decimal(match["percent"])
    return share / 100 if share is not None else None


def promised_yuan(understanding: Understanding, duty: Obligation) -> Decimal | None:
    """The yuan a duty promises; None where no single sure sum stands for it.

    Its own words count first; a share is taken of the one sum of the provision, else of the clause; 余款 is what the
    other shares of that sum leave.
    """
    text = understanding.document.text
    spans = [(duty.start, duty.end), (duty.shared_start, duty.shared_end)]
    own = list({value.start: value for start, end in spans for value in _sums(understanding, start, end)}.values())
    words = " ".join(text[start:end] for start, end in spans)
    share = share_of(words)
    beside_share = "\t" in text[duty.start : own[0].start] if own else False  # 封顶 | 30% | 150万元
    if len(own) == 1 and (share is None or beside_share or _STATED.search(text, duty.start, own[0].start)):
        return _to_cents(own[0].amount) if own[0].amount is not None else None  # 兑付50%，计1260万元
    if own and share is None:
        beside = _sums(understanding, *_around(text, duty)) if duty.part is None else []
        behind = [value for value in beside if value.start >= duty.due_end > duty.due_start]
        beside = behind if len(beside) > 1 and behind else beside  # 注册资本8000万元，年底前实缴2000万元
        return _to_cents(beside[0].amount) if len(beside) == 1 and beside[0].amount is not None else None
    total = own[0].amount if len(own) == 1 else _total(understanding, duty)
    if total is None:
        return None
    if share is not None and _UP_TO.search(words):
        share -= _paid_before(understanding, duty, share)
    if share is not None:
        return _to_cents(total * share)
    return _rest(understanding, duty, total) if _REST.search(words) else None


def _around(text: str, duty: Obligation) -> tuple[int, int]:
    """The span between the marks around the duty's time, with the phrase after it: 封顶给30万元，投产后再给50万元."""
    if duty.due_end <= duty.due_start:
        return duty.start, duty.start
    before = max((match.end() for match in _MARK.finditer(text, duty.start, duty.due_start)), default=duty.start)
    after = next(
        (match.start() for match in _MARK.finditer(text, max(duty.due_end, duty.start) + 1, duty.end)), duty.end
    )
    return before, after


_MARK = re.compile(r"[，；。：\n]")


def _total(understanding: Understanding, duty: Obligation) -> Decimal | None:
    """The one sum of the provision, else of its clause before the duty."""
    if duty.provision is not None:
        provision = understanding.provisions[duty.provision]
        found = _sums(understanding, provision.start, provision.end)
        if found:
            text = understanding.document.text
            if len(found) > 1 and "其中" in text[found[0].end : found[1].start]:  # 50万元，其中30万元于…支付，余款…
                return found[0].amount
            return _whole_of(text, provision.start, found[0]) if len(found) == 1 else None
    words = understanding.document.text[duty.start : duty.end]
    sums = set()
    if duty.clause is not None:
        start = understanding.clauses[duty.clause].start
        sums = {value.amount for value in _sums(understanding, start, duty.start, most=2)}
    if len(sums) == 1:
        return sums.pop()
    return _price(understanding) if _OF_PRICE.search(words) or _UP_TO.search(words) else None


def _whole_of(text: str, start: int, value: Value) -> Decimal | None:
    """The sum itself, or what it is a share of: 实缴30%，即4500万元 speaks of 1.5亿元."""
    stated = _STATED.search(text, start, value.start)
    share = share_of(stated.group()) if stated else None
    return value.amount / share if share and value.amount is not None else value.amount


def _price(understanding: Understanding) -> Decimal | None:
    """The contract price (合同价, 合同总价), where the paper names one."""
    text = understanding.document.text
    sums = {
        value.amount
        for value in _sums(understanding, 0, len(text))
        if _NAMED_PRICE.search(text, max(0, value.start - 16), value.start)
    }
    return sums.pop() if len(sums) == 1 else None


def _paid_before(understanding: Understanding, duty: Obligation, share: Decimal) -> Decimal:
    """付至85% adds to what earlier steps (付10%，付至50%) come to: those of its clause, and of others where they count up."""
    text = understanding.document.text
    steps_so_far = Decimal(0)
    for other in understanding.obligations:
        if other.clause != duty.clause or other.start >= duty.start or other.side != duty.side:
            continue
        words = text[other.start : other.end]
        step = share_of(words) if _PAYS.search(words) else None
        if step is not None:
            steps_so_far = step if _UP_TO.search(words) else steps_so_far + step
    if 0 < steps_so_far < share:
        return steps_so_far
    before = [
        text[other.start : other.end]
        for other in understanding.obligations
        if other.start < duty.start and other.side == duty.side
    ]
    steps = [step for words in before if _STEP.search(words) and (step := share_of(words)) is not None and step < share]
    return max(steps, default=Decimal(0))


def _rest(understanding: Understanding, duty: Obligation, total: Decimal) -> Decimal | None:
    """What the other duties of the clause leave of the total; None where none of them names a share or a sum."""
    text = understanding.document.text
    taken = Decimal(0)
    for other in understanding.obligations:
        if other.clause != duty.clause or other.start == duty.start or other.side != duty.side:
            continue
        share = share_of(text[other.start : other.end])
        sums = _sums(understanding, other.start, other.end)
        if share is not None:
            taken += total * share
        elif len(sums) == 1 and sums[0].amount is not None and sums[0].amount < total:
            taken += sums[0].amount
    return _to_cents(total - taken) if 0 < taken < total else None


def _to_cents(amount: Decimal) -> Decimal:
    cents = amount.quantize(Decimal("0.01"))
    return cents.quantize(Decimal(1)) if cents == cents.to_integral_value() else cents


def _sums(understanding: Understanding, start: int, end: int, most: int | None = None) -> list[Value]:
    """Sure single sums in yuan between two offsets, the first `most` of them; capitals beside figures are one sum."""
    found: dict[Decimal | None, Value] = {}
    sums = understanding.sums
    first = bisect_left(sums, start, key=_START)
    for value in islice(sums, first, bisect_left(sums, end, lo=first, key=_START)):
        found.setdefault(value.amount, value)
        if len(found) == most:
            break
    return list(found.values())


_START = attrgetter("start")
