"""Things told twice that cannot both be: copies and holders, capitals with a bound, a day beyond a year, other places' organs."""

from datetime import date

import pytest

from contract_audit import audit, engine, trial
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.rulespec import Pack
from contract_audit.settings import Settings

AS_OF = date(2026, 6, 30)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def categories(text: str, pack: Pack) -> set[str]:
    return {item.category for item in trial.try_text(text, pack, as_of=AS_OF).findings if item.verdict == "fail"}


@pytest.mark.parametrize(
    ("wrong", "right", "category"),
    [
        (
            "本协议一式八份，甲方四份、乙方三份、县商务局二份。",
            "本协议一式九份，甲方四份、乙方三份、县商务局二份。",
            "review.sum_mismatch",
        ),
        ("本协议一式六份，双方各执四份。", "本协议一式六份，双方各执三份。", "review.sum_mismatch"),
        (
            "本协议正本七份，甲乙双方各执三份，县商务局、县税务局各存一份。",
            "本协议正本八份，甲乙双方各执三份，县商务局、县税务局各存一份。",
            "review.sum_mismatch",
        ),
        (
            "本协议一式五份，甲方执三份，乙方执一份。",
            "本协议一式五份，甲方执三份，其余由乙方保存。",
            "review.sum_mismatch",
        ),
        (
            "本合同壹式拾份，甲方执伍份、乙方执叁份，县商务局存叁份。",
            "本合同壹式拾份，甲方执伍份、乙方执叁份，县商务局存贰份。",
            "review.sum_mismatch",
        ),
        (
            "总投资25亿元，购房款3,850万元，设备款4,600万元，其他为品牌价值估值。",
            "总投资2亿元，厂房6,000万元，设备款1亿元，其他为流动资金。",
            "review.inflated_investment",
        ),
        (
            "补助总额最高为人民币捌仟万元整（￥82,000,000.00元）。",
            "补助总额最高为人民币捌仟万元整（￥80,000,000.00元）。",
            "review.amount_mismatch",
        ),
        (
            "保证金不超过叁佰万元整（小写：3,500,000元）。",
            "保证金不超过叁佰万元整（小写：3,000,000元）。",
            "review.amount_mismatch",
        ),
        ("日处理鲜果60万吨，年产果汁9,000吨、果酱6,000吨。", "日处理鲜果60吨，年产果汁9,000吨。", "review.unit_error"),
        ("每天可加工肉羊8万只，年屠宰肉羊5万只。", "每天可加工肉羊800只，年屠宰肉羊20万只。", "review.unit_error"),
        ("达产后年用电量约1,600亿千瓦时。", "达产后年用电量约1,600万千瓦时。", "review.unit_error"),
        ("厂房合计22000平方米（合110亩）。", "厂房合计22000平方米（每栋11000平方米）。", "review.unit_error"),
        (
            "青岩县人民政府应当组织管网改造，九月底前通水。",
            "云岭县人民政府应当组织管网改造，九月底前通水。",
            "review.party_inconsistency",
        ),
        (
            "由乙方设立恒远（云岭）电机有限公司（下称项目公司）。设备款汇入恒远云岭机械有限公司。",
            "由乙方设立恒远（云岭）电机有限公司（下称项目公司）。设备款汇入恒远（云岭）电机有限公司。",
            "review.party_inconsistency",
        ),
        (
            "设备清单：\n| 名称 | 数量 | 金额（万元） |\n| 冷藏车 | XX | 500 |\n| 铣床 | 2台 | 80 |",
            "设备清单：\n| 名称 | 数量 | 金额（万元） |\n| 冷藏车 | 5辆 | 500 |\n| 铣床 | 2台 | 80 |",
            "review.blank_field",
        ),
        (
            "年产鱼片9,000吨、鱼丸6,000吨，合计16,000吨。",
            "日处理原料鱼60吨，年产鱼片9,000吨、鱼丸6,000吨，合计15,000吨。",
            "review.sum_mismatch",
        ),
    ],
)
def test_the_wrong_is_found_and_its_neighbour_is_not(wrong: str, right: str, category: str, pack: Pack) -> None:
    assert category in categories(wrong, pack)
    assert category not in categories(right, pack)


@pytest.mark.parametrize(
    "text",
    [
        "云岭市人民政府应当加强指导。",  # another level
        "青岩县人民政府与本协议无关。双方知悉青岩县人民政府按其协议供水，青岩县另有安排。",
        "未经公司同意，甲方不得公开技术资料。",
    ],
)
def test_organs_of_other_levels_and_words_of_a_sentence_are_no_strangers(text: str, pack: Pack) -> None:
    assert "review.party_inconsistency" not in categories(text, pack)


PRICED = "总投资{total}。购置注塑机36台（每台均价42万元）、机械手36台（每台6万元）、模具一批约600万元。用地28亩，新建厂房13,000平方米。"


def test_equipment_priced_in_words_is_held_against_the_whole(pack: Pack) -> None:
    assert "review.inflated_investment" in categories(PRICED.format(total="12亿元"), pack)
    assert "review.inflated_investment" not in categories(PRICED.format(total="1.2亿元"), pack)


DISPUTED = "固定资产投资人民币叁亿贰仟陆佰万元整（￥362,000,000元）。用地98亩，固定资产投资强度约每亩{intensity}万元。"


def test_a_disputed_sum_counts_only_where_either_reading_is_wrong(pack: Pack) -> None:
    assert "review.low_intensity" in categories(DISPUTED.format(intensity=420), pack)
    assert "review.low_intensity" not in categories(DISPUTED.format(intensity=350), pack)


LETTER = (
    "云岭县人民政府\n关于轴承项目有关事项的复函\n恒远制造有限公司：\n来函收悉，现答复如下。\n一、关于税收。来函希望把所缴税款中县级所得返还一半。"
    "{answer}\n二、关于道路。村道由我县修通。\n特此函复。\n云岭县人民政府（印章）\n2023年5月6日"
)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("税收的减免均须依照法律规定办理，我县无权决定。", False),
        ("于法无据，不予采纳。", False),
        ("经研究，同意。", True),
        ("我县原则同意，由县财政按季兑现。", True),
    ],
)
def test_what_a_letter_asks_for_is_a_promise_only_where_it_is_granted(answer: str, pack: Pack, *, found: bool) -> None:
    document = txt.read(LETTER.format(answer=answer).encode(), "复函.txt", Settings())
    result = audit.judge(audit.understand(document), pack, Context(as_of=AS_OF, mode="signed"))
    assert any(item.category == "illegal.tax_linked_reward" for item in result.findings) is found
