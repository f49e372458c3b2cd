"""Duties to pay as accounts: promised, paid by the evidence, owed, and the interest that the law of the day gives.

Interest is reckoned by 保障中小企业款项支付条例 alone: what organs, institutions and their companies owe a small or medium
enterprise for goods, works or services; rewards and deposits bear none by it.
"""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import msgspec

from contract_audit.chinese.text import behind_last
from contract_audit.extract.duties.shares import promised_yuan
from contract_audit.extract.performance.family import signing_day
from contract_audit.extract.performance.joining import Record
from contract_audit.model import Account, Obligation, Understanding

_CENT = Decimal("0.01")
_DAILY = Decimal("0.0005")  # 日万分之五 where no rate is agreed


class _Rule(NamedTuple):
    """A version of the regulation: key in laws.yaml, article on late payment, first and last signing day."""

    law: str
    article: str
    since: date
    until: date


_VERSIONS = (
    _Rule("sme2020", "15", date(2020, 9, 1), date(2025, 5, 31)),
    _Rule("sme2025", "17", date(2025, 6, 1), date.max),
)
_PAYS = re.compile(r"支付|付清|付款|拨付|兑现|兑付|发放|奖励|补助|补贴|返还|退还|缴纳|缴清|缴存|补给|结清|补偿|付|汇")
_MONEY_KINDS = ("reward", "payment")
_SUPPLY = re.compile(
    r"货款|工程款|服务费|设备款|采购款|物业费|设计费|监理费|施工费|配送费|餐费|合同价款|(?:采购|货物|工程|服务)[^，。；]{0,8}(?:价款|款项|费用)"
)
_SUPPLY_KINDS = frozenset({"采购", "施工", "代建", "服务"})
_NO_SUPPLY = re.compile(r"补助|补贴|奖励|扶持|保证金|押金|定金|诚意金|保函|补偿|赔偿|违约金|资金")
_SMALL = re.compile(
    r"(?:为|属于?|系|是|作为)[^，。；\n]{0,8}(?:中小微?企业|小微企业|小型企业|微型企业|中型企业)|中小企业声明函|专门面向中小企业"
)
_NOT_SMALL = re.compile(r"(?:为|属于?|系|是)[^，。；\n]{0,6}大型企业|(?:不|非)(?:属于|是|系)?[^，。；\n]{0,4}中小")
_LATE_PAY = re.compile(
    r"(?:逾期|迟延|延期|延迟|未按[^，。；]{0,8})[^。；\n]{0,10}(?:支付|付款|付清|拨付|兑付|兑现|结清)?"
)
_LPR = re.compile(r"LPR|贷款市场报价利率")
_SENTENCE = re.compile(r"[^。；\n]+")


def with_account(
    understanding: Understanding, duty: Obligation, payments: tuple[Record, ...], as_of: date
) -> Obligation:
    """The duty with its account, if it is one to pay; `payments` are the records of money for it, as of `as_of`."""
    promised = promised_yuan(understanding, duty)
    if not _is_payment(understanding, duty, promised):
        return duty
    if duty.recurrence:  # one sum a year or a month: how many fell due no one row says
        promised = None
    done = duty.status in ("done_on_time", "done_late") or (duty.done_on is not None and not payments)
    known = sum((record.row.amount for record in payments if record.row.amount is not None), Decimal(0))
    unsaid = done and not any(record.row.amount is not None for record in payments)
    paid = promised if unsaid and promised is not None else known
    owed = None if promised is None else max(Decimal(0), promised - paid)
    account = Account(
        promised=promised, paid=paid, owed=owed, note=_remark(duty, unsaid=unsaid and promised is not None)
    )
    return msgspec.structs.replace(duty, account=_with_interest(understanding, duty, account, as_of))


def _remark(duty: Obligation, *, unsaid: bool) -> str:
    if duty.recurrence:
        return "按期支付，请逐期核对"
    return "凭证未载金额，按已付清计" if unsaid else ""


def _is_payment(understanding: Understanding, duty: Obligation, promised: Decimal | None) -> bool:
    text = understanding.document.text
    words = text[duty.start : duty.end] + text[duty.shared_start : duty.shared_end]
    if duty.status == "changed":  # it stands in the paper that moved it
        return False
    return duty.kind in _MONEY_KINDS or (
        promised is not None and duty.kind not in ("investment", "target", "registration") and bool(_PAYS.search(words))
    )


def _with_interest(understanding: Understanding, duty: Obligation, account: Account, as_of: date) -> Account:
    """The account with interest up to `as_of`, or with the reason why none is reckoned; nothing where nothing is late."""
    if duty.side != "government" or duty.due is None or duty.status not in ("overdue", "done_late"):
        return account
    if not _is_supply(understanding, duty):
        return _noted(account, "非货物、工程、服务款项，条例的逾期利息不适用")
    signed = signing_day(understanding)
    version = next((one for one in _VERSIONS if signed is not None and one.since <= signed <= one.until), None)
    if version is None:
        return _noted(account, "签订日期不明或早于《保障中小企业款项支付条例》施行（2020-09-01），未计息")
    base = account.paid if duty.status == "done_late" else account.owed
    days = duty.days_late or 0
    if base is None or not base or not days:
        return _noted(account, "金额不明，未计息") if base is None else account
    text = understanding.document.text
    rate = _agreed_rate(understanding)
    if rate is None and _LPR.search(_late_words(text)):
        return _noted(account, "约定按贷款市场报价利率计息，请按约定另行计算")
    agreed, daily = rate is not None, rate if rate is not None else _DAILY
    interest = (base * daily * days).quantize(_CENT, ROUND_HALF_UP)
    how = f"{base:f}元×日万分之{_trim(daily * 10000)}×{days}天＝{interest:f}元（{'约定利率' if agreed else '未约定利率'}）"
    if _NOT_SMALL.search(text) or not _SMALL.search(text):
        return _noted(account, f"未见企业规模，确认为中小企业后可计：{how}")
    interest_account = msgspec.structs.replace(
        account, daily_rate=daily, interest=interest, law=version.law, article=version.article
    )
    return _noted(interest_account, how)


def _is_supply(understanding: Understanding, duty: Obligation) -> bool:
    text = understanding.document.text
    words = text[duty.start : duty.end] + text[duty.shared_start : duty.shared_end]
    if _SUPPLY.search(words):
        return True
    return (understanding.kind or "") in _SUPPLY_KINDS and not _NO_SUPPLY.search(words)


def _agreed_rate(understanding: Understanding) -> Decimal | None:
    """The daily rate that the paper agrees for late payment; None where it names none or several."""
    text = understanding.document.text
    rates = set()
    for value in understanding.values:
        if value.kind != "percent" or value.per != "日" or value.amount is None or not value.sure:
            continue
        start = behind_last("\n。；", text, value.start)
        sentence = text[start : value.end]
        if _LATE_PAY.search(sentence) and re.search(r"付|款|利息", sentence):
            rates.add(value.amount)
    return rates.pop() if len(rates) == 1 else None


def _late_words(text: str) -> str:
    return "".join(match.group() for match in _SENTENCE.finditer(text) if _LATE_PAY.search(match.group()))


def _noted(account: Account, note: str) -> Account:
    return msgspec.structs.replace(account, note="；".join(part for part in (account.note, note) if part))


def _trim(number: Decimal) -> str:
    return format(number.normalize(), "f")
