"""Terms beyond what the law allows, added up from what is told in several places."""

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def found(text: str, pack: Pack) -> list[str]:
    findings = trial.try_text(text, pack).findings
    return [finding.quote for finding in findings if finding.category == "review.void_term"]


@pytest.mark.parametrize(
    "text",
    [
        "乙方承租茧站，租赁期限为十八年，到期后自动展期五年，无须另行签订合同。",
        "果园附属用房出租给乙方，租期20年，免租期6个月不计入租期。",
        "乙方租用晒场，前八年年租金3万元，后十四年年租金4万元。",
        "承租分两段：第一阶段十二年，第二阶段十二年，本合同一并约定。",
        "| 租赁物 | 茧站 |\n| 租赁开始日期 | 2026年1月1日 |\n| 租赁终止日期 | 2047年12月31日 |",
        "| 租赁年度 | 年租金（万元） |\n| 第1年至第10年 | 3 |\n| 第11年至第24年租金 | 4 |",
        "施工便道为临时用地，使用期限三年。",
        "娱乐用地的出让年限为五十年。",
        "城区公交特许经营期四十五年。",
        "一、货物总价款300万元。\n二、买方付定金90万元。",
    ],
)
def test_terms_and_deposits_beyond_the_limit(text: str, pack: Pack) -> None:
    assert found(text, pack)


@pytest.mark.parametrize(
    "text",
    [
        "乙方承租茧站，租赁期限为十八年，到期后双方另行签订五年的合同。",
        "果园附属用房出租给乙方，租期19年，免租期6个月不计入租期。",
        "乙方租用晒场，前八年年租金3万元，后十二年年租金4万元。",
        "承租分两段：第一阶段十年，第二阶段十年，本合同一并约定。",
        "| 租赁物 | 茧站 |\n| 租赁开始日期 | 2026年1月1日 |\n| 租赁终止日期 | 2045年12月31日 |",
        "屋顶租期十八年，光伏组件质保二十五年。",
        "施工便道为临时用地，使用期限两年。",
        "娱乐用地的出让年限为四十年。",
        "城区公交特许经营期二十五年，公司存续五十年。",
        "一、货物总价款300万元。\n二、买方付定金60万元。",
    ],
)
def test_terms_and_deposits_within_the_limit(text: str, pack: Pack) -> None:
    assert found(text, pack) == []
