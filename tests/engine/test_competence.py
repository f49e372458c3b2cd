"""What a township answers for: its own promises, not those of the county beside it, nor answers, nor rules open to all."""

from datetime import date

import pytest

from contract_audit import audit
from contract_audit.engine import load_rules
from contract_audit.model import Context
from contract_audit.readers import txt
from contract_audit.settings import Settings

PAPER = """茶园加工项目协议
甲方：恒远茶业有限公司
乙方：{second}
{third}一、甲方建设茶叶初制加工厂。
二、{promise}
三、双方守信。
甲方（盖章）：恒远茶业有限公司
代表：王强
2019年6月16日
"""
TOWN, COUNTY = "云岭县青坪镇人民政府", "云岭县人民政府"


def is_found(second: str, third: str, promise: str) -> bool:
    line = f"丙方：{third}\n" if third else ""
    document = txt.read(PAPER.format(second=second, third=line, promise=promise).encode(), "试验.txt", Settings())
    result = audit.judge(audit.understand(document), load_rules(), Context(as_of=date(2020, 6, 30), mode="signed"))
    return any(finding.rule == "UVR010" for finding in result.findings)


@pytest.mark.parametrize(
    ("second", "third", "promise", "found"),
    [
        (TOWN, "", "乙方为甲方办妥环评批复和规划许可证。", True),
        (TOWN, "", "乙方每年对甲方给予50万元奖励。", True),
        (COUNTY, TOWN, "丙方每年对甲方给予50万元奖励。", True),
        (COUNTY, TOWN, "乙方每年对甲方给予50万元奖励，丙方协助清点青苗。", False),
        (COUNTY, TOWN, "乙方承诺修改乡规划，把容积率放宽到1.8，丙方做好农户工作。", False),
        (TOWN, "", "乙方按《青坪镇产地冷藏设施补助办法》（面向全镇主体）给补助18万元。", False),
        (TOWN, "", "税收的减免均须依照法律规定办理，补贴与否由县农业农村局依程序确定。", False),
        (TOWN, "", "乙方修通村道，协助甲方清点青苗。", False),
    ],
)
def test_a_township_answers_for_its_own_promises(second: str, third: str, promise: str, *, found: bool) -> None:
    assert is_found(second, third, promise) is found


MINUTES = """{issuer}
会议纪要
时间：2019年12月6日
会议研究恒远装备有限公司（下称恒远公司）厂房代建问题，议定如下：
一、厂房由城投公司代建，2020年6月30日前交付恒远公司。
记录：李明
"""


@pytest.mark.parametrize(("issuer", "found"), [("云岭新城项目建设指挥部", True), ("云岭县人民政府", False)])
def test_minutes_of_a_body_without_standing_are_its_promise(issuer: str, *, found: bool) -> None:
    document = txt.read(MINUTES.format(issuer=issuer).encode(), "试验.txt", Settings())
    result = audit.judge(audit.understand(document), load_rules(), Context(as_of=date(2020, 6, 30), mode="signed"))
    assert any(finding.rule == "UVR011" for finding in result.findings) is found


def test_a_township_beside_a_department_answers_for_what_was_found() -> None:
    assert is_found(TOWN, "云岭县商务局", "乙方承诺三年内环保部门不入企检查。")
    assert not is_found(TOWN, "云岭县商务局", "丙方承诺三年内环保部门不入企检查。")
