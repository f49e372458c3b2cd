"""The same event in other words, and events that only look alike."""

import re

import pytest

from contract_audit.deeds import (
    alike,
    denied,
    event,
    figures_aside,
    is_less,
    likeness,
    recorded,
    same_object,
    shares,
    weights,
)
from contract_audit.deeds.concepts import ACTS, THINGS
from contract_audit.extract.performance.joining import Known, record_of, records
from contract_audit.model import Evidence

ENOUGH = 3.5
NONE = weights([])


@pytest.mark.parametrize(
    ("duty", "told"),
    [
        ("向乙方提供18200平方米标准化厂房", "交付18200平方米标准化厂房（北区3#、5#楼）"),
        ("将10千伏双回路电源架设至项目红线", "双电源外线工程竣工送电"),
        ("将供水管道铺设至厂区围墙外1米", "自来水管道碰口通水"),
        ("完成4号楼交付", "二期4号厂房整体移交"),
        ("在淮浦县注册设立项目公司", "项目公司领取营业执照"),
        ("领取建筑工程施工许可证", "施工许可证核发"),
        ("退还履约保证金的50%", "退付保证金100万元"),
        ("兑付设备补贴第一期300万元", "第一期设备购置补贴到账"),
        ("生产线设备采购合同签订", "签订主机设备购销合同"),
        ("累计完成固定资产投资8000万元", "固定资产投资入统8120万元"),
        ("建成通车规划三路", "规划三路开放交通"),
    ],
)
def test_one_event_in_two_wordings(duty: str, told: str) -> None:
    assert likeness(event(told), event(duty), NONE) >= ENOUGH


@pytest.mark.parametrize(
    ("duty", "told"),
    [
        ("兑付设备补贴第二期300万元", "第一期设备购置补贴到账"),
        ("交付5号厂房", "3号厂房整体移交"),
        ("退还保函原件", "提交履约担保函"),
        ("东环路建成通车", "东环路路基填筑完成"),
        ("提供标准化厂房15600平方米", "移交标准化厂房6000平方米"),
        ("建成全部生产线并达产", "首批生产线投产"),
        ("铺设污水主管", "污水主管施工图审查完成"),
        ("在收到书面验收申请后组织验收", "设备到货并验收合格"),
        ("乙区厂房交付", "甲区厂房交钥匙"),
    ],
)
def test_events_that_only_look_alike(duty: str, told: str) -> None:
    assert likeness(event(told), event(duty), NONE) < ENOUGH


def evidence(matter: str, day: str) -> Evidence:
    from datetime import date

    return Evidence(contract="x", matter=matter, done_on=date.fromisoformat(day), proof="凭证")


def test_an_anchor_that_two_records_of_different_days_fit_stays_open() -> None:
    from datetime import date

    told = records((evidence("1号厂房移交", "2023-04-08"), evidence("2号厂房移交", "2023-05-08")), date(2024, 1, 1))
    assert record_of(event("厂房移交"), [Known(record.told, record) for record in told], NONE, 0) is None
    found = record_of(event("2号厂房移交"), [Known(record.told, record) for record in told], NONE, 0)
    assert found is not None
    assert found.done_on == date(2023, 5, 8)


def test_a_row_may_tell_of_two_events_and_what_came_after_the_day_is_not_known_yet() -> None:
    from datetime import date

    rows = (evidence("厂房提供到位，企业投产运营", "2023-04-01"), evidence("道路通车", "2025-01-01"))
    assert [sorted(record.told.acts & {"produce", "open"}) for record in records(rows, date(2024, 1, 1))] == [
        [],
        ["produce"],
    ]


