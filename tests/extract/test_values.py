"""Every kind of value: the traps of real agreements, and the open half of the value cases as a net."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.values import CASES, KINDS, f1, load, measure
from benchmarks.values_adapter import extract
from contract_audit.extract import values_in
from contract_audit.model import Value

DAY = date(2023, 6, 15)


def only(text: str) -> Value:
    (value,) = values_in(text, DAY)
    return value


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "per"),
    [
        ("人民币8,800万元", "88000000", "88000000", "CNY", None),
        ("壹仟零伍万叁仟陆佰元捌角伍分", "10053600.85", "10053600.85", "CNY", None),
        ("港币伍仟万元", "50000000", "50000000", "HKD", None),
        ("USD 1,250,000.00", "1250000", "1250000", "USD", None),
        ("¥120,000,000.00", "120000000", "120000000", "CNY", None),
        ("5000—8000万元", "50000000", "80000000", "CNY", None),
        ("5000万元（含）以上1亿元以下", "50000000", "100000000", "CNY", None),
        ("不超过300万元", None, "3000000", "CNY", None),
        ("不得低于500万元", "5000000", None, "CNY", None),
        ("每平方米每月9.5元", "9.5", "9.5", "CNY", "平方米·月"),
        ("12元/㎡·月", "12", "12", "CNY", "平方米·月"),
        ("每亩每年800元", "800", "800", "CNY", "亩·年"),
        ("每亩补助3万元", "30000", "30000", "CNY", "亩"),
    ],
)
def test_money(text: str, low: str | None, high: str | None, currency: str, per: str | None) -> None:
    value = only(text)
    bounds = (value.low, value.high)
    assert bounds == tuple(None if bound is None else Decimal(bound) for bound in (low, high))
    assert (value.kind, value.currency, value.per, value.sure) == ("money", currency, per, True)


def test_instalments_are_not_cents() -> None:
    assert [value.low for value in values_in("8,800万元，分3期支付", DAY) if value.kind == "money"] == [
        Decimal(88000000)
    ]


@pytest.mark.parametrize("text", ["6.8亿万元", "百万元", "年税收5OO万元", "自筹6000万"])
def test_what_may_be_misread_is_said_to_be_unsure(text: str) -> None:
    assert [value.sure for value in values_in(text, DAY) if value.kind == "money"] == [False]


@pytest.mark.parametrize(
    "text", ["三元催化器", "万亿元素材料公司", "二元结构", "第一期工程", "联系电话：0571-88201130", "一事一议"]
)
def test_words_that_only_look_like_values(text: str) -> None:
    assert values_in(text, DAY) == ()


def test_a_mu_is_two_thirds_of_a_thousandth_of_a_square_kilometre() -> None:
    assert only("用地105.8亩").low == round(Decimal("105.8") * 10000 / 15, 6)


@pytest.mark.parametrize(
    ("text", "low", "per"),
    [
        ("百分之百", "1", None),
        ("日万分之五", "0.0005", "日"),
        ("三成", "0.3", None),
        ("年化6%", "0.06", "年"),
        ("100个基点", "0.01", None),
    ],
)
def test_percentages(text: str, low: str, per: str | None) -> None:
    assert (only(text).low, only(text).per) == (Decimal(low), per)


@pytest.mark.parametrize(
    ("text", "anchor", "offset", "direction", "workday"),
    [
        ("自取得施工许可证之日起30个工作日内", "取得施工许可证", "P30D", "after", True),
        ("乙方应在厂房交付之日起60日内", "厂房交付", "P60D", "after", False),
        ("合同期满前三个月", "合同期满", "P3M", "before", False),
        ("应提前30日书面通知", "", "P30D", "before", False),
        ("开工满12个月前投产", "开工", "P12M", "after", False),
        ("项目用地移交之日（以移交单为准）起60日内", "项目用地移交", "P60D", "after", False),
        ("自2023年2月1日起三年内", "2023年2月1日", "P3Y", "after", False),
        ("合同签订60日内", "合同签订", "P60D", "after", False),
        ("签约后一个半月内", "签约", "P1M15D", "after", False),
        ("自移交日起第五个周年届满之日", "移交", "P5Y", "after", False),
    ],
)
def test_deadlines_keep_their_event(text: str, anchor: str, offset: str, direction: str, workday: bool) -> None:
    value = next(value for value in values_in(text, DAY) if value.kind == "deadline")
    assert (value.anchor, value.offset, value.direction, value.workday) == (anchor, offset, direction, workday)


def test_one_event_may_open_a_sentence_for_all_its_offsets() -> None:
    found = values_in("自本合同签订之日起，乙方于30日内完成注册，60日内开工。30日内答复。", DAY)
    assert [(value.anchor, value.offset) for value in found] == [
        ("本合同签订", "P30D"),
        ("本合同签订", "P60D"),
        ("", "P30D"),
    ]


def test_cells_take_the_unit_of_header_caption_row_or_unit_column() -> None:
    header = values_in("项目\t金额（万元）\n设备\t860", DAY)
    caption = values_in("单位：亿元\n年度\t投资\n2024年\t1.2", DAY)
    row = values_in("指标\t数值\n投资强度（万元/亩）\t320", DAY)
    column = values_in("名称\t面积\t单位\n厂房\t3000\t平方米", DAY)
    assert header[-1].low == Decimal(8600000)
    assert caption[-1].low == Decimal(120000000)
    assert (row[-1].low, row[-1].per) == (Decimal(3200000), "亩")
    assert (column[-1].kind, column[-1].low) == ("area", Decimal(3000))


def test_month_and_day_in_a_cell_have_the_year_of_its_column() -> None:
    text = "事项\t2024年\t2025年\n厂房移交\t6月28日前\t/\n通车\t/\t3月21日前"
    days = [value.until for value in values_in(text, DAY) if value.kind == "date"][2:]
    assert days == [date(2024, 6, 28), date(2025, 3, 21)]


def test_a_value_broken_by_the_line_is_one_value() -> None:
    text = "自本协议签订之日\n起30个工作\n日内开工。"
    value = only(text)
    assert (value.offset, value.workday, text[value.start : value.end]) == (
        "P30D",
        True,
        "自本协议签订之日\n起30个工作\n日内",
    )


def test_a_list_number_does_not_run_into_the_date_after_it() -> None:
    value = only("3.3 2025年3月22日前建成")
    assert value.until == date(2025, 3, 22)


@pytest.mark.parametrize("half", ["dev", "check"])
def test_the_value_cases_are_read(half: str) -> None:
    counts = measure(load(Path(CASES / f"{half}.jsonl")), extract)
    assert f1(counts["ALL"], "full") >= 0.97
    assert all(f1(counts[kind], "full") >= 0.9 for kind in KINDS)


_WORDS = (
    "1 12 一 每 自 （ ） 元 2023年 后 ， 第 A 前三年 1, 每亩 不超过 | 十 起 30日内 年 月 日 至 - 万 亿 % . / 《 〔 号"
)
_PIECES = st.sampled_from([*re.findall(r"\S+", _WORDS), "\t", "\n"])


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_is_read_without_error_and_spans_lie_inside(text: str) -> None:
    for value in values_in(text, DAY):
        assert 0 <= value.start < value.end <= len(text)
