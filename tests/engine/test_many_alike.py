"""Papers that tell the same many times over: what is found of one is found of all alike, and each is told once."""

from datetime import date

import pytest

from contract_audit import engine, trial
from contract_audit.model import Finding
from contract_audit.rulespec import Pack

AS_OF = date(2026, 6, 30)
PHASES = "".join(f"一期用地{size}亩，二期用地{size}亩。\n" for size in range(40, 80))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return engine.load_rules()


def found(text: str, rule: str, pack: Pack) -> list[Finding]:
    return [one for one in trial.try_text(text, pack, as_of=AS_OF).findings if one.rule == rule]


def test_each_duty_that_breaks_an_order_of_the_paper_is_told_with_the_first_that_must_come_before(pack: Pack) -> None:
    text = (
        "试运营前，设备须调试合格。\n试运营前，设备须调试合格。\n"
        "乙方应于2027年3月1日前试运营。\n乙方应于2027年2月1日前完成设备调试。\n"
        "乙方应于2027年5月1日前完成设备调试。\n乙方应于2027年6月1日前完成设备调试。\n"
    )
    broken = [one for one in found(text, "DLV007", pack) if "试运营" in one.quote]
    assert len(broken) == 1
    assert "2027-05-01" in broken[0].message


def test_duties_told_alike_contradict_alike(pack: Pack) -> None:
    lines = [f"第{number}条 乙方应于2027年{number}月1日前竣工投产。" for number in range(1, 6)]
    found_in = found("\n".join([*lines, "第六条 乙方应于2028年1月1日前开工建设。"]), "DLV007", pack)
    assert len(found_in) == len(lines)


def test_each_limit_counted_from_one_event_is_told_once(pack: Pack) -> None:
    text = "".join(f"甲方应在乙方提交申请后{days}日内拨付设备补助。\n" for days in (10, 30, 50, 70))
    told = [one.quote for one in found(text, "DLV007", pack)]
    assert len(told) == len(set(told)) == 3


def test_the_one_share_of_many_that_is_of_another_whole_is_found(pack: Pack) -> None:
    shares = [f"支付{percent}%，计{percent * 10}万元" for percent in range(1, 30)]
    shares[7] = "支付8%，计90万元"
    (odd,) = found("；".join(shares) + "。", "REV003", pack)
    assert "8%" in odd.quote


def test_of_very_many_lands_none_is_missed_by_a_total(pack: Pack) -> None:
    assert found("一期用地60亩，二期用地45亩。\n两期用地合计110亩。", "REV003", pack)
    assert not found(f"{PHASES}两期用地合计500亩。", "REV003", pack)


def test_a_step_is_held_against_those_nearby(pack: Pack) -> None:
    far = "双方应当诚信履行本协议的各项约定" * 20
    near = "2026年6月底主体封顶，2026年2月底商场开门迎客。"
    assert found(near, "DLV401", pack)
    assert not found(near.replace("，", f"，{far}，"), "DLV401", pack)
