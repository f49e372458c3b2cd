"""`contract-audit report`: sources told apart, wrong use in one line, files where they were asked for."""

import json
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from contract_audit.cli.report import FORMATS, MARKED
from contract_audit.reports.kinds import KINDS

AS_OF = ("--as-of", "2024-06-30", "--jobs", "1")


def agreement(folder: Path, name: str, *, secret: bool = False) -> Path:
    """A Word agreement with a phone number in its head."""
    book = docx.Document()
    lines = ["机密★5年"] if secret else []
    lines += [
        "云岭县产业项目投资协议书",
        "甲方：云岭县人民政府",
        "乙方：恒远制造有限公司",
        "联系电话：13812345678",
        "第一条 甲方应于2023年2月1日前向乙方交付标准厂房15600平方米。",
        "第二条 乙方缴纳的增值税、企业所得税县级留成部分，甲方按60%的比例返还乙方。",
        "甲方（盖章）：云岭县人民政府",
        "乙方（盖章）：恒远制造有限公司",
        "2023年1月28日",
    ]
    for line in lines:
        book.add_paragraph(line)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / name)
    return folder


def words(path: Path) -> str:
    if path.suffix == ".docx":
        document = docx.Document(path)
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_help_names_every_kind(run) -> None:
    ran = run("report", "--help")
    assert ran.code == 0
    assert [kind for kind in (*KINDS, MARKED, FORMATS) if kind not in ran.out] == []


@pytest.mark.parametrize("kind", [kind for kind, about in KINDS.items() if about.source != "items" and not about.each])
def test_papers_from_files(run, tmp_path: Path, kind: str) -> None:
    folder = agreement(tmp_path / "协议", "甲.docx")
    output = tmp_path / "出" / f"{kind}{KINDS[kind].suffix}"
    ran = run("report", kind, folder, "-o", output, *AS_OF)
    assert ran.code == 0, ran.err
    assert "云岭县" in words(output) or kind == "年度总结"
    first = output.read_bytes()
    run("report", kind, folder, "-o", output, *AS_OF)
    assert output.read_bytes() == first


def test_an_opinion_for_every_agreement(run, tmp_path: Path) -> None:
    folder = agreement(agreement(tmp_path / "协议", "甲.docx") / "下级", "乙.docx").parent
    ran = run("report", "合法性审查意见书", folder, "-o", tmp_path / "意见", *AS_OF)
    assert ran.code == 0, ran.err
    assert sorted(path.name for path in (tmp_path / "意见").iterdir()) == [
        "下级_乙_合法性审查意见书.docx",
        "甲_合法性审查意见书.docx",
    ]
    assert "60%" in words(tmp_path / "意见" / "甲_合法性审查意见书.docx")
    one = run("report", "合法性审查意见书", folder, "-o", tmp_path / "一件.docx", *AS_OF)
    assert one.code == 2 and "请写文件夹" in one.err


def test_marked_originals_lie_beside_each_other_and_the_originals_stay(run, tmp_path: Path) -> None:
    folder = agreement(tmp_path / "协议", "甲.docx")
    text = "\n".join(paragraph.text for paragraph in docx.Document(folder / "甲.docx").paragraphs)
    (folder / "乙.txt").write_text(text, encoding="utf-8")
    before = (folder / "甲.docx").read_bytes()
    ran = run("report", MARKED, folder, "-o", tmp_path / "标注", *AS_OF)
    assert ran.code == 3  # a text file takes no marks, and that is said
    assert "未标注 乙.txt" in ran.err
    assert (folder / "甲.docx").read_bytes() == before
    comments = list(docx.Document(tmp_path / "标注" / "甲_标注.docx").comments)
    assert len(comments) >= 2 and any("返还" in comment.text for comment in comments)


def test_secret_documents_are_left_out_unless_asked_for(run, tmp_path: Path) -> None:
    folder = agreement(agreement(tmp_path / "协议", "甲.docx"), "密.docx", secret=True)
    output = tmp_path / "摸底表.xlsx"
    ran = run("report", "摸底表", folder, "-o", output, *AS_OF)
    assert "密.docx：标有密级“机密”" in ran.err
    assert "共1份协议" in words(output) and "密.docx：标有密级“机密”" in words(output)
    run("report", "摸底表", folder, "-o", output, "--include-secret", *AS_OF)
    assert "共2份协议" in words(output)


