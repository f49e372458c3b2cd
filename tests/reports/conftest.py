"""A small scan made by hand: what every report is tried on."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from contract_audit.model import (
    Audit,
    Basis,
    Block,
    Clause,
    Document,
    Fact,
    Finding,
    Obligation,
    Party,
    Passage,
    Problem,
    Related,
    Scan,
    Skipped,
    Span,
    Undecided,
    Understanding,
)  # fmt: skip
from contract_audit.rulespec import BasisRef, Category, DimensionName, Pack, PackInfo, Taxonomy

LINES = (
    ("title", "云岭县招商引资项目投资合同"),
    ("paragraph", "甲方：云岭县人民政府"),
    ("paragraph", "第一条 甲方应于2023年2月1日前交付厂房15600平方米。"),
    ("paragraph", "第二条 甲方按乙方缴纳增值税的60%给予返还。"),
    ("table_row", "=SUM(A1)\t<script>alert(1)</script>"),
)


def make_document(name: str = "甲/投资 合同.docx", status: str = "read") -> Document:
    """A document of five blocks; one is a table row with a formula and a script in its cells."""
    text, blocks = "", []
    for kind, line in LINES:
        start = len(text)
        cells = tuple(_cells(line, start)) if kind == "table_row" else ()
        blocks.append(Block(kind=kind, start=start, end=start + len(line), page=1, cells=cells))
        text += line + "\n"
    return Document(
        name=name,
        sha256="0" * 64,
        format="docx",
        status=status,
        problems=() if status == "read" else (Problem(code="needs_ocr", message="第2页是图片，需要识别", page=2),),
        pages=1,
        text=text,
        blocks=tuple(blocks),
        tables=((("=SUM(A1)", "<script>alert(1)</script>"),),),
        hidden=(Passage(text="隐藏的承诺", start=0, end=5),),
    )


def _cells(line: str, start: int) -> list[Span]:
    spans = []
    for cell in line.split("\t"):
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + 1
    return spans


def make_finding(document: Document, quote: str, **changes: object) -> Finding:
    """A finding on the first place of `quote` in the accepted text."""
    start = document.text.index(quote)
    fields: dict[str, object] = {
        "document": document.name,
        "rule": "TAX001",
        "category": "illegal.tax_linked_reward",
        "title": "与税收挂钩的返还",
        "stream": "accepted",
        "severity": "high",
        "verdict": "fail",
        "in_force": True,
        "confidence": "high",
        "confidence_reason": "原文写明",
        "clause": "第二条",
        "page": 1,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "message": "以缴税额为基数返还，存在合规风险",
        "basis": (
            Basis(
                law="公平竞争审查条例",
                number="国务院令第783号",
                article="10",
                in_force_from=date(2024, 8, 1),
                in_force_to=None,
            ),
        ),
        "remedy": "删去该款，改为依法申报公开政策",
        "departments": ("财政部门", "税务部门"),
        "related": (Related(role="另见", start=0, end=4, quote=document.text[:4]),),
        "facts": {"value": "0.6"},
        "conditions": ("政府方承诺", "以税额为基数"),
        "fingerprint": "f" * 31 + str(start % 10),
        "fingerprint_parts": {"rule": "TAX001"},
    }
    return msgspec.convert(fields | changes, Finding)


def make_audit(document: Document) -> Audit:
    """Two findings (one of them only a question), one overdue duty, one undecided rule."""
    promise, handover = "增值税的60%给予返还", "2023年2月1日前交付厂房15600平方米"
    start = document.text.index(handover)
    understanding = Understanding(
        document=document,
        title="云岭县招商引资项目投资合同",
        kind="投资",
        clauses=(
            Clause(kind="article", label="第一条", heading=None, level=0, path=("第一条",), start=start - 9,
                end=start + 22, stop=start + 22),
        ),
        references=(),
        provisions=(),
        parties=(
            Party(role="甲方", name="云岭县人民政府", aliases=(), kind="government", level="county", side="government", start=0, end=0),
            Party(role="乙方", name="恒远制造有限公司", aliases=(), kind="enterprise", level="none", side="investor", start=0, end=0),
        ),
        values=(),
        facts=(
            Fact(name="signed_on", value=date(2023, 1, 28), start=0, end=0),
            Fact(name="total_investment_yuan", value=Decimal("180000000.00"), start=0, end=0),
        ),
        obligations=(
            Obligation(
                bearer="甲方", side="government", kind="plant", act="交付", object="厂房", start=start,
                end=start + len(handover), clause=0, provision=None, due=date(2023, 2, 1), status="done_late",
                done_on=date(2023, 4, 1), days_late=59,
            ),
        ),
        mode="signed",
        mode_reason="签署栏有日期",
    )  # fmt: skip
    findings = (
        make_finding(document, handover, rule="DEL001", category="delivery.overdue", severity="high", clause="第一条"),
        make_finding(document, promise),
        make_finding(document, "云岭县招商引资项目投资合同", rule="REV001", category="review.missing_clause",
                     verdict="review", severity="medium", clause=None, in_force=False),
    )  # fmt: skip
    undecided = (
        Undecided(
            rule="REV002", category="review.low_intensity", title="投资强度", missing="地方参数「投资强度_万元每亩」"
        ),
    )
    return Audit(
        understanding=understanding,
        as_of=date(2024, 6, 30),
        findings=findings,
        undecided=undecided,
        pack_version="0.1.0",
    )


@pytest.fixture
def scan() -> Scan:
    """One whole document, one partly read, one file that gave none, one broken rule, one note."""
    return Scan(
        audits=(make_audit(make_document()), make_audit(make_document("乙.pdf#2", status="partly_read"))),
        skipped=(Skipped(name="坏.docx", code="damaged", message="文件已损坏，请重新取得原件"),),
        as_of=date(2024, 6, 30),
        mode=None,
        pack_version="0.1.0",
        broken_rules=(("illegal/TAX009_x.yaml", "第3行 字段 severity：取值不对"),),
        notes=("履约情况.csv 第3行：合同“丙”没有对应的文件",),
    )


@pytest.fixture
def pack() -> Pack:
    """A pack without rules but with the names that reports print."""
    return Pack(
        info=PackInfo(
            name="试",
            version="0.1.0",
            jurisdiction="全国",
            existing_commitment_before=date(2015, 5, 10),
            existing_commitment_basis=BasisRef(law="x"),
        ),
        taxonomy=Taxonomy(
            version=1,
            dimensions={
                "illegal": DimensionName(name="违法违规承诺", about=""),
                "delivery": DimensionName(name="履约期限", about=""),
            },
            neighbours=(),
            categories={
                "illegal.tax_linked_reward": Category(name="与税收挂钩的返还奖励", grade="high", mark=""),
                "delivery.overdue": Category(name="履约逾期", grade="high", mark=""),
            },
        ),
        laws={},
        words={},
        rules=(),
    )
