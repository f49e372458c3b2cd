"""The Chinese words that reports share: names of grades, verdicts and statuses, dates, and the sentence of a finding."""

import re
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from contract_audit.model import Basis, Fact, Finding, Party, Severity, Understanding
from contract_audit.vocabulary import FACTS

SEVERITIES: dict[Severity, str] = {"high": "高", "medium": "中", "low": "低"}
VERDICTS = {"fail": "问题", "review": "待核"}
CONFIDENCES = {"high": "高", "medium": "中", "low": "低"}
STREAMS = {"accepted": "正文", "hidden": "隐藏文字", "deleted": "已删除的修订"}
READ_STATUSES = {"read": "已读取", "partly_read": "部分读取", "unreadable": "未能读取"}
MODES = {"signed": "已签文本", "draft": "送审稿"}
SIDES = {"government": "政府方", "investor": "企业方", "both": "双方", "third": "第三方", "unknown": "未明"}
OBLIGATION_STATUSES = {
    "pending": "待触发",
    "running": "履行中",
    "done_on_time": "按期履行",
    "done_late": "逾期履行",
    "overdue": "逾期未履行",
    "changed": "变更",
    "ended": "终止",
}

_ISO_DAYS = re.compile("“[^”]*”|(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_BARE_NUMBER = re.compile("(?<![0-9一二三四五六七八九十百第.])([0-9]+|[一二三四五六七八九十百]+)[、.．](?![0-9])")
_UNITS = {"area_mu": "亩", "area_sqm": "平方米", "term_years": "年", "jobs": "人"}  # by fact, else by its type

# Names of the values that checks hand to messages (the placeholders of rules).
_FACT_WORDS = {
    "act": "事项",
    "anchor": "起算事件",
    "arithmetic": "计算",
    "bearer": "义务方",
    "days": "天数",
    "done_on": "完成日期",
    "due": "期限",
    "kind": "种类",
    "limit": "对照",
    "missing": "缺少",
    "name": "名称",
    "other": "另一处",
    "proof": "凭证",
    "value": "数值",
}


def chinese_date(day: date) -> str:
    """2023-01-28 → 2023年1月28日."""
    return f"{day.year}年{day.month}月{day.day}日"


def contract_title(understanding: Understanding) -> str:
    """The title as read, else the file's name without suffix."""
    return understanding.title or PurePosixPath(understanding.document.name).stem


def government_party(understanding: Understanding) -> Party | None:
    """The first party on the government's side (政府方)."""
    return next((party for party in understanding.parties if party.side == "government"), None)


def investor_party(understanding: Understanding) -> Party | None:
    """The first party on the enterprise's side (企业方)."""
    return next((party for party in understanding.parties if party.side == "investor"), None)


def signing_date(understanding: Understanding) -> date | None:
    """The signing date if one was read."""
    fact: Fact | None = understanding.fact("signed_on")
    return fact.value if fact is not None and isinstance(fact.value, date) else None


def place(finding: Finding) -> str:
    """Where to look: 第五条第二款（第3页）; empty where neither is known."""
    page = f"（第{finding.page}页）" if finding.page is not None else ""
    stream = "" if finding.stream == "accepted" else STREAMS[finding.stream]
    return f"{cited(finding.clause)}{stream}{page}"


def cited(clause: str | None) -> str:
    """A clause number as a sentence names it: a bare number is called 项, the rest stays as printed.

    >>> cited("第五条第二款"), cited("第二章4、"), cited("5.2"), cited(None)
    ('第五条第二款', '第二章第4项', '5.2', '')
    """
    return _BARE_NUMBER.sub(r"第\1项", clause or "")


def in_title_marks(title: str) -> str:
    """A title in 《》; titles inside it change to 〈〉 (GB/T 15834).

    >>> in_title_marks("《甲合同》"), in_title_marks("《甲合同》补充协议")
    ('《甲合同》', '《〈甲合同〉补充协议》')
    """
    whole = title.startswith("《") and title.endswith("》") and "》" not in title[:-1]
    inner = title[1:-1] if whole else title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》"


def fact_words(facts: dict[str, str]) -> tuple[str, ...]:
    """The values that a finding used, each with its Chinese name: 期限 2023-02-01."""
    return tuple(f"{_FACT_WORDS.get(name) or _vocabulary_title(name)} {value}" for name, value in sorted(facts.items()))


def _vocabulary_title(name: str) -> str:
    return FACTS[name].title if name in FACTS else name


def fact_value(fact: Fact) -> str:
    """A fact as a paper prints it: dates and amounts in Chinese units, areas and counts with theirs.

    >>> fact_value(Fact(name="total_investment_yuan", value=Decimal("180000000.00"), start=0, end=0))
    '1.8亿元'
    """
    if isinstance(fact.value, bool):
        return "是" if fact.value else "否"
    if isinstance(fact.value, date):
        return chinese_date(fact.value)
    if isinstance(fact.value, str):
        return one_line(fact.value)
    kind = FACTS[fact.name].type if fact.name in FACTS else "number"
    if kind == "money":
        return money(fact.value)
    if kind == "rate":
        return f"{(fact.value * 100).normalize():f}%"
    return f"{fact.value.normalize():f}{_UNITS.get(fact.name) or _UNITS.get(kind, '')}"


def money(amount: Decimal) -> str:
    """An amount of yuan in the unit in which one would say it.

    >>> money(Decimal(97880000000) / 10), money(Decimal(1200000)), money(Decimal("88.50"))
    ('97.88亿元', '120万元', '88.5元')
    """
    for unit, size in (("亿元", 100_000_000), ("万元", 10_000)):
        if abs(amount) >= size:
            return f"{(amount / size).normalize():f}{unit}"
    return f"{amount.normalize():f}元"


def issue_sentence(finding: Finding, understanding: Understanding) -> str:
    """存在问题: one sentence with the agreement, the clause, the quote and the problem."""
    signed = signing_date(understanding)
    signing = f"（{chinese_date(signed)}签订）" if signed else ""
    problem = quoted_problem(finding.quote, finding.message)
    sentence = f"{in_title_marks(contract_title(understanding))}{signing}{place(finding)}{problem}"
    return sentence if sentence.endswith("。") else f"{sentence}。"


def quoted_problem(quote: str, message: str) -> str:
    """What follows a place, “原文”：问题; the words of the agreement once only, where the message gives them itself.

    >>> quoted_problem("60%返还", "税收返还"), quoted_problem("附件二", "正文提到的“附件二”未附")
    ('“60%返还”：税收返还', '：正文提到的“附件二”未附')
    """
    words = one_line(quote)
    if words and words in message:
        return "：" + words.join(map(official_days, message.split(words)))
    return (f"“{words}”：" if words else "：") + official_days(message)


def official_days(text: str) -> str:
    """Days as official papers write them (GB/T 9704); what stands in quotation marks is left as it is.

    >>> official_days("应于2023-02-01前履行“2023-02-01前交付”")
    '应于2023年2月1日前履行“2023-02-01前交付”'
    """
    return _ISO_DAYS.sub(lambda found: found[0] if found[1] is None else _chinese_day(found), text)


def _chinese_day(found: re.Match[str]) -> str:
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日"


def one_line(text: str) -> str:
    """Text of several lines or cells as one line."""
    return " ".join(text.split())


def basis_line(basis: Basis) -> str:
    """《law》（number）article（适用范围）〔施行期间〕; an article whose text was not read is marked so."""
    title = in_title_marks(basis.law)
    number = f"（{basis.number}）" if basis.number else ""
    article = article_words(basis.article)
    doubt = "" if basis.certain else "（条号待核）" if article else "（原文待核）"
    scope = f"（{basis.scope}）" if basis.scope else ""
    return f"{title}{number}{article}{doubt}{scope}{_force(basis)}"


def article_words(article: str | None) -> str:
    """An article as laws.yaml keys it, in the words of a citation.

    >>> article_words("10"), article_words("三"), article_words("通篇"), article_words("35-1")
    ('第10条', '第三部分', '', '第35条之1')
    """
    if article is None or article == "通篇":
        return ""
    whole, _, inserted = article.partition("-")
    if whole.isdecimal():
        return f"第{whole}条之{inserted}" if inserted else f"第{whole}条"
    return f"第{article}部分" if all(char in "一二三四五六七八九十" for char in article) else article


def _force(basis: Basis) -> str:
    if basis.in_force_from is None:
        return ""
    until = f"，有效至{chinese_date(basis.in_force_to)}" if basis.in_force_to else ""
    return f"〔{chinese_date(basis.in_force_from)}起施行{until}〕"