@pytest.mark.parametrize(
    ("duty", "matter"),
    [
        ("敷设供水主管", "给水干管敷设完成1.1公里（全长1.6公里）"),
        ("污水主管接通", "污水管沟开挖完成约六成"),
        ("首批18台硫化机组进场", "硫化机组4台到厂（合同18台）"),
        ("18台硫化机组进场", "18台中的4台到厂"),
        ("道路建成通车", "道路沥青仅完成首段"),
        ("水厂建成", "水厂完工，膜组未安装"),
        ("退还履约保证金300万元", "退回履约金首笔100万元"),
        ("取得施工许可证和环评批复", "取得施工许可证"),
        ("两台熔炼炉点火", "1号熔炼炉点火"),
        ("七条产线全部投产", "首条产线投产"),
    ],
)
def test_a_part_is_not_the_whole(duty: str, matter: str) -> None:
    import msgspec

    lacks = denied(matter)
    told = msgspec.structs.replace(recorded(matter), undone=lacks.acts, lacking=lacks.content)
    assert is_less(told, event(duty))


@pytest.mark.parametrize(
    ("duty", "matter"),
    [
        ("七条产线全部投产", "第七条产线投产"),
        ("缴纳首期出资1200万元", "首期股本金到账1200万元"),
        ("道路建成通车", "道路建成通车，未发现质量问题"),
        ("增容至2500千伏安", "扩容送电（2×1250千伏安）"),
        ("取得环评批复", "环评批复取得"),
    ],
)
def test_the_whole_is_no_part(duty: str, matter: str) -> None:
    assert not is_less(recorded(matter), event(duty))
    assert likeness(recorded(matter), event(duty), NONE) >= ENOUGH


def test_short_forms_stand_for_long_ones() -> None:
    assert likeness(recorded("修规文本送区资规局审查"), event("报出修建性详细规划"), NONE) > likeness(
        recorded("消防文本送区资规局审查"), event("报出修建性详细规划"), NONE
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("试验检测楼移交", "试验检测楼竣工验收", True),
        ("建成示范区110千伏输变电工程", "建成示范区天然气调压站", False),
        ("交付1号厂房", "交付2号厂房", False),
        ("首期注册资本实缴到位", "首期注册资本全部实缴", True),
        ("首条产线投产", "第七条产线投产", False),
    ],
)
def test_one_object_or_two(one: str, other: str, same: bool) -> None:
    ours, theirs = event(one), event(other)
    assert (alike(ours, theirs) and same_object(ours, theirs)) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("| 7 | 2号厂房移交 | 3万元 | 2026年5月", "| 9 | 8号厂房移交 | 6万元 | 2028年4月"),
        ("交付36套公寓", "交付92套公寓"),
        ("±0.5米以下结构完成", "±0.7米以下结构完成"),
    ],
)
def test_figures_aside_the_same_acts_and_things_are_told(one: str, other: str) -> None:
    assert figures_aside(one) == figures_aside(other)
    assert (event(one).acts, event(one).things) == (event(other).acts, event(other).things)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5G基站", "3G基站"),
        ("2024年度报告", "1024年度报告"),
        ("1-2号楼", "1-3号楼"),
        ("±0完成", "±5完成"),
        ("交12套", "交2套"),
    ],
)
def test_figures_that_tell_what_or_how_long_are_not_set_aside(one: str, other: str) -> None:
    assert figures_aside(one) != figures_aside(other)


def test_no_words_of_acts_or_things_tell_other_figures_apart() -> None:
    for source in (*ACTS.values(), *THINGS.values()):
        bare = re.sub(r"\[[^]]*0-9[^]]*\]|\{[0-9,]+\}|\\u[0-9a-f]{4}", "", source)
        assert set(re.findall("[1-9][A-Z]?", bare)) <= {"5G"}


def test_phrases_of_one_object_have_words_or_things_in_common_at_a_glance() -> None:
    phrases = [
        *("新建10千伏专线", "专线于10月31日前送电", "开工建设路面", "开工建设路面及管网", "交付一期净地", "净地移交"),
        *("退还履约保证金", "颁发营业执照", "在厂房门前道路旁设置路灯", "道路通车"),
    ]
    told = [(event(one), other) for one in phrases for other in phrases]
    assert all(shares(one, other) for one, other in told if same_object(one, event(other)))
    assert not shares(event("退还履约保证金"), "道路通车")
