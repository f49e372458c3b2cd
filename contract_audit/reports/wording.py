"""The Chinese words that reports share: names of grades, verdicts and statuses, dates, and the sentence of a finding."""

import re
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from contract_audit.model import SCORED, Basis, Evidence, Fact, Finding, ObligationKind, Party, Severity, Understanding
from contract_audit.reports.numbering import Standing, is_late, standing
from contract_audit.vocabulary import FACTS

DUTY_KINDS: dict[ObligationKind, str] = {
    "plant": "厂房", "land": "用地", "infrastructure": "配套设施", "permit": "手续", "reward": "奖补", "payment": "款项",
    "registration": "注册设立", "start": "开工", "investment": "投资", "production": "投产", "target": "指标", "other": "其他",
}  # fmt: skip
SEVERITIES: dict[Severity, str] = {"high": "高", "medium": "中", "low": "低"}
VERDICTS = {"fail": "问题", "review": "待核"}
STANDINGS: dict[Standing, str] = {"wrong": "问题", "reminder": "近期到期提示", "doubt": "待核"}
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
_FIRST_LEVEL = re.compile("^([一二三四五六七八九十百]+)[、.．]")
_DOTTED = re.compile("(?<![0-9第.])([0-9]+(?:[.．][0-9]+)+)(?![0-9.．条款项])")
_SCORE = re.compile(f"{SCORED}.*〕")
_UNITS = {"area_mu": "亩", "area_sqm": "平方米", "term_years": "年", "jobs": "人"}  # by fact, else by its type

# Names of the values that checks hand to messages (the placeholders of rules), in the order in which papers show them.
_FACT_WORDS = {
    "field": "指标",
    "act": "事项",
    "start": "起算",
    "anchor": "起算事件",
    "bearer": "义务方",
    "due": "期限",
    "done_on": "完成日期",
    "days": "天数",
    "proof": "凭证",
    "kind": "种类",
    "name": "名称",
    "value": "数值",
    "limit": "对照",
    "other": "另一处",
    "missing": "缺少",
    "arithmetic": "计算",
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
    """A clause number as a sentence names it: a bare number is called by its level, the rest stays as printed.

    >>> cited("第五条第二款"), cited("第二章4、"), cited("三、（一）"), cited("5.2"), cited("5.2.1"), cited(None)
    ('第五条第二款', '第二章第4项', '第三部分（一）', '第5.2款', '第5.2.1项', '')
    """
    named = _DOTTED.sub(_dotted, _FIRST_LEVEL.sub(r"第\1部分", clause or ""))
    return _BARE_NUMBER.sub(r"第\1项", named)


def _dotted(found: re.Match[str]) -> str:
    return f"第{found[1]}{'款' if len(re.findall('[0-9]+', found[1])) == 2 else '项'}"


def in_title_marks(title: str) -> str:
    """A title in 《》; titles inside it change to 〈〉 (GB/T 15834).

    >>> in_title_marks("《甲合同》"), in_title_marks("《甲合同》补充协议")
    ('《甲合同》', '《〈甲合同〉补充协议》')
    """
    whole = title.startswith("《") and title.endswith("》") and "》" not in title[:-1]
    inner = title[1:-1] if whole else title.replace("《", "〈").replace("》", "〉")
    return f"《{inner}》"


def fact_words(finding: Finding) -> tuple[str, ...]:
    """The values that a finding used, each with its Chinese name: 期限 2023年2月1日. What its message says whole is left out."""
    facts = dict(finding.facts)
    if is_late(finding):
        facts.pop("limit", None)
    if "start" in facts:
        facts.pop("anchor", None)
    names = dict(_FACT_WORDS)
    if is_late(finding):
        names["days"] = "逾期天数"
    elif standing(finding) == "reminder":
        names["days"] = "剩余天数"
    return tuple(f"{title} {_shown_fact(name, facts[name])}" for name, title in names.items() if facts.get(name))


def _shown_fact(name: str, value: str) -> str:
    """A value without the code names of the vocabulary, which `field` may hold."""
    known = FACTS.get(value) if name == "field" else None
    return fact_title(value) if known else official_days(one_line(value))


def fact_title(name: str) -> str:
    """The title of a fact without the unit that its value is printed with.

    >>> fact_title("land_mu"), fact_title("project")
    ('用地面积', '项目名称')
    """
    return FACTS[name].title.partition("（")[0]


def condition_words(finding: Finding) -> tuple[str, ...]:
    """The conditions that held, without the scores of recognised wording: those are no words for a filed table."""
    return tuple(official_days(one_line(_SCORE.sub("", condition))) for condition in finding.conditions)


def evidence_row(row: Evidence) -> str:
    """Where a row of evidence stands: 履约.csv 第5行."""
    place = f"第{row.row}行" if row.row is not None else ""
    return " ".join(part for part in (row.file, place) if part)


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
    title = contract_title(understanding)
    problem = quoted_problem("" if finding.quote == title else finding.quote, finding.message)
    sentence = f"{in_title_marks(title)}{signing}{place(finding)}{problem}"
    return sentence if sentence.endswith("。") else f"{sentence}。"


def quoted_problem(quote: str, message: str) -> str:
    """What follows a place, “原文”：问题; the words of the agreement once only, where the message gives them itself.

    >>> quoted_problem("60%返还", "税收返还"), quoted_problem("附件二", "正文提到的“附件二”未附")
    ('“60%返还”：税收返还', '：正文提到的“附件二”未附')
    """
    words, said = one_line(quote), one_line(message)
    for told in (words, quoted(quote)[1:-1]):
        if told and told in said:
            return "：" + told.join(map(official_days, said.split(told)))
    return (f"{quoted(quote)}：" if words else "：") + official_days(said)


def quoted(text: str) -> str:
    r"""Words in quotation marks; marks inside them change to ‘ ’ (GB/T 15834).

    >>> quoted("以“供应链资金”名义"), quoted("供水\t2023年2月底")
    ('“以‘供应链资金’名义”', '“供水｜2023年2月底”')
    """
    return f"“{one_line(text).replace('“', '‘').replace('”', '’')}”"


def official_days(text: str) -> str:
    """Days as official papers write them (GB/T 9704); what stands in quotation marks is left as it is.

    >>> official_days("应于2023-02-01前履行“2023-02-01前交付”")
    '应于2023年2月1日前履行“2023-02-01前交付”'
    """
    return _ISO_DAYS.sub(lambda found: found[0] if found[1] is None else _chinese_day(found), text)


def _chinese_day(found: re.Match[str]) -> str:
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日"


def one_line(text: str) -> str:
    """Text of several lines as one line, cells of a table parted by ｜."""
    cells = (" ".join(cell.split()) for cell in text.split("\t"))
    return "｜".join(cell for cell in cells if cell)


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
