import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import openpyxl
import pytest

from contract_audit import engine
from contract_audit.errors import ReportError
from contract_audit.model import Account, Evidence, Unplaced
from contract_audit.model.calendar import Calendar, DutyRow, Rate, Total
from contract_audit.reports import obligations, obligations_ics, obligations_xlsx
from contract_audit.reports.obligations_ics import escaped, folded

AS_OF = date(2024, 6, 30)
ROW = DutyRow(
    uid="a1", document="协议.docx", title="投资协议", project="轴承项目", signed_on=date(2023, 3, 15), clause="第三条",
    bearer="甲方", side="government", kind="payment", act="付清", object="货款", quantity="20万元",
    words="甲方应于2024年5月31日前付清货款20万元;逗号,反斜\\杠", deadline="2024年5月31日前", anchor="", offset="P30D",
    workday=True, recurrence="", condition="", consequence="", due=date(2024, 5, 31), status="overdue", done_on=None,
    days_late=30, soon=False, limitation_ends=date(2027, 5, 31), limitation_basis="民法典第188条（三年）", evidence="", proof="",
    chain=("原约定 2024-03-31",),
    account=Account(
        promised=Decimal(200000), paid=Decimal(50000), owed=Decimal(150000), daily_rate=Decimal("0.0005"),
        interest=Decimal("2250.00"), law="sme2020", article="15", note="150000元×日万分之5×30天",
    ),
)  # fmt: skip
CALENDAR = Calendar(
    as_of=AS_OF,
    documents=2,
    duties=(ROW, msgspec.structs.replace(ROW, uid="b2", status="done_on_time", account=None)),
    totals=(
        Total(
            name="合计", side="government", accounts=1, promised=Decimal(200000), paid=Decimal(50000),
            owed=Decimal(150000), overdue=Decimal(150000), interest=Decimal("2250.00"), unsure=0,
        ),
    ),
    projects=(),
    left_out=(("纪要.docx", "纪要，不是单独的签约项目"),),
    rates=(
        Rate(name="开工率", numerator=Decimal(1), denominator=Decimal(3), share=Decimal("0.333"), note="按凭证"),
        Rate(name="投产率", numerator=Decimal(0), denominator=Decimal(0), share=None, note="按凭证"),
    ),
    unplaced=(
        Unplaced(
            document="协议.docx",
            evidence=Evidence(contract="协议", matter="宿舍移交", done_on=date(2024, 5, 1), proof="单", row=4),
            candidates=("交付1号宿舍", "交付2号宿舍"),
        ),
    ),
    unread=(("扫描件.pdf", "第3页未能识别"),),
    notes=(),
)  # fmt: skip


def sheet(name: str) -> list[list[object]]:
    workbook = openpyxl.load_workbook(io.BytesIO(obligations_xlsx.render(CALENDAR, engine.load_rules())))
    return [list(row) for row in workbook[name].iter_rows(values_only=True)]


def test_the_first_sheet_says_what_was_not_read_and_the_rates() -> None:
    rows = sheet("说明")
    assert rows[2][:2] == ["未完整读取", "1份"]
    assert rows[3] == ["未完整读取", "扫描件.pdf", "第3页未能识别"]
    words = [str(row[1]) for row in rows]
    assert "开工率 33.3%" in words
    assert "投产率 不计（分母为零）" in words
    assert ["未计入三率", "纪要.docx", "纪要，不是单独的签约项目"] in rows


def test_duties_accounts_and_doubts_stand_in_their_sheets() -> None:
    heads, duty = sheet("履约台账")[:2]
    cells = dict(zip(heads, duty, strict=True))
    assert (cells["状态"], cells["逾期天数"], cells["时效届满"], cells["期间"]) == (
        "逾期未履行", 30, "2027年5月31日", "30个工作日",
    )  # fmt: skip
    heads, account = sheet("兑付台账")[:2]
    cells = dict(zip(heads, account, strict=True))
    assert (cells["承诺金额(元)"], cells["已付(元)"], cells["尚欠(元)"], cells["逾期利息(元)"]) == (
        200000, 50000, 150000, 2250,
    )  # fmt: skip
    assert cells["利息依据"] == "《保障中小企业款项支付条例（2020）》第15条"
    assert sheet("兑付合计")[-1][5] == 150000
    assert sheet("待核凭证")[1][-1] == "交付1号宿舍\n交付2号宿舍"


def test_equal_calendars_give_equal_bytes() -> None:
    pack = engine.load_rules()
    for module in (obligations, obligations_xlsx, obligations_ics):
        assert module.render(CALENDAR, pack) == module.render(CALENDAR, pack)


def test_the_calendar_file_is_folded_escaped_and_complete() -> None:
    content = obligations_ics.render(CALENDAR, engine.load_rules())
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    text = re.sub(r"\r\n ", "", content.decode())  # unfolded
    events = text.split("BEGIN:VEVENT\r\n")[1:]
    assert [re.findall(r"^UID:(.+)\r$", event, re.MULTILINE) for event in events] == [
        ["a1-due@contract-audit"], ["a1-limitation@contract-audit"],
    ]  # fmt: skip
    assert "DTSTART;VALUE=DATE:20240531\r\nDTEND;VALUE=DATE:20240601\r\n" in events[0]
    assert "付清货款20万元\\;逗号\\,反斜\\\\杠" in events[0]
    for event in events:
        for name in ("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "DESCRIPTION"):
            assert len(re.findall(f"^{name}:", event.split("BEGIN:VALARM")[0], re.MULTILINE)) == 1
    assert text.count("BEGIN:") == text.count("END:")


@pytest.mark.parametrize(
    ("text", "written"), [("a,b;c\\d", "a\\,b\\;c\\\\d"), ("一\n二\r\n三", "一\\n二\\n三"), ("\x07响", "响")]
)
def test_escaping(text: str, written: str) -> None:
    assert escaped(text) == written


@pytest.mark.parametrize("line", ["短", "X" * 75, "X" * 76, "汉" * 100, "字A" * 90])
def test_folding_keeps_characters_whole(line: str) -> None:
    pieces = folded(line).removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_json_keeps_amounts_exact() -> None:
    read = json.loads(obligations.render(CALENDAR, engine.load_rules()))
    assert read["duties"][0]["account"]["interest"] == "2250.00"
    assert read["rates"][0]["share"] == "0.333"


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError):
        obligations.write_calendar(CALENDAR, engine.load_rules(), tmp_path / "duties.pdf")
