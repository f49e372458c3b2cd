"""Papers that list items: 问题清单 (附件2), 政府失信事项台账, 核查销号表."""

from decimal import Decimal

from contract_audit.model.ledger import DISPUTES, KINDS, DisputeKind, ItemKind, LedgerItem, Proof, State, is_overdue
from contract_audit.reports import wording
from contract_audit.reports.issue_list import ISSUE_COLUMNS, KEY_COLUMNS, NO_UNIT, REMINDER, issue_sheets, responsible
from contract_audit.reports.issue_list import TITLE as ISSUES
from contract_audit.reports.material import Material, category_name, problem_sentence
from contract_audit.reports.numbering import standing_of
from contract_audit.reports.sheets import Column, Sheet, Value
from contract_audit.rulespec import ObligationCheck

BREACHES = "政府失信事项台账"
CHECKS = "问题整改核查销号表"

_BREACH_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("地区(单位)", 12, "centre"),
    Column("涉及企业", 12, "centre"),
    Column("来源", 6, "centre"),
    Column("事项类别", 11, "centre"),
    Column("政府失信（风险）事项", 42),
    Column("涉及金额（万元）", 8, "centre"),
    Column("整改责任单位", 12, "centre"),
    Column("责任人", 7, "centre"),
    Column("整改时限", 11, "centre"),
    Column("整改措施", 26),
    Column("整改进展", 12),
    Column("状态", 7, "centre"),
)
_CASE_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("地区(单位)", 18, "centre"),
    Column("案号", 20, "centre"),
    Column("受理法院", 18, "centre"),
    Column("涉及企业", 20, "centre"),
    Column("案由及未履行事项", 44),
    Column("涉及金额（万元）", 10, "centre"),
    Column("责任单位", 16, "centre"),
    Column("化解时限", 11, "centre"),
    Column("化解进展", 22),
    Column("状态", 8, "centre"),
)
_CHECK_COLUMNS = (
    Column("序号", 5, "centre"),
    Column("编号", 5, "centre"),
    Column("地区(单位)", 11, "centre"),
    Column("存在问题", 36),
    Column("责任单位及责任人", 12, "centre"),
    Column("整改时限", 11, "centre"),
    Column("整改措施", 24),
    Column("整改情况", 14),
    Column("佐证材料", 20),
    Column("提交人", 7, "centre"),
    Column("核查意见", 11),
    Column("核查人", 7, "centre"),
    Column("销号日期", 11, "centre"),
    Column("状态", 7, "centre"),
)
_CASES: dict[ItemKind, str] = {"enforcement": "被执行案件", "pending_suit": "被诉案件"}
# What kind of dispute a scan's finding points to (郏县五类): a proposal until a person decides.
_LIKELY: dict[str, DisputeKind] = {
    "illegal": "unlawful_terms",
    "ultra_vires": "overpromise",
    "delivery": "breach",
    "succession": "breach",
    "payment": "breach",
}
_BREACHING = frozenset(("illegal", "ultra_vires", "delivery", "succession", "payment"))


def issues(material: Material) -> tuple[Sheet, ...]:
    """问题清单: from a scan the full workbook, from a ledger or findings the form alone."""
    if material.scan is not None and not material.from_ledger:
        return issue_sheets(material.scan, material.pack)
    items = tuple(item for item in material.items if item.state != "dismissed")
    left = len(material.items) - len(items)
    soon = sum(map(_is_reminder, items))
    return (
        Sheet(
            name="问题清单",
            title=ISSUES,
            subtitle=_as_of(material, len(items)) + (f"，其中近期到期提示{soon}项（不计入问题）" if soon else ""),
            columns=ISSUE_COLUMNS + KEY_COLUMNS,
            rows=tuple(_issue(number, item) for number, item in enumerate(items, start=1)),
            notes=(*([f"另有{left}项经核实已排除，未列入。"] if left else []), *_closing(material)),
        ),
    )


def breaches(material: Material) -> tuple[Sheet, ...]:
    """政府失信事项台账: agreements and disputes on one sheet, the two case lists (被执行、被诉) on theirs."""
    others = _duties_of_enterprises(material)
    wrongs = tuple(
        item
        for item in material.items
        if item.kind in ("clause", "dispute")
        and item.state != "dismissed"
        and _is_breach(item)
        and item.rule not in others
    )
    cases = tuple(item for item in material.items if item.kind in _CASES)
    listed = [
        Sheet(
            name="失信事项",
            title=BREACHES,
            subtitle=_as_of(material, len(wrongs)),
            columns=_BREACH_COLUMNS,
            rows=tuple(_breach(number, item, material) for number, item in enumerate(wrongs, start=1)),
            notes=(_KIND_NOTE, "企业方逾期的义务不属政府失信，未列入本台账，见问题清单。", *_closing(material)),
        )
    ]
    for kind, name in _CASES.items():
        chosen = tuple(item for item in cases if item.kind == kind)
        listed.append(
            Sheet(
                name=name,
                title=f"{KINDS[kind]}清单",
                subtitle=_as_of(material, len(chosen)),
                columns=_CASE_COLUMNS,
                rows=tuple(_case(number, item, material) for number, item in enumerate(chosen, start=1)),
                notes=() if chosen else ("台账中没有此类案件；案件须由责任单位自查登记，协议文本中读不出来。",),
            )
        )
    return tuple(listed)


