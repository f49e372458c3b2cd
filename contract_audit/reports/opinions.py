"""合法性审查意见书 and 招商合同审查意见: one agreement's findings as an official document, item by item.

Each item gives place, problem, law and remedy under its number in the 问题清单. A draft is to be redrafted; of a signed paper
what its clauses promise is parted from what was not done in time, and what falls due soon is no wrong. All that is still
open has a part of its own: the reviewer signs for it too. Conclusion, number and signatures are left for people.
"""

from collections import Counter
from collections.abc import Iterator

from contract_audit.model import Audit, Finding, Severity, Struct
from contract_audit.reports import wording
from contract_audit.reports.material import Material, category_name
from contract_audit.reports.numbering import is_done_late, is_late, standing
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
from contract_audit.reports.still_open import Unfinished, unfinished_of
from contract_audit.reports.summary import failing

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
_BLANK_UNIT = "（审查单位）"


class _Words(Struct, frozen=True, kw_only=True):
    """What an opinion on a draft and one on a signed paper call the same things."""

    recipient: str
    opening: str  # with {title} and {day}
    basics: str
    wrongs: str
    grades: dict[Severity, str]
    remedy: str
    conclusions: tuple[str, ...]
    closing: str


_DRAFT = _Words(
    recipient="（送审单位）",
    opening="你单位送审的{title}收悉。依据重大行政决策、行政机关合同管理和公平竞争审查等有关规定，"
    "我单位对送审文本进行了合法性审查（基准日{day}）。现提出以下审查意见。",
    basics="送审文本基本情况",
    wrongs="存在的问题和修改意见",
    grades={"high": "应当修改", "medium": "建议修改", "low": "提示完善"},
    remedy="修改建议：",
    conclusions=("合法，可以提请审议。", "按上述意见修改后，可以提请审议。", "不合法，不得签订。"),
    closing="本意见所列为合规风险及修改建议，供集体研究决策参考；合同的效力由有权机关认定。",
)
_SIGNED = _Words(
    recipient="（主送单位）",
    opening="依据重大行政决策、行政机关合同管理和公平竞争审查等有关规定，"
    "我单位对已签订的{title}进行了合法性审查，并核对了履约情况（基准日{day}）。现提出以下审查意见。",
    basics="协议基本情况",
    wrongs="存在的问题和整改意见",
    grades={"high": "应当整改", "medium": "建议整改", "low": "提示"},
    remedy="整改措施：",
    conclusions=("可以继续履行。", "应当签订补充协议或者另行采取措施整改后履行。", "应当提请有权机关处理。"),
    closing="本意见所列为合规风险及整改建议，供集体研究决策参考；协议的效力由有权机关认定。",
)


