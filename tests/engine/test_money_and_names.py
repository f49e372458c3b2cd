from datetime import date

import pytest

from contract_audit import audit, engine
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

PAPER = """轴承项目投资协议
{top}甲方：云岭县人民政府
乙方：恒远制造有限公司
第一条 {text}
甲方（盖章）：云岭县人民政府
授权代表（签字）：李明
乙方（盖章）：{signer}
法定代表人（签字）：王强
2023年3月15日
"""
TABLE = "资金如下：\n| 项目 | 金额（万元） |\n| 厂房 | 300 |\n| 设备 | 500 |\n| 合计 | {total} |\n第二条 无。"


def categories(text: str, top: str = "", signer: str = "恒远制造有限公司") -> set[str]:
    content = PAPER.format(text=text, top=top, signer=signer)
    paper = audit.understand(txt.read(content.encode(), "协议.txt", Settings()))
    found = audit.judge(paper, engine.load_rules(), Context(as_of=date(2023, 6, 1))).findings
    return {finding.category for finding in found}


@pytest.mark.parametrize(
    ("wrong", "right", "category"),
    [
        ("保证金壹佰万元整（¥1,500,000元）。", "保证金壹佰伍拾万元整（¥1,500,000元）。", "review.amount_mismatch"),
        ("总投资5亿元，其中厂房2亿元、设备2亿元、流动资金2亿元。", "总投资5亿元，其中厂房2亿元、设备2亿元、流动资金1亿元。",
         "review.sum_mismatch"),
        ("装修620万元、设备710万元、搬迁540万元，共计1,840万元。", "装修620万元、设备710万元、搬迁540万元，共计1,870万元。",
         "review.sum_mismatch"),
        (TABLE.format(total=900), TABLE.format(total=800), "review.sum_mismatch"),
        ("固定资产投资1亿元，用地100亩，投资强度300万元/亩。", "固定资产投资3亿元，用地100亩，投资强度300万元/亩。",
         "review.low_intensity"),
        ("保证金人民币叁佰万元整（小写：¥30,000,000元）。", "保证金人民币叁佰万元整（小写：¥3,000,000元）。", "review.amount_mismatch"),
        ("冷库库容3,000万吨。", "冷库库容3万吨。", "review.unit_error"),
        ("年用电量约800万亿千瓦时。", "年用电量约800万千瓦时。", "review.unit_error"),
        ("达产后年销售收入28,000元。", "达产后年销售收入28,000万元。", "review.unit_error"),
        ("厂房租期自2023年5月1日起至2045年4月30日止。", "厂房租期自2023年5月1日起至2043年4月30日止。", "review.void_term"),
        ("配备冲床    台。", "配备冲床  二十台。", "review.blank_field"),
        ("乙方信用代码：91530421MA6K2T8P3M。", "乙方信用代码：91530421MA6K2T8P3N。", "review.party_inconsistency"),
        ("由恒源制造有限公司负责建设。", "由恒源制造集团有限公司负责建设。", "review.party_inconsistency"),
        ("由恒源制造有限公司负责建设。", "乙方前身为恒源制造有限公司。", "review.party_inconsistency"),
        ("项目总投资5亿元。总投资分两期实施：一期2亿元，二期2亿元。", "项目总投资5亿元。总投资分两期实施：一期2亿元，二期3亿元。",
         "review.sum_mismatch"),
        ("注册资本200万元，王强认缴120万元、李明认缴90万元。", "注册资本200万元，王强认缴120万元、李明认缴80万元。", "review.sum_mismatch"),
        ("收益分配：乙方占60%，村集体占25%，镇服务中心占20%。",
         "收益分配：乙方占60%，村集体占25%，镇服务中心占15%。", "review.sum_mismatch"),
        ("租用厂房1万平方米，每平方米每月9元，月租金99000元。", "租用厂房1万平方米，每平方米每月9元，月租金90000元。",
         "review.sum_mismatch"),
        ("就业180人，其中研发40人、生产120人、管理30人。", "就业190人，其中研发40人、生产120人、管理30人。", "review.sum_mismatch"),
        ("本协议附件：1.宗地图；2.设备清单。", "本协议一式四份。", "review.missing_attachment"),
    ],
)  # fmt: skip
def test_money_that_disagrees_with_itself(wrong: str, right: str, category: str) -> None:
    assert category in categories(wrong)
    assert category not in categories(right)


def test_parts_of_parts_are_not_added_up() -> None:
    text = "总投资8亿元，其中固定资产5亿元（设备3.6亿元、厂房1.4亿元），流动资金3亿元，合计8亿元。"
    assert "review.sum_mismatch" not in categories(text)


def test_head_and_signature_must_agree() -> None:
    assert "review.party_inconsistency" in categories("无。", signer="恒达实业有限公司")
    assert "review.party_inconsistency" in categories("无。", top="签订日期：2023年1月5日\n")
    assert "review.party_inconsistency" not in categories("无。", top="签订日期：2023年3月15日\n")
