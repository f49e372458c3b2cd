"""督办单: one order a responsible unit, with its items, what is asked and by when, and room for answer and signatures."""

from contract_audit.model.ledger import OPEN_STATES, LedgerItem, is_overdue
from contract_audit.reports import wording
from contract_audit.reports.issue_list import NO_UNIT
from contract_audit.reports.material import Material, problem_sentence
from contract_audit.reports.official_docx import BLANK_DAY, Cell, Centred, PageBreak, Part, Row, Table, Text, Title

ORDER = "招商引资履约问题督办单"
_HEAD_WIDTHS = (24.0, 66.0, 24.0, 42.0)
_WIDTHS = (13.0, 63.0, 41.0, 23.0, 16.0)
_DEMAND = "请在整改时限内完成整改，将整改情况及佐证材料书面反馈；不能按期完成的，须在到期前书面说明原因和新的时限。"


def orders(material: Material) -> tuple[Part, ...]:
    """The orders of all units with open items, each on a page of its own; leads of a ledger wait for confirmation."""
    asked = [item for item in material.items if item.state in OPEN_STATES]
    if material.from_ledger:
        asked = [item for item in asked if item.state != "lead"]
    units = list(dict.fromkeys(item.owner_unit or item.unit or NO_UNIT for item in asked))
    parts: list[Part] = []
    for unit in units:
        chosen = tuple(item for item in asked if (item.owner_unit or item.unit or NO_UNIT) == unit)
        parts += ([PageBreak()] if parts else []) + list(_order(unit, chosen, material))
    if not parts:
        return (Title((ORDER,)), Text(text=f"截至{wording.chinese_date(material.as_of)}，没有需要督办的事项。"))
    return tuple(parts)


def _order(unit: str, items: tuple[LedgerItem, ...], material: Material) -> tuple[Part, ...]:
    return (
        Title((ORDER,)),
        Centred("督办〔　　　　〕　　　号"),
        Table(
            widths=_HEAD_WIDTHS,
            rows=(
                _pair("承办单位", unit, "交办日期", BLANK_DAY.strip("　")),
                _pair("督办事项", f"共{len(items)}项", "其中逾期", f"{_overdue(items, material)}项"),
            ),
        ),
        Table(
            widths=_WIDTHS,
            rows=(
                Row(
                    header=True,
                    cells=tuple(Cell(text=text) for text in ("编号", "存在问题", "整改要求", "整改时限", "责任人")),
                ),
                *(_item(item, material) for item in items),
                _wide("督办\n要求", _DEMAND, 18),
                _wide("办理\n情况", "", 34),
                _wide("承办\n单位\n负责人\n签字", f"（盖章）　　　　　　{BLANK_DAY.strip('　')}", 22),
                _wide("督办\n意见", f"（签字）　　　　　　{BLANK_DAY.strip('　')}", 22),
            ),
        ),
    )


def _pair(label: str, value: str, other: str, second: str) -> Row:
    return Row(
        height_mm=10,
        cells=(
            Cell(text=label, label=True),
            Cell(text=value),
            Cell(text=other, label=True),
            Cell(text=second, align="center"),
        ),
    )


def _wide(label: str, text: str, height_mm: float) -> Row:
    ends_with_date = text.endswith("日")
    return Row(
        height_mm=height_mm,
        cells=(Cell(text=label, label=True), Cell(text=text, columns=4, align="right" if ends_with_date else "left")),
    )


def _item(item: LedgerItem, material: Material) -> Row:
    late = (
        f"\n（已逾期\n{(material.as_of - item.due).days}天）" if item.due and is_overdue(item, material.as_of) else ""
    )
    return Row(
        cells=(
            Cell(text=str(item.number), align="center"),
            Cell(text=problem_sentence(item)),
            Cell(text=item.measure),
            Cell(text=(wording.chinese_date(item.due) if item.due else "") + late, align="center"),
            Cell(text=item.owner or "", align="center"),
        )
    )


def _overdue(items: tuple[LedgerItem, ...], material: Material) -> int:
    return sum(is_overdue(item, material.as_of) for item in items)
