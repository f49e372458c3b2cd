"""The same event in other words, and events that only look alike."""

import pytest

from contract_audit.deeds import event, likeness, weights
from contract_audit.extract.joining import Known, record_of, records
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
