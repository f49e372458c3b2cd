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
    assert "2027年5月1日" in broken[0].message


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


def test_a_total_is_not_held_against_very_many_lands_and_the_paper_says_so(pack: Pack) -> None:
    assert found("一期用地60亩，二期用地45亩。\n两期用地合计110亩。", "REV003", pack)
    judged = trial.try_text(f"{PHASES}两期用地合计500亩。", pack, as_of=AS_OF)
    assert not [one for one in judged.findings if one.rule == "REV003"]
    assert [one.missing for one in judged.undecided if one.rule == "REV003"] == [
        "一期、二期用地面积过多，两期合计未逐一核对，请人工核对"
    ]


def test_without_a_total_very_many_lands_leave_nothing_undecided(pack: Pack) -> None:
    assert not [one for one in trial.try_text(PHASES, pack, as_of=AS_OF).undecided if one.rule == "REV003"]


def test_a_total_that_is_denied_does_not_hold_and_another_does(pack: Pack) -> None:
    told = "第一条 项目总投资5亿元。\n第六条 “项目总投资8亿元”的约定删除。\n"
    assert not found(told, "REV130", pack)
    assert [one.quote for one in found(f"{told}第七条 项目总投资6亿元，由乙方自筹。", "REV130", pack)] == ["6亿元"]


def test_a_start_of_building_counts_for_its_own_sentence(pack: Pack) -> None:
    built = "甲方建设标准厂房两栋，合计23000平方米，2027年9月1日破土动工"
    assert found(f"{built}，10月25日前竣工交付。", "DLV309", pack)
    assert not found(f"{built}。甲方于2028年10月25日前竣工交付。", "DLV309", pack)


def test_a_step_is_held_against_those_nearby(pack: Pack) -> None:
    far = "双方应当诚信履行本协议的各项约定" * 20
    near = "2026年6月底主体封顶，2026年2月底商场开门迎客。"
    assert found(near, "DLV401", pack)
    assert not found(near.replace("，", f"，{far}，"), "DLV401", pack)


def test_a_duty_meant_before_one_that_is_told_already_is_found(pack: Pack) -> None:
    text = (
        "乙方首条片材线于2026年8月31日前投产。乙方首条片材线于2026年9月30日前投产。"
        "该线投产之前的整线联动调试，乙方应于2026年10月31日前完成。"
    )
    quotes = [one.quote for one in found(text, "DLV007", pack)]
    assert "2026年8月31日前投产" in quotes
    assert "2026年10月31日前完成" in quotes


def test_each_total_of_shares_adds_up_what_stands_behind_the_one_before(pack: Pack) -> None:
    first, second = "甲占60%，乙占40%，合计100%；", "丙占50%，丁占{share}%，合计100%。"
    text = f"股权结构如下：{first}{second}"
    told = [found(text.format(share=share), "REV003", pack) for share in (50, 40)]
    assert [len(some) for some in told] == [0, 1]
    assert "50%＋40%＝90%" in told[1][0].message


def test_contradictions_in_the_same_words_are_told_fifty_times_and_the_rest_counted(pack: Pack) -> None:
    days = [(month, day) for month in range(1, 13) for day in range(1, 6)]
    lines = [f"第{number}条 乙方应于2027年{month}月{day}日前竣工投产。" for number, (month, day) in enumerate(days, 1)]
    text = "\n".join([*lines, f"第{len(days) + 1}条 乙方应于2028年1月1日前开工建设。"])
    judged = trial.try_text(text, pack, as_of=AS_OF)
    told_of = [one.message for one in judged.findings if one.rule == "DLV007"]
    assert len(told_of) == 50 + 1  # and the one that contradicts the start
    assert len([message for message in told_of if "开工" in message]) == 1
    (told,) = (one.missing for one in judged.undecided if one.rule == "DLV007")
    assert told == "同样写法的期限矛盾每种只列出前 50 处，另有 9 项同样写法的期限未逐一核对，请人工核对"


def test_spaces_and_full_width_figures_before_a_figure_change_nothing(pack: Pack) -> None:
    text = "首期用地85亩，首期固定资产投资2.5亿元，投资强度每亩520万元。"
    spaced = text.replace("首期", "首 期").replace("85", "８５").replace("亿", " 亿")
    assert [len(found(words, "REV087", pack)) for words in (text, spaced)] == [1, 1]


def test_times_and_shares_told_in_the_same_words_are_told_fifty_times_and_the_rest_counted(pack: Pack) -> None:
    times = [f"工期{days}天，2026年9月1日开工，2025年9月1日竣工；" for days in range(100, 160)]
    shares = [f"占{percent}%，占20%，合计100%，" for percent in range(1, 61)]
    told = trial.try_text("".join([*times, "\n", *shares]), pack, as_of=AS_OF)
    assert any(one.rule == "REV003" for one in told.findings)
    missing = {one.rule: one.missing for one in told.undecided}
    assert "同样写法的比例矛盾每种只列出前 50 处，另有" in missing["REV003"]
    assert "同样写法的期限矛盾每种只列出前 50 处" in missing["DLV401"]
