"""What proofs and rows tell beside the deed: parts and wholes, days of other papers, sums by which a share is reckoned."""

from datetime import date

import pytest

from contract_audit.extract import settle
from contract_audit.model import Context, Evidence, Understanding
from tests.extract.conftest import Understand

AS_OF = date(2024, 12, 1)
Row = tuple[str, str, str]


def _settled(paper: Understanding, rows: list[Row]) -> list[tuple[str, str]]:
    evidence = tuple(
        Evidence(contract="协议", matter=matter, done_on=date.fromisoformat(day), proof=proof)
        for matter, day, proof in rows
    )
    duties = settle(paper, Context(as_of=AS_OF, evidence=evidence)).obligations
    return [(str(duty.due), duty.status) for duty in duties if duty.due_end]


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        pytest.param(
            "甲方于2024年5月31日前将定制厂房一栋13600平方米交到乙方手上。\n甲方先借给乙方A区6号楼过渡厂房，2024年3月18日前腾空移交。\n"
            "定制厂房的双回路电源，由甲方协调供电企业在厂房移交后45日内接通。",
            [
                ("A区6号楼过渡厂房钥匙移交", "2024-03-15", "登记簿"),
                ("定制厂房13600㎡移交", "2024-09-14", "接收单"),
                ("定制厂房双回路送电", "2024-10-25", "送电记录"),
            ],
            [("2024-05-31", "done_late"), ("2024-03-18", "done_on_time"), ("2024-10-29", "done_on_time")],
            id="a plant handed into the other's hands is no payment, and the power counts from the plant the sentence opens with",
        ),
        pytest.param(
            "获批的补助自公示期满之日起60日内拨付。\n甲方应于2024年5月31日前发布07-2地块挂牌公告。\n乙方于2025年9月20日前开工。\n"
            "出让合同签订后一个月内乙方缴纳土地价款的一半。",
            [
                ("发布07-2地块挂牌公告", "2024-05-22", "公告"),
                ("县政府常务会议审议同意签署本协议", "2024-03-10", "纪要"),
            ],
            [("None", "pending"), ("2024-05-31", "done_on_time"), ("2025-09-20", "running"), ("None", "pending")],
            id="an announcement of land is no 公示, and that a council agreed to the signing is no signing",
        ),
        pytest.param(
            "任务清单如下：\n| 序号 | 任务 | 责任单位 | 时限 |\n| 1 | 厂区南门道路恢复 | 县住建局 | 2024年10月25日 |\n"
            "| 2 | 用工余缺调剂招聘会 | 县人社局 | 2024年10月15日 |\n| 3 | 职工周转房维修60套 | 兴园公司 | 2025年5月31日 |",
            [("用工余缺调剂招聘会", "2024-10-15", "招聘会签到册")],
            [("2024-10-25", "overdue"), ("2024-10-15", "done_on_time"), ("2025-05-31", "running")],
            id="a row called as the table calls the task tells that it is done",
        ),
        pytest.param(
            "甲方应于2024年1月20日前把63亩土地移交乙方。\n甲方应于2024年3月31日前建成厂区道路。\n乙方应于2024年6月30日前开工。",
            [
                ("移交63亩土地中的41亩（部分完成）", "2024-01-18", "移交单"),
                ("移交剩余22亩土地", "2024-03-06", "移交单"),
            ],
            [("2024-01-20", "done_late"), ("2024-03-31", "overdue"), ("2024-06-30", "overdue")],
            id="the rest of the land, not its first lot, is the hand-over",
        ),
        pytest.param(
            "甲方于2024年5月30日前交付厂房，厂房经三方逐项点验。\n乙方自厂房交付之日起二十日内进场改造。\n乙方于2024年11月30日前投产。",
            [
                ("厂房交付（部分完成，行车梁一跨未通过点验）", "2024-05-20", "点验记录"),
                ("厂房交付（复验通过，全部移交）", "2024-06-11", "点验单"),
                ("乙方进场改造", "2024-06-26", "进场报告"),
            ],
            [("2024-05-30", "done_late"), ("2024-07-01", "done_on_time"), ("2024-11-30", "overdue")],
            id="what counts from the hand-over counts from the whole of it",
        ),
        pytest.param(
            "对菌源公司所制菌棒每棒补0.3元，甲方2024年8月15日前依计划数预拨90万元，余额于2024年12月10日前付清。\n乙方于2024年9月20日前开工。",
            [("菌棒补助预拨90万元", "2024-08-14", "国库支付令")],
            [("2024-08-15", "done_on_time"), ("2024-12-10", "running"), ("2024-09-20", "overdue")],
            id="an advance pays nothing of the rest",
        ),
        pytest.param(
            "甲方给予落地支持400万元，收到审计报告之日起50日内拨付。\n乙方于2024年9月20日前开工。\n乙方于2025年9月20日前投产。",
            [("固定资产投资过亿", "2024-11-01", "审计报告，11月5日送管委会")],
            [("2024-12-25", "running"), ("2024-09-20", "overdue"), ("2025-09-20", "running")],
            id="the proof tells when the report came in",
        ),
        pytest.param(
            "乙方购置的生产设备由双方委托的机构核验，甲方按核验额的8%安排购机补助，核验报告出具之日起40日内一次付清。\n"
            "乙方于2024年2月20日前开工。\n乙方于2025年9月20日前投产。",
            [
                ("设备核验（核定11000万元）", "2024-08-16", "第三方核验报告"),
                ("设备补助300万元", "2024-09-18", "国库支付回单"),
            ],
            [("2024-09-25", "overdue"), ("2024-02-20", "overdue"), ("2025-09-20", "running")],
            id="less was paid than the share of what was verified",
        ),
        pytest.param(
            "乙方于2024年6月30日前提交环境影响评价文件报批。\n乙方于2024年9月20日前开工。\n乙方于2025年9月20日前投产。",
            [("环境影响评价文件报批申请受理", "2024-06-26", "受理通知书")],
            [("2024-06-30", "done_on_time"), ("2024-09-20", "overdue"), ("2025-09-20", "running")],
            id="papers that are received were handed in",
        ),
        pytest.param(
            "县人力资源和社会保障局于2024年6月30日前为乙方职工提供转岗培训不少于150人次。\n乙方于2024年9月20日前开工。\n乙方于2025年9月20日前投产。",
            [("转岗培训班88人", "2024-05-18", "签到册"), ("转岗培训班71人", "2024-06-27", "签到册")],
            [("2024-06-30", "done_on_time"), ("2024-09-20", "overdue"), ("2025-09-20", "running")],
            id="as many as are owed at least, row by row",
        ),
        pytest.param(
            "丙方向项目公司增资3000万元，自评估备案之日起40日内出资到位。\n乙方于2024年9月20日前开工。\n乙方于2025年9月20日前投产。",
            [
                ("股权评估备案", "2024-05-20", "备案表"),
                ("增资1800万元", "2024-06-20", "银行询证函"),
                ("增资1200万元", "2024-07-04", "银行询证函"),
            ],
            [("2024-06-29", "done_late"), ("2024-09-20", "overdue"), ("2025-09-20", "running")],
            id="capital raised in two parts",
        ),
        pytest.param(
            "乙方与燃气公司签订用气合同之日起45日内，甲方完成庭院管施工并通气。\n乙方于2024年9月20日前开工。\n乙方于2025年9月20日前投产。",
            [("用气合同", "2024-09-10", "合同复印件"), ("厂区点火通气", "2024-10-23", "通气单")],
            [("2024-10-25", "done_on_time"), ("2024-09-20", "overdue"), ("2025-09-20", "running")],
            id="a contract that stands alone in a row was signed",
        ),
        pytest.param(
            "项目公司按成交价全额缴清土地价款，自缴清之日起三十日内由甲方交付土地。\n乙方于2024年9月20日前开工。\n乙方于2025年9月20日前投产。",
            [
                ("土地价款首笔50%", "2024-04-08", "缴款书"),
                ("土地价款尾笔50%（全额缴清）", "2024-04-15", "缴款书"),
                ("保函提交进度担保120万元", "2024-06-02", "银行保函"),
            ],
            [("2024-05-15", "overdue"), ("2024-09-20", "overdue"), ("2025-09-20", "running")],
            id="what is paid up is what the phrase before names",
        ),
        pytest.param(
            "甲方于2024年3月31日前建成2万吨冷库。\n乙方于2024年9月20日前开工。\n乙方于2025年9月20日前投产。",
            [("冷库保温板施工完成", "2024-03-19", "隐蔽工程验收记录")],
            [("2024-03-31", "overdue"), ("2024-09-20", "overdue"), ("2025-09-20", "running")],
            id="works that are covered later are not the whole",
        ),
    ],
)
def test_rows_tell_of_what_they_tell(
    understand: Understand, text: str, rows: list[Row], expected: list[tuple[str, str]]
) -> None:
    assert _settled(understand(text), rows) == expected


