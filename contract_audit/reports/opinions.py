"""合法性审查意见书 and 招商合同审查意见: one agreement's findings as an official document, item by item.

Each item gives place, problem, law and redraft. Doubts (待核), undecided rules and pages not read have parts of their
own: the reviewer signs for them too. Conclusion, number and signatures are left for people.
"""

from collections.abc import Iterator

from contract_audit.model import Audit, Finding
from contract_audit.reports import wording
from contract_audit.reports.material import Material, category_name
from contract_audit.reports.official_docx import (
    Cell,
    Centred,
    Heading,
    Part,
    Recipient,
    Row,
    Signature,
    Table,
    Text,
    Title,
)
from contract_audit.reports.summary import failing
from contract_audit.vocabulary import FACTS

LEGALITY = "合法性审查意见书"
CONTRACT = "招商合同审查意见"
_SHOWN_FACTS = (
    "number",
    "project",
    "signed_on",
    "total_investment_yuan",
    "fixed_investment_yuan",
    "land_mu",
    "plant_sqm",
    "term_years",
)
_CONCLUSIONS = {
    "draft": ("合法，可以提请审议。", "按上述意见修改后，可以提请审议。", "不合法，不得签订。"),
    "signed": ("可以继续履行。", "应当签订补充协议或者另行采取措施整改后履行。", "应当提请有权机关处理。"),
}
_BLANK_UNIT = "（审查单位）"
_GRADES = {"high": "应当修改", "medium": "建议修改", "low": "提示完善"}


def legality(material: Material, audit: Audit) -> tuple[Part, ...]:
    """合法性审查意见书 of the legal office, addressed to the unit that sent the draft."""
    return (
        Title((LEGALITY,)),
        Centred("　　审〔　　　　〕　　　号"),
        Recipient("（送审单位）"),
        Text(
            text=f"你单位送审的{_title(audit)}收悉。依据重大行政决策、行政机关合同管理和公平竞争审查等有关规定，"
            f"我单位对送审文本进行了合法性审查（基准日{wording.chinese_date(material.as_of)}）。现提出以下审查意见。"
        ),
        *_body(material, audit),
        Heading(1, 4, "审查结论"),
        *(Text(text=f"□ {choice}") for choice in _CONCLUSIONS[audit.understanding.mode]),
        Text(
            text="（由审查人勾选并说明理由。本意见所列为合规风险及修改建议，供集体研究决策参考；合同的效力由有权机关认定。）"
        ),
        Text(text="审查人（签字）：　　　　　　　　　　复核人（签字）："),
        Signature(unit=_BLANK_UNIT),
    )


def contract(material: Material, audit: Audit) -> tuple[Part, ...]:
    """招商合同审查意见 for the joint-review group: the same items, ending in the members' opinions."""
    return (
        Title((CONTRACT,)),
        Centred(f"（{wording.chinese_date(material.as_of)}）"),
        Text(text=f"经对{_title(audit)}进行审查，现将有关意见报告如下。"),
        *_body(material, audit),
        Heading(1, 4, "会审签字"),
        Table(
            widths=(28, 88, 40),
            rows=(
                Row(header=True, cells=(Cell(text="会审单位"), Cell(text="意见"), Cell(text="签字、日期"))),
                *(
                    Row(height_mm=16, cells=(Cell(text=unit, align="center"), Cell(text=""), Cell(text="")))
                    for unit in (*_departments(audit), "法律顾问", "招商牵头单位")
                ),
            ),
        ),
        Signature(unit=_BLANK_UNIT),
    )


