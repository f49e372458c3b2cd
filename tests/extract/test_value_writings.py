"""Values in the writings that scans, tables and quick hands leave behind, and the look-alikes beside them."""

from datetime import date
from typing import Any

import pytest

from benchmarks.values_adapter import extract
from contract_audit.extract import values_in

DAY = "2024-05-20"


def read(text: str, kind: str) -> list[Any]:
    """The normal forms of one kind."""
    return [one["normal"] for one in extract(text, DAY) if one["kind"] == kind]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("签署日：24.03.18", "2024-03-18"),
        ("签约时间20240518，编号YT-20240518-07。", "2024-05-18"),
        ("2024/09/01-2025/02/28为装修期", "2024-09-01/2025-02-28"),
        ("甲方最迟应于明年一季度末交地", "../2025-03-31"),
        ("至迟须在2025年3月15日完成安装", "../2025-03-15"),
        ("自2024年7月1日（含）起执行", "2024-07-01/.."),
        ("2024年7月1日（不含）前缴清", "../2024-07-01"),
        ("交付日期：2O24年ll月l5日", "2024-11-15"),
        ("交付日：2O25年O3月3O日", "2025-03-30"),
        ("最迟不超过中秋节开业", "../2024-09-17"),
    ],
)
def test_dates(text: str, form: str) -> None:
    assert read(text, "date") == [form]


def test_two_feasts_of_one_year() -> None:
    assert read("2024年中秋、国庆前完成拆迁", "date") == ["2024-09-17", "../2024-09-30"]


@pytest.mark.parametrize(
    "text", ["每年的1月和7月各支付一次", "每年6月30日、12月31日结息", "逐年于6月底前划转", "按季于15日前支付"]
)
def test_the_later_months_of_a_yearly_list_are_no_dates_of_one_year(text: str) -> None:
    assert read(text, "date") == []
    assert len(read(text, "recurrence")) == 1


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("投资两到三亿元", "200000000", "300000000"),
        ("补助一百至一百五十万元", "1000000", "1500000"),
        ("租金保底50万元", "500000", None),
        ("最高可给予100万元补贴", None, "1000000"),
        ("签约额达7.5个亿，其中外方占三成", "750000000.0", "750000000.0"),
        ("亩均税收十至十五万元", "100000", "150000"),
        ("年产值25~30亿，税收另计", "2500000000", "3000000000"),
        ("年产值突破3个亿。", "300000000", None),
        ("每年补贴不超300万元", None, "3000000"),
        ("奖励资金封顶800万元", None, "8000000"),
        ("奖励800万元封顶", None, "8000000"),
        ("最多给予200万元", None, "2000000"),
        ("补助下限为50万元", "500000", None),
        ("年产值超3亿元", "300000000", None),
        ("350万元以上（含350万元）", "3500000", None),
        ("价款 1, 250 万元", "12500000", "12500000"),
    ],
)
def test_sums(text: str, low: str | None, high: str | None) -> None:
    assert [(one["min"], one["max"]) for one in read(text, "money")] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("租期三至五年", "P3Y", "P5Y"), ("工期八至十个月", "P8M", "P10M"), ("预计一至两周", "P7D", "P14D")],
)
def test_ranges_in_chinese_numerals(text: str, low: str, high: str) -> None:
    assert read(text, "duration") == [{"min": low, "max": high, "workday": False}]


def test_a_range_of_areas_and_a_colloquial_unit() -> None:
    assert read("用地五十至六十亩，每层约1,200平，平均三层", "area") == [
        {"min": "33333.333333", "max": "40000.000000"},
        {"min": "1200.000000", "max": "1200.000000"},
    ]


@pytest.mark.parametrize(
    ("text", "anchor", "offset"),
    [
        ("开工前15日内提交施工组织设计", "开工", "P15D"),
        ("合同到期前六个月内协商续约", "合同到期", "P6M"),
        ("租赁期届满前90日告知", "租赁期届满", "P90D"),
        ("付款前3日内开具发票", "付款", "P3D"),
    ],
)
def test_what_is_counted_back_from_an_event(text: str, anchor: str, offset: str) -> None:
    assert read(text, "deadline") == [{"anchor": anchor, "offset": offset, "direction": "before", "workday": False}]


@pytest.mark.parametrize(
    "text", ["自2023年10月1日起至2031年9月30日止，前两年免租", "地方留成部分前两年全额", "所得税前两年全免"]
)
def test_the_first_years_of_a_stretch_are_not_before_it(text: str) -> None:
    assert read(text, "deadline") == []
    assert read(text, "duration") == [{"min": "P2Y", "max": "P2Y", "workday": False}]


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("以土地交付日为起算日，六个月内开工", "土地交付"),
        ("从厂房移交之日开始计算，6个月内装修完", "厂房移交"),
        ("验收合格后（以备案日期为准）满六个月，退还保修金", "验收合格"),
    ],
)
def test_the_event_that_a_time_is_counted_from(text: str, anchor: str) -> None:
    assert read(text, "deadline") == [{"anchor": anchor, "offset": "P6M", "direction": "after", "workday": False}]


def test_bare_years_in_a_table() -> None:
    assert read("| 年份 | 投资（亿元） |\n| 2024 | 1.5 |\n| 2025 | 2.0 |", "date") == [
        "2024-01-01/2024-12-31",
        "2025-01-01/2025-12-31",
    ]


def test_the_corner_of_a_table_gives_the_unit_of_all_columns() -> None:
    sums = read("指标（万元）\t2025年\t2026年\n税收\t300\t500", "money")
    assert [one["min"] for one in sums] == ["3000000", "5000000"]


@pytest.mark.parametrize("text", ["第十四个五年规划", "密级：秘密★5年", "平均每层平整"])
def test_look_alikes(text: str) -> None:
    assert extract(text, DAY) == []


def test_what_was_mended_is_unsure() -> None:
    assert [value.sure for value in values_in("交付日期：2O24年ll月l5日", date(2024, 5, 20))] == [False]