def legality(material: Material, audit: Audit) -> tuple[Part, ...]:
    """合法性审查意见书 of the legal office, addressed to the unit that sent the draft or signed the agreement."""
    words = _words(material, audit)
    day = wording.chinese_date(material.as_of)
    return (
        Title((LEGALITY,)),
        Centred("　　审〔　　　　〕　　　号"),
        Recipient(words.recipient),
        Text(text=words.opening.format(title=_title(audit), day=day)),
        *_body(material, audit),
        Heading(1, 4, "审查结论"),
        *(Text(text=f"□ {choice}") for choice in words.conclusions),
        Text(text=f"（由审查人勾选并说明理由。{words.closing}）"),
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


def _words(material: Material, audit: Audit) -> _Words:
    mode = (material.scan.mode if material.scan else None) or audit.understanding.mode
    return _DRAFT if mode == "draft" else _SIGNED


def _body(material: Material, audit: Audit) -> tuple[Part, ...]:
    """一 what the paper is, 二 the wrongs, 三 what a person must still check."""
    words = _words(material, audit)
    rest = unfinished_of(material.scan, audit, material.numbers) if material.scan else ()
    return (
        Heading(1, 1, words.basics),
        *(Text(text=line) for line in _basics(audit)),
        Heading(1, 2, words.wrongs),
        *_found(material, audit, words),
        Heading(1, 3, "需人工核实的事项"),
        *_still_open(rest),
    )


_Item = tuple[int, Finding]


def _found(material: Material, audit: Audit, words: _Words) -> Iterator[Part]:
    """What was found, under the numbers of the 问题清单: of a draft by gravity, of a signed paper clauses apart from delays."""
    items = [(material.numbers.get((one.document, one.fingerprint), 0), one) for one in audit.findings]
    wrong = [item for item in items if standing(item[1]) == "wrong"]
    reminders = [item for item in items if standing(item[1]) == "reminder"]
    yield Text(text=_counted([one for _, one in wrong], len(reminders), words))
    groups = _by_gravity(wrong, words) if words is _DRAFT else _by_matter(wrong, words)
    number = 0
    for number, (heading, parts) in enumerate(groups, start=1):
        yield Heading(2, number, heading)
        for part in parts:
            yield from _item(*part, material, words) if isinstance(part, tuple) else (part,)
    if reminders:
        yield Heading(2, number + 1, "近期到期事项（提醒，不计入问题）")
        for item in reminders:
            yield from _item(*item, material, words)


def _counted(wrong: list[Finding], reminders: int, words: _Words) -> str:
    if not wrong and not reminders:
        return _NOTHING_FOUND
    late = [one for one in wrong if is_late(one)] if words is _SIGNED else []
    clauses = [one for one in wrong if one not in late]
    kinds = [_grades(clauses, words)] if clauses else []
    if late:
        done = sum(map(is_done_late, late))
        kinds = [f"合法性和条款问题{len(clauses)}项（{kinds[0]}）"] if kinds else []
        kinds.append(f"履约逾期{len(late)}项（未完成{len(late) - done}项、已完成但迟延{done}项）")
    told = f"发现问题{len(wrong)}项，其中{'，'.join(kinds)}。" if wrong else _NOTHING_FOUND
    soon = f"另列近期到期事项{reminders}项，仅作提醒，不计入问题。" if reminders else ""
    return f"经审查，{told}{soon}各项的序号与问题清单一致。"


_NOTHING_FOUND = "在已读取的文字和已判定的事项范围内，未发现问题。"


def _grades(found: list[Finding], words: _Words) -> str:
    counts = Counter(one.severity for one in found)
    return "、".join(f"{name}{counts[grade]}项" for grade, name in words.grades.items() if counts[grade])


_Group = tuple[str, list[_Item | Heading]]


def _by_gravity(wrong: list[_Item], words: _Words) -> Iterator[_Group]:
    for grade, name in words.grades.items():
        found: list[_Item | Heading] = [item for item in wrong if item[1].severity == grade]
        if found:
            yield name, found


def _by_matter(wrong: list[_Item], words: _Words) -> Iterator[_Group]:
    """合法性和条款问题 by gravity; 履约情况: what is still undone, what was done late."""
    clauses: list[_Item | Heading] = [
        item for grade in words.grades for item in wrong if item[1].severity == grade and not is_late(item[1])
    ]
    if clauses:
        yield "合法性和条款问题", clauses
    late = [item for item in wrong if is_late(item[1])]
    parted = (("未完成", False), ("已完成（迟延）", True))
    told = [(name, own) for name, done in parted if (own := [item for item in late if is_done_late(item[1]) is done])]
    delays: list[_Item | Heading] = []
    for number, (name, own) in enumerate(told, start=1):
        delays += [Heading(3, number, name), *own]
    if delays:
        yield "履约情况", delays


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
        yield (
            "主要约定："
            + "；".join(f"{wording.fact_title(name)} {wording.fact_value(fact)}" for name, fact in known)
            + "。"
        )
    yield f"文件校验值（SHA-256）前16位：{document.sha256[:16]}。"


def _item(number: int, finding: Finding, material: Material, words: _Words) -> Iterator[Part]:
    name = category_name(finding.category, material.pack.taxonomy)
    reminder = standing(finding) == "reminder"
    later = "，签订后新规" if not finding.in_force else ""
    yield Heading(4, number, name if reminder else f"{name}（{words.grades[finding.severity]}{later}）")
    quote = f"：{wording.quoted(finding.quote)}" if finding.quote and finding.clause else ""
    yield Text(lead="条款位置：", text=f"{wording.place(finding) or '全文'}{quote}")
    problem = wording.official_days(wording.one_line(finding.message))
    yield Text(lead="到期事项：" if reminder else "存在问题：", text=_sentence(problem))
    for related in finding.related:
        yield Text(lead="关联条文：", text=f"{related.role}{wording.quoted(related.quote)}")
    basis = "；".join(wording.basis_line(basis) for basis in finding.basis)
    yield Text(lead="法律依据：", text=_sentence(basis or "（请补充）"))
    yield Text(lead="工作建议：" if reminder else words.remedy, text=_sentence(finding.remedy))


def _still_open(rows: tuple[Unfinished, ...]) -> Iterator[Part]:
    """All that is open, and what is to be done about it; that nothing is open is said only where that is so."""
    if not rows:
        yield Text(text="文本完整读取，适用的审查规则均已判定，没有待核的问题和凭证。")
        return
    yield Text(text=f"下列{len(rows)}项尚待核实，核实前不能认为除上述问题外没有其他问题。")
    for number, row in enumerate(rows, start=1):
        yield Text(text=f"{number}. {_where(row)}{_sentence(row.message)}处理办法：{_sentence(row.action)}")


def _where(row: Unfinished) -> str:
    """What stands before the words of an open matter: of a doubt the clause, of others their kind."""
    if row.kind == "未判定":
        return ""
    place = f"（{row.place}）" if row.place else ""
    return f"{row.place}：" if row.kind == "待核问题" else f"{row.kind}{place}："


def _departments(audit: Audit) -> tuple[str, ...]:
    """Every department that some finding names, the most often named first."""
    named = [name for finding in failing(audit) for name in finding.departments]
    return tuple(sorted(dict.fromkeys(named), key=lambda name: (-named.count(name), named.index(name))))


def _title(audit: Audit) -> str:
    return wording.in_title_marks(wording.contract_title(audit.understanding))


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "？", "！", "。”")) else f"{text}。"