def _body(material: Material, audit: Audit) -> tuple[Part, ...]:
    """一 what the paper is, 二 the wrongs, 三 what a person must still check."""
    fails = sorted(failing(audit), key=lambda finding: ("high", "medium", "low").index(finding.severity))
    count = len(fails)
    grades = "、".join(
        f"{_GRADES[grade]}{number}项"
        for grade in wording.SEVERITIES
        if (number := sum(one.severity == grade for one in fails))
    )
    doubts = tuple(_doubts(material, audit))
    return (
        Heading(1, 1, "送审文本基本情况"),
        *(Text(text=line) for line in _basics(audit)),
        Heading(1, 2, "存在的问题和修改意见"),
        Text(
            text=f"经审查，发现问题{count}项，其中{grades}。"
            if count
            else "在已读取的文字和已判定的事项范围内，未发现问题。"
        ),
        *(part for number, finding in enumerate(fails, start=1) for part in _item(number, finding, material)),
        Heading(1, 3, "需人工核实的事项"),
        *(doubts or (Text(text="文本完整读取，适用的审查事项均已判定。"),)),
    )


def _basics(audit: Audit) -> Iterator[str]:
    understanding = audit.understanding
    document = understanding.document
    pages = f"，共{document.pages}页" if document.pages else ""
    reason = wording.official_days(understanding.mode_reason)
    yield f"文件：{document.name}{pages}；文本状态：{wording.MODES[understanding.mode]}（{reason}）。"
    if understanding.parties:
        yield (
            "主体："
            + "；".join(f"{party.role} {party.name}（{wording.SIDES[party.side]}）" for party in understanding.parties)
            + "。"
        )
    known = [(name, fact) for name in _SHOWN_FACTS if (fact := understanding.fact(name)) is not None]
    if known:
        yield "主要约定：" + "；".join(f"{FACTS[name].title} {wording.fact_value(fact)}" for name, fact in known) + "。"
    yield f"文件校验值（SHA-256）前16位：{document.sha256[:16]}。"


def _item(number: int, finding: Finding, material: Material) -> Iterator[Part]:
    name = category_name(finding.category, material.pack.taxonomy)
    later = "，签订后新规" if not finding.in_force else ""
    yield Heading(2, number, f"{name}（{_GRADES[finding.severity]}{later}）")
    quote = f"：“{wording.one_line(finding.quote)}”" if finding.quote else ""
    yield Text(lead="条款位置：", text=f"{wording.place(finding) or '全文'}{quote}")
    yield Text(lead="存在问题：", text=_sentence(wording.official_days(finding.message)))
    for role, words in ((related.role, related.quote) for related in finding.related):
        yield Text(lead="关联条文：", text=f"{role}“{wording.one_line(words)}”")
    basis = "；".join(wording.basis_line(basis) for basis in finding.basis)
    yield Text(lead="法律依据：", text=_sentence(basis or "（请补充）"))
    yield Text(lead="修改建议：", text=_sentence(finding.remedy))


def _doubts(material: Material, audit: Audit) -> Iterator[Part]:
    document = audit.understanding.document
    lines = [f"{f'第{problem.page}页：' if problem.page else ''}{problem.message}" for problem in document.problems]
    lines += [
        f"文件含{wording.STREAMS[stream]}{len(passages)}处，未计入正文，请核对其内容。"
        for stream, passages in (("hidden", document.hidden), ("deleted", document.deleted))
        if passages
    ]
    lines += [
        f"{wording.place(finding)}{wording.quoted_problem(finding.quote, finding.message)}"
        for finding in audit.findings
        if finding.verdict == "review"
    ]
    lines += [f"{item.title}：未能判定，缺少{item.missing}。" for item in audit.undecided]
    for number, line in enumerate(lines, start=1):
        yield Text(text=f"{number}.{_sentence(line)}")


def _departments(audit: Audit) -> tuple[str, ...]:
    """Every department that some finding names, the most often named first."""
    named = [name for finding in failing(audit) for name in finding.departments]
    return tuple(sorted(dict.fromkeys(named), key=lambda name: (-named.count(name), named.index(name))))


def _title(audit: Audit) -> str:
    return wording.in_title_marks(wording.contract_title(audit.understanding))


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "？", "！", "”")) else f"{text}。"