def test_one_lot_is_not_dated_by_another(understand: Understand) -> None:
    text = (
        "甲方采购台架六套，货款分两批：第一批验收合格之日起60日内，甲方付清第一批货款630万元。\n"
        "第二批货款630万元中，400万元自第二批验收合格之日起三十日内支付，余款自验收合格之日起一百二十日内支付。"
    )
    rows = [("第一批台架验收合格", "2024-03-02", "验收报告"), ("第二批台架验收合格", "2024-06-18", "验收报告")]
    assert [day for day, _ in _settled(understand(text), rows)] == ["2024-05-01", "2024-07-18", "2024-10-16"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("原协议所称“2024年6月15日前完成员工公寓装修”顺延六个月。", ["2024-12-15"]),
        ("原协议所称“2024年9月30日前开通园区通勤班车”不作调整，由甲方按期办理。", ["2024-09-30"]),
        ("乙方每半年把用工、产量报镇企业办，逢1月10日、7月10日前报。", ["None", "None"]),
        ("甲方修进厂桥一座，2024年汛期以前，也就是5月31日前通车，资金已批准。", ["2024-05-31"]),
        ("泵站扩容由甲方牵头，2024年三季度内出水达标。", ["2024-09-30"]),
        ("自开业之月起三十六个月，甲方拿出四成五列作发展专项，在次年第二季度内划给项目公司。", ["None", "None"]),
        (
            "甲方8月15日前预拨90万元，余额于2024年2月10日前付清。\n由甲方8月底前给银行去函。",
            ["2023-08-15", "2024-02-10", "2023-08-31"],
        ),
    ],
)
def test_days_as_they_are_told(understand: Understand, text: str, expected: list[str]) -> None:
    assert [str(duty.due) for duty in understand(text).obligations if duty.due_end > duty.due_start] == expected


def test_days_count_from_the_last_condition_met(understand: Understand) -> None:
    (duty,) = (
        one for one in understand("甲方对奖补申请，审核通过并公示期满无异议的，30日内拨付。").obligations if one.offset
    )
    assert duty.anchor == "公示期满无异议"


def test_a_quoted_duty_that_stands_is_owed_by_whom_the_sentence_names(understand: Understand) -> None:
    (duty,) = understand("原协议所称“2024年9月30日前开通园区通勤班车”不作调整，由甲方按期办理。").obligations
    assert (duty.bearer, duty.side) == ("甲方", "government")
