"""Arbitration: void for what a government owes, lawful between equals about a contract of their own."""

import pytest

from contract_audit import engine, trial
from contract_audit.rulespec import Pack


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def void(text: str, pack: Pack) -> bool:
    found = trial.try_text(text, pack).findings
    return any(item.category == "review.void_arbitration" and item.verdict == "fail" for item in found)


@pytest.mark.parametrize(
    "text",
    [
        "凡由本协议引起的争议，协商未果的，任何一方均可提交岑阳仲裁委员会，裁决为终局。",
        "合作中有争议，谈不拢的，提交澹州仲裁委员会裁决。",
        "三方之间因本协议（含政府扶持、考核事项）产生的一切争议，提交郑洛仲裁院仲裁。",
        "交舜河国际商事仲裁院裁断，其裁断为终局，双方不再向法院提出。",
        "甲方未兑现奖补的，乙方可向仲裁委员会申请仲裁。",
        "土地交付、配套建设发生的分歧，由仲裁庭一裁了断。",
        "厂房租赁期八年。因本协议发生的一切争议，包括甲方在第八条项下的职责履行，均提交浔州仲裁委员会，裁决终局。",
        "厂房租赁期八年。各方的分歧（含甲方考核、奖补兑现）一律交由云州仲裁委员会裁决。",
    ],
)
def test_what_a_government_owes_cannot_be_arbitrated(text: str, pack: Pack) -> None:
    assert void(text, pack)


@pytest.mark.parametrize(
    "text",
    [
        "村民小组与乙方另签租约，租约上的纠纷双方愿意仲裁的可以去仲裁。",
        "乙、丙双方因厂房租赁发生的争议，可向沛州仲裁委员会申请仲裁。",
        "甲方履行本补充协议引起的争议，依法向人民法院提起诉讼；乙方与丙方之间的设备买卖价款争议，提交泽浦仲裁委员会仲裁。",
        "乙方与热力公司之间的供用热合同，可由该两方自行约定仲裁。",
        "乙方与入驻商户之间的铺位租赁纠纷，可在其租约中约定仲裁。",
        "乙方与总包单位的建设工程施工争议，按施工合同的仲裁条款处理。",
        "乙方职工的劳动争议，先向县劳动人事争议仲裁委员会申请仲裁。",
        "丙方与乙方的设备融资租赁合同争议，由金州仲裁委员会仲裁，与本协议无关。",
        "乙方委托第三方运输，因运输合同发生的争端，由承托双方选择仲裁。",
        "设备维修合同的纠纷，乙方与维修商可仲裁。",
        "厂房租赁期八年。因租金、押金、维修引起的争议，包括违约金的计算，提交云州仲裁委员会仲裁。",
    ],
)
def test_equals_may_arbitrate_about_a_contract_of_their_own(text: str, pack: Pack) -> None:
    assert not void(text, pack)
