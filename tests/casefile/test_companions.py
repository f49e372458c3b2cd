from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from contract_audit.casefile import load_companions
from contract_audit.errors import UsageError

HEADER = "合同,事项,完成日期,凭证,金额\n"


def _csv(folder: Path, body: str, encoding: str = "utf-8-sig", header: str = HEADER) -> Path:
    path = folder / "履约情况.csv"
    path.write_bytes((header + body).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("day", ["2023-04-01", "2023/4/1", "2023.4.1", "2023年4月1日", "二〇二三年四月一日"])
def test_evidence_in_every_usual_writing(tmp_path: Path, encoding: str, day: str) -> None:
    companions = load_companions((_csv(tmp_path, f"甲协议,交付厂房,{day},交接单,\n", encoding),))
    (row,) = companions.evidence
    assert (row.contract, row.matter, row.done_on, row.proof, row.row) == (
        "甲协议",
        "交付厂房",
        date(2023, 4, 1),
        "交接单",
        2,
    )
    assert companions.notes == ()


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("2600000", "2600000"),
        ('"2,600,000.50"', "2600000.50"),
        ("260万元", "2600000"),
        ("￥12元", "12"),
        ("叁拾万元整", "300000"),
    ],
)
def test_amounts(tmp_path: Path, cell: str, amount: str) -> None:
    companions = load_companions((_csv(tmp_path, f"甲,付款,2023-04-01,回单,{cell}\n"),))
    assert companions.evidence[0].amount == Decimal(amount)


def test_a_header_with_a_unit_scales_its_column(tmp_path: Path) -> None:
    path = _csv(tmp_path, "甲,付款,2023-04-01,回单,260\n", header="合同,事项,完成日期,凭证,金额（万元）\n")
    assert load_companions((path,)).evidence[0].amount == Decimal(2600000)


def test_wrong_rows_are_named_and_the_rest_is_used(tmp_path: Path) -> None:
    path = _csv(tmp_path, "甲,付款,去年,回单,\n,付款,2023-04-01,,\n甲,付款,2023-04-02,回单,若干\n甲,开工,,尚未办理,\n")
    companions = load_companions((path,))
    assert [(row.matter, row.done_on, row.row) for row in companions.evidence] == [
        ("付款", date(2023, 4, 2), 4),
        ("开工", None, 5),
    ]
    assert ["第2行" in companions.notes[0], "第3行" in companions.notes[1], "第4行" in companions.notes[2]] == [
        True
    ] * 3
    assert "履约情况.csv" in companions.notes[0] and "去年" in companions.notes[0]


def test_xlsx_with_a_title_above_the_header_and_real_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某县履约情况表"])
    sheet.append(["合同", "事项", "完成日期", "凭证"])
    sheet.append(["甲协议", "交付厂房", date(2023, 4, 1), 12.0])
    path = tmp_path / "a.xlsx"
    book.save(path)
    (row,) = load_companions((path,)).evidence
    assert (row.done_on, row.proof, row.row) == (date(2023, 4, 1), "12", 3)


def test_institutions_and_register(tmp_path: Path) -> None:
    old = tmp_path / "机构.csv"
    old.write_text("原名称,现名称,变更日期,承接单位\n云岭县商务局,云岭县投资促进局,2019-03-01,\n", encoding="utf-8")
    register = tmp_path / "台账.csv"
    register.write_text(
        "项目名称,企业名称,文件\n服装基地项目,恒远制造有限公司,主协议.docx；补充.pdf\n", encoding="utf-8"
    )
    companions = load_companions(institutions=old, register=register)
    assert companions.institutions == (("云岭县商务局", "云岭县投资促进局", date(2019, 3, 1), ""),)
    assert companions.register[0].files == ("主协议.docx", "补充.pdf")


def test_local_parameters_stay_exact(tmp_path: Path) -> None:
    path = tmp_path / "local.yaml"
    path.write_text("投资强度_万元每亩: 300.10\n工业用地最低价_元每平方米: 1,200\n", encoding="utf-8")
    assert load_companions(local=path).local == {
        "投资强度_万元每亩": Decimal("300.10"),
        "工业用地最低价_元每平方米": Decimal(1200),
    }


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "事项,日期\n甲,2023\n".encode(), "缺少表头，应有这些列：合同、事项、完成日期"),
        ("a.csv", b"\xff\xfe\x00\x01\x81", "编码"),
        ("a.xlsx", b"PK\x03\x04broken", "已损坏"),
        ("a.csv", b"", "缺少表头"),
    ],
)
def test_a_file_that_is_no_such_table_is_an_error_with_place(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message) as caught:
        load_companions((path,))
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", ["- 1\n- 2\n", "a: [\n", "投资强度: 三百\n", "投资强度: NaN\n"])
def test_wrong_local_files(tmp_path: Path, content: str) -> None:
    path = tmp_path / "local.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="地方参数"):
        load_companions(local=path)


def test_a_missing_companion_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"没有\.csv"):
        load_companions((tmp_path / "没有.csv",))


def test_a_folder_stands_for_its_performance_tables(tmp_path: Path) -> None:
    for name in ("甲.performance.csv", "子/履约情况.csv", "别的.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{HEADER}{name},交付厂房,2023-04-01,,\n", encoding="utf-8")
    assert {row.contract for row in load_companions((tmp_path,)).evidence} == {"甲.performance.csv", "子/履约情况.csv"}
    empty = tmp_path / "空"
    empty.mkdir()
    with pytest.raises(UsageError, match="没有履约情况表"):
        load_companions((empty,))
