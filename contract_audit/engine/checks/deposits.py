"""Deposits (定金) of more than a fifth of the price they secure, both told as sums (民法典第五百八十六条)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from contract_audit.engine.case import Case, Outcome, reckoned
from contract_audit.rulespec import AgreeCheck

_DEPOSIT = re.compile(r"定金(?:总?额|数额|金额)?(?:为|计|共|约|人民币|：|[（(][^（()）]{0,8}[）)])*$")
_DEPOSIT_AFTER = re.compile(r"^[，整元正]{0,2}(?:的|作为|为)?(?:履约|立约|成约)?定金")
_PRICE = re.compile(
    r"(?:总价款?|合同价款?|合同(?:总)?(?:金额|标的额?)|价款(?:总额)?|转让(?:总)?价款?|成交价款?|货款(?:总额)?|标的额|总金额|总额)"
    r"(?:合计|共计|为|计|约|人民币|：|[（(][^（()）]{0,8}[）)])*$"
)
_REACH = 24
_MOST = Decimal("0.2")


def check(_: AgreeCheck, case: Case) -> Iterator[Outcome]:
    """One outcome a deposit beyond the limit, measured by the one price told in its clause."""
    text = case.document.text
    money = [
        value
        for value in case.understanding.values
        if value.kind == "money" and value.sure and not value.per and value.amount
    ]
    for value in money:
        before = text[max(0, value.start - _REACH) : value.start]
        if not _DEPOSIT.search(before) and not _DEPOSIT_AFTER.match(text[value.end : value.end + 10]):
            continue
        clause = case.understanding.clause_at(value.start)
        prices = {
            other.amount for other in money
            if other is not value and other.amount and case.understanding.clause_at(other.start) == clause
            and _PRICE.search(text[max(0, other.start - _REACH) : other.start])
        }  # fmt: skip
        if len(prices) != 1 or value.amount is None:
            continue
        price = prices.pop()
        if value.amount > price * _MOST:
            arithmetic = (
                f"定金{value.amount / 10000:f}万元÷价款{price / 10000:f}万元＝{value.amount / price * 100:.1f}%"
            )
            yield reckoned(value.start, value.end, arithmetic)
