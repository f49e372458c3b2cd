"""What the public side gives must be watched over and can be taken back; what only sounds like it does not count."""

import pytest

from contract_audit import engine, trial
from contract_audit.examplespec import Example
from contract_audit.rulespec import Pack

_PAPER = """智能水表项目合作协议（征求意见稿）
甲方：柳坪县人民政府
乙方：清源仪表有限公司
丙方：柳坪县产业园开发有限公司
第一条 乙方投资1.3亿元建设智能水表项目，新建车间1.4万平方米，购置装配线5条，年产水表260万只，选址于县产业园，用地26亩，公开挂牌取得。
第二条 乙方自交地之日起四个月内开工，十五个月内投产。
第三条 {given}
第四条 甲方明确专人协助办理备案、环评、施工许可等手续，结果由主管部门依法决定；
依法保护乙方合法权益，减少重复检查，不收取规定以外的费用；组织园区公共招聘，乙方自主决定是否参加。通知以书面形式送达首部所列住所，住所变更的及时告知对方。
第五条 乙方依法取得计量器具型式批准后生产，达标排放，依法纳税、用工，缴纳社会保险费；自主选择施工单位和设备供应商；
双方对知悉的商业秘密保密，依法公开和审计、监察依法调取的除外。双方各指定一名联络员，每月通报一次项目进展，联络员无权变更本协议。
第六条 {watched}
第七条 甲方逾期交地的，按日以已缴价款的万分之五支付违约金；
乙方逾期投产的，按日以未完成投资额的万分之一支付违约金；其他违约行为赔偿对方直接损失。
第八条 换届、机构改革不影响本协议履行，由承继职权的机关继续履行。
第九条 争议协商不成的，依法申请行政复议或者提起行政诉讼。
第十条 本协议经合法性审查和集体审议通过后，自各方签字盖章之日起生效，有效期六年，一式六份。
"""
_GIVEN = "甲方依照公开办法，对乙方设备投资给予8%的补助，测算为640万元，设备到场后拨付。"
_REPORTS = "乙方每季度报送进度，仅供统计。"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def lacks_clawback(pack: Pack, given: str, watched: str) -> bool:
    text = _PAPER.format(given=given, watched=watched)
    found = trial.judge_example(Example(text=text, whole=True, mode="draft"), pack).findings
    return any(finding.category == "review.missing_clawback" for finding in found)


@pytest.mark.parametrize(
    "given",
    [
        _GIVEN,
        "丙方按乙方图纸定制建设厂房两栋，竣工后按评估价租给乙方。",
        "乙方租用丙方厂房，前两年租金全免。",
        "县财政安排启动经费300万元，协议生效后三十日内付清。",
        "| 支持 | 金额（万元） |\n| 设备补助 | 420 |\n| 研发经费 | 90 |",
        "县引导基金出资2,000万元入股项目公司。",
        "甲方将原农机站办公楼无偿提供给乙方使用三年。",
        "甲方承担乙方搬迁费用150万元，搬迁完成后付清。",
        "甲方购买检测设备800万元，交乙方无偿使用。",
    ],
)
def test_gifts_without_a_way_back_are_told(given: str, pack: Pack) -> None:
    assert lacks_clawback(pack, given, _REPORTS)


@pytest.mark.parametrize(
    "given",
    [
        "甲方不给予乙方任何补助、奖励，不代建厂房，不减免租金。",
        "乙方可以按照全市统一的政策申报补助，结果以公示为准。",
        "乙方委托丙方代建厂房，建设资金由乙方承担并按进度支付。",
        "乙方租用丙方厂房，租金按评估价执行。",
    ],
)
def test_where_nothing_is_given_nothing_need_come_back(given: str, pack: Pack) -> None:
    assert not lacks_clawback(pack, given, _REPORTS)


@pytest.mark.parametrize(
    "watched",
    [
        "投产满一年由县科工局组织核验，产量不足一百万只的，退还一半补助。",
        "乙方停产超过六个月的，丙方有权终止租赁，乙方三十日内腾空。",
        "产值达到两亿元后方可申领第二笔补助。",
        "每年履约核查的结果与下一年度资金挂钩。",
        "乙方五年内外迁的，补缴已减免的租金。",
        "资金实行绩效评价，不合格的不再拨付。",
    ],
)
def test_watching_and_taking_back_in_other_words(watched: str, pack: Pack) -> None:
    assert not lacks_clawback(pack, _GIVEN, watched)


@pytest.mark.parametrize(
    "watched",
    [
        "竣工后由有关部门组织竣工验收。",
        "履约保证金在投产后二十日内退还。",
        "甲方因公共利益收回土地的，依法补偿。",
        "资金拨付前由县财政局审核发票是否齐全。",
        "乙方欠租三十日的，丙方可以解除租赁合同。",
    ],
)
def test_what_only_sounds_like_a_way_back(watched: str, pack: Pack) -> None:
    assert lacks_clawback(pack, _GIVEN, watched)
