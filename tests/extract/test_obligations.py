from datetime import date

import pytest

from contract_audit.model import Obligation
from tests.extract.conftest import Understand


def timed(understand: Understand, text: str, **changes: object) -> list[Obligation]:
    paper = understand(text, **changes)
    return [duty for duty in paper.obligations if duty.due or duty.anchor or duty.offset or duty.recurrence]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("甲方应于2023年9月30日前交付厂房。", date(2023, 9, 30)),
        ("甲方应在2023年9月底以前，将厂房交付乙方。", date(2023, 9, 30)),
        ("甲方力争2023年底交付厂房。", date(2023, 12, 31)),
        ("甲方应于2023年第三季度交付厂房。", date(2023, 9, 30)),
        ("甲方承诺9月30日交付厂房。", date(2023, 9, 30)),
        ("厂房交付时间：2023年9月30日。", date(2023, 9, 30)),
        ("甲方交付厂房的时间不迟于2023年9月30日。", date(2023, 9, 30)),
        ("甲方争取在国庆前交付厂房。", date(2023, 9, 30)),
        ("甲方确保2023年内供地60亩。", date(2023, 12, 31)),
        ("乙方应在本协议签订之日起60日内注册项目公司。", date(2023, 5, 14)),
        ("乙方应自签约之日起20个工作日内注册项目公司。", date(2023, 4, 13)),
        ("甲方在本协议经双方签字盖章后15天内支付补助100万元。", date(2023, 3, 30)),
        ("自甲、乙双方签订本协议之日起20日内，甲方支付补助。", date(2023, 4, 4)),
        ("乙方应当自本协议生效之日起15日内缴纳保证金。", date(2023, 3, 30)),
        ("甲方应于签约次年6月30日前交付厂房。", date(2024, 6, 30)),
        ("甲方应自2023年4月1日起三个月内交付厂房。", date(2023, 7, 1)),
        ("乙方应于2023年国庆节前的最后一个工作日以前移交钥匙。", date(2023, 9, 28)),
        ("甲方应在2023年五一长假结束后三个工作日内交付厂房。", date(2023, 5, 6)),
        ("厂房交付日期按2024年9月30日控制，由甲方负责。", date(2024, 9, 30)),
        ("2024年中秋节前三个工作日，甲方应完成路灯安装。", date(2024, 9, 12)),
        ("甲方将1号楼的交付日期由“2023年6月30日前”变更为“2023年12月20日前”。", date(2023, 12, 20)),
    ],
)
def test_due_dates_are_read_or_counted(text: str, due: date, understand: Understand) -> None:
    assert [duty.due for duty in timed(understand, text)] == [due]


@pytest.mark.parametrize(
    ("text", "anchor", "offset"),
    [
        ("甲方应在乙方缴清土地价款之日起30日内交付土地。", "乙方缴清土地价款", "P30D"),
        ("乙方应自取得施工许可证之日起15日内开工。", "取得施工许可证", "P15D"),
        ("自出让合同签订之日起30日内乙方缴清价款。", "出让合同签订", "P30D"),
        ("甲方应在项目用地交付前完成道路接入。", "项目用地交付", None),
    ],
)
def test_an_anchor_that_nothing_dates_gives_no_day(
    text: str, anchor: str, offset: str | None, understand: Understand
) -> None:
    (duty,) = timed(understand, text)
    assert (duty.anchor, duty.offset, duty.due, duty.status) == (anchor, offset, None, "pending")


@pytest.mark.parametrize(
    "text",
    [
        "租期五十年，自2023年5月1日起算。",
        "本协议有效期至2034年12月31日。",
        "乙方已于2022年12月28日竞得该地块。",
        "双方于2022年6月8日签订的框架协议继续有效。",
        "乙方2024年底前未投产的，甲方有权追回补助。",
        "甲方在2030年12月31日前不再引进同类项目。",
        "综合楼（2024年8月建成）由乙方使用。",
    ],
)
def test_dates_that_bind_nobody_make_no_duty(text: str, understand: Understand) -> None:
    assert [duty for duty in timed(understand, text) if duty.due] == []


def test_a_signing_contract_of_another_paper_is_not_this_signing(understand: Understand) -> None:
    first, second = timed(understand, "乙方应于2023年5月31日前签订出让合同，并自合同签订之日起30日内缴清价款。")
    assert (first.due, second.due) == (date(2023, 5, 31), None)


def test_each_time_has_its_own_words(understand: Understand) -> None:
    paper = understand(
        "乙方应于2023年12月31日前开工建设，2025年6月30日前竣工投产；1#厂房2023年6月底、2#厂房2023年9月底交付。"
    )
    found = [(duty.due, paper.document.text[duty.start : duty.end]) for duty in paper.obligations if duty.due]
    assert found == [
        (date(2023, 12, 31), "乙方应于2023年12月31日前开工建设"),
        (date(2025, 6, 30), "2025年6月30日前竣工投产"),
        (date(2023, 6, 30), "1#厂房2023年6月底"),
        (date(2023, 9, 30), "2#厂房2023年9月底交付"),
    ]


def test_a_rhythm_has_no_single_day(understand: Understand) -> None:
    (duty,) = timed(understand, "甲方于每季度终了后十五日内补给乙方租金。")
    assert (duty.recurrence, duty.anchor, duty.offset, duty.due) == ("每季度", "每季度终了", "P15D", None)


def test_rows_of_a_schedule_are_duties(understand: Understand) -> None:
    text = "甲方应按下表支付：\n| 期次 | 事项 | 完成时限 |\n| 一 | 装修补助 | 2023年8月15日前 |\n| 合计 | | 2023年12月31日 |"
    assert [duty.due for duty in timed(understand, text)] == [date(2023, 8, 15)]


@pytest.mark.parametrize(
    ("text", "side", "kind"),
    [
        ("甲方应于2023年9月30日前交付标准厂房。", "government", "plant"),
        ("2023年9月30日前建成园区道路并通车。", "government", "infrastructure"),
        ("乙方应于2023年9月30日前投产。", "investor", "production"),
        ("项目2023年12月31日前开工。", "investor", "start"),
        ("乙方应于2023年12月31日前完成固定资产投资1亿元。", "investor", "investment"),
        ("履约保证金可以保函形式提交，项目投产后三十日内无息退还。", "government", "payment"),
        ("甲方于次年3月31日前拨付企业发展资金。", "government", "reward"),
        ("乙方应于2023年12月31日前使用工人数达到600人。", "investor", "target"),
    ],
)
def test_side_and_kind(text: str, side: str, kind: str, understand: Understand) -> None:
    duty = next(duty for duty in understand(text).obligations if duty.due_end)
    assert (duty.side, duty.kind) == (side, kind)


def test_major_duties_without_time_are_kept_for_the_rules_on_missing_deadlines(understand: Understand) -> None:
    (duty,) = understand("甲方负责将供水管道接至厂区。").obligations
    assert (duty.kind, duty.due, duty.anchor, duty.offset) == ("infrastructure", None, None, None)


def test_minutes_count_from_the_meeting_and_take_its_year(understand: Understand) -> None:
    text = (
        "云岭县人民政府专题会议纪要\n2022年5月12日，县长主持召开专题会议。会议议定：\n一、由县城投公司于6月20日前完成1号厂房消防验收。\n"
        "二、县住建局自本次会议之日起45日内完成道路建设。\n云岭县人民政府办公室 2022年5月13日印发\n"
    )
    assert [duty.due for duty in timed(understand, text, whole=True)] == [date(2022, 6, 20), date(2022, 6, 26)]
