"""Everything that is known of each item, one column a field: the rows from which a user's own form is filled."""

from contract_audit.model.ledger import DISPUTES, KINDS, LedgerItem, is_overdue
from contract_audit.reports import wording
from contract_audit.reports.issue_list import NO_UNIT
from contract_audit.reports.material import Material, category_name, dimension_name, problem_sentence
from contract_audit.reports.sheets import Column, Sheet, Value

_HEADINGS = (
    "序号", "编号", "地区(单位)", "来源", "存在问题", "整改责任地区(单位)", "责任人", "整改时限", "整改措施", "整改情况", "状态",
    "事项种类", "失信类别", "问题维度", "问题类别", "问题", "等级", "文件", "合同名称", "项目名称", "企业名称", "签订日期", "条款",
    "页", "原文", "说明",
    "依据", "有关部门", "涉及金额（万元）", "案号", "受理法院", "佐证材料", "提交人", "核查人", "核查意见", "销号日期", "登记日期",
    "逾期天数", "备注", "指纹",
)  # fmt: skip


def sheets_of_fields(material: Material) -> tuple[Sheet, ...]:
    """One sheet with a row an item."""
    rows = tuple(_row(number, item, material) for number, item in enumerate(material.items, start=1))
    return (Sheet(name="事项", columns=tuple(Column(heading, 12) for heading in _HEADINGS), rows=rows),)


def _row(number: int, item: LedgerItem, material: Material) -> tuple[Value, ...]:
    taxonomy = material.pack.taxonomy
    return (
        number,
        item.number,
        item.unit or NO_UNIT,
        item.source_words,
        problem_sentence(item),
        item.owner_unit or item.unit or NO_UNIT,
        item.owner,
        item.due,
        item.measure,
        item.feedback,
        item.state_words,
        KINDS[item.kind],
        DISPUTES[item.dispute] if item.dispute else None,
        dimension_name(item.category, taxonomy),
        category_name(item.category, taxonomy),
        item.title,
        wording.SEVERITIES[item.severity] if item.severity else None,
        item.document,
        item.contract,
        item.project,
        item.company,
        item.signed_on,
        item.clause,
        item.page,
        item.quote,
        item.message,
        item.basis,
        item.departments,
        None if item.amount_yuan is None else item.amount_yuan / 10_000,
        item.case_number,
        item.court,
        "\n".join(proof.name for proof in item.proofs),
        item.submitted_by,
        item.closed_by,
        item.words if item.closed_on else None,
        item.closed_on,
        item.created_on,
        (material.as_of - item.due).days if item.due and is_overdue(item, material.as_of) else None,
        item.note,
        item.fingerprint,
    )
