from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scans import NOW

from contract_audit.errors import LedgerError
from contract_audit.ledger.headers import find_header, guess, parse_mapping
from contract_audit.ledger.importing import Imported, column_lines, take_tables, understand_tables
from contract_audit.ledger.moves import merge
from contract_audit.ledger.queries import every, get
from contract_audit.ledger.store import Ledger, reading
from contract_audit.ledger.writer import writing
from contract_audit.model.ledger import ItemFilter, ItemKind, LedgerItem

FORM = (
    ("强化政府履约专项行动问题清单",),
    ("填报单位：区招商服务中心",),
    ("序号", "地区\n(单位)", "来源", "存在问题", "整改责任\n地区(单位)", "整改时限", "整改措施", "包保干部"),
    (
        1,
        "黄石港街道",
        "网上投诉",
        "招商协议约定的装修补贴120万元三年未兑现",
        "区财政局",
        "2024年9月15日前",
        "纳入预算分期兑付",
        "周明",
    ),
    (2, "黄石港街道", "自查", "惠企政策宣传不到位", "区经信局", "持续推进", None, "周明"),
    (None, "合计", None, "2项", None, None, None, None),
)
CASES = (
    ("政府作为被执行人尚未执行完毕案件清单",),
    ("序号", "案号", "执行法院", "被执行人", "申请执行人", "执行标的（万元）", "案由", "备注"),
    (1, "（2021）豫04执123号", "平顶山中院", "郏县某局", "某建设公司", 560.5, "建设工程合同纠纷", "分期履行中"),
)
SUITS = (
    ("序号", "案号", "受理法院", "被告", "原告"),
    (1, "（2021）豫0425民初88号", "郏县法院", "郏县某镇政府", "某农业公司"),
)