def test_findings_are_a_source_and_keep_secrets_out(run, tmp_path: Path) -> None:
    folder = agreement(agreement(tmp_path / "协议", "甲.docx"), "密.docx", secret=True)
    findings = tmp_path / "findings.jsonl"
    run("scan", folder, "-o", findings, *AS_OF)
    assert {json.loads(line)["document"] for line in findings.read_text(encoding="utf-8").splitlines()} == {
        "甲.docx",
        "密.docx",
    }
    ran = run("report", "问题清单", findings, "-o", tmp_path / "问题清单.xlsx", "--as-of", "2024-06-30")
    assert ran.code == 0 and "密.docx" in ran.err
    assert "60%" in words(tmp_path / "问题清单.xlsx")
    (tmp_path / "坏.jsonl").write_text("{}\n", encoding="utf-8")
    assert (
        "不是本程序的 findings.jsonl" in run("report", "问题清单", tmp_path / "坏.jsonl", "-o", tmp_path / "b.xlsx").err
    )


def test_a_ledger_is_a_source(run, tmp_path: Path) -> None:
    folder, ledger = agreement(tmp_path / "协议", "甲.docx"), tmp_path / "台账.db"
    run("scan", folder, "-o", tmp_path / "scan.json", *AS_OF)
    who = ("--ledger", ledger, "--who", "张三")
    assert run("ledger", "init", *who).code == 0
    assert run("ledger", "take", tmp_path / "scan.json", *who).code == 0
    assert run("ledger", "move", "1", "--to", "确认", "--words", "属实", *who).code == 0
    for kind in ("核查销号表", "月调度表", "进展统计", "问题清单"):
        ran = run("report", kind, ledger, "-o", tmp_path / f"{kind}.xlsx", "--as-of", "2026-12-01")
        assert ran.code == 0, ran.err
        assert "台账校验值" in words(tmp_path / f"{kind}.xlsx")
    both = ("report", "年度总结", ledger, folder, "-o", tmp_path / "年.docx", "--jobs", "1")
    assert run(*both).code == 0 and "台账共登记问题" in words(tmp_path / "年.docx")
    assert run(*both, "--as-of", "2023-12-31").code == 0  # before anything was registered
    past = words(tmp_path / "年.docx")
    assert "截至基准日，台账没有登记问题" in past and "在基准日以后登记，未列入" in past
    other = run("report", "问题清单", ledger, "--unit", "别的单位", "-o", tmp_path / "空.xlsx")
    assert other.code == 0 and "共0项" in words(tmp_path / "空.xlsx")


def test_own_forms_are_filled_and_unknown_columns_named(run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for column, name in enumerate(("序号", "企业名称", "问题描述", "天气"), start=1):
        book.active.cell(1, column, name)
    book.save(tmp_path / "表样.xlsx")
    folder = agreement(tmp_path / "协议", "甲.docx")
    ran = run("report", "问题清单", folder, "--template", tmp_path / "表样.xlsx", "-o", tmp_path / "填好.xlsx", *AS_OF)
    assert ran.code == 0 and "未填：天气" in ran.err
    assert "恒远制造有限公司" in words(tmp_path / "填好.xlsx")


def test_published_schemas_are_written(run, tmp_path: Path) -> None:
    assert run("report", FORMATS, "-o", tmp_path / "格式").code == 0
    assert sorted(path.name for path in (tmp_path / "格式").iterdir()) == ["findings.schema.json", "scan.schema.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("问题单", "x", "-o", "a.xlsx"), "可用的有：问题清单"),
        (("问题清单", "-o", "a.xlsx"), "缺少来源"),
        (("问题清单", "x", "-o", "a.docx"), "后缀应为 .xlsx"),
        (("月调度表", "x", "-o", "a.xlsx"), "请写明台账文件"),
        (("督办单", "x", "-o", "a.docx", "--template", "b.xlsx"), "不能用 --template"),
        (("摸底表", "a.jsonl", "-o", "a.xlsx"), "要从协议文件出具"),
        (("问题清单", "a.jsonl", "x", "-o", "a.xlsx"), "不能与其他来源同时使用"),
        (("问题清单", "没有的文件夹", "-o", "a.xlsx"), "找不到"),
    ],
)
def test_wrong_use_is_one_line(run, arguments, said: str) -> None:
    ran = run("report", *arguments)
    assert ran.code == 2 and said in ran.err and ran.err.count("\n") == 1
