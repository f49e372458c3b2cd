"""Payments told apart: which of several equal debts is paid, of what sum, and by which side."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from contract_audit.deeds import Event, amounts_of
from contract_audit.extract.duties.wanted import MONEY, PAYING, has_sum
from contract_audit.model import Evidence, Obligation

_Record = TypeVar("_Record")
_MONEY_NAMED = re.compile(
    r"[\u4e00-\u9fff](?:款|费|资金|经费|金额|奖金)(?![\u4e00-\u9fff]{0,2}(?:计划|申请|报告|通知|测算|预算|清单))"
)


def is_payment(told: Event, words: str, row: Evidence) -> bool:
    """A row without a verb that names money and its sum: 搬迁运费补助3万元, or 转让款 with the sum in its column."""
    if told.acts & PAYING:
        return False
    shown = row.amount is not None or _SLIP.search(row.proof or "")
    if shown and not told.acts and _MONEY_ALONE.search(_REMARK.sub("", words)):
        return True
    named = told.things & MONEY or (not told.acts and _MONEY_NAMED.search(words))
    return bool(named) and has_sum(told.amounts) and _ends_with_sum(words)


_SLIP = re.compile(r"回单|支付凭证|付款凭证|转账凭证|汇款|收款收据|支付令|入账通知")  # 公寓头三个月房租 with 收款回单
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_MONEY_ALONE = re.compile(r"(?:款|费|金|租|补贴|补助|奖励|补偿)(?:第?[一二三四五六首尾][笔期批]|余款|尾款)?$")


def _ends_with_sum(words: str) -> bool:
    """Nothing is told of the money beside what it is: 搬迁运费补助3万元（第一笔）, not 补助3万元的请示报县长."""
    rest = _AFTER_SUM.sub("", words.rpartition("元")[2])
    return sum("\u4e00" <= char <= "\u9fff" for char in rest) < len("请示")


_AFTER_SUM = re.compile(
    r"[（(][^（）()]*[）)]|整|第?[0-9一二三四五六首尾][笔期批次]|到位|已|全部?|一次性?|部分|余款|[，、]"
)


def is_bill(told: Event) -> bool:
    """Whether a record tells of an invoice and of no payment: 运维费发票开来."""
    return "invoice" in told.things and not told.acts & PAYING


def only_sum(wanted: Event) -> Decimal | None:
    """The one sum that a payment is of, where what stands before the duty names it: 补偿款一共30万元，镇里在7月底前付清.

    Of 每村15万元，计105万元 the whole.
    """
    sums = [value for unit, value in wanted.amounts if unit == "元"]
    whole = _EACH_AND_ALL.search(wanted.words)
    if whole is not None:
        sums = [value for unit, value in amounts_of(whole["all"]) if unit == "元"]
    return sums[0] if len(sums) == 1 and wanted.acts & PAYING else None


_EACH_AND_ALL = re.compile(
    r"每[^，。；]{1,12}元[，,（(](?:[^，。；]{0,8}[，,])?"
    r"(?:总?共计?|[合总]?计)(?:人民币)?(?P<all>[^，。；）)]{2,12}元)"
)


def is_paid_apart(one: Obligation, other: Obligation, wanted: Event) -> bool:
    """Equal sums that hang on two events (封顶后150万元，投产后150万元), or on two days of one clause, are two payments."""
    if not wanted.acts & PAYING:
        return False
    if one.clause == other.clause and one.due and other.due and one.due != other.due:
        return True
    return bool(one.anchor and other.anchor) and one.anchor != other.anchor


def are_instalments(places: list[int], duties: list[Obligation], wanted: list[Event]) -> bool:
    """Equal sums of one clause due on several days: 4月末退60万元，7月末退60万元 (民法典第560条: the one due first)."""
    sums = {frozenset(one for one in wanted[place].amounts if one[0] == "元") for place in places}
    clauses, days = {duties[place].clause for place in places}, {duties[place].due for place in places}
    pays = all(wanted[place].acts & PAYING for place in places)
    return pays and len(sums) == 1 and all(sums) and len(clauses) == 1 and None not in days and len(days) == len(places)


def names_other_sum(told: Event, one: Event, other: Event) -> bool:
    """The record names the sum of the one duty, and the other owes another sum."""
    sums, ours, theirs = ({value for unit, value in event.amounts if unit == "元"} for event in (told, one, other))
    return bool(sums & ours and theirs) and not sums & theirs


def paid_up(anchor: Event, told: Sequence[tuple[Event, bool, date, _Record]]) -> _Record | None:
    """The record with which an instalment that is counted from (收到第一期款项) was paid; None where no instalment is named.

    `told`: events, whether they are those of a proved duty, days and records. Where several pay it, the last is meant if
    all of it is to be paid.
    """
    marks = {mark for mark in anchor.marks if mark[0] == "期"} if anchor.acts & (PAYING | {"receive"}) else set()
    paid = [one for one in told if marks & one[0].marks and one[0].acts & PAYING]
    settled = [record for _, proved, _, record in paid if proved]
    if len(settled) == 1:
        return settled[0]
    if not paid or settled or not _ALL_PAID.search(anchor.words):
        return None
    return max(paid, key=lambda one: one[2])[3]


_ALL_PAID = re.compile(r"[收付缴结]齐|[付缴结]清|全部")


def is_paid_by_other(row: Evidence, duty: Obligation) -> bool:
    """The row tells of money that the one side pays, and the duty is the other's: 县交投补付… is no 乙方退清…."""
    words, proof = row.matter, row.proof or ""
    pays = bool(_PAID_OUT.search(words) or _PAID_OUT_BY.search(proof)), bool(_PAID_IN_BY.search(proof))
    if pays[0] == pays[1]:
        return False
    return duty.side == ("investor" if pays[0] else "government")


_PAID_OUT = re.compile(
    r"^(?:[^，。；（）()]{0,6}(?:财政|国库)|[^，。；（）()]{0,8}(?:管委会|政府|城投|交投|国资|人社|商务|工信|住建)[局委办]?)"
    r"[^，。；（）()]{0,12}(?:拨付|拨|付|转账|划转|汇|支付|补付|兑付|下拨|退还|退付|退)(?!缴)"
)
_PAID_OUT_BY = re.compile(r"财政(?:支付|直接支付|授权支付|拨款)|国库(?:支付|集中支付|拨款)|预算拨款")
_PAID_IN_BY = re.compile(r"缴款书|缴费|非税|完税|税收缴|入库单(?=.{0,4}款)|社保缴")
