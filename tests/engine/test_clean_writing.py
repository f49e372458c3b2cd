"""Ordinary writing of clean papers that looks like a wrong, each beside the wrong itself."""

from datetime import date

import pytest

from contract_audit import audit, engine
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

PAPER = """轴承项目投资协议
甲方：云岭县人民政府
乙方：恒远制造有限公司
{body}
甲方（盖章）：
乙方（盖章）：
"""


def categories(body: str, paper: str = PAPER) -> set[str]:
    read = audit.understand(txt.read(paper.format(body=body).encode(), "协议.txt", Settings()))
    found = audit.judge(read, engine.load_rules(), Context(as_of=date(2025, 6, 20), mode="draft")).findings
    return {finding.category for finding in found if finding.verdict == "fail"}


@pytest.mark.parametrize(
    ("wrong", "right", "category"),
    [
        (
            "第一条 固定资产投资4500万元（基地3200万元：新建1900万元、改造1300万元；设备900万元）。",
            "第一条 固定资产投资4100万元（基地3200万元：新建1900万元、改造1300万元；设备900万元）。",
            "review.sum_mismatch",
        ),
        (
            "第一条 补助为900万元（厂房500万元、设备300万元）。",
            "第一条 补助为800万元（人民币捌佰万元整，¥8000000.00）。",
            "review.sum_mismatch",
        ),
        (
            "第一条 租金\n| 租赁物 | 年租金（元） |\n| 一号库 | 260,000 |\n| 二号库 | 190,000 |\n第二条 以上两处年租金总额为540,000元。",
            "第一条 租金\n| 租赁物 | 年租金（元） |\n| 一号库 | 260,000 |\n| 二号库 | 190,000 |\n第二条 以上两处年租金总额为450,000元。",
            "review.sum_mismatch",
        ),
        (
            "第一条 新增岗位共计520个，其中生产400个、研发60个、行政40个，无其他岗位。",
            "第一条 新增岗位共计500个，其中生产400个、研发60个、行政40个，无其他岗位。",
            "review.sum_mismatch",
        ),
        (
            "第一条 用地60亩；规划建筑面积20,000平方米、仓库6,000平方米，合计28,000平方米。",
            "第一条 用地60亩，建筑面积30,000平方米，计容面积合计52,000平方米。",
            "review.sum_mismatch",
        ),
        (
            "第一条 注册资本3,000万美元（折合人民币约2.14万元）。",
            "第一条 注册资本3,000万美元（折合人民币约2.14亿元）。",
            "review.unit_error",
        ),
        (
            "第一条 项目日用新鲜水约0.3亿立方米。",
            "第一条 项目日用新鲜水约300立方米。",
            "review.unit_error",
        ),
        (
            "第一条 租金为26万元/平方米·月，面积900平方米，月租金23,400元。",
            "第一条 租金为1.5元/平方米·天，面积600平方米，月租金27,375元。",
            "review.unit_error",
        ),
        (
            "第一条 逾期支付的，每逾期一日按未付款的50%支付违约金。",
            "第一条 逾期支付的，按日租金（年租金÷360，即900元）的50%支付违约金。",
            "review.excessive_penalty",
        ),
        (
            "第一条 达产后年纳税总额1,200万元，用地60亩，折合亩均税收32万元/年。",
            "第一条 达产后年纳税总额1,200万元，用地60亩，折合亩均税收20万元/年。",
            "review.low_intensity",
        ),
        (
            "第一章 项目\n第一条 建设车间。\n第二章 责任\n第二条 一方违约的，赔偿损失。\n第三条 安全责任依照本协议第六章处理。",
            "第一章 项目\n第一条 建设车间。\n第二章 责任\n第二条 一方违约的，赔偿损失。\n第三条 安全责任依照本协议第一章处理。",
            "review.broken_reference",
        ),
        (
            "第一条 甲方按附件一第5项标准修路。\n附件一：配套标准\n1. 道路：宽4米；\n2. 水井：6眼；",
            "第一条 甲方按附件一第2项标准打井。\n附件一：配套标准\n1. 道路：宽4米；\n2. 水井：6眼；",
            "review.broken_reference",
        ),
        (
            "第一条 交付标准见附件一。",
            "第一条 交付标准见附件一。\n附件一　交付标准：层高7.8米，荷载1.5吨，消防验收合格。",
            "review.missing_attachment",
        ),
        (
            "第一条 租金汇入下列账户：\n| 户名 | 青川县兴达建设投资有限公司 |\n| 用途 | 租金 |",
            "第一条 租金汇入下列账户（甲方委托代收）：\n户名：青川县兴达建设投资有限公司，系受托代收。",
            "review.party_inconsistency",
        ),
        (
            "第一条 甲方于2025年12月31日前交付净地60亩。\n第二条 乙方逾期开工的，每日支付违约金800元。",
            "第一条 甲方于2025年12月31日前交付净地60亩。\n第二条 甲方逾期交地，乙方逾期开工的，每日支付违约金800元。",
            "delivery.missing_liability",
        ),
        (
            "第一条 乙方验房之日起15日内，甲方退还押金8万元。\n第二条 其他。\n第三条 乙方验房之日起60日内，甲方退还押金8万元。",
            "第一条 乙方验房之日起15日内，甲方退还押金8万元。\n第二条 其他。\n第三条 乙方验房之日起15日内，甲方退还押金8万元。",
            "delivery.conflicting_dates",
        ),
        (
            "第一条 乙方在合作期内不得迁出本县。",
            "第一条 文本须修改：原第九条“五年内不得迁出”删去。",
            "illegal.mobility_restriction",
        ),
        (
            "第一条 因本协议发生的争议提交云岭仲裁委员会裁决。",
            "第一条 原第十一条约定由仲裁委员会裁决，因属行政协议，改为依法提起行政诉讼。",
            "review.void_arbitration",
        ),
        (
            "第一条 内部审批未完成的，甲方可以暂缓支付货款。",
            "第一条 未收到其他单位款项、内部审批未完等，均不得作为迟付货款的理由。",
            "payment.internal_process",
        ),
    ],
)  # fmt: skip
def test_the_wrong_is_found_and_its_like_is_not(wrong: str, right: str, category: str) -> None:
    assert category in categories(wrong)
    assert category not in categories(right)


SIGNED = """机械项目补充协议
甲方：云岭县人民政府
乙方：恒远制造有限公司
双方2020年3月2日签订投资协议，约定甲方2020年6月30日前交地、乙方2020年9月30日前开工、2021年6月30日前竣工。
一、上述事项均已履行。
二、本补充协议经县政府2023年2月3日常务会议同意，司法局2023年2月1日出具审查意见。
三、乙方于2026年6月30日前完成二期建设。
甲方（盖章）：云岭县人民政府
乙方（盖章）：恒远制造有限公司
签订日期：2023年2月20日
"""


def test_what_a_supplement_tells_of_the_past_is_not_overdue() -> None:
    paper = audit.understand(txt.read(SIGNED.encode(), "协议.txt", Settings()))
    signed = paper.fact("signed_on")
    assert signed is not None
    assert signed.value == date(2023, 2, 20)
    found = audit.judge(paper, engine.load_rules(), Context(as_of=date(2025, 6, 20), mode="signed")).findings
    assert "delivery.overdue" not in {finding.category for finding in found}
