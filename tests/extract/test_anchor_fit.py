"""Which records may date the event that a duty counts from."""

import pytest

from contract_audit.deeds import event
from contract_audit.extract.performance.anchor_fit import is_bare, names_event
from tests.extract.conftest import Understand, settled_by


def due_of_last(understand: Understand, text: str, *matters: str) -> str:
    """The due date of the last duty that counts from an event, with a record of each matter, each a day later."""
    return str([duty for duty in settled_by(understand(text), *matters) if duty.anchor][-1].due)


@pytest.mark.parametrize(
    ("text", "matters", "due"),
    [
        # an object named is the object of the record
        ("乙方应自厂房移交之日起20日内进场。", ("值班电话表由乙方签收",), "None"),
        ("乙方应自厂房移交之日起20日内进场。", ("2号厂房移交签字",), "2023-06-21"),
        ("乙方应自厂房移交之日起20日内进场。", ("厂房竣工验收合格",), "None"),
        ("甲方应在乙方首条产线取得首张销售发票后15日内退还保函。", ("危化品仓库竣工验收通过",), "None"),
        ("甲方应自项目投产之日起90日内拨付补助。", ("园区食堂开业",), "None"),
        ("甲方应自项目投产之日起90日内拨付补助。", ("首条生产线正式投产",), "2023-08-30"),
        ("乙方应自交付日起4个月内试产。", ("履约保函交付",), "None"),
        # all of it is no part of it
        ("乙方应自厂房全部移交起60日内试车。", ("1#楼移交（2#、3#楼整改中）",), "None"),
        ("乙方应自厂房全部移交起60日内试车。", ("三栋厂房全部移交",), "2023-07-31"),
        ("乙方应自主体封顶之日起90日内竣工。", ("1#楼主体封顶（2#楼未封顶）",), "None"),
        # another facility, other comers
        ("甲方应自变电站投运之日起30日内拆除临时线路。", ("换热站投运",), "None"),
        ("甲方应自变电站投运之日起30日内拆除临时线路。", ("110千伏变电站带电运行",), "2023-07-01"),
        ("甲方应自设备进场之日起30日内接通天然气。", ("监理进场",), "None"),
        ("租赁关系终止且结清费用后15日内，甲方退还押金。", ("租赁押金交付",), "None"),
        # what did not happen has no day
        ("若变电站未能通过验收，甲方应在此后30日内提供临时电源。", ("变电站验收通过",), "None"),
        # the main works are the project
        ("甲方应自主体工程正式开工之日起三个月内接通道路。", ("总监理工程师签发开工令",), "2023-09-01"),
        ("甲方应自主体工程正式开工之日起三个月内接通道路。", ("厂区北侧道路开工",), "None"),
        # a bare act is told by the condition of its sentence
        ("甲方采购乙方铸件的，自交付并验收合格之日起30日内付款。", ("地下管线资料移交",), "None"),
        # a paper got is the paper that the sentence speaks of
        ("丙方应在收到交付通知后10日内完成测试。", ("交付总部用房18层",), "None"),
        (
            "乙方提交蒸汽用量方案的，甲方应自签收该方案之日起25日内答复。",
            ("乙方递交蒸汽负荷测算书，管委会收文",),
            "2023-06-26",
        ),
        ("乙方提交蒸汽用量方案的，甲方应自签收该方案之日起25日内答复。", ("乙方递交绿化设计图，管委会收文",), "None"),
        (
            "乙方书面提出临时用水、用电申请的，甲方应自收到申请起7日内答复。",
            ("员工子女入学申请递交", "临时水电接入申请送达"),
            "2023-06-09",
        ),
    ],
)
def test_records_date_their_own_event(text: str, matters: tuple[str, ...], due: str, understand: Understand) -> None:
    assert due_of_last(understand, text, *matters) == due


def test_a_paper_got_right_after_it_was_owed_is_that_paper(understand: Understand) -> None:
    text = "乙方在本协议签订后15日内向甲方提交改造方案，园区公司收到后10日内反馈。"
    assert due_of_last(understand, text, "乙方改造方案提交", "培训方案提交") == "2023-06-11"


@pytest.mark.parametrize(
    ("words", "named", "bare"),
    [
        ("项目公司", False, False),
        ("厂房未能交付", False, False),
        ("厂房交付", True, False),
        ("交付并验收合格", True, True),
        ("首批菌棒入房", True, False),
        ("公示期满且无异议", True, False),
    ],
)
def test_an_anchor_names_an_event_or_not(words: str, named: bool, bare: bool) -> None:
    assert names_event(words, event(words)) is named
    assert not named or is_bare(words, event(words)) is bare