def checks(material: Material) -> tuple[Sheet, ...]:
    """核查销号表: measure, result, proofs, who handed in, who checked; what people must sign stays blank."""
    out: tuple[State, ...] = ("dismissed", "referred", *(("lead",) if material.from_ledger else ()))
    items = tuple(item for item in material.items if item.state not in out)
    return (
        Sheet(
            name="核查销号表",
            title=CHECKS,
            subtitle=_as_of(material, len(items)),
            columns=_CHECK_COLUMNS,
            rows=tuple(_check(number, item, material) for number, item in enumerate(items, start=1)),
            notes=(
                "核查人与提交人不得为同一人；佐证材料所列校验值为文件 SHA-256 前12位。",
                "核查人（签字）：＿＿＿＿＿＿＿＿　　复核人（签字）：＿＿＿＿＿＿＿＿　　　　　　年　　月　　日",
                *_closing(material),
            ),
        ),
    )


_KIND_NOTE = (
    "事项类别按政务失信专项治理的五类划分："
    + "；".join(f"（{number}）{words}" for number, words in enumerate(DISPUTES.values(), start=1))
    + "。标“拟”的由审查程序按问题类别提出，须经人工认定。"
)


def _duties_of_enterprises(material: Material) -> frozenset[str]:
    """Rules on duties that the government does not bear: an enterprise that is late is no breach of the government's."""
    checks = ((rule.id, rule.check) for rule in material.pack.rules)
    return frozenset(
        name for name, check in checks if isinstance(check, ObligationCheck) and "government" not in check.side
    )


def _is_breach(item: LedgerItem) -> bool:
    """A finding on the text alone (签约前评审) is no breach of faith; what people registered always is."""
    if item.dispute is not None or item.kind == "dispute" or item.category is None:
        return True
    return item.category.partition(".")[0] in _BREACHING


def _is_reminder(item: LedgerItem) -> bool:
    """A duty that will fall due is no wrong, unless a person has put it so in words of their own."""
    return not item.own_problem and standing_of(item.verdict, item.category) == "reminder"


def _issue(number: int, item: LedgerItem) -> tuple[Value, ...]:
    departments = tuple(name for name in (item.departments or "").split("、") if name)
    unit = item.owner_unit or item.unit
    return (
        number,
        item.unit or NO_UNIT,
        item.source_words,
        REMINDER * _is_reminder(item) + problem_sentence(item),
        responsible(unit or NO_UNIT, departments),
        item.due,
        item.measure,
        str(item.number),
        item.fingerprint or "",
    )


def _breach(number: int, item: LedgerItem, material: Material) -> tuple[Value, ...]:
    return (
        number,
        item.unit or NO_UNIT,
        item.company,
        item.source_words,
        _dispute(item),
        _with_category(item, material),
        _wan(item.amount_yuan),
        item.owner_unit or item.unit,
        item.owner,
        item.due,
        item.measure,
        item.feedback,
        _state(item, material),
    )


def _case(number: int, item: LedgerItem, material: Material) -> tuple[Value, ...]:
    return (
        number,
        item.unit or NO_UNIT,
        item.case_number,
        item.court,
        item.company,
        problem_sentence(item),
        _wan(item.amount_yuan),
        item.owner_unit or item.unit,
        item.due,
        item.feedback or item.measure,
        _state(item, material),
    )


def _check(number: int, item: LedgerItem, material: Material) -> tuple[Value, ...]:
    return (
        number,
        item.number,
        item.unit or NO_UNIT,
        problem_sentence(item),
        "\n".join(filter(None, (item.owner_unit or item.unit, item.owner))),
        item.due,
        item.measure,
        item.feedback,
        "\n".join(_proof(proof) for proof in item.proofs),
        item.submitted_by,
        item.words if item.state in ("closed", "kept") else None,
        item.closed_by,
        item.closed_on,
        _state(item, material),
    )


def _proof(proof: Proof) -> str:
    return f"{proof.name}（{wording.chinese_date(proof.day)}，{proof.sha256[:12]}）"


def _dispute(item: LedgerItem) -> str:
    if item.dispute is not None:
        return DISPUTES[item.dispute]
    likely = _LIKELY.get((item.category or "").partition(".")[0])
    return f"拟：{DISPUTES[likely]}" if likely else ""


def _with_category(item: LedgerItem, material: Material) -> str:
    name = category_name(item.category, material.pack.taxonomy)
    return f"【{name}】{problem_sentence(item)}" if name else problem_sentence(item)


def _state(item: LedgerItem, material: Material) -> str:
    return f"{item.state_words}\n（逾期）" if is_overdue(item, material.as_of) else item.state_words


def _wan(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount / 10_000


def _as_of(material: Material, count: int) -> str:
    return f"截至{wording.chinese_date(material.as_of)}　共{count}项"


def _closing(material: Material) -> tuple[str, ...]:
    """What was left out, and the ledger's check value."""
    anchor = (
        (f"台账校验值：{material.anchor}（截至第{material.anchor.partition('-')[0]}条记录）",)
        if material.anchor
        else ()
    )
    return (*material.notes, *anchor)
