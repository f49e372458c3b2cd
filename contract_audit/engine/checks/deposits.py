"""Deposits (定金) of more than a fifth of the price they secure, both told as sums (民法典第五百八十六条)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.model import Value
from contract_audit.rulespec import AgreeCheck

_DEPOSIT = re.compile(
    r"定金(?:总?额|数额|金额)?(?:为|计|共计?|合计|约|人民币|：|[（(][^（()）]{0,8}[）)]|[ \t])*(?<!除定金)(?<!扣除定金)$"
)
_DEPOSIT_AFTER = re.compile(r"^[，整元正]{0,2}(?:的|作为|为)?(?:履约|立约|成约)?定金")
_PRICE = re.compile(
    r"(?:总价款?|总造价|(?:合同|成交|中标|签约|转让|购买|采购|买卖|出让|收购|交易|供货|暂定)(?:总)?(?:价款?|价格|金额|标的额?)|(?<!余)(?<!余的)(?<!余下)价款(?:总额)?"
    r"|(?:货|房|设备|工程|购房|购买)款(?:总额)?|租金总额|总租金|总房款|服务费总额|标的额|总金额|总额)"
    r"(?:合计|共计|为|计|约|即|人民币|：|[（(][^（()）]{0,8}[）)]|[ \t])*$"
)
_REACH = 24  # characters before a sum in which its name stands
_WORDS_AFTER = 10
_MOST = Decimal("0.2")


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome a deposit beyond the limit, measured by the one price told in its clause, else by the one of the paper."""
    money = [
        value
        for value in case.understanding.values
        if value.kind == "money" and value.sure and not value.per and value.amount
    ]
    prices = [value for value in money if _PRICE.search(_before(case, value))]
    for value in money:
        if not _is_deposit(case, value):
            continue
        price = _price_of(value, prices, case)
        if price is not None and value.amount is not None and value.amount > price * _MOST:
            arithmetic = (
                f"定金{value.amount / 10000:f}万元÷价款{price / 10000:f}万元＝{value.amount / price * 100:.1f}%"
            )
            yield reckoned(value.start, value.end, arithmetic)


def _before(case: Case, value: Value) -> str:
    return case.document.text[max(0, value.start - _REACH) : value.start]


def _is_deposit(case: Case, value: Value) -> bool:
    after = case.document.text[value.end : value.end + _WORDS_AFTER]
    return bool(_DEPOSIT.search(_before(case, value)) or _DEPOSIT_AFTER.match(after))


def _price_of(deposit: Value, prices: list[Value], case: Case) -> Decimal | None:
    """The one price in the deposit's clause; where there is none, the one price that the whole paper tells."""
    clause = case.understanding.clause_at(deposit.start)
    others = [price for price in prices if price is not deposit]
    near = {price.amount for price in others if case.understanding.clause_at(price.start) == clause}
    told = near or {price.amount for price in others}
    return told.pop() if len(told) == 1 else None
