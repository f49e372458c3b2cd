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


_MACHINES = (
    "| 设备 | 数量 | 单价（万元） | 金额（万元） | 备注 |\n| 裁断机 | 6台 | 15 | {cut} |  |\n"
    "| 缝纫机 | 80台 | 0.6 | 48 |  |\n| 运费 |  |  | 3 |  |"
)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (_MACHINES.format(cut=""), "裁断机\t6台\t15\t\t"),
        ("| 批次 | 交房时间 |面积 |\n| 一批 |  | 三千平方米 |\n| 二批 | 2027年5月 | 两千平方米 |", "一批"),
        ("| 名称 | 鞋材园 | 总投资 |  |\n| 地点 | 南片 | 建筑面积 | 9000平方米 |", "总投资"),
        ("| 名称 | 鞋材园 |\n| 建设地点 |  |\n| 总投资 | 8000万元 |", "建设地点"),
        ("| 年度 | 租金（元） |免租 |\n| 首年 |  | 无 |\n| 次年 |  | 无 |", "首年"),
        ("| 序号 | 内容 | 金额（万元） |\n| 1 | 机加车间 | 320 |\n| 2 | 库房 |  |\n| 3 | 设备 | 560 |", "库房"),
        ("（三）租金标准：\n（四）租期：五年。", "租金标准："),
        ("甲方联系人：，每月通报一次。", "联系人："),
        ("土地用途：□工业 □仓储。", "□工业 □仓储"),
        ("厂房北至      ，南至围墙。", "北至      "),
        ("甲方于2026年9月  日前交房。", "2026年9月  日"),
        ("租金每年———万元。", "———万元"),
        ("押金：（大写）人民币      （小写）3万元。", "人民币      "),
        ("建筑面积平方米，檐高九米。", "建筑面积平方米"),
        ("交房标准：由双方另行商定。", "另行商定"),
        ("第八条 【预留】", "【预留】"),
    ],
)
def test_what_no_sign_shows_to_be_empty(text: str, quote: str, pack: Pack) -> None:
    found = blanks(text, pack)
    assert len(found) >= 1 and quote in found[0]


@pytest.mark.parametrize(
    "text",
    [
        _MACHINES.format(cut="90"),
        "| 节点 | 时间 | 责任单位 |\n| 进场 | 2026年6月 | 乙方 |\n| 投产 | 2027年6月 | 乙方 |\n| 合计 |  |  |",
        "| 年度 | 计划投资（万元） | 实际完成（万元） |\n| 2026 | 900 |  |\n| 2027 | 700 |  |",
        "租赁面积 __1,860__ 平方米，用途为__鞋材仓库__，年租金 __22.3__ 万元。",
        "土地用途：■工业 □仓储。",
        "（三）乙方义务：\n1.依法经营。\n2.按月报表。",
        "附件一：厂房移交清单（样式）\n今移交____号厂房，面积____平方米，钥匙____把。",
        "附件：验收单\n工程名称____，验收日期____。\n横线处由双方在验收时填写。",
        "| 序号 | 内容 | 金额（万元） |\n| 一 | 土建 |  |\n| 1 | 机加车间 | 320 |\n| 2 | 库房 | 80 |\n| 二 | 设备 | 560 |",
        "| 名称 | 鞋材园 |\n| 总投资 |  |\n| （1）土建 | 320万元 |\n| （2）设备 | 560万元 |",
        "本协议一式  陆  份。",
        "未尽事宜由双方另行商定。",
        "三项指标——亩均税收、容积率和投资强度——每年公布。",
    ],
)
def test_what_is_filled_in_or_will_be_when_it_is_done_is_no_gap(text: str, pack: Pack) -> None:
    assert blanks(text, pack) == []
