"""Times counted from what a sentence says: ends of quarters and months, the same length again, 此后 and 该日."""

from datetime import date

import pytest

from contract_audit.extract.duties.event_days import hanging_day
from tests.extract.conftest import Understand


@pytest.mark.parametrize(
    ("words", "day", "due"),
    [
        ("竣工后第二个季末前", "2024-04-18", "2024-09-30"), ("竣工后第一个季度末", "2024-06-30", "2024-09-30"),
        ("竣工后首个月末前", "2024-04-18", "2024-04-30"), ("竣工后第三个月底前", "2024-04-18", "2024-06-30"),
        ("竣工后第二个自然年度结束前", "2024-04-18", "2025-12-31"), ("竣工后第二个半年末", "2024-04-18", "2024-12-31"),
        ("竣工次季度末前", "2024-11-02", "2025-03-31"), ("竣工当季末", "2024-11-02", "2024-12-31"),
        ("竣工后下一季度首月15日前", "2024-11-02", "2025-01-15"), ("竣工后首个工作日", "2024-09-30", "2024-10-08"),
        ("竣工后第3个月的20日前", "2024-11-30", "2025-02-20"), ("竣工后第二年6月底前", "2024-11-02", "2025-06-30"),
        ("竣工次月10日前", "2024-12-02", "2025-01-10"), ("竣工次年第一季度末前", "2024-04-18", "2025-03-31"),
    ],
)  # fmt: skip
def test_ends_are_counted_from_the_day_of_an_event(words: str, day: str, due: str) -> None:
    assert str(hanging_day(words, date.fromisoformat(day))) == due


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("甲方应在签约日之后的第二个季末以前，将值班表送达乙方。", ["2023-06-30"]),
        ("乙方应在签约后首个季度末前报送用工计划。", ["2023-03-31"]),
        ("乙方应于本协议签订之日起第二个自然季度结束前报送用工计划。", ["2023-06-30"]),
        ("乙方应于签约后的次季度首月15日前报送用工计划。", ["2023-04-15"]),
        ("乙方应于签约次一工作日报送用工计划。", ["2023-03-16"]),
        ("乙方应于2023年第二季度末前报送用工计划。", ["2023-06-30"]),
        ("乙方应自签约之日起15日内付20万元；厂房交付后同样的天数内付30万元。", ["2023-03-30", "None"]),
        ("乙方应自签约之日起15个工作日内付20万元，自2023年6月1日起相同期限内付30万元。", ["2023-04-06", "2023-06-25"]),
        ("乙方应自签约之日起两个月内开工，自2023年6月1日起同等期限内竣工。", ["2023-05-15", "2023-08-01"]),
        ("厂房应于2023年9月30日前交付乙方，该日之后十五日内乙方进场装修。", ["2023-09-30", "2023-10-15"]),
        ("厂房应于2023年9月30日前交付乙方，自上述日期起一个月内乙方进场装修。", ["2023-09-30", "2023-10-30"]),
    ],
)
def test_due_days(text: str, dues: list[str], understand: Understand) -> None:
    assert [str(duty.due) for duty in understand(text).obligations if duty.due or duty.anchor] == dues


@pytest.mark.parametrize(
    ("text", "anchor", "offset"),
    [
        ("二期装修全部完成的，此后三十日内甲方付清余款。", "二期装修全部完成", "P30D"),
        ("设备验收合格后，乙方于其后十日内交纳尾款。", "设备验收合格", "P10D"),
        ("乙方取得成交确认书，随后10个工作日内签订出让合同。", "乙方取得成交确认书", "P10D"),
        ("乙方于本协议签订后30日内注册项目公司，之后20日内实缴出资。", "注册项目公司", "P20D"),
        (
            "若公租房未能在2024年12月31日前竣工，甲方应当在该日之后四十五日内提供过渡房。",
            "公租房未能在2024年12月31日前竣工",
            "P45D",
        ),
        ("甲方应于地块移交后二十日内围挡，厂房封顶后同样的期限内拆除。", "厂房封顶", "P20D"),
    ],
)
def test_back_words_have_the_event_before_them(text: str, anchor: str, offset: str, understand: Understand) -> None:
    duty = [one for one in understand(text).obligations if one.anchor][-1]
    assert (duty.anchor, duty.offset, duty.due) == (anchor, offset, None)


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("乙方应按季度报送用工报表。", ["按季度"]), ("乙方应逐年报送审计报告。", ["逐年"]), ("甲方应于每学年开学前划拨经费。", ["每学年"]),
        ("借款按年利率5%计息，由乙方承担。", []), ("乙方租金按月计收，每月3000元。", []),
        ("甲方按季度分期拨付，2023年12月31日前付清。", ["2023-12-31"]),
        ("合同签订即付30%，由乙方支付。", ["2023-03-15"]), ("协议生效当日，乙方交保证金100万元。", ["2023-03-15"]),
        ("乙方应在本协议生效满六个月之日前投产。", ["2023-09-15"]), ("甲方须于本年内把路修到厂区门口。", ["2023-12-31"]),
        ("批文在年内送达乙方。", ["2023-12-31"]), ("2024年产值不低于2亿元，2025年产值不低于3亿元。", ["2024-12-31", "2025-12-31"]),
        ("2022年产值达到2亿元，乙方系规模以上企业。", []),
    ],
)  # fmt: skip
def test_times_without_a_day_of_their_own(text: str, dues: list[str], understand: Understand) -> None:
    duties = understand(text).obligations
    assert [str(duty.due or duty.recurrence) for duty in duties if duty.due or duty.recurrence] == dues


def test_the_modal_before_a_receipt_is_no_part_of_the_event(understand: Understand) -> None:
    (duty,) = (one for one in understand("甲方应收到发票后60日内把钱付清。").obligations if one.anchor)
    assert (duty.anchor, duty.offset) == ("收到发票", "P60D")


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        (
            "节点如下：\n（1）场地平整，甲方，2023年6月30日；\n（2）开工，乙方，2023年9月30日。",
            ["2023-06-30", "2023-09-30"],
        ),
        ("甲方分两批交付厂房：1#楼2023年6月30日，2#楼2023年9月30日。", ["2023-06-30", "2023-09-30"]),
        ("乙方承诺如下：\n| 年度 | 产值（万元） | 用工（人） |\n| 2024年 | 8000 | 120 |", ["2024-12-31"]),
        ("项目已取得备案，2023年10月底。", []),
        ("甲方依据《奖励办法》（2024年1月1日）兑付奖励。", []),
    ],
)
def test_days_that_close_a_phrase(text: str, dues: list[str], understand: Understand) -> None:
    assert [str(duty.due) for duty in understand(text).obligations if duty.due] == dues
