import pytest

from tests.engine.conftest import Judge, make_rule

ONE_SIDED = "{kind: relation, test: one_sided_liability, words: [违约责任, 罚则]}"
CIRCULAR = "{kind: relation, test: circular}"
PLANT = "甲方应于2027年3月31日前交付厂房。\n"
FINE = "乙方未按期投产的，每日支付违约金一千元。"


def quotes(result: object) -> list[str]:
    return [finding.quote for finding in result.findings]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (PLANT + FINE, FINE[:-1]),
        (PLANT + "甲方有权解除协议。\n" + FINE, FINE[:-1]),  # a right is no liability
        (PLANT + "甲方逾期交付的，赔偿乙方损失。\n" + FINE, None),
        (PLANT + "任何一方违约，应赔偿对方损失。\n" + FINE, None),
        (
            PLANT + "县里未按期交付的，乙方可要求赔偿由此造成的直接损失。\n" + FINE,
            None,
        ),  # a right to claim is a liability
        (PLANT + "乙方迟迟不投产的，由乙方赔镇里10万元。", "乙方迟迟不投产的，由乙方赔镇里10万元"),
        (PLANT + "甲方未履行前款的，乙方工期相应顺延，并由甲方赔偿由此产生的直接损失。\n" + FINE, None),
        (PLANT + "甲方未按期限接通蒸汽的，每迟延一日向乙方支付3,000元。\n" + FINE, None),
        (
            PLANT + "甲方未按期交付的，应当在30日内纠正；逾期未纠正的，以乙方已支付的费用为基数支付违约金。\n" + FINE,
            None,
        ),
        (PLANT + "甲方未在期限内交付的，乙方可顺延工期，并按每日二千元收取误工补偿。\n" + FINE, None),
        (PLANT + "非因乙方原因造成停产的，其损失由甲方补偿。\n" + FINE, None),
        (
            "甲方未能按约定供水的，乙方工期相应顺延，甲方不因此承担违约责任。\n" + FINE,
            FINE[:-1],
        ),  # owed, as its breach is told
        ("罚则\n一、公司不按期报送报表的，支付违约金2000元。\n二、公司逾期付租的，按日万分之五付违约金。", "罚则"),
        ("罚则\n一、公司不按期报送报表的，支付违约金2000元。\n二、园区逾期通水的，支付公司违约金2000元。", None),
        (
            PLANT + "违约：企业到期不动工的，镇里收回场地，并由企业赔偿镇里的损失。",
            "企业到期不动工的，镇里收回场地，并由企业赔偿镇里的损失",
        ),
        (PLANT + "违约责任\n乙方违约的，甲方从履约保证金中扣除。", "违约责任"),
        (
            PLANT + "违约责任\n本协议所称违约方，指未按约定履行的乙方。违约方应当赔偿甲方的直接损失。",
            "违约责任",
        ),
        (PLANT + "违约责任\n违约方应当赔偿守约方的直接损失。", None),
        (FINE, None),  # the government owes nothing that could be breached
        (PLANT, None),  # no liability at all is another category
    ],
)
def test_liability_of_the_enterprise_alone(judge: Judge, text: str, quote: str | None) -> None:
    assert quotes(judge(text, make_rule(ONE_SIDED))) == ([quote] if quote else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲方收到乙方总平面图后组织场地平整；乙方在场地平整后编制总平面图。", True),
        ("乙方开工后甲方完成三通一平。\n甲方三通一平完成后乙方开工。", True),
        # one of the two is no party
        ("代建公司在乙方二次装修完成后十五日内申报消防验收；乙方须在消防验收合格后方可进行二次装修。", True),
        ("代建公司在乙方二次装修完成后十五日内申报消防验收；乙方须在消防验收合格后方可投入使用。", False),
        ("厂房交付后乙方进场装修。\n装修完成后甲方组织检查。", False),  # one after the other
        ("甲方三通一平完成后乙方开工。", False),
    ],
)
def test_duties_that_wait_for_one_another(judge: Judge, text: str, found: bool) -> None:
    assert bool(quotes(judge(text, make_rule(CIRCULAR)))) is found
