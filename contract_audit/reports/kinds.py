"""The papers of `contract-audit report`: KINDS is the closed list; each makes sheets of a workbook or parts of a docx."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal

from contract_audit.model import Audit, Struct
from contract_audit.reports.exported import covered
from contract_audit.reports.material import Material

Source = Literal["agreements", "items", "either"]


class Kind(Struct, frozen=True, kw_only=True):
    """One paper: its file type, what it is made from, who makes it, in one line what it is for.

    `source` agreements need files to scan; items come from a ledger (or, with states still open, from a scan or
    findings.jsonl). `each` papers speak of one agreement and are made for every one. `fields` makes the rows for a
    user's own form where that may ask for more columns than the paper has.
    """

    suffix: Literal[".xlsx", ".docx"]
    source: Source
    make: str
    about: str
    each: bool = False
    fields: str | None = None


_ITEM_FIELDS = "contract_audit.reports.item_fields:sheets_of_fields"
KINDS: dict[str, Kind] = {
    "问题清单": Kind(
        suffix=".xlsx", source="either", make="contract_audit.reports.item_papers:issues", fields=_ITEM_FIELDS,
        about="附件2 七列，一行一个问题",
    ),
    "联系人表": Kind(
        suffix=".xlsx", source="either", make="contract_audit.reports.survey:contacts", about="附件1，按单位列出待填的联系人"
    ),
    "失信事项台账": Kind(
        suffix=".xlsx", source="either", make="contract_audit.reports.item_papers:breaches", fields=_ITEM_FIELDS,
        about="政府失信事项，五类划分，另列被执行、被诉案件",
    ),
    "摸底表": Kind(
        suffix=".xlsx", source="agreements", make="contract_audit.reports.survey:survey",
        about="近五年招商企业：名称、地址、法定代表人、电话、优惠政策",
    ),
    "督办单": Kind(
        suffix=".docx", source="either", make="contract_audit.reports.orders:orders", about="每个责任单位一张，列事项、要求、时限，留签字栏"
    ),
    "核查销号表": Kind(
        suffix=".xlsx", source="items", make="contract_audit.reports.item_papers:checks", fields=_ITEM_FIELDS,
        about="整改情况、佐证、核查人、销号日期",
    ),
    "月调度表": Kind(
        suffix=".xlsx", source="items", make="contract_audit.reports.progress:dispatch", about="本期新增、销号、逾期和即将到期，附清单"
    ),
    "进展统计": Kind(
        suffix=".xlsx", source="items", make="contract_audit.reports.progress:statistics",
        about="按单位、来源、类别、月份统计，对照阶段目标",
    ),
    "年度总结": Kind(
        suffix=".docx", source="either", make="contract_audit.reports.year:summary",
        about="签约、总投资、开工、投产和整改的数字，附各自的清单",
    ),
    "合法性审查意见书": Kind(
        suffix=".docx", source="agreements", make="contract_audit.reports.opinions:legality", each=True,
        about="每份协议一件：位置、问题、依据、修改建议，留结论和签字",
    ),
    "招商合同审查意见": Kind(
        suffix=".docx", source="agreements", make="contract_audit.reports.opinions:contract", each=True,
        about="每份协议一件，供联合评审会签",
    ),
}  # fmt: skip


def make_paper(kind: str, material: Material, audit: Audit | None = None) -> bytes:
    """The bytes of one paper; `audit` is the agreement of a paper made for each. Personal numbers are covered."""
    from contract_audit.reports import official_docx, sheets

    chosen = KINDS[kind]
    make = _function(chosen.make)
    if chosen.suffix == ".xlsx":
        return sheets.render(make(material), title=kind, day=material.as_of)
    shown = covered(material)
    parts = make(shown, covered(audit)) if chosen.each else make(shown)
    return official_docx.render(parts, title=kind, day=material.as_of)


def fill_form(kind: str, material: Material, form: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The user's own xlsx form filled with the paper's rows; second, the headings that nothing was known for.

    Raises FormError where the form has no headings that the paper knows, or is no xlsx.
    """
    from contract_audit.reports.own_form import fill

    chosen = KINDS[kind]
    return fill(form, _function(chosen.fields or chosen.make)(material), day=material.as_of)


def paper_of_each(material: Material) -> tuple[Audit, ...]:
    """The agreements that get a paper of their own: those that could be read."""
    audits = material.scan.audits if material.scan else ()
    return tuple(audit for audit in audits if audit.understanding.document.status != "unreadable")


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
