"""Days that a paper names and counts from: “交付日”, 基准日, T日 and T+30日."""

import pytest

from contract_audit.extract.duties.defined import defined_days, event_of_day
from tests.extract.conftest import Understand

TABLE = "| 事项 | 责任方 | 时限 |\n"


@pytest.mark.parametrize(
    ("text", "name", "event"),
    [
        ("“交付日”指甲方将仓库移交乙方并签署交接单之日。", "交付日", "甲方将仓库移交乙方并签署交接单"),
        ("本合同以乙方领取《施工许可证》之日为T日；", "T", "乙方领取施工许可证"),
        ("双方同意将项目公司领取营业执照之日记为D日。", "D", "项目公司领取营业执照"),
        ("T日为出让合同签订日；T+30日内交地。", "T", "出让合同签订"),
        ("首台设备进场之日（以下简称“起算日”）起六个月内", "起算日", "首台设备进场"),
        ("以下时间均以监理签发开工令当日（记为X日）计算。", "X", "监理签发开工令"),
        ("各节点以2023年5月10日为基准日。", "基准日", "2023年5月10日"),
        ("双方于2024年4月18日（下称“签署日”）订立本协议。", "签署日", "2024年4月18日"),
        ("开工日：指监理签发开工令之日。", "开工日", "监理签发开工令"),
        ("2.1 本协议所称T0为乙方缴清土地价款之日，", "T0", "乙方缴清土地价款"),
        ("T+N周均自T日起算（T为厂房交付之日）", "T", "厂房交付"),
    ],
)
def test_a_defined_day_has_its_event(text: str, name: str, event: str) -> None:
    assert defined_days(text) == ((name, event),)


@pytest.mark.parametrize(
    "text", ["“工作日”指国家规定的工作之日。", "价款以实际付款日为准。", "乙方自厂房交付之日起装修。"]
)
def test_other_words_define_no_day(text: str) -> None:
    assert defined_days(text) == ()


def test_a_letter_inside_a_word_names_no_day() -> None:
    assert event_of_day("T日为签约日。", "T日起30日内") == "签约"
    assert event_of_day("T日为签约日。", "LPRT利率") is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("以双方签署本协议之日为T日。\n" + TABLE + "| 主体开工 | 乙方 | T+4个月内 |", "2023-07-15"),
        ("以双方签署本协议之日为T日。\n" + TABLE + "| 道路通车 | 甲方 | T+30个工作日 |", "2023-04-26"),
        ("双方将本协议签订之日记为D日。\n乙方应在D日后30日内注册项目公司。", "2023-04-14"),
        ("T为签约日。\n| 事项 | 责任方 | 时限（月） |\n| 竣工 | 乙方 | T+18 |", "2024-09-15"),
        ("T日为签约日，T+N周指T日后满N周。\n| 事项 | 责任方 | 完成时间 |\n| 送审 | 乙方 | T+6 |", "2023-04-26"),
        ("以本协议生效日为T0。\n" + TABLE + "| 竣工 | 甲方 | T0＋2至4个月内 |", "2023-07-15"),
        ("T日指签约之日。\n" + TABLE + "| 竣工 | 甲方 | T+2个月至T+4个月 |", "2023-07-15"),
        ("T日为签约日。\n" + TABLE + "| 保证金缴清 | 乙方 | T日 |", "2023-03-15"),
        ("T日为签约日。\n" + TABLE + "| 主体开工 | 乙方 | T+1.5个月 |", "2023-04-30"),
        ("T日为2023年9月30日。\n甲方应于T-10日前完成场地平整。", "2023-09-20"),
        ("“基准日”指本协议签订之日。\n乙方应自基准日起满三个月时开工。", "2023-06-15"),
        ("各节点以2023年4月1日为起算日。\n乙方应自起算日起20日内开工。", "2023-04-21"),
        ("交地日为甲方向乙方移交净地之日。\n乙方应在交地日后两个月内开工。", "None"),
    ],
)
def test_duties_count_from_named_days(text: str, due: str, understand: Understand) -> None:
    (duty,) = (one for one in understand(text).obligations if one.offset)
    assert str(duty.due) == due