def book(path: Path, **sheets: tuple[tuple[Any, ...], ...]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def imported(ledger: Ledger, path: Path, *mapping: str, kind: ItemKind | None = None) -> Imported:
    tables = understand_tables(path, parse_mapping(mapping), kind=kind)
    with writing(ledger, "王芳", NOW) as writer:
        return take_tables(writer, path.name, tables, "other")


def items(ledger: Ledger) -> list[LedgerItem]:
    with reading(ledger) as connection:
        return list(every(connection))


def test_the_form_of_the_notice_comes_in_whole(ledger: Ledger, tmp_path: Path) -> None:
    result = imported(ledger, book(tmp_path / "清单.xlsx", 问题清单=FORM))
    first, second = items(ledger)
    assert (result.new, len(result.notes)) == ((1, 2), 1)
    assert (first.unit, first.owner_unit, first.due, first.source_words) == (
        "黄石港街道",
        "区财政局",
        date(2024, 9, 15),
        "投诉",
    )
    assert (first.problem, first.measure) == ("招商协议约定的装修补贴120万元三年未兑现", "纳入预算分期兑付")
    assert first.extra == {"包保干部": "周明", "来源": "网上投诉"}
    assert (second.due, second.extra["整改\n地区(单位)" if False else "整改时限"]) == (None, "持续推进")
    assert first.sources[0].origin == "清单.xlsx“问题清单”第4行"


def test_case_lists_are_known_by_their_titles(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, book(tmp_path / "案件.xlsx", 执行案件=CASES, 尚未判决案件=SUITS))
    enforcement, suit = items(ledger)
    assert (enforcement.kind, suit.kind) == ("enforcement", "pending_suit")
    assert (enforcement.case_number, enforcement.court, enforcement.unit, enforcement.company) == (
        "（2021）豫04执123号", "平顶山中院", "郏县某局", "某建设公司",
    )  # fmt: skip
    assert enforcement.amount_yuan == Decimal("5605000")
    assert suit.problem == "某农业公司诉郏县某镇政府（郏县法院 （2021）豫0425民初88号）案件已受理尚未判决"


def test_the_same_table_twice_is_taken_once(ledger: Ledger, tmp_path: Path) -> None:
    path = book(tmp_path / "清单.xlsx", 问题清单=FORM, 案件=CASES)
    imported(ledger, path)
    again = imported(ledger, path)
    assert (again.new, again.joined, again.known) == ((), (), 3)


def test_the_same_issue_from_another_source_is_one_item_with_two_sources(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, book(tmp_path / "清单.xlsx", 问题清单=FORM))
    audit = (
        ("被审计单位", "单位", "来源", "审计发现问题", "责任单位"),
        ("x", "黄石港街道", "审计", "招商协议约定的装修补贴120万元，三年未兑现", "区财政局"),
        ("x", "另一街道", "审计", "招商协议约定的装修补贴120万元，三年未兑现", "区财政局"),
    )
    result = imported(ledger, book(tmp_path / "审计.xlsx", 审计=audit))
    assert (result.joined, result.new) == ((1,), (3,))
    assert items(ledger)[0].source_words == "投诉、审计"
    with reading(ledger) as connection:
        assert [one.number for one in every(connection, ItemFilter(sources=("audit",)))] == [1, 3]


def test_an_equal_case_number_decides_and_near_wordings_are_shown(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, book(tmp_path / "案件.xlsx", 执行案件=CASES))
    letter = (
        ("单位", "存在问题", "案号"),
        ("郏县某局", "工程款纠纷已判决未付", "(2021)豫04执123号"),
        ("郏县某局", "承诺的土地奖补资金至今没有兑现给企业", None),
        ("郏县某局", "承诺的土地奖补资金一直没有兑付给该企业", None),
    )
    result = imported(ledger, book(tmp_path / "信访.xlsx", 信访=letter))
    assert (result.joined, result.new) == ((1,), (2, 3))
    assert [(new, old) for new, old, _percent in result.near] == [(3, 2)]
    with writing(ledger, "王芳", NOW) as writer:
        merge(writer, 3, 2, "同一事项")
    with reading(ledger) as connection:
        assert get(connection, 3).merged_into == 2
        assert len(get(connection, 2).sources) == 2


def test_guesses_are_shown_and_can_be_overruled(tmp_path: Path) -> None:
    path = book(tmp_path / "清单.xlsx", 问题清单=FORM)
    shown = "".join(column_lines(understand_tables(path, {})))
    assert "来源→来源" in shown
    assert "包保干部→按原列名留存" in shown
    given = parse_mapping(["包保干部=责任人", "整改措施=不用"])
    table = understand_tables(path, given)[0]
    assert {column.header: column.field for column in table.columns}["包保干部"] == "owner"
    assert "整改措施→不用" in "".join(column_lines([table]))
    with pytest.raises(LedgerError, match="列名=含义"):
        parse_mapping(["包保干部=负责的人员"])


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (
            ("序号", "企业名称", "反映问题", "牵头单位", "办结时限"),
            ("ordinal", "company", "problem", "owner_unit", "due"),
        ),
        (("问题", "问题类型", "责任单位", "责任人"), ("problem", "dispute", "owner_unit", "owner")),
        (("具体问题描述", "问题"), (None, "problem")),
        (("随便", "没有"), (None, None)),
    ],
)
def test_headers_are_guessed_and_two_of_a_kind_are_told_apart(
    headers: tuple[str, ...], fields: tuple[str | None, ...]
) -> None:
    assert tuple(column.field for column in guess(headers, {})) == fields


def test_the_header_is_the_row_that_names_most(tmp_path: Path) -> None:
    assert find_header(FORM_TEXT) == 2
    with pytest.raises(LedgerError, match="找不到表头"):
        understand_tables(book(tmp_path / "空.xlsx", 表=(("甲", "乙"), (1, 2))), {})


FORM_TEXT = [tuple(str(cell or "") for cell in row) for row in FORM]


def test_cells_merged_downwards_count_for_each_row(ledger: Ledger, tmp_path: Path) -> None:
    path = book(
        tmp_path / "合并.xlsx",
        表=(("单位", "存在问题", "责任人"), ("财政局", "问题甲未兑现", "张"), (None, "问题乙未兑现", "李")),
    )
    made = openpyxl.load_workbook(path)
    made["表"].merge_cells("A2:A3")
    made.save(path)
    imported(ledger, path)
    assert [item.unit for item in items(ledger)] == ["财政局", "财政局"]


def test_text_that_no_database_takes_is_cleaned(ledger: Ledger, tmp_path: Path) -> None:
    from contract_audit.ledger.tables import clean

    assert clean("甲\x00乙\ud800丙\r\n丁") == "甲乙丙\n丁"
