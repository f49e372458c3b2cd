"""Places that were to be filled in, in the forms that drafts have, and what only looks like them."""

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def blanks(text: str, pack: Pack) -> list[str]:
    found = trial.try_text(text, pack).findings
    return [finding.quote for finding in found if finding.category == "review.blank_field"]


@pytest.mark.parametrize(
    "text",
    [
        "不动产权证号：云不动产权第□□□□□□□号。",
        "宗地编号：□□-2026-□□□。",
        "试生产日期为二〇二六年○月，投产日期为二〇二六年十二月三十一日前。",
        "乙方应于二〇二七年？月前竣工。",
        "甲方于2026年3月△日前交地。",
        "甲方自交地之日起×个月内完成通水。",
        "租赁期限自交付之日起○年。",
        "土地竞买保证金为×万元。",
        "依照本协议第×条的约定处理。",
        "备案代码：2411-361128-04-01-（系统赋码后补录）。",
        "项目备案号：（文号待办结回填）。",
        "环评批复文号：取得后补录。",
        "可研批复文号（由发改部门批复后填入）。",
        "乙方注册地址：（工商登记完成后填写）。",
        "项目代码　TBD。",
        "项目总投资{{投资总额}}，固定资产投资8000万元。",
        "银行账号：【账号】。",
        "土地面积为###亩。",
        "本项目环评由乙方报批，批文号待补。",
    ],
)
def test_what_is_to_be_filled_in_some_day_is_blank(text: str, pack: Pack) -> None:
    assert blanks(text, pack)


@pytest.mark.parametrize(
    "text",
    [
        "租金按面积×单价×年限计算。",
        "租金＝建筑面积×每平方米8元×12个月。",
        "违约金按逾期天数×日万分之五计算。",
        "厂房跨度27米×4，檐高11.5米；管网断面2.0米×1.8米。",
        "☑租赁 □购买 □其他。",
        "二○二六年十月前竣工，一○一号厂房交付乙方使用。",
        "乙方采用X光检测设备3台、ABB机器人2台。",
        "乙方应当如实填写统计报表，于每月5日前录入系统。",
        "附件三《考核表》由考核组填写。",
        "（注：由企业据实填报，税务部门核对。）",
        "【时间】投资方在2026年3月底前开工。",
        "【说明】本条为通用条款。",
    ],
)
def test_products_boxes_to_tick_and_forms_of_others_are_not(text: str, pack: Pack) -> None:
    assert blanks(text, pack) == []
