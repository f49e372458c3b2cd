"""The phrasings of public agreements that hide a promise, and those that only look like one (contracts in the wild)."""

import pytest
from agreement import PARTIES, document

from contract_audit.clauses import parse, provisions
from contract_audit.model import Force, Provision, Side

BINDING: tuple[Force, ...] = ("commitment", "duty", "permission", "statement")

# phrase → words of the provision meant
HIDDEN = [
    ("差价由甲方以企业发展基金形式无偿提供。", "无偿提供"),
    ("按乙方对区级经济贡献的八成安排扶持资金。", "扶持资金"),
    ("成交价高于每亩10万元的，高出部分由甲方冲抵后续款项。", "冲抵"),
    ("厂房租金在乙方缴税形成的镇级财力中列支。", "列支"),
    ("乙方享受甲方现行及今后出台的一切优惠政策，就高不就低。", "优惠政策"),
    ("甲方负责办妥环评、能评手续。", "办妥"),
    ("甲方为乙方量身设置挂牌条件，意向地块预留三年。", "挂牌条件"),
    ("甲方为乙方配置50MW风光指标，作为运营亏损补偿。", "风光指标"),
    ("五年内不再引进同类项目。", "同类项目"),
    ("甲方绝不重复引进同类企业。", "同类企业"),
    ("同等条件优先采购乙方产品。", "采购"),
    ("乙方将历史税源迁入，甲方给予前述优惠。", "优惠"),
    ("由区属国企垫资按乙方图纸建厂，五年免租，第五年按成本回购。", "免租"),
    ("行政事业性收费县级部分全免、上缴部分按下限。", "全免"),
    ("制定相应的红头文件明确乙方优惠。", "红头文件"),
    ("前三年全额、后两年减半返还。", "返还"),
    ("甲方同意免收契税。", "契税"),
    ("年税收达到500万元的，厂房租金全免。", "全免"),
    ("纳税特别大的，年底一事一议追加。", "一事一议"),
    ("成交价与起始价之差，待出让金划回区财政后六个月内支付给乙方。", "支付"),
    ("土地零地价提供。", "零地价"),
    ("由财政通过支出予以返还。", "返还"),
    ("用电0.4元/度，差额由财政承担。", "差额"),
    ("授予乙方区域独家运营权。", "独家"),
    ("甲方承诺最低收益，弥补乙方亏损。", "最低收益"),
]

# phrase → words of the provision meant, and why it is no promise of the government
LOOKALIKES = [
    ("亩均税收不低于20万元。", "亩均", "投资者的门槛"),
    ("乙方依法通过招拍挂取得土地，价格以成交价为准。", "招拍挂", "投资者的义务"),
    ("甲方协助乙方代办手续，开通绿色通道。", "代办", "努力而非结果"),
    ("乙方在同等条件下优先招用本地居民。", "招用", "投资者的承诺"),
    ("甲方不收取法定以外任何费用。", "费用", "否定"),
    ("任何单位不得擅自承诺优惠。", "优惠", "禁止"),
    ("甲方不承诺任何税收返还。", "返还", "否定"),
    ("符合条件的可申报上级资金。", "上级资金", "无人承诺"),
    ("原协议第五条税收奖励自即日废止。", "税收奖励", "废止"),
    ("企业自愿承诺五年内不迁出。", "迁出", "投资者的承诺"),
    ("《企业技改办法》规定，对各类企业按投入的10%给予支持。", "支持", "他文所载"),
    ("乙方支付违约金10万元。", "违约金", "投资者的责任"),
    ("乙方所提返税请求，因不符合规定，甲方不予同意。", "返税", "拒绝"),
    ("“普惠政策”指向社会公开的政策措施。", "普惠", "定义"),
]


def provision_with(sentence: str, word: str) -> Provision:
    text = document(
        "协议",
        "甲方：云岭县人民政府",
        "乙方：恒远制造有限公司",
        "双方订立本协议。",
        f"一、{sentence}",
        "甲方（盖章）：",
        "乙方（盖章）：",
    )
    return next(one for one in provisions(text, parse(text), PARTIES) if word in text.text[one.start : one.end])


def promises(one: Provision, side: Side) -> bool:
    return one.side == side and one.force in BINDING


@pytest.mark.parametrize(("sentence", "word"), HIDDEN, ids=[sentence[:16] for sentence, _ in HIDDEN])
def test_a_hidden_promise_is_the_governments(sentence: str, word: str) -> None:
    assert promises(provision_with(sentence, word), "government")


@pytest.mark.parametrize(("sentence", "word", "why"), LOOKALIKES, ids=[why for _, _, why in LOOKALIKES])
def test_a_look_alike_is_none(sentence: str, word: str, why: str) -> None:
    one = provision_with(sentence, word)
    assert not (promises(one, "government") and one.polarity == "positive" and not one.negations), why
